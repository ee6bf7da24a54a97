"""The assignments behind a figure of the funnel, as their template shows them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from portal.api.pages.asked import address
from portal.api.pages.export import Row, Table
from portal.api.views import written
from portal.api.views.funnel_words import OUTCOMES, PATH, RESULTS, ROWS, STAGES, asked_of, span
from portal.app.queries.funnel import Behind, FunnelFilter, FunnelRows
from portal.domain.funnel import DEFINITIONS, Outcome, Result, Stage, outcomes_of
from shared.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsView:
    """The assignments behind a figure."""

    title: str
    definition: str
    subtitle: str
    rows: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    previous: str | None
    next: str | None
    back: str
    export: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Which figure of the funnel somebody asks the rows of."""

    stage: Stage = Stage.ACCEPTED
    result: Result = Result.PASSED
    is_lost: bool = False
    how: str | None = None
    reason: str | None = None

    def behind(self) -> Behind:
        """The assignments that it counts."""
        if not self.is_lost:
            return Behind(outcomes=outcomes_of(self.stage, self.result))
        reason = "" if self.reason == "-" else self.reason
        return Behind(outcomes=(Outcome.LOST_CLEARED, Outcome.LOST_UNCLEARED), state=self.how, reason=reason)

    def asked(self) -> dict[str, Any]:
        """The same as parameters of an address."""
        if self.is_lost:
            return {"lost": "yes", "how": self.how, "reason": self.reason}
        return {"stage": self.stage, "result": None if self.result is Result.PASSED else self.result}

    def title(self) -> str:
        """What the figure is called."""
        if self.is_lost:
            return "Lost before the start"
        words = RESULTS[self.result]
        return f"{STAGES[self.stage]}: {words}" if words else STAGES[self.stage]


ROW_COLUMNS = ("Facility", "Stands at", "Accepted", "Promised start", "Started", "First pay", "How it ended")


def rows_view(found: FunnelRows, wanted: FunnelFilter, *, figure: Figure, zone: str) -> RowsView:
    """One page of the rows behind a figure."""
    asked = {**figure.asked(), **asked_of(wanted)}
    client = wanted.client_id and written.place(found.names, wanted.client_id)
    narrowed = (client, wanted.work_state, written.discipline(wanted.discipline))
    spoken = (f"Accepted {span(found.first, found.last)}", *narrowed)
    following, before = found.found.next_cursor, found.found.previous_cursor
    return RowsView(
        title=figure.title(),
        definition="Ended before any day of work: declined, fell off, no-show or terminated."
        if figure.is_lost
        else DEFINITIONS[figure.stage],
        subtitle=" · ".join(part for part in spoken if part),
        rows=tuple(_row(row, found, zone) for row in found.found.rows),
        previous=address(ROWS, **asked, cursor=before) if before else None,
        next=address(ROWS, **asked, cursor=following) if following else None,
        back=address(PATH, by=wanted.by, **asked_of(wanted)),
        export=tuple((each.upper(), address(ROWS, **asked, format=each)) for each in ("csv", "xlsx")),
    )


def _row(row: Any, found: FunnelRows, zone: str) -> tuple[str, str, str, tuple[str, ...]]:
    accepted_on = row.accepted_at.astimezone(ZoneInfo(zone)).date()
    ended = f"{written.state(row.state)}: {row.end_reason or 'no reason given'}" if row.ended_on else "–"
    cells = (
        written.place(found.names, row.facility_id),
        OUTCOMES[Outcome(row.outcome)],
        written.day(accepted_on, today=found.today),
        written.day(row.first_start_date, today=found.today),
        written.day(row.started_on, today=found.today),
        written.day(row.first_paid_on, today=found.today),
        ended,
    )
    return (
        row.assignment_id,
        f"/assignments/{row.assignment_id}",
        written.clinician(found.names, row.clinician_id),
        cells,
    )


def rows_table(found: FunnelRows, *, zone: str) -> Table:
    """The rows behind a figure as a file."""
    heads = ("Assignment", "Clinician", "Client", "Facility", "Unit", "Discipline", "State of work", "Stands at")
    days = ("Accepted", "Cleared", "Promised start", "Present start", "Started", "First pay", "Ended")
    columns = (*heads, *days, "How it ended", "Reason", "Value a week")
    return Table(name="funnel-rows", columns=columns, rows=[_exported(row, found, zone) for row in found.found.rows])


def _exported(row: Any, found: FunnelRows, zone: str) -> Row:
    def local(instant: datetime | None) -> date | None:
        return instant.astimezone(ZoneInfo(zone)).date() if instant else None

    cents = row.weekly_value_cents if found.shows_value else None
    return (
        row.assignment_id,
        written.clinician(found.names, row.clinician_id),
        written.place(found.names, row.client_id),
        written.place(found.names, row.facility_id),
        row.unit,
        written.discipline(row.discipline),
        row.work_state,
        OUTCOMES[Outcome(row.outcome)],
        local(row.accepted_at),
        local(row.cleared_at),
        row.first_start_date,
        row.start_date,
        row.started_on,
        row.first_paid_on,
        row.ended_on,
        written.state(row.state) if row.ended_on else None,
        row.end_reason,
        None if cents is None else Money(cents),
    )
