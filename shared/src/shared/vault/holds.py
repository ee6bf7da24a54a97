"""Legal holds: while one is in force nothing of the subject is erased, whoever asks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, insert, literal, select, update

from shared.calendar import earliest_today
from shared.db.work import Work
from shared.errors import Finding, Invalid, NotFound
from shared.vault.errors import HoldEnded
from shared.vault.tables import legal_hold
from shared.vault.vault import hold_subject

MOST_HOLDS = 200


async def place_hold(work: Work, subject: str, *, reason: str, until: date | None) -> Any:
    """Forbids erasure of the subject through this day, or until the hold is released; the hold's row.

    Raises Invalid for a day that has passed.
    """
    if until is not None and until < earliest_today(work.now):
        passed = Finding(pointer="/until", code="in_the_past", message="Write today or a later day, or null.")
        raise Invalid(findings=(passed,))
    await hold_subject(work, subject)
    row = {"hold_id": work.new_id("hld"), "subject": subject, "reason": reason, "until": until}
    made = insert(legal_hold).values(**row, placed_by=work.principal.subject, placed_at=work.now)
    return (await work.session.execute(made.returning(*legal_hold.c))).one()


async def release_hold(work: Work, subject: str, *, hold_id: str, reason: str) -> Any:
    """Ends the hold; an erasure that waited is done by the next job. Raises NotFound, HoldEnded."""
    columns = legal_hold.c
    is_it = (columns.hold_id == hold_id) & (columns.subject == subject)
    row = (await work.session.execute(select(legal_hold).where(is_it).with_for_update())).one_or_none()
    if row is None:
        raise NotFound(what="legal hold", id=hold_id)
    if not _is_standing(row, earliest_today(work.now)):
        raise HoldEnded
    change = update(legal_hold).where(is_it).values(released_at=work.now, released_by=work.principal.subject)
    return (await work.session.execute(change.values(release_reason=reason).returning(*columns))).one()


async def holds_of(work: Work, subject: str) -> Sequence[Any]:
    """The subject's holds, those that ended among them, newest first, at most 200."""
    columns = legal_hold.c
    asked = select(legal_hold).where(columns.subject == subject).order_by(columns.hold_id.desc()).limit(MOST_HOLDS)
    return (await work.session.execute(asked)).all()


def is_held(subject: ColumnElement[str], today: date) -> ColumnElement[bool]:
    """Whether a hold on the subject is in force today, as a condition."""
    columns = legal_hold.c
    in_force = columns.released_at.is_(None) & (columns.until.is_(None) | (columns.until >= today))
    return exists().where((columns.subject == subject) & in_force)


async def has_hold(work: Work, subject: str) -> bool:
    """Whether a hold on the subject is in force today; asked under `hold_subject`, it stays so."""
    return bool(await work.session.scalar(select(is_held(literal(subject), earliest_today(work.now)))))


def _is_standing(row: Any, today: date) -> bool:
    return row.released_at is None and (row.until is None or row.until >= today)
