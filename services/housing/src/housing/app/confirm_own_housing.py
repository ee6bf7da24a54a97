"""The clinician has a place of their own."""

from dataclasses import dataclass

from housing.app.record import record
from housing.domain import commands as rules
from housing.domain.case import Case
from housing.storage import cases
from shared.calendar import local_day
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmOwnHousing:
    """Where the place is, as its ZIP code; nothing closer is kept."""

    case_id: str
    zip_code: str


async def confirm_own_housing(work: Work, command: ConfirmOwnHousing) -> Case:
    """Notes the place for all nights. Raises what `commands.confirm_own_housing` raises, NotFound, VersionMismatch."""
    case = await cases.to_change(work.session, command.case_id, expected_version=work.seen_version)
    today = local_day(work.now, case.time_zone)
    return await record(work, rules.confirm_own_housing(case, command.zip_code, today=today), before=case)
