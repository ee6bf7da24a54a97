"""Clients, facilities and clinicians."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic

from sqlalchemy import ColumnElement, Select, Table, select
from sqlalchemy.ext.asyncio import AsyncSession

from assignments.domain.directory import ERASED, E, Listed
from assignments.domain.lifecycle import ENDED
from assignments.storage import tables
from assignments.storage.identities import hold
from shared.contracts.assignments import ClientChanged, ClinicianChanged, FacilityChanged
from shared.contracts.catalogue import state_topic_of
from shared.contracts.identity import PersonErased
from shared.db.documents import Documents
from shared.db.tables import replica
from shared.db.within import OutOfReach
from shared.errors import NotFound


class Directory(Generic[E]):
    """The stored entries of one kind."""

    def __init__(self, table: Table, listing: type[Listed[E]]) -> None:
        """Each column to find an entry by is named like its field."""
        self.table = table
        self.kind = table.name
        self._names = [column.name for column in table.columns if column.name not in ("version", "body")]
        self._entries: Documents[Listed[E]] = Documents(table, listing, self._columns)
        self._id = table.c[f"{table.name}_id"]
        self.by_name = (table.c.name, self._id)

    def _columns(self, listed: Listed[E]) -> Mapping[str, object]:
        return {name: getattr(listed.entry, name) for name in self._names}

    async def save(self, session: AsyncSession, listed: Listed[E]) -> Listed[E]:
        """Stores the entry as its next version and returns it so."""
        return await self._entries.save(session, listed)

    async def find(self, session: AsyncSession, entry_id: str) -> Listed[E] | None:
        """The entry of this id as it is."""
        return await self._entries.one(session, self._id, value=entry_id)

    async def to_read(self, session: AsyncSession, entry_id: str) -> Listed[E]:
        """The entry of this id as it is. Raises NotFound, also for one out of the principal's reach."""
        return await self._entries.to_read(session, entry_id)

    async def present(self, session: AsyncSession, entry_id: str) -> E:
        """The entry that an assignment refers to: whoever reaches the assignment may be shown what it needs of it."""
        found = await self.find(session, entry_id)
        if found is None:
            raise NotFound(what=self.kind, id=entry_id)
        return found.entry

    async def known_as(self, session: AsyncSession, source: str, *, reference: str) -> Listed[E] | None:
        """The entry that the source calls so, as it is."""
        return await self._entries.matching(session, source=source, source_reference=reference)

    async def named(
        self, session: AsyncSession, entry_id: str | None, *, source: str = "", reference: str | None = None
    ) -> E | None:
        """The entry that somebody names by id or by the source's reference; None when there is none, or no name."""
        if entry_id:
            listed = await self.find(session, entry_id)
        else:
            listed = await self.known_as(session, source, reference=reference) if reference else None
        return listed.entry if listed and self._entries.reaches(session, listed) else None

    async def to_change(self, session: AsyncSession, source: str, *, reference: str) -> Listed[E] | None:
        """The entry that the source calls so, or None; nobody else enters one under that name meanwhile.

        Raises OutOfReach for one that is not the principal's, as saving a new one there would.
        """
        await hold(session, self.kind, source=source, reference=reference)
        known = await self.known_as(session, source, reference=reference)
        if known and not self._entries.reaches(session, known):
            raise OutOfReach
        return known

    async def matching(self, session: AsyncSession, *where: ColumnElement[bool], limit: int) -> Sequence[Listed[E]]:
        """The entries that fit, locked for a change."""
        return await self._entries.find(session, *where, limit=limit, lock=True)

    def listed(self, *, source: str | None, source_reference: str | None, name_prefix: str | None) -> Select[Any]:
        """The entries that fit, as lines of a list."""
        statement = select(*(self.table.c[name] for name in self._names))
        wanted = {"source": source, "source_reference": source_reference}
        statement = statement.filter_by(**{name: value for name, value in wanted.items() if value is not None})
        if name_prefix is None:
            return statement
        return statement.where(self.table.c.name.istartswith(name_prefix, autoescape=True))


async def clinicians_to_forget(session: AsyncSession, limit: int = 50) -> Sequence[Listed[ClinicianChanged]]:
    """Clinicians whose erasure was confirmed, who are not erased yet and have no assignment on its way; locked."""
    columns, asked = tables.clinician.c, replica.c
    is_asked = select(asked.key).where(asked.topic == state_topic_of(PersonErased).name)
    is_busy = select(tables.assignment.c.clinician_id).where(
        tables.assignment.c.state.not_in([state.value for state in ENDED])
    )
    return await clinicians.matching(
        session,
        columns.clinician_id.in_(is_asked),
        columns.source != ERASED,
        columns.clinician_id.not_in(is_busy),
        limit=limit,
    )


clients = Directory(tables.client, Listed[ClientChanged])
facilities = Directory(tables.facility, Listed[FacilityChanged])
clinicians = Directory(tables.clinician, Listed[ClinicianChanged])
