"""A coordinator found out what a given-up booking still costs."""

from dataclasses import dataclass

from housing.app.record import record
from housing.domain import commands as rules
from housing.domain.case import Case
from housing.storage import cases
from shared.db.work import Work
from shared.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLiability:
    """What is owed for release `number` of the case, counted 1, 2, 3 …"""

    case_id: str
    number: int
    owed: Money


async def record_liability(work: Work, command: RecordLiability) -> Case:
    """Notes the amount, also after the end. Raises what `commands.record_liability` raises, NotFound …"""
    case = await cases.to_change(work.session, command.case_id, expected_version=work.seen_version)
    return await record(work, rules.record_liability(case, command.number, owed=command.owed), before=case)
