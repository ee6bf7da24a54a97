"""Keeps a unit of work within its principal's reach: single objects by their columns, lists by a condition."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Table, and_, false, or_
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.session import memory_of
from shared.errors import Kind, Refused

AGENCY_WIDE = "is_agency_wide"
"""What a table says in its `info` when its rows belong to no facility and so to no team."""


class OutOfReach(Refused):
    """What this would make belongs to others: to a source, a facility or a clinician that are not yours.

    Name your own, or ask somebody who reaches them.
    """

    code = "out_of_reach"
    kind = Kind.FORBIDDEN


def covers(session: AsyncSession, row: Mapping[str, object], *, is_agency_wide: bool = False) -> bool:
    """Whether the unit of work may see an object with these columns; what is agency-wide is every team's."""
    reach = memory_of(session).reach
    return reach is None or reach.covers(row) or (is_agency_wide and reach.of_team)


def within(session: AsyncSession, query: Select[Any]) -> Select[Any]:
    """The query with the condition that keeps it within reach; a table without any of the columns shows nothing."""
    reach = memory_of(session).reach
    if reach is None or reach.is_all or (reach.of_team and _is_agency_wide(query)):
        return query
    columns = _columns(query)
    conditions: list[ColumnElement[bool]] = [false()]
    conditions += [
        columns[name].in_(values) for name, values in reach.by_column().items() if name in columns and values
    ]
    if reach.queue and reach.named_assignment and {"assignment_id", "is_open"} <= columns.keys():
        conditions.append(and_(columns["assignment_id"] == reach.named_assignment, columns["is_open"]))
    return query.where(or_(*conditions))


def _columns(query: Select[Any]) -> Mapping[str, ColumnElement[Any]]:
    return {column.name: column for column in _first(query).columns}


def _first(query: Select[Any]) -> FromClause:
    return query.get_final_froms()[0]


def _is_agency_wide(query: Select[Any]) -> bool:
    first = _first(query)
    return isinstance(first, Table) and bool(first.info.get(AGENCY_WIDE))
