"""Who publishes what, and who consumes it: the one page.

A service handles exactly what stands here beside its name (tests/contracts); `Work.publish` refuses anything else.
Events without consumers are published for the services that follow, or read by operators.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from shared.contracts.assignments import (
    AgreementSigned,
    AssignmentChanged,
    AssignmentCleared,
    AssignmentConfirmed,
    AssignmentEnded,
    AssignmentReady,
    AssignmentReopened,
    AssignmentStarted,
    ClientChanged,
    ClinicianChanged,
    FacilityChanged,
    OfferAccepted,
)
from shared.contracts.credentialing import ClearanceGranted, ClearanceRevoked
from shared.contracts.event import Event
from shared.contracts.housing import HousingCostChanged
from shared.contracts.identity import (
    AccessWithdrawn,
    GrantGiven,
    GrantRevoked,
    PersonChanged,
    PersonErased,
    SettingsChanged,
)
from shared.contracts.payroll import InvoiceIssued, InvoiceShortPaid, MarginChanged, PayCorrected, PayIssued
from shared.contracts.portal import WorkItemAssigned
from shared.contracts.timekeeping import (
    ShiftMissed,
    ShiftWorked,
    TimecardApproved,
    TimecardClosed,
    TimecardCorrected,
)
from shared.contracts.workstreams import (
    WorkItemCompleted,
    WorkItemOpened,
    WorkItemWithdrawn,
    WorkstreamChanged,
)


class StreamKind(StrEnum):
    """How a consumer reads a topic."""

    LOG = "log"
    """Every event counts; versions of a key are 1, 2, 3 … without gaps."""
    STATE = "state"
    """Each event is the whole present state of its key; the topic is compacted, a tombstone erases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One stream of aggregates: the events of `publisher` about the aggregate whose id is their field `key`."""

    name: str
    kind: StreamKind
    publisher: str
    key: str
    events: Mapping[type[Event], frozenset[str]]
    purpose: str
    retention_days: int | None = 35
    personal_data: frozenset[str] = frozenset()

    @property
    def consumers(self) -> frozenset[str]:
        """Every service that handles at least one event of this topic."""
        return frozenset().union(*self.events.values())


LOG, STATE = StreamKind.LOG, StreamKind.STATE
DEPARTMENTS = ("credentialing", "payroll", "housing", "timekeeping")
FOUR = frozenset(DEPARTMENTS)
PORTAL = frozenset({"portal"})
FOLLOWERS = FOUR | PORTAL
EVERY = FOLLOWERS | {"assignments"}
NONE: frozenset[str] = frozenset()


def _directory(name: str, key: str, event: type[Event], *, personal_data: frozenset[str], purpose: str) -> Topic:
    return Topic(
        name=f"assignments.{name}.v1",
        kind=STATE,
        publisher="assignments",
        key=key,
        events={event: FOLLOWERS},
        retention_days=None,
        personal_data=personal_data,
        purpose=purpose,
    )


def _workstream(department: str) -> Topic:
    return Topic(
        name=f"{department}.workstream.v1",
        kind=LOG,
        publisher=department,
        key="assignment_id",
        events={WorkstreamChanged: PORTAL | {"assignments"}},
        purpose=f"How far {department} is with each assignment; folded into its readiness.",
    )


def _work_items(department: str) -> Topic:
    return Topic(
        name=f"{department}.work_item.v1",
        kind=LOG,
        publisher=department,
        key="work_item_id",
        events={WorkItemOpened: PORTAL, WorkItemCompleted: PORTAL, WorkItemWithdrawn: PORTAL},
        purpose=f"What {department} needs a person to do.",
    )


def _identity(
    name: str,
    key: str,
    events: Mapping[type[Event], frozenset[str]],
    *,
    purpose: str,
    personal_data: frozenset[str] = NONE,
) -> Topic:
    return Topic(
        name=f"identity.{name}.v1",
        kind=STATE,
        publisher="identity",
        key=key,
        events=events,
        retention_days=None,
        personal_data=personal_data,
        purpose=purpose,
    )


CATALOGUE: tuple[Topic, ...] = (
    _directory(
        "clinician",
        "clinician_id",
        ClinicianChanged,
        personal_data=frozenset({"name", "email", "phone", "home", "npi"}),
        purpose="Who the clinicians are and how to reach them.",
    ),
    _directory(
        "facility",
        "facility_id",
        FacilityChanged,
        personal_data=frozenset(),
        purpose="Where assignments are worked: state, time zone, units, workweek.",
    ),
    _directory("client", "client_id", ClientChanged, personal_data=frozenset(), purpose="Who is billed."),
    Topic(
        name="assignments.assignment.v1",
        kind=LOG,
        publisher="assignments",
        key="assignment_id",
        events={
            OfferAccepted: FOLLOWERS,
            AssignmentChanged: FOLLOWERS,
            AgreementSigned: PORTAL | {"housing"},
            AssignmentConfirmed: FOLLOWERS,
            AssignmentCleared: FOLLOWERS,
            AssignmentReopened: FOLLOWERS,
            AssignmentReady: FOLLOWERS,
            AssignmentStarted: FOLLOWERS,
            AssignmentEnded: FOLLOWERS,
        },
        purpose="The way of an assignment from the accepted offer to its end.",
    ),
    *(_workstream(department) for department in DEPARTMENTS),
    *(_work_items(department) for department in DEPARTMENTS),
    Topic(
        name="portal.work_item.v1",
        kind=LOG,
        publisher="portal",
        key="work_item_id",
        events={WorkItemAssigned: NONE},
        purpose="Who does each work item, and until when it waits.",
    ),
    Topic(
        name="credentialing.clearance.v1",
        kind=LOG,
        publisher="credentialing",
        key="assignment_id",
        events={
            ClearanceGranted: PORTAL | {"assignments", "timekeeping"},
            ClearanceRevoked: PORTAL | {"assignments", "timekeeping"},
        },
        purpose="Whether the clinician may start, and until when.",
    ),
    Topic(
        name="timekeeping.shift.v1",
        kind=LOG,
        publisher="timekeeping",
        key="shift_id",
        events={ShiftWorked: PORTAL | {"assignments"}, ShiftMissed: PORTAL},
        purpose="What became of each expected shift.",
    ),
    Topic(
        name="timekeeping.timecard.v1",
        kind=LOG,
        publisher="timekeeping",
        key="timecard_id",
        events={TimecardClosed: PORTAL, TimecardApproved: PORTAL, TimecardCorrected: PORTAL},
        purpose="Hours of a workweek, for pay (all) and billing (approved).",
    ),
    Topic(
        name="housing.case.v1",
        kind=LOG,
        publisher="housing",
        key="case_id",
        events={HousingCostChanged: PORTAL},
        purpose="Who bears what housing costs, and how they are taxed.",
    ),
    Topic(
        name="payroll.pay_statement.v1",
        kind=LOG,
        publisher="payroll",
        key="pay_statement_id",
        events={PayIssued: PORTAL, PayCorrected: PORTAL},
        purpose="What was paid.",
    ),
    Topic(
        name="payroll.margin.v1",
        kind=LOG,
        publisher="payroll",
        key="margin_id",
        events={MarginChanged: PORTAL},
        purpose="What is left of the billing of an assignment, week by week.",
    ),
    Topic(
        name="payroll.invoice.v1",
        kind=LOG,
        publisher="payroll",
        key="invoice_id",
        events={InvoiceIssued: PORTAL, InvoiceShortPaid: PORTAL},
        purpose="What clients were billed and what they left unpaid.",
    ),
    _identity(
        "person",
        "person_id",
        {PersonChanged: PORTAL},
        personal_data=frozenset({"name", "email"}),
        purpose="Who works here, with which roles.",
    ),
    _identity(
        "access",
        "subject",
        {AccessWithdrawn: EVERY},
        purpose="Whose tokens are refused although they have not ended.",
    ),
    _identity(
        "grant",
        "grant_id",
        {GrantGiven: PORTAL, GrantRevoked: EVERY},
        purpose="What virtual specialists may do, and what was taken back.",
    ),
    _identity(
        "erasure",
        "subject",
        {PersonErased: PORTAL | {"assignments", "credentialing", "payroll"}},
        purpose="Whose personal data are to be made unreadable.",
    ),
    _identity(
        "settings",
        "settings_id",
        {SettingsChanged: PORTAL},
        purpose="The agency's calendars and service levels.",
    ),
)


_BY_NAME = {topic.name: topic for topic in CATALOGUE}
_BY_EVENT = {(topic.publisher, event.event_type): topic for topic in CATALOGUE for event in topic.events}
_STATES = {event.event_type: topic for topic in CATALOGUE if topic.kind is STATE for event in topic.events}


def topic_named(name: str) -> Topic:
    """The topic of this name. Raises KeyError when the catalogue has none."""
    return _BY_NAME[name]


def is_topic(name: str) -> bool:
    """Whether the catalogue has a topic of this name."""
    return name in _BY_NAME


def topic_of(publisher: str, event: type[Event]) -> Topic:
    """The topic on which this service publishes this event. Raises KeyError when it may not publish it."""
    topic = _BY_EVENT.get((publisher, event.event_type))
    if topic is None:
        raise KeyError(f"the catalogue does not let {publisher} publish {event.event_type}")
    return topic


def state_topic_of(event: type[Event]) -> Topic:
    """The state stream that carries this event. Raises KeyError when no state stream does."""
    return _STATES[event.event_type]


@cache
def topics_for(consumer: str) -> tuple[Topic, ...]:
    """Every topic the service subscribes to, in the catalogue's order."""
    return tuple(topic for topic in CATALOGUE if consumer in topic.consumers)
