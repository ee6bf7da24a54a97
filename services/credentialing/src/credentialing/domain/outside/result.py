"""What answers from outside say as a source."""

from collections.abc import Sequence
from datetime import datetime

from credentialing.domain.outside.kinds import ASKING
from credentialing.domain.outside.request import OutsideRequest
from credentialing.domain.source_result import Outcome, SourceResult

OUTSIDE = "outside"
"""Who received and checked it: nobody of ours."""


def result_of(answers: Sequence[OutsideRequest], *, result_id: str, at: datetime) -> SourceResult:
    """The confirmation that these answers, at least one, make together; dated by the oldest."""
    first = answers[0]
    return SourceResult(
        result_id=result_id,
        clinician_id=first.clinician_id,
        code=first.code,
        subject="",
        source=ASKING[first.kind].source,
        outcome=Outcome.CONFIRMED,
        checked_at=at,
        checked_by=first.judged_by or OUTSIDE,
        issued_on=min(one.ended_on or one.asked_on for one in answers),
        reference=" ".join(sorted(one.request_id for one in answers)),
    )
