"""The list of assignments in rows that a template writes out as they are, and the filters above it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from portal.api.pages.asked import address
from portal.api.pages.export import Table
from portal.api.views import written
from portal.app.queries.assignment_page import Listed
from portal.domain.words import RISKS, STATES, STATUSES
from portal.storage.assignment_page import Wanted
from shared.contracts.catalogue import DEPARTMENTS as FOUR
from shared.money import Money

PATH: Final = "/assignments"
WEEKS: Final = 8
_LIGHTS: Final[Mapping[str | None, tuple[str, str]]] = {
    "ready": ("good", "circle-check"),
    "open": ("neutral", "circle-dashed"),
    "at_risk": ("warn", "triangle-alert"),
    "blocked": ("bad", "octagon-x"),
    "closed": ("muted", "circle-minus"),
    None: ("muted", "circle-help"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One assignment."""

    id: str
    href: str
    clinician: str
    where: str
    reference: str
    state: str
    risk: str
    risk_tone: str
    start: str
    start_note: str
    lights: tuple[tuple[str, str, str], ...]
    value: str
    open_items: int


Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One filter with what may be chosen, (value, text), the first asking nothing."""

    name: str
    label: str
    value: str
    options: Choices


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A page of the list with its filters; `is_filtered` tells an empty list from an empty house."""

    lines: tuple[Line, ...]
    previous_href: str | None
    next_href: str | None
    here: str
    rows_href: str
    export: tuple[tuple[str, str], ...]
    is_filtered: bool
    wanted: Wanted
    search_label: str
    filters: tuple[Filter, ...]
    applied: tuple[tuple[str, str, str], ...]


def list_view(found: Listed, wanted: Wanted) -> ListView:
    """The page as it is shown."""
    asked = _asked(wanted)
    return ListView(
        lines=tuple(_line(row, found) for row in found.rows),
        previous_href=address(PATH, **asked, cursor=found.previous_cursor) if found.previous_cursor else None,
        next_href=address(PATH, **asked, cursor=found.next_cursor) if found.next_cursor else None,
        here=address(PATH, **asked),
        rows_href=address(f"{PATH}/rows", **asked),
        export=tuple((kind.upper(), address(PATH, **asked, format=kind)) for kind in ("csv", "xlsx")),
        is_filtered=bool(asked),
        wanted=wanted,
        search_label="Name or reference" if found.shows_contact else "Reference",
        filters=_filters(found, wanted),
        applied=_applied(wanted, found.names),
    )


def _filters(found: Listed, wanted: Wanted) -> tuple[Filter, ...]:
    offered = found.choices
    facilities = _named(offered.facility_ids | _given(wanted.facility_id), found.names)
    clients = _named(offered.client_ids | _given(wanted.client_id), found.names)
    states = tuple((one, text) for one, text in STATES.items() if one != "offered")
    over = (("yes", "Also those over"),)
    return (
        _filter("state", "State", wanted.state or "", (("", "Any state"), *states)),
        _filter("risk", "Risk", wanted.risk or "", (("", "Any risk"), *RISKS.items())),
        _filter("facility", "Facility", wanted.facility_id or "", (("", "Any facility"), *facilities)),
        _filter("client", "Client", wanted.client_id or "", (("", "Any client"), *clients)),
        _filter("week", "Start", _iso(wanted.week), (("", "Any start"), *_weeks(found.today, wanted.week))),
        _filter("over", "Over", "yes" if wanted.also_over else "", (("", "Only open"), *over)),
    )


def _filter(name: str, label: str, value: str, options: Choices) -> Filter:
    return Filter(name=name, label=label, value=value, options=options)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def list_table(found: Listed) -> Table:
    """The list as a file; what is not shown on the page is empty there, too."""
    columns = ["Assignment", "Clinician", "Facility", "Unit", "Client", "Source", "Reference", "Discipline", "State"]
    columns += [
        "Risk",
        "Start",
        "End",
        *(name.capitalize() for name in FOUR),
        "Expected ready",
        "Week's value",
        "Items",
    ]
    return Table(
        name="assignments",
        columns=columns,
        rows=[_cells(row, found) for row in found.rows],
    )


def _cells(row: Any, found: Listed) -> list[Any]:
    names, value = found.names, row.weekly_value_cents
    return [
        row.assignment_id,
        names.get(row.clinician_id),
        names.get(row.facility_id),
        row.unit,
        names.get(row.client_id),
        row.source,
        row.source_reference,
        written.discipline(row.discipline),
        STATES.get(row.state),
        RISKS.get(row.risk),
        row.start_date,
        row.end_date,
        *(STATUSES.get(getattr(row, name) or "") for name in FOUR),
        row.expected_ready_on,
        Money(cents=value) if found.shows_commercial and value is not None else None,
        row.open_items,
    ]


def _line(row: Any, found: Listed) -> Line:
    return Line(
        id=row.assignment_id,
        href=f"{PATH}/{row.assignment_id}",
        clinician=written.clinician(found.names, row.clinician_id),
        where=f"{written.place(found.names, row.facility_id)} · {row.unit}",
        reference=f"{written.discipline(row.discipline)} {row.specialty} · {row.source_reference}",
        state=written.state(row.state),
        risk=written.risk(row.risk),
        risk_tone=written.RISK_TONES.get(row.risk, "neutral"),
        start=written.day(row.start_date, today=found.today),
        start_note=_near(row.start_date, found.today) if row.state != "active" and row.is_open else "",
        lights=tuple(_light(name, getattr(row, name)) for name in FOUR),
        value=written.dollars(row.weekly_value_cents) if found.shows_commercial else written.MASKED,
        open_items=row.open_items,
    )


def _light(department: str, status: str | None) -> tuple[str, str, str]:
    """Tone, icon and words."""
    tone, icon = _LIGHTS.get(status, ("neutral", "circle"))
    return tone, icon, f"{department.capitalize()}: {STATUSES.get(status or '', 'no answer yet').lower()}"


def _near(start: date, today: date) -> str:
    days = (start - today).days
    near = {0: "today", 1: "tomorrow", -1: "1 day late"}
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days late")


def _asked(wanted: Wanted) -> dict[str, object]:
    asked = {
        "q": wanted.search,
        "state": wanted.state,
        "risk": wanted.risk,
        "facility": wanted.facility_id,
        "client": wanted.client_id,
        "week": wanted.week,
        "over": "yes" if wanted.also_over else None,
    }
    return {name: value for name, value in asked.items() if value}


def _applied(wanted: Wanted, names: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """The filters in force: name, value, and the address without it."""
    asked = _asked(wanted)
    words = {
        "q": ("Search", str(wanted.search)),
        "state": ("State", written.state(wanted.state)),
        "risk": ("Risk", written.risk(wanted.risk or "")),
        "facility": ("Facility", written.place(names, wanted.facility_id)),
        "client": ("Client", written.place(names, wanted.client_id)),
        "week": ("Starts in the week of", written.day(wanted.week)),
        "over": ("Also", "over"),
    }
    return tuple(
        (*words[name], address(PATH, **{other: value for other, value in asked.items() if other != name}))
        for name in asked
    )


def _weeks(today: date, chosen: date | None) -> Choices:
    monday = today - timedelta(days=today.weekday())
    days = {monday + timedelta(weeks=number) for number in range(-1, WEEKS)} | ({chosen} if chosen else set())
    return tuple((day.isoformat(), f"Week of {written.day(day, today=today)}") for day in sorted(days))


def _given(key: str | None) -> frozenset[str]:
    return frozenset({key} if key else ())


def _named(ids: frozenset[str], names: Mapping[str, str]) -> Choices:
    found = [(key, written.place(names, key)) for key in ids]
    return tuple(sorted(found, key=lambda one: one[1].casefold()))
