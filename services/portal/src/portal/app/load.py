"""What the use cases of a batch will ask for, read at once."""

from collections.abc import Collection, Mapping

from portal.storage import assignments, facilities, terms, timeline, work_items, workstreams
from shared.db.work import Work

PLACING = ("offer.accepted", "assignment.changed", "assignment.started", "assignment.ended")
"""Events after which all items of the assignment say something else, not only the open ones."""


async def load(work: Work, named: Mapping[str, Collection[str]]) -> None:
    """Holds and reads facilities and assignments and, for these, workstreams and open items; `named`: ids by field.

    The terms and the whole timeline are read for assignments that are told anew, which have little of either.
    """
    session = work.session
    await facilities.load(session, named.get("facility_id", ()))
    ids = {*named.get("assignment_id", ()), *await _at_new_facilities(work, named.get("facility.changed", ()))}
    await assignments.load(session, ids)
    await workstreams.load(session, ids)
    await work_items.load(session, named.get("work_item_id", ()))
    await work_items.load_open_of(session, ids)
    await work_items.load_of_assignments(session, {one for kind in PLACING for one in named.get(kind, ())})
    offered = named.get("offer.accepted", ())
    await terms.load(session, {*offered, *named.get("assignment.changed", ())})
    await timeline.load_of_assignments(session, [one for one in offered if not await assignments.known(session, one)])


async def _at_new_facilities(work: Work, facility_ids: Collection[str]) -> Collection[str]:
    """The assignments that wait to hear where their facility lies."""
    new = [one for one in facility_ids if await facilities.find(work.session, one) is None]
    await assignments.load_at_facilities(work.session, new)
    return [each.assignment_id for one in new for each in await assignments.at_facility(work.session, one)]
