"""An assignment: where it stands, every version of its terms, and the values that its commands return.

Each visible change publishes exactly one event and raises `version` by one, so the version of an assignment
is the number of its last event. What nobody outside can see (an offer made, an early clearance remembered, time
worked before the start) raises nothing.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from assignments.domain.errors import REFUSAL_OF
from assignments.domain.lifecycle import Context, Denied, LifecycleEvent, decide
from shared.contracts.assignments import State, Why
from shared.contracts.event import Event
from shared.contracts.terms import Terms
from shared.errors import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsVersion:
    """One version of the terms, and why it came; `why` is None for the offer itself.

    `effective_on` is the first day on which it makes a difference. `changed` names the fields that differ
    from the version before. `addendum_required`: it lowers pay or guarantee, so the clinician must sign it.
    """

    terms: Terms
    effective_on: date
    recorded_at: datetime
    why: Why | None = None
    changed: tuple[str, ...] = ()
    addendum_required: bool = False


class SignerRole(StrEnum):
    """For whom a person signs."""

    CLINICIAN = "clinician"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed, for whom, and when. Ids only; names stay in the document."""

    signer_id: str
    role: SignerRole
    signed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What was signed: the document by its hash, the terms version it states, and who signed."""

    document_sha256: str
    terms_version: int
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """Credentialing's word that the clinician may work through `valid_through`.

    It was given for terms version `answers`. While an assignment has one it holds for the present terms: a
    change that it does not survive removes it.
    """

    answers: int
    valid_through: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """The whole present state, and what led to it. `terms_history` is in order and never empty.

    `ready_for` is the last terms version announced as ready. `time_recorded`: a shift was worked, although the
    assignment had not started. `reason` says why it ended, where that was asked. `saves` counts what storage saved.
    """

    assignment_id: str
    source: str
    source_reference: str
    clinician_id: str
    client_id: str
    state: State
    terms_history: tuple[TermsVersion, ...]
    agreements: tuple[Agreement, ...] = ()
    clearance: Clearance | None = None
    ready_for: int = 0
    started_on: date | None = None
    ended_on: date | None = None
    time_recorded: bool = False
    reason: str | None = None
    version: int = 0
    saves: int = 0

    @property
    def terms(self) -> Terms:
        """The latest terms."""
        return self.terms_history[-1].terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The assignment after a command, and the one event to publish; no event when nothing visible changed."""

    assignment: Assignment
    event: Event | None = None


def terms_on(assignment: Assignment, day: date) -> Terms:
    """The terms in force on a day: the latest version effective by then, the first one before any is."""
    in_force = [entry for entry in assignment.terms_history if entry.effective_on <= day]
    return (in_force or assignment.terms_history)[-1].terms


def step(
    assignment: Assignment, event: LifecycleEvent, *, context: Context, findings: tuple[Finding, ...] = ()
) -> State:
    """Where the event leads by the table; start and end are taken from the present terms.

    Raises the refusal that stands for the table's denial, with the findings that led to it.
    """
    terms = assignment.terms
    context = replace(context, start_date=terms.start_date, end_date=terms.end_date)
    decided = decide(assignment.state, event, context=context)
    if isinstance(decided, Denied):
        raise REFUSAL_OF[decided.reason](
            findings=findings,
            state=assignment.state.value,
            event=event.value,
            today=context.today,
            start_date=context.start_date,
            new_start=context.new_start,
            end_date=context.end_date,
            new_end=context.new_end,
        )
    return decided.to


def published(assignment: Assignment, event: Event) -> Changed:
    """The change with its one event, as the assignment's next version."""
    return Changed(assignment=replace(assignment, version=assignment.version + 1), event=event)
