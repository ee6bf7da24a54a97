"""Statements of the house's own that stay within the principal's reach, as `shared.db.within` keeps SQLAlchemy's.

They are for what every page asks: to write such a statement takes SQLAlchemy longer than the database takes to answer.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.driver import Row, Statement
from shared.db.session import memory_of, run
from shared.reach import Reach

REACHED: Final = "{reached}"
"""Where the condition stands. The columns there are an assignment's or a work item's: those that reach looks at."""


async def run_within(session: AsyncSession, sql: str, **values: Any) -> Sequence[Row]:
    """What the statement returns with its `{reached}` as far as the principal reaches; named values as `:name`."""
    condition, within = _condition(memory_of(session).reach)
    return await run(session, _statement(sql, condition), **values, **within)


@lru_cache(maxsize=512)
def _statement(sql: str, condition: str) -> Statement:
    """Made once for each kind of reach, of which there are few: it is a condition on names, whatever they are."""
    assert REACHED in sql
    return Statement(sql.replace(REACHED, condition))


def _condition(reach: Reach | None) -> tuple[str, Mapping[str, object]]:
    """The same condition as `within` makes, and its values."""
    if reach is None or reach.is_all:
        return "true", {}
    held: dict[str, object] = {f"reached_{name}": sorted(keys) for name, keys in reach.by_column().items() if keys}
    either = [f"{name.removeprefix('reached_')} = ANY(CAST(:{name} AS text[]))" for name in held]
    if reach.queue and reach.named_assignment:
        either.append("(is_open AND assignment_id = CAST(:reached_named AS text))")
        held["reached_named"] = reach.named_assignment
    return f"({' OR '.join(either)})" if either else "false", held
