"""What screens and other callers read; nothing here changes anything."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from payroll.domain import preview
from payroll.domain.pay_period import AGENCY_CALENDAR
from payroll.domain.profile import PayFacts, Profile
from payroll.domain.rulebook.retention import RETENTION
from payroll.storage import held_pieces, profiles
from shared.contracts.assignments import FacilityChanged
from shared.contracts.previews import Preview, PreviewRequest
from shared.db.work import Work
from shared.errors import NotFound
from shared.http.pages import Found, PageRequest, fetch_page
from shared.vault.retention import Engagement, keep_until


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFilter:
    """Which profiles; None asks nothing. `starts_before` leaves the day itself out."""

    assignment_id: str | None = None
    clinician_id: str | None = None
    is_open: bool | None = None
    starts_before: date | None = None


async def profiles_page(work: Work, wanted: ProfileFilter, *, paging: PageRequest) -> Found[Any]:
    """One page of profiles by start date. Raises CursorDamaged."""
    return await fetch_page(work.session, profiles.listed(**asdict(wanted)), by=profiles.BY_START, paging=paging)


async def profile_by_id(work: Work, profile_id: str) -> Profile:
    """One profile. Raises NotFound."""
    return await profiles.to_read(work.session, profile_id)


async def keep_private_until(work: Work, clinician_id: str) -> Mapping[str, date]:
    """The last day on which each kind of private value must be kept, for the assignments that pay is owed for."""
    owed = [one for one in await profiles.of_clinician(work.session, clinician_id) if one.pays]
    return keep_until(RETENTION, [_engagement(one) for one in owed])


async def reaches_clinician(work: Work, clinician_id: str) -> bool:
    """Whether the principal reaches the clinician, by who they are or by one of the profiles."""
    return await profiles.reaches_clinician(work, clinician_id)


async def preview_terms(work: Work, asked: PreviewRequest) -> Preview:
    """What the terms would mean here, as far as the principal reaches what is known of the clinician.

    Raises NotFound for a facility that this service does not know.
    """
    facility = await work.known(FacilityChanged, asked.terms.facility_id)
    if facility is None:
        raise NotFound(what="facility", id=asked.terms.facility_id)
    state = facility.address.state
    profile = await profiles.find_for_assignment(work.session, asked.assignment_id) if asked.assignment_id else None
    if profile is not None and profile.is_open:
        return preview.preview_change(profile, asked.terms, work_state=state, now=work.now)
    is_reached = await profiles.reaches_clinician(work, asked.clinician_id)
    held = await held_pieces.of_clinician(work.session, asked.clinician_id) if is_reached else ()
    facts = PayFacts(work_state=state, calendar=AGENCY_CALENDAR, held=tuple(held))
    return preview.preview_offer(asked, facts, now=work.now)


def _engagement(profile: Profile) -> Engagement:
    ended_on = profile.closing.ended_on if profile.closing else None
    return Engagement(started_on=profile.terms.start_date, ended_on=ended_on)
