"""Erasing what is private to a subject: the keys are destroyed, as soon as no hold and no law forbids it.

The row of an erasure stays for good. Put into a backup that was restored, it has the keys destroyed again.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta
from typing import Any

import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from shared.calendar import earliest_today
from shared.db.work import Work
from shared.vault.holds import has_hold, is_held
from shared.vault.tables import erasure, private_value, subject_key
from shared.vault.vault import Vault, hold_subject

log = structlog.get_logger()

AT_ONCE = 100
HELD, KEPT = "legal_hold", "retention"
_A_DAY = timedelta(days=1)

KeepUntil = Callable[[Work, str], Awaitable[Mapping[str, date]]]
"""The last day on which the law wants each kind of this subject kept; a kind that is missing may go."""

LetGo = Callable[[Work, str], Awaitable[date | None]]
"""Removes what else is sealed with this subject's keys, as far as it need not be kept.

Gives the last day on which something that is left must be kept; None when nothing is left. Done again, it does no harm.
"""


async def request_erasure(work: Work, subject: str, *, requested_on: date) -> None:
    """Notes that the subject is to be forgotten; a job does it as soon as that is lawful. Asked again, it is one."""
    await hold_subject(work, subject)
    today = earliest_today(work.now)
    waits_for = HELD if await has_hold(work, subject) else None
    row = {"erasure_id": work.new_id("ers"), "subject": subject, "requested_on": requested_on, "waits_for": waits_for}
    asked = insert(erasure).values(**row, requested_by=work.principal.subject, look_on=today)
    await work.session.execute(asked.on_conflict_do_nothing())


class Erasures:
    """Does the erasures of one service, by its rules of retention."""

    def __init__(self, vault: Vault, keep: KeepUntil, *, let_go: LetGo | None = None) -> None:
        self._vault = vault
        self._keep = keep
        self._let_go = let_go

    async def settle_due(self, work: Work) -> int:
        """Takes up erasures that no hold stops any more and whose day has come, at most 100; how many."""
        columns, today = erasure.c, earliest_today(work.now)
        is_due = columns.done_at.is_(None) & (columns.look_on <= today) & ~is_held(columns.subject, today)
        due = select(columns.subject).where(is_due).order_by(columns.erasure_id).limit(AT_ONCE)
        subjects = sorted(await work.session.scalars(due))  # held in one order by every job
        for subject in subjects:
            await hold_subject(work, subject)
            if not await has_hold(work, subject):
                await self._settle(work, subject)
        return len(subjects)

    async def repeat(self, work: Work) -> int:
        """Does again what was done: after a restore keys are there once more of people who were erased; how many."""
        is_back = (subject_key.c.subject == erasure.c.subject) & subject_key.c.wrapped.is_not(None)
        back = select(erasure.c.subject).distinct().join(subject_key, is_back).where(erasure.c.done_at.is_not(None))
        subjects = sorted(await work.session.scalars(back.limit(AT_ONCE)))
        for subject in subjects:
            await self._let_go_of(work, subject)
            await self._vault.destroy_keys(work, subject)
            await work.session.execute(delete(private_value).where(private_value.c.subject == subject))
        return len(subjects)

    async def _settle(self, work: Work, subject: str) -> None:
        """Removes the kinds that need not be kept; destroys the keys when none is left."""
        today = earliest_today(work.now)
        last_days = await self._keep(work, subject)
        kept = [kind for kind, last_day in last_days.items() if last_day >= today]
        gone = delete(private_value).where(private_value.c.subject == subject, private_value.c.kind.not_in(kept))
        await work.session.execute(gone)
        left = await work.session.scalars(select(private_value.c.kind).where(private_value.c.subject == subject))
        waits_through = [last_days[kind] for kind in left]
        if other := await self._let_go_of(work, subject):
            waits_through.append(other)
        if waits_through:
            await _change(work, subject, waits_for=KEPT, look_on=_next_look(min(waits_through), today))
            return
        await self._vault.destroy_keys(work, subject)
        await _change(work, subject, waits_for=None, done_at=work.now)
        log.info("vault.erased", subject=subject)

    async def _let_go_of(self, work: Work, subject: str) -> date | None:
        return await self._let_go(work, subject) if self._let_go else None


def _next_look(last_day: date, today: date) -> date:
    """The day after the last one; tomorrow while nobody knows it."""
    return today + _A_DAY if last_day == date.max else last_day + _A_DAY


async def _change(work: Work, subject: str, **values: Any) -> None:
    await work.session.execute(update(erasure).where(erasure.c.subject == subject).values(**values))
