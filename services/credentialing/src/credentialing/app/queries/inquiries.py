"""What was asked of sources, and how far it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from credentialing.domain.file import File
from credentialing.domain.requirement import BoundTo
from credentialing.domain.sources.catalogue import SOURCES
from credentialing.domain.sources.guides import Guide, guide_for
from credentialing.domain.sources.inquiry import Inquiry, State
from credentialing.storage import files, inquiries, inquiry_troubles
from credentialing.storage.inquiry_troubles import SourceTrouble, Unanswered
from shared.db.work import Work

MOST_UNANSWERED: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A source that is asked in vain: since when, how many questions were, what it said last, and when it is asked
    again at the earliest.
    """

    since: datetime
    questions: int
    said: str
    next_try_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One source: whether it is set up, and how many questions wait, are due, are with it, or need people.

    `trouble`: it is asked in vain for now.
    """

    source: str
    is_set_up: bool
    waiting: int
    due: int
    pending: int
    set_aside: int
    failed: int
    trouble: Trouble | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLines:
    """Every source, and the ten longest asked of the questions that need people, within reach."""

    sources: Sequence[SourceLine]
    unanswered: Sequence[Unanswered]


async def inquiries_of_file(work: Work, file_id: str) -> Sequence[Inquiry]:
    """The questions about what the file asks for, newest first. Raises NotFound."""
    file = await files.to_read(work.session, file_id)
    asked = {item.code for item in file.items}
    known = await inquiries.of_clinician(work.session, file.clinician_id)
    return [one for one in reversed(known) if one.about.code in asked]


async def guide_of_item(work: Work, file_id: str, *, code: str) -> Guide:
    """Where a person looks for this item. Raises NotFound and ItemNotInFile."""
    file = await files.to_read(work.session, file_id)
    return guide_for(code, state=_state(file, code))


async def sources_now(work: Work, configured: Collection[str]) -> SourceLines:
    """What waits at each source, which of them does not answer, and who waits for that."""
    unanswered = await inquiry_troubles.longest_unanswered(work.session, limit=MOST_UNANSWERED)
    return SourceLines(sources=await source_lines(work, configured), unanswered=unanswered)


async def source_lines(work: Work, configured: Collection[str]) -> Sequence[SourceLine]:
    """What waits at each source."""
    found, troubles = await inquiries.backlog(work.session), await inquiry_troubles.troubles(work.session)
    counts = {(one.asked_of, one.state): one for one in found}

    def count(source: str, state: State) -> int:
        one = counts.get((source, state))
        return one.count if one else 0

    return [
        SourceLine(
            source=source,
            is_set_up=source in configured,
            waiting=count(source, State.WAITING),
            due=sum(one.due for one in found if one.asked_of == source),
            pending=count(source, State.PENDING),
            set_aside=count(source, State.MANUAL),
            failed=count(source, State.FAILED_REQUEST),
            trouble=_trouble(work, troubles.get(source)),
        )
        for source in SOURCES
    ]


def _trouble(work: Work, found: SourceTrouble | None) -> Trouble | None:
    """The next try stands in real time; it is told by the clock that people look at."""
    if found is None:
        return None
    next_try_at = work.now + found.again_in
    return Trouble(since=found.since, questions=found.questions, said=found.said, next_try_at=next_try_at)


def _state(file: File, code: str) -> str:
    requirement = file.item(code).requirement
    return requirement.subject if requirement.bound_to is BoundTo.STATE else file.work_state
