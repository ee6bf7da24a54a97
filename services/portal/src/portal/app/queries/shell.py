"""What every page shows besides its own: who looks, and how much waits."""

from dataclasses import dataclass

from portal.storage import names, work_items
from shared.db.work import Work
from shared.principal import Principal


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """`name` of who looks; `mine` and `unowned` count open items that are not snoozed, as far as the person reaches.

    Counts stop at 1,000: more is shown as "999+".
    """

    name: str
    mine: int
    unowned: int


async def shell_of(work: Work, principal: Principal) -> Shell:
    """What surrounds every page of this person."""
    name = await names.person_name(work.session, principal.subject)
    mine, unowned = await work_items.counts(work.session, owner_id=principal.subject, now=work.now)
    return Shell(name=name or principal.subject, mine=mine, unowned=unowned)
