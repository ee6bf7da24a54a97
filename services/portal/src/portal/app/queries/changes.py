"""What somebody missed who looked away, and who else looks at the same page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.domain.change import COMMITTED_WITHIN, MISSED_FOR, MOST_IDS, Change
from portal.storage import changes, directory, names, presence
from shared.contracts.assignments import ClinicianChanged, FacilityChanged
from shared.db.within import covers
from shared.db.work import Work
from shared.errors import NotFound

MOST_PEOPLE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """What changed meanwhile, as far as the person reaches; `is_too_much`: everything is to be looked at again."""

    changes: tuple[Change, ...] = ()
    is_too_much: bool = False


async def missed(work: Work, *, since: datetime) -> Missed:
    """What changed since the instant, and shortly before it.

    Too much: more than 200 rows of one kind, or ten minutes ago.
    """
    if since < work.now - MISSED_FOR:
        return Missed(is_too_much=True)
    found = await changes.since(work.session, since - COMMITTED_WITHIN, most=MOST_IDS + 1)
    if len(found) > MOST_IDS:
        return Missed(is_too_much=True)
    return Missed(changes=tuple(found))


async def reached(work: Work, places: Collection[str]) -> frozenset[str]:
    """Those of the places that the person reaches: ids of assignments, work items, clinicians and facilities."""
    found = await changes.named(work.session, places)
    near = {one.id for one in found if covers(work.session, one.columns)}
    others = frozenset(places) - {one.id for one in found}
    return frozenset(near | {place for place in others if await _is_entry_reached(work, place)})


async def _is_entry_reached(work: Work, place: str) -> bool:
    """Whether it is a clinician or a facility whose page the person may open."""
    if await work.known(ClinicianChanged, place):
        return await directory.is_clinician_reached(work.session, place)
    facility = await work.known(FacilityChanged, place)
    return facility is not None and await directory.is_facility_reached(work.session, facility)


async def people_at(work: Work, place: str) -> Sequence[str]:
    """The names of those who are there besides the one who asks, in their order; an id stands for a name unknown.

    Raises NotFound for a place out of reach.
    """
    if place not in await reached(work, [place]):
        raise NotFound(what="place", id=place)
    there = await presence.at(work.session, place, most=MOST_PEOPLE)
    others = [person_id for person_id in there if person_id != work.principal.subject]
    known: Mapping[str, str] = await names.names_of(work.session, others)
    return sorted(known.get(person_id, person_id) for person_id in others)
