"""Questions to sources: their rows, and the queue that they stand in.

The queue lives in real time, the database's. A question is taken by a lease; whoever takes it raises the fence, so that
an answer that comes after the lease ran out finds that somebody else has it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.sources.catalogue import Pace
from credentialing.domain.sources.inquiry import ASKABLE, OPEN, Inquiry, State
from credentialing.storage.tables import file, inquiry
from shared.db.documents import Documents
from shared.db.locks import hold

LEASE_SECONDS = 120
"""Longer than any call of a source may take."""
PACING, NAMING = 0x50CE, 0x50CF  # any numbers, the same in every process
MOST_STRANDED = 100
MOST_OF_ONE = 100
_ASKABLE = sorted(state.value for state in ASKABLE)
_OPEN = sorted(state.value for state in OPEN)


def _columns(value: Inquiry) -> Mapping[str, object]:
    return {
        "inquiry_id": value.inquiry_id,
        "clinician_id": value.about.clinician_id,
        "code": value.about.code,
        "asked_of": value.asked_of,
        "state": value.state.value,
        "reference": value.reference,
        "looked_up": value.about.looked_up,
        "work_item_for": value.work_item_for,
    }


_inquiries = Documents(inquiry, Inquiry, _columns)
save, value_of = _inquiries.save, _inquiries.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A question that was taken to be asked; `fence` shows that it still is ours."""

    inquiry: Inquiry
    fence: int


async def of_clinician(session: AsyncSession, clinician_id: str) -> Sequence[Inquiry]:
    """Everything that was asked about a clinician, in the order in which it was begun."""
    return await _inquiries.where(session, inquiry.c.clinician_id, value=clinician_id)


async def to_change(session: AsyncSession, inquiry_id: str) -> Inquiry:
    """One question, locked for a change. Raises NotFound."""
    return await _inquiries.to_change(session, inquiry_id)


async def of_reference(session: AsyncSession, source: str, *, reference: str) -> Sequence[Inquiry]:
    """The questions that a source calls so, as they are, in the order in which they were begun."""
    where = (inquiry.c.asked_of == source, inquiry.c.reference == reference)
    return await _inquiries.find(session, *where, limit=MOST_OF_ONE)


async def of_looked_up(session: AsyncSession, source: str, *, looked_up: Collection[str]) -> Sequence[Inquiry]:
    """The questions about one of these at a source, as they are, in the order in which they were begun."""
    where = (inquiry.c.asked_of == source, inquiry.c.looked_up.in_(looked_up), inquiry.c.state != State.DROPPED.value)
    return await _inquiries.find(session, *where, limit=MOST_OF_ONE)


async def hold_pace(session: AsyncSession, source: str) -> None:
    """Waits for whoever counts, or puts off, the questions of this source; before any of them is locked."""
    await hold(session, PACING, names=[source])


async def hold_reference(session: AsyncSession, source: str, *, reference: str) -> None:
    """Waits for whoever learns this name of a question, or hears of it; before any file or question is locked."""
    await hold(session, NAMING, names=[f"{source}/{reference}"])


async def claim(session: AsyncSession, source: str, *, pace: Pace, at_most: int) -> Sequence[Claimed]:
    """Takes the questions of a source that are due, the longest due first, no more than it takes at its pace.

    One process at a time counts what was asked lately; what another has taken is passed over.
    """
    await hold_pace(session, source)
    since = func.now() - timedelta(seconds=pace.seconds)
    lately = select(func.count()).where(inquiry.c.asked_of == source, inquiry.c.asked_at > since)
    room = min(at_most, pace.calls - (await session.scalar(lately) or 0))
    if room <= 0:
        return ()
    due = (
        select(inquiry.c.inquiry_id)
        .where(inquiry.c.asked_of == source, inquiry.c.state.in_(_ASKABLE), inquiry.c.next_at <= func.now())
        .where(func.coalesce(inquiry.c.lease_until, func.now()) <= func.now())
        .order_by(inquiry.c.next_at, inquiry.c.inquiry_id)
        .limit(room)
        .with_for_update(skip_locked=True)
    )
    taken = await session.execute(
        update(inquiry)
        .where(inquiry.c.inquiry_id.in_(due.scalar_subquery()))
        .values(
            lease_until=func.now() + timedelta(seconds=LEASE_SECONDS), asked_at=func.now(), fence=inquiry.c.fence + 1
        )
        .returning(inquiry.c.version, inquiry.c.body, inquiry.c.fence)
    )
    return [Claimed(inquiry=_inquiries.value(row.version, row.body), fence=row.fence) for row in taken.all()]


async def still_ours(session: AsyncSession, claimed: Claimed) -> Inquiry | None:
    """The question as it is now, locked; None when the lease ran out and somebody else took it, or it is settled."""
    present = (
        await session.execute(
            select(inquiry.c.fence)
            .where(inquiry.c.inquiry_id == claimed.inquiry.inquiry_id, inquiry.c.state.in_(_ASKABLE))
            .with_for_update()
        )
    ).scalar_one_or_none()
    if present != claimed.fence:
        return None
    return await _inquiries.one(session, inquiry.c.inquiry_id, value=claimed.inquiry.inquiry_id, lock=True)


async def release(session: AsyncSession, inquiry_id: str, *, again_in_seconds: int) -> None:
    """Gives the question back, to be due after so many seconds."""
    await session.execute(
        update(inquiry)
        .where(inquiry.c.inquiry_id == inquiry_id)
        .values(lease_until=None, next_at=func.now() + timedelta(seconds=again_in_seconds))
    )


async def pause_all(session: AsyncSession, source: str, *, seconds: int) -> None:
    """Nothing is asked of this source before so many seconds have passed."""
    await session.execute(
        update(inquiry)
        .where(inquiry.c.asked_of == source, inquiry.c.state.in_(_ASKABLE))
        .values(next_at=func.greatest(inquiry.c.next_at, func.now() + timedelta(seconds=seconds)))
    )


async def stranded(session: AsyncSession, configured: Collection[str]) -> Sequence[Inquiry]:
    """Questions that wait for a source that is not set up, and those set aside whose source is by now; locked."""
    is_away = (inquiry.c.state == State.WAITING.value) & ~inquiry.c.asked_of.in_(configured)
    is_back = (inquiry.c.state == State.MANUAL.value) & inquiry.c.asked_of.in_(configured)
    return await _inquiries.find(session, is_away | is_back, limit=MOST_STRANDED, lock=True)


async def open_about(session: AsyncSession, codes: Collection[str]) -> Sequence[Inquiry]:
    """The questions about these requirements whose answer is still wanted; as they are."""
    where = (inquiry.c.code.in_(sorted(codes)), inquiry.c.state.in_(_OPEN))
    return await _inquiries.find(session, *where, limit=MOST_STRANDED)


async def of_ended_assignments(session: AsyncSession) -> Sequence[Inquiry]:
    """Questions of whose trouble people hear on an assignment that is over; as they are."""
    open_files = select(file.c.assignment_id).where(file.c.is_open)
    where = (inquiry.c.work_item_for.is_not(None), inquiry.c.work_item_for.not_in(open_files))
    return await _inquiries.find(session, *where, limit=MOST_STRANDED)


async def load_of_clinicians(session: AsyncSession, clinician_ids: Collection[str]) -> None:
    """Reads at once what `of_clinician` will be asked for, one after another."""
    await _inquiries.load(session, inquiry.c.clinician_id, values=clinician_ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How many questions of a source are in a state, and how many of them met trouble."""

    asked_of: str
    state: State
    count: int
    due: int


async def backlog(session: AsyncSession) -> Sequence[Backlog]:
    """What waits at each source, by state, without whatever is settled."""
    is_due = (inquiry.c.next_at <= func.now()) & inquiry.c.state.in_(_ASKABLE)
    statement = (
        select(inquiry.c.asked_of, inquiry.c.state, func.count().label("all"), func.count().filter(is_due).label("due"))
        .where(inquiry.c.state.not_in([State.ANSWERED.value, State.DROPPED.value]))
        .group_by(inquiry.c.asked_of, inquiry.c.state)
        .order_by(text("1, 2"))
    )
    rows = (await session.execute(statement)).all()
    return [Backlog(asked_of=one.asked_of, state=State(one.state), count=one.all, due=one.due) for one in rows]
