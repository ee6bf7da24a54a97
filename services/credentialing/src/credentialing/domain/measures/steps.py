"""What a person does with a report under adjudication: one value for each step."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from credentialing.domain.measures import adverse_action as rules
from credentialing.domain.measures.adverse_action import (
    WAIT_BUSINESS_DAYS,
    AdverseAction,
    FinalNotice,
    PreAdverse,
    Resolution,
)


class TakenStep(Protocol):
    """A step that somebody takes."""

    def applied(self, action: AdverseAction, *, by: str, today: date) -> AdverseAction:
        """The action after the step. Raises what the step of `adverse_action` raises."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SendPreAdverse:
    """The first notice went out with these enclosures."""

    sent_on: date
    encloses: tuple[str, ...]
    wait_business_days: int = WAIT_BUSINESS_DAYS

    def applied(self, action: AdverseAction, *, by: str, today: date) -> AdverseAction:
        notice = PreAdverse(sent_on=self.sent_on, sent_by=by, wait_business_days=self.wait_business_days)
        return rules.send_pre_adverse(action, notice, encloses=self.encloses, today=today)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeReport:
    """The person disputes the report since a day."""

    on: date

    def applied(self, action: AdverseAction, *, by: str, today: date) -> AdverseAction:
        return rules.dispute(action, on=self.on, today=today)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveDispute:
    """The reporting agency answered the dispute."""

    on: date
    resolution: Resolution

    def applied(self, action: AdverseAction, *, by: str, today: date) -> AdverseAction:
        return rules.resolve_dispute(action, self.resolution, on=self.on, today=today)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendFinalNotice:
    """The last notice went out, naming the reporting agency and stating these things."""

    sent_on: date
    cra_name: str
    cra_contact: str
    states: tuple[str, ...]

    def applied(self, action: AdverseAction, *, by: str, today: date) -> AdverseAction:
        notice = FinalNotice(sent_on=self.sent_on, sent_by=by, cra_name=self.cra_name, cra_contact=self.cra_contact)
        return rules.send_final(action, notice, states=self.states, today=today)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearReport:
    """The report does not stand in the way, for this reason."""

    reason: str

    def applied(self, action: AdverseAction, *, by: str, today: date) -> AdverseAction:
        return rules.clear(action, reason=self.reason, on=today)
