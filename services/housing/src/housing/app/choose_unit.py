"""A coordinator holds a unit of the agency for a clinician."""

from dataclasses import dataclass
from decimal import Decimal

from housing.app.record import record
from housing.domain import commands as rules
from housing.domain.case import Case
from housing.storage import cases
from shared.calendar import local_day
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseUnit:
    """Which unit, by the agency's reference and the name people use, at which rent in dollars a week."""

    case_id: str
    reference: str
    name: str
    rent_per_week: Decimal


async def choose_unit(work: Work, command: ChooseUnit) -> Case:
    """Holds the unit for all nights. Raises what `commands.choose_unit` raises, NotFound, VersionMismatch."""
    case = await cases.to_change(work.session, command.case_id, expected_version=work.seen_version)
    chosen = rules.choose_unit(
        case,
        command.reference,
        name=command.name,
        rent_per_week=command.rent_per_week,
        today=local_day(work.now, case.time_zone),
    )
    return await record(work, chosen, before=case)
