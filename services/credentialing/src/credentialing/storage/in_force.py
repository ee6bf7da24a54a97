"""What is in force for everybody, whoever a transaction is about: the newest edit of the rules, the lists loaded."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.driver import Statement
from shared.db.session import run

_READ = "in_force"
_IN_FORCE = Statement(
    "SELECT lists, rule_set, edit_id"
    " FROM (SELECT array_agg(DISTINCT list_name ORDER BY list_name) AS lists FROM exclusion_release) AS loaded"
    " LEFT JOIN (SELECT rule_set, edit_id FROM rule_edit ORDER BY rule_set DESC LIMIT 1) AS newest ON true"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The number and the id of the newest edit, None while the rules are those of the package; names of lists."""

    rule_set: int | None
    edit_id: str | None
    lists: Sequence[str]


async def in_force(session: AsyncSession) -> InForce:
    """What is in force now, asked for once in a transaction."""
    if _READ not in session.info:
        [row] = await run(session, _IN_FORCE)
        session.info[_READ] = InForce(rule_set=row["rule_set"], edit_id=row["edit_id"], lists=row["lists"] or ())
    found: InForce = session.info[_READ]
    return found


def ask_again(session: AsyncSession) -> None:
    """What was read is no longer so."""
    session.info.pop(_READ, None)
