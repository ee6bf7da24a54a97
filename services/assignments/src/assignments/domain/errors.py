"""Every refusal of assignments.

Refused
├── OfferAlreadyKnown            the offer came before, under another key
├── InvalidTransition            the event is not in the table for this state
├── ReasonRequired               cancelling or terminating without saying why
├── TermsMismatch                the client confirmed something else (findings)
├── NotAPush, NotAnAdvance       the new start is on the wrong side of the present one
├── NotAnExtension, NotAnEarlyEnd   the new end is
├── CredentialsIncomplete, CredentialExpiresBeforeStart   no clearance for the start
├── TooEarly                     before the first day, or before the last
├── TimeRecorded                 a no-show who worked
├── ClinicianNotAccepted         the clinician did not agree
├── ConflictingPlacement         the clinician is elsewhere by then
├── NothingChanges               new terms equal to the present ones
├── UnknownTermsVersion          an agreement about terms that never were
└── shared.errors.Invalid        faults of an offer, new terms, a directory entry, an agreement (findings)
"""

from collections.abc import Mapping

from assignments.domain.lifecycle import Denial
from shared.errors import Kind, Refused


class OfferAlreadyKnown(Refused):
    """This offer is already the assignment {assignment_id}.

    An offer is known by its source and the source's own reference. Look at the assignment, whose address is in the
    header Location, and change it there; another offer needs another reference.
    """

    code = "offer_already_known"


class InvalidTransition(Refused):
    """An assignment that is {state} does not know the step {event}."""

    code = "invalid_transition"


class ReasonRequired(Refused):
    """A reason is needed to {event} an assignment."""

    code = "reason_required"
    kind = Kind.INVALID


class TermsMismatch(Refused):
    """The client confirmed terms that differ from the offer; each difference is listed in errors."""

    code = "terms_mismatch"


class NotAPush(Refused):
    """The new start {new_start} is not after the present start {start_date}."""

    code = "not_a_push"


class NotAnAdvance(Refused):
    """The new start {new_start} is not before the present start {start_date}, or has already passed."""

    code = "not_an_advance"


class CredentialsIncomplete(Refused):
    """Not every required credential is verified."""

    code = "credentials_incomplete"


class CredentialExpiresBeforeStart(Refused):
    """A required credential expires before the start {start_date}."""

    code = "credential_expires_before_start"


class TooEarly(Refused):
    """On {today} it is too early to {event}: the assignment runs from {start_date} through {end_date}."""

    code = "too_early"


class TimeRecorded(Refused):
    """A clinician whose time is recorded is not a no-show."""

    code = "time_recorded"


class NotAnExtension(Refused):
    """The new end {new_end} is not after the present end {end_date}."""

    code = "not_an_extension"


class NotAnEarlyEnd(Refused):
    """The new end {new_end} is not within the assignment, {start_date} to {end_date}, and before its end."""

    code = "not_an_early_end"


class ClinicianNotAccepted(Refused):
    """The clinician has not accepted the change."""

    code = "clinician_not_accepted"


class ConflictingPlacement(Refused):
    """The clinician has another assignment between {end_date} and {new_end}."""

    code = "conflicting_placement"


class NothingChanges(Refused):
    """The new terms are the present ones."""

    code = "nothing_changes"


class UnknownTermsVersion(Refused):
    """The assignment has no terms version {terms_version}."""

    code = "unknown_terms_version"
    kind = Kind.INVALID


REFUSAL_OF: Mapping[Denial, type[Refused]] = {
    Denial.INVALID_TRANSITION: InvalidTransition,
    Denial.REASON_REQUIRED: ReasonRequired,
    Denial.TERMS_MISMATCH: TermsMismatch,
    Denial.NOT_A_PUSH: NotAPush,
    Denial.CREDENTIALS_INCOMPLETE: CredentialsIncomplete,
    Denial.CREDENTIAL_EXPIRES_BEFORE_START: CredentialExpiresBeforeStart,
    Denial.TOO_EARLY: TooEarly,
    Denial.TIME_RECORDED: TimeRecorded,
    Denial.NOT_AN_EXTENSION: NotAnExtension,
    Denial.CLINICIAN_NOT_ACCEPTED: ClinicianNotAccepted,
    Denial.CONFLICTING_PLACEMENT: ConflictingPlacement,
}
"""How each denial of the table is raised."""
