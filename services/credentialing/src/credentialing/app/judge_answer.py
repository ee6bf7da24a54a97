"""A specialist says whether an answer from outside counts."""

from dataclasses import dataclass

from credentialing.app.count_answers import count_answers
from credentialing.domain.outside.request import OutsideRequest, judge
from credentialing.storage import outside_requests
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeAnswer:
    """Whether it counts, and why."""

    request_id: str
    counts: bool
    because: str


async def judge_answer(work: Work, command: JudgeAnswer) -> OutsideRequest:
    """Takes the judgement; one that counts may complete the item. Raises NotFound, VersionMismatch, NothingToJudge."""
    request = await outside_requests.to_handle(work, command.request_id)
    by = work.principal.subject
    work.audit("outside.judge", object_id=command.request_id, details={"counts": command.counts})
    return await count_answers(work, judge(request, counts=command.counts, by=by, because=command.because))
