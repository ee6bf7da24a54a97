"""The funnel's words and addresses."""

from datetime import date
from typing import Any

from portal.api.views import written
from portal.app.queries.funnel import FunnelFilter, Grouped
from portal.domain.funnel import Outcome, Result, Stage

PATH, ROWS = "/funnel", "/funnel/rows"

STAGES = {
    Stage.ACCEPTED: "Accepted",
    Stage.CLEARED: "Cleared",
    Stage.STARTED: "Started on time",
    Stage.PAID: "Paid right",
}
RESULTS = {Result.PASSED: "", Result.PENDING: "not due yet", Result.FAILED: "failed"}
OUTCOMES = {
    Outcome.PAID_RIGHT: "Paid right",
    Outcome.PAY_PENDING: "First pay not due yet",
    Outcome.PAY_CORRECTED: "First pay had to be corrected",
    Outcome.PAY_MISSING: "First pay missing",
    Outcome.STARTED_LATE: "Started late",
    Outcome.STARTED_UNCLEARED: "Works without clearance",
    Outcome.START_PENDING: "Cleared, start ahead",
    Outcome.START_MISSED: "Cleared, start day missed",
    Outcome.CLEARING: "Being cleared, start ahead",
    Outcome.CLEARING_LATE: "Not cleared, start day missed",
    Outcome.LOST_CLEARED: "Lost after clearance",
    Outcome.LOST_UNCLEARED: "Lost before clearance",
}
GROUPED = {
    Grouped.CLIENT: "Client",
    Grouped.STATE: "State",
    Grouped.DISCIPLINE: "Discipline",
    Grouped.MONTH: "Month",
}


def asked_of(wanted: FunnelFilter) -> dict[str, Any]:
    """What the filter asks, as parameters of an address."""
    return {
        "first": wanted.first and f"{wanted.first:%Y-%m}",
        "last": wanted.last and f"{wanted.last:%Y-%m}",
        "client": wanted.client_id,
        "state": wanted.work_state,
        "discipline": wanted.discipline,
    }


def span(first: date, last: date) -> str:
    """The months in words."""
    return f"in {written.month(first)}" if first == last else f"{written.month(first)} to {written.month(last)}"
