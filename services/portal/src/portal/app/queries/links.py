"""What the pages show that are reached by a link."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.domain.own_steps import OwnStep, others_steps, own_steps, status_steps
from portal.storage import own
from portal.storage.own import OwnAssignment
from shared.contracts.assignments import ClinicianChanged, FacilityChanged
from shared.contracts.terms import Terms
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    """One assignment as its clinician sees it: where, on what terms, what is left for whom."""

    assignment: OwnAssignment
    facility: FacilityChanged | None
    terms: Terms | None
    steps: Sequence[OwnStep]
    others: Sequence[str]


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
    blockers = await own.blockers_of(work.session, found) if found.is_open else ()
    facility = await work.known(FacilityChanged, found.facility_id) if found.facility_id else None
    return StatusPage(assignment=found, facility=facility, steps=status_steps(blockers))


async def _page(work: Work, found: OwnAssignment) -> OwnPage:
    blockers = await own.blockers_of(work.session, found) if found.is_open else ()
    return OwnPage(
        assignment=found,
        facility=await work.known(FacilityChanged, found.facility_id) if found.facility_id else None,
        terms=await own.present_terms(work.session, found),
        steps=own_steps(blockers),
        others=others_steps(blockers),
    )
