"""Codes in plain words: what pages and timelines say instead of them."""

from typing import Final

DEPARTMENTS: Final = {
    "credentialing": "Credentialing",
    "payroll": "Payroll",
    "housing": "Housing",
    "timekeeping": "Timekeeping",
    "assignments": "Assignments",
    "portal": "Portal",
    "identity": "Identity",
}
STATES: Final = {
    "offered": "Offered",
    "accepted": "Accepted",
    "confirmed": "Confirmed",
    "onboarding": "Onboarding",
    "cleared": "Cleared",
    "active": "Active",
    "completed": "Completed",
    "declined": "Declined",
    "fell_off": "Fell off",
    "no_show": "No-show",
    "terminated": "Terminated",
}
STATUSES: Final = {
    "open": "Open",
    "at_risk": "At risk",
    "blocked": "Blocked",
    "ready": "Ready",
    "closed": "Closed",
}
RISKS: Final = {
    "on_track": "On track",
    "at_risk": "At risk",
    "late": "Late",
    "blocked": "Blocked",
    "over": "Over",
}
DISCIPLINES: Final = {"RAD_TECH": "Radiologic technologist", "SURG_TECH": "Surgical technologist"}
"""Those that nobody writes as their code. The others are what the field calls them: RN, LPN, PT, NP."""
ITEM_STATUSES: Final = {"open": "Open", "completed": "Done", "withdrawn": "No longer needed"}
RANK_REASONS: Final = {
    "start": "needed before the start",
    "money": "money at stake",
    "stalled": "holds up its department",
}
CHANGES: Final = {
    "start_pushed": "Start pushed",
    "start_advanced": "Start advanced",
    "extended": "Extended",
    "ended_early": "Ended early",
    "rate_changed": "Rate changed",
    "unit_changed": "Unit changed",
    "shift_changed": "Shift changed",
    "hours_changed": "Hours changed",
    "amended": "Amended",
}
EVENTS: Final = {
    "offer.accepted": "Offer accepted",
    "assignment.changed": "Terms changed",
    "assignment.confirmed": "Confirmed by the client",
    "assignment.cleared": "Cleared to start",
    "assignment.reopened": "Clearance lost",
    "assignment.ready": "All departments ready",
    "assignment.started": "Started",
    "assignment.ended": "Ended",
    "agreement.signed": "Agreement signed",
    "workstream.changed": "Department's standing changed",
    "work_item.opened": "Work item opened",
    "work_item.completed": "Work item done",
    "work_item.withdrawn": "Work item no longer needed",
    "work_item.assigned": "Work item handed on",
    "task.opened": "Task written",
    "task.done": "Task done",
    "task.reopened": "Task opened again",
    "clearance.granted": "Clearance granted",
    "clearance.revoked": "Clearance revoked",
    "shift.worked": "Shift worked",
    "shift.missed": "Shift missed",
    "timecard.closed": "Timecard closed",
    "timecard.approved": "Timecard approved",
    "timecard.corrected": "Timecard corrected",
    "housing.cost_changed": "Housing costs changed",
    "pay.issued": "Pay statement issued",
    "pay.corrected": "Pay statement corrected",
    "margin.changed": "Margin changed",
    "invoice.issued": "Invoice issued",
    "invoice.short_paid": "Invoice paid short",
}
"""What happened, by the type of the event."""


def said(event_type: str) -> str:
    """The event in words; a type that nobody gave words yet as its own: "roster.moved" becomes "Roster moved"."""
    return EVENTS.get(event_type) or kind_words(event_type.replace(".", "_"))


def kind_words(kind: str) -> str:
    """A code of words joined by underscores as a phrase: "verify_license" becomes "Verify license"."""
    return kind.replace("_", " ").strip().capitalize()
