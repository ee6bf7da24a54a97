"""Faults in an offer: all of them at once, by JSON pointer, so that whoever posted it repairs it in one go."""

from collections.abc import Iterator

from assignments.domain.offer_draft import OfferDraft
from assignments.domain.terms_checks import finding, missing, named, terms_findings
from shared.contracts.assignments import ClientChanged, ClinicianChanged, FacilityChanged
from shared.contracts.terms import Discipline
from shared.errors import Finding

EMPLOYEE = "W2"
CONTRACTOR_WORDS = frozenset(("1099", "IC", "CONTRACTOR", "INDEPENDENTCONTRACTOR"))


def offer_findings(
    draft: OfferDraft,
    *,
    facility: FacilityChanged | None,
    clinician: ClinicianChanged | None,
    client: ClientChanged | None,
) -> tuple[Finding, ...]:
    """Every fault of an offer; empty when it can become an assignment.

    The three directory entries are those that the draft names, None where there is none; `client` is only
    looked at when the draft names one. That a year is the limit of a temporary assignment is payroll's to
    say, in its preview.
    """
    return (
        *missing(draft, ("source", "source_reference")),
        *_people(draft, clinician),
        *_client(draft, client),
        *_employment(draft),
        *terms_findings(draft, facility=facility),
    )


def _people(draft: OfferDraft, clinician: ClinicianChanged | None) -> Iterator[Finding]:
    yield from named(draft, "clinician", is_known=clinician is not None)
    if clinician and draft.discipline in set(Discipline) and draft.discipline != clinician.discipline:
        message = f"The clinician is registered as {clinician.discipline}; offer that, or correct the entry."
        yield finding("/discipline", "discipline_mismatch", message=message)


def _client(draft: OfferDraft, client: ClientChanged | None) -> Iterator[Finding]:
    if draft.client_id is not None and client is None:
        message = "No such client; register it first, or leave it out to bill the facility's."
        yield finding("/client_id", "unknown_client", message=message)


def _employment(draft: OfferDraft) -> Iterator[Finding]:
    given = draft.worker_type
    if given is None or given == EMPLOYEE:
        return
    if "".join(c for c in given.upper() if c.isalnum()) in CONTRACTOR_WORDS:
        message = "Independent contractors (1099) are not placed through this system; offer employment (W2)."
        yield finding("/worker_type", "independent_contractor", message=message)
    else:
        yield finding("/worker_type", "unknown_value", message=f"Give {EMPLOYEE}.")
