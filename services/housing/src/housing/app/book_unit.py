"""A coordinator commits money for the chosen unit."""

from dataclasses import dataclass

from housing.app.record import record
from housing.domain.case import Case
from housing.domain.commands import book
from housing.storage import cases
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class BookUnit:
    """The landlord or hotel confirmed under this reference of theirs."""

    case_id: str
    booking_reference: str


async def book_unit(work: Work, command: BookUnit) -> Case:
    """Books all nights, whose rent is a cost from now on. Raises what `commands.book` raises, NotFound …"""
    case = await cases.to_change(work.session, command.case_id, expected_version=work.seen_version)
    return await record(work, book(case, command.booking_reference), before=case)
