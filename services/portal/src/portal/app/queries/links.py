"""What the pages show that are reached by a link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from portal.app.queries.agency import agency_zone
from portal.domain.own_steps import status_steps
from portal.storage import own
from portal.storage.own import OwnAssignment
from shared.calendar import local_day
from shared.contracts.assignments import ClinicianChanged, FacilityChanged
from shared.contracts.terms import Terms
from shared.contracts.workstreams import Blocker
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    """One assignment as its clinician sees it: where, on what terms, and what each department waits for.

    `today` is the facility's, the agency's until that is known.
    """

    assignment: OwnAssignment
    facility: FacilityChanged | None
    terms: Terms | None
    blockers: Mapping[str, Sequence[Blocker]]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStart:
    """Who came, and every assignment of theirs with the number of steps that are left for them."""

    name: str | None
    pages: Sequence[OwnPage]


async def own_start(work: Work) -> OwnStart:
    """Everything within reach, which is one clinician's."""
    pages = [await _page(work, found) for found in await own.all_reached(work.session)]
    clinician_id = work.principal.clinician_id
    known = await work.known(ClinicianChanged, clinician_id) if clinician_id else None
    return OwnStart(name=known.name if known else None, pages=pages)


async def own_page(work: Work, assignment_id: str) -> OwnPage:
    """One assignment within reach. Raises NotFound."""
    return await _page(work, await own.one_reached(work.session, assignment_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPage:
    """One assignment as somebody follows it who brought it and changes nothing."""

    assignment: OwnAssignment
    facility: FacilityChanged | None
    steps: Sequence[str]


async def status_pages(work: Work) -> Sequence[StatusPage]:
    """Every assignment within reach, which is the link's one; none until the portal has heard of it."""
    return [await _status_page(work, found) for found in await own.all_reached(work.session)]


async def _status_page(work: Work, found: OwnAssignment) -> StatusPage:
    blockers = await own.blockers_of(work.session, found) if found.is_open else {}
    facility = await work.known(FacilityChanged, found.facility_id) if found.facility_id else None
    return StatusPage(assignment=found, facility=facility, steps=status_steps(chain.from_iterable(blockers.values())))


async def _page(work: Work, found: OwnAssignment) -> OwnPage:
    facility = await work.known(FacilityChanged, found.facility_id) if found.facility_id else None
    return OwnPage(
        assignment=found,
        facility=facility,
        terms=await own.present_terms(work.session, found),
        blockers=await own.blockers_of(work.session, found) if found.is_open else {},
        today=local_day(work.now, facility.time_zone if facility else await agency_zone(work)),
    )
