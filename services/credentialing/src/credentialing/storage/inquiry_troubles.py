"""Which sources are asked in vain for now, and who waits for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import JSON, DateTime, Integer, and_, cast, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.sources.inquiry import ASKABLE, TRIES_BEFORE_PEOPLE, Inquiry, State
from credentialing.storage import inquiries
from credentialing.storage.tables import file, inquiry
from shared.db.within import within

_BODY = cast(inquiry.c.body, JSON)
_TRIES = cast(_BODY["attempts"].as_string(), Integer)
_IS_ASKABLE = inquiry.c.state.in_(sorted(state.value for state in ASKABLE))
_NEEDS_PEOPLE = or_(inquiry.c.state == State.FAILED_REQUEST.value, and_(_IS_ASKABLE, _TRIES >= TRIES_BEFORE_PEOPLE))


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTrouble:
    """A source that is asked in vain: since when, how many questions were put to it so, and what it said last.

    `again_in` is how long it is, at least, until it is asked next.
    """

    since: datetime
    questions: int
    said: str
    again_in: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A question of whose trouble people heard, and the file on which they did."""

    inquiry: Inquiry
    file_id: str


async def troubles(session: AsyncSession) -> Mapping[str, SourceTrouble]:
    """The trouble of each source that has any; where it was not noted since when, since the question was begun."""
    is_in_vain = _TRIES > 0
    noted = func.coalesce(_BODY["troubled_since"].as_string(), _BODY["opened_at"].as_string())
    statement = (
        select(
            inquiry.c.asked_of,
            func.min(cast(noted, DateTime(timezone=True))).filter(is_in_vain).label("since"),
            func.count().filter(is_in_vain).label("questions"),
            (func.min(inquiry.c.next_at) - func.now()).label("again_in"),
        )
        .where(_IS_ASKABLE)
        .group_by(inquiry.c.asked_of)
        .having(func.count().filter(is_in_vain) > 0)
        .order_by(inquiry.c.asked_of)
    )
    rows = (await session.execute(statement)).all()
    said = await _last_said(session)
    return {
        one.asked_of: SourceTrouble(
            since=one.since,
            questions=one.questions,
            said=said.get(one.asked_of) or "",
            again_in=max(one.again_in, timedelta()),
        )
        for one in rows
    }


async def _last_said(session: AsyncSession) -> Mapping[str, str | None]:
    """What went wrong when each source was asked last."""
    newest = (inquiry.c.asked_of, inquiry.c.asked_at.desc().nulls_last(), inquiry.c.inquiry_id.desc())
    said = _BODY["last_trouble"].as_string().label("said")
    statement = select(inquiry.c.asked_of, said).where(_IS_ASKABLE, _TRIES > 0).ext(distinct_on(inquiry.c.asked_of))
    rows = (await session.execute(statement.order_by(*newest))).all()
    return {one.asked_of: one.said for one in rows}


async def longest_unanswered(session: AsyncSession, *, limit: int) -> Sequence[Unanswered]:
    """The questions that need people, on files within reach, the longest asked first."""
    reached = within(session, select(file.c.file_id, file.c.assignment_id)).subquery()
    statement = (
        select(inquiry.c.version, inquiry.c.body, reached.c.file_id)
        .join(reached, reached.c.assignment_id == inquiry.c.work_item_for)
        .where(_NEEDS_PEOPLE)
        .order_by(cast(_BODY["opened_at"].as_string(), DateTime(timezone=True)), inquiry.c.inquiry_id)
        .limit(limit)
    )
    rows = (await session.execute(statement)).all()
    return [Unanswered(inquiry=inquiries.value_of(one.version, one.body), file_id=one.file_id) for one in rows]
