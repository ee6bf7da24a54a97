"""What every page shows besides its own: who looks, and how much waits."""

from dataclasses import dataclass

from portal.storage import work_items
from shared.contracts.identity import PersonChanged
from shared.db.work import Work
from shared.principal import Principal


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """`name` of who looks; `mine` counts their open items that are not snoozed, as far as they reach.

    The count stops at 1,000: more is shown as "999+".
    """

    name: str
    mine: int


async def shell_of(work: Work, principal: Principal) -> Shell:
    """What surrounds every page of this person."""
    person = await work.known(PersonChanged, principal.subject)
    mine = await work_items.count(work.session, owner_id=principal.subject, now=work.now)
    return Shell(name=person.name if person else principal.subject, mine=mine)
