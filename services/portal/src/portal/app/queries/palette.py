"""What somebody looks for from anywhere: people, assignments, facilities and their own work items."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.domain.assignment import Assignment
from portal.storage import assignments, names, palette
from shared.db.work import Work
from shared.errors import NotFound

MOST_OF_A_KIND = 8
LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found, each kind in its own order and at most eight; `names` by id.

    `here` is the assignment that the present page is about, if it is about one.
    """

    clinicians: tuple[palette.Named, ...] = ()
    facilities: tuple[palette.Named, ...] = ()
    assignments: Sequence[Any] = ()
    items: Sequence[Any] = ()
    names: Mapping[str, str]
    here: Assignment | None = None


async def search(work: Work, typed: str, *, here: str | None = None) -> Found:
    """What fits the words typed, within reach; for none, one's own work items that come first.

    `here` is the id of the assignment that the present page is about.
    """
    typed = " ".join(typed.split())[:LONGEST]
    entries = await palette.reached(work.session, await palette.named(work.session, typed)) if typed else ()
    ids = [one.id for one in entries]
    rows = await palette.assignments(work.session, typed, of=ids, most=MOST_OF_A_KIND) if typed else ()
    items = await palette.own_items(work.session, typed, owner_id=work.principal.subject, of=ids, most=MOST_OF_A_KIND)
    about = [getattr(row, column) for row in (*rows, *items) for column in ("clinician_id", "facility_id")]
    return Found(
        clinicians=tuple(one for one in entries if one.is_clinician)[:MOST_OF_A_KIND],
        facilities=tuple(one for one in entries if not one.is_clinician)[:MOST_OF_A_KIND],
        assignments=rows,
        items=items,
        names=await names.names_of(work.session, about),
        here=await _here(work, here) if here else None,
    )


async def _here(work: Work, assignment_id: str) -> Assignment | None:
    try:
        return await assignments.to_read(work.session, assignment_id)
    except NotFound:  # a page that was left open: there is nothing to do on it
        return None
