"""A department's part of each assignment (its file, profile, case, plan), as it is stored and listed."""

from collections.abc import Collection
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.contracts.assignments import ClinicianChanged
from shared.db.documents import Documents
from shared.db.within import covers
from shared.db.work import Work

T = TypeVar("T")
NOT_LISTED = ("version", "body")


class AssignmentParts(Documents[T]):
    """Documents of which each assignment has at most one.

    Their table has `assignment_id`, `clinician_id` and `start_date`.
    """

    async def of_assignment(self, session: AsyncSession, assignment_id: str) -> T | None:
        """The part of an assignment, locked for a change; None when none was opened."""
        return await self.one(session, self.table.c.assignment_id, value=assignment_id, lock=True)

    async def load_of_assignments(self, session: AsyncSession, assignment_ids: Collection[str]) -> None:
        """Reads and locks at once what `of_assignment` will be asked for, one after another."""
        await self.load(session, self.table.c.assignment_id, values=assignment_ids, lock=True)

    async def find_for_assignment(self, session: AsyncSession, assignment_id: str) -> T | None:
        """The part of an assignment as it is; None when there is none within the principal's reach."""
        found = await self.one(session, self.table.c.assignment_id, value=assignment_id)
        return found if found is not None and self.reaches(session, found) else None

    async def reaches_clinician(self, work: Work, clinician_id: str) -> bool:
        """Whether the principal reaches the clinician: as themselves, by their source, or by a part of theirs."""
        known = await work.known(ClinicianChanged, clinician_id)
        if covers(work.session, {"clinician_id": clinician_id, "source": known.source if known else None}):
            return True
        parts = await self.where(work.session, self.table.c.clinician_id, value=clinician_id)
        return any(self.reaches(work.session, part) for part in parts)

    @property
    def by_start(self) -> tuple[ColumnElement[Any], ...]:
        """The order of lists: by start date, then by id."""
        return self.table.c.start_date, self._key

    def listed(self, *, starts_before: date | None, **equal: object) -> Select[Any]:
        """The parts that fit, as lines of a list. `equal`: columns and their values; None asks nothing."""
        columns = [column for column in self.table.c if column.name not in NOT_LISTED]
        asked = {name: value for name, value in equal.items() if value is not None}
        statement = select(*columns).filter_by(**asked)
        return statement.where(self.table.c.start_date < starts_before) if starts_before else statement
