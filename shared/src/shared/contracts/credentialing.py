"""Events of the credentialing service: the decision that a clinician may start."""

from datetime import date

from shared.contracts.event import Event, event


@event("clearance.granted")
class ClearanceGranted(Event):
    """Every requirement is met for these terms through `valid_through` (inclusive). No items travel."""

    assignment_id: str
    terms_version: int
    valid_through: date


@event("clearance.revoked")
class ClearanceRevoked(Event):
    """The clinician may no longer work under these terms; `reason` is a stable code without health data."""

    assignment_id: str
    terms_version: int
    reason: str
