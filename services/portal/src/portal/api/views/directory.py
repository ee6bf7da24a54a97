"""Clinicians and facilities as their templates show them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from portal.api.pages.asked import address
from portal.api.pages.export import Row, Table
from portal.api.views import written
from portal.app.queries.directory import ClinicianFilter, Entries, FacilityFilter, Known
from portal.domain.board import BEFORE_START
from portal.domain.words import DEPARTMENTS, kind_words
from shared.contracts.assignments import ClinicianChanged, FacilityChanged
from shared.contracts.terms import Discipline, Weekday

CLINICIANS, FACILITIES = "/clinicians", "/facilities"
HIDDEN = "Not shown to your role"
WEEKDAYS = {
    Weekday.MON: "Monday",
    Weekday.TUE: "Tuesday",
    Weekday.WED: "Wednesday",
    Weekday.THU: "Thursday",
    Weekday.FRI: "Friday",
    Weekday.SAT: "Saturday",
    Weekday.SUN: "Sunday",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a list: the name leads to its page; the rest are cells in the order of the list's columns."""

    id: str
    href: str
    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A list of the directory."""

    rows: tuple[Entry, ...]
    search: str
    is_filtered: bool
    clear_href: str
    filters: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...]
    export: tuple[tuple[str, str], ...]
    next: str | None
    previous: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentRow:
    """An assignment on the page of its clinician or its facility."""

    id: str
    href: str
    who: str
    where: str
    unit: str
    days: str
    state: str
    lights: tuple[str | None, ...]
    risk: str
    risk_text: str
    risk_tone: str
    open_items: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """An open work item on such a page."""

    id: str
    href: str
    what: str
    department: str
    who: str
    due_at: datetime
    owner: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownView:
    """The page of a clinician or a facility."""

    id: str
    ids: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    contact: tuple[tuple[str, str], ...]
    contact_hidden: bool
    units: tuple[str, ...]
    upcoming: tuple[AssignmentRow, ...]
    present: tuple[AssignmentRow, ...]
    past: tuple[AssignmentRow, ...]
    items: tuple[ItemRow, ...]
    notes_href: str
    zone: ZoneInfo
    local_time: str


def clinicians_view(entries: Entries, wanted: ClinicianFilter, *, today: date) -> ListView:
    """The list of clinicians."""
    asked = {"q": wanted.search, "discipline": wanted.discipline}
    disciplines = tuple((each.value, written.discipline(each)) for each in Discipline)
    chosen = ("discipline", "Discipline", wanted.discipline or "", (("", "Any discipline"), *disciplines))
    rows = tuple(_clinician_row(row, entries, today) for row in entries.found.rows)
    return _listed(CLINICIANS, rows, asked=asked, filters=(chosen,), entries=entries)


def facilities_view(entries: Entries, wanted: FacilityFilter, *, now: datetime) -> ListView:
    """The list of facilities."""
    asked = {"q": wanted.search, "state": wanted.state, "client": wanted.client_id}
    states = (("", "Any state"), *((state, state) for state in STATES))
    chosen = ("state", "State", wanted.state or "", states)
    rows = tuple(_facility_row(row, entries, now) for row in entries.found.rows)
    return _listed(FACILITIES, rows, asked=asked, filters=(chosen,), entries=entries)


STATES = tuple(
    "AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR"
    " PA PR RI SC SD TN TX UT VA VT WA WI WV WY".split()
)


def _listed(
    path: str,
    rows: tuple[Entry, ...],
    *,
    asked: dict[str, str | None],
    filters: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...],
    entries: Entries,
) -> ListView:
    following, before = entries.found.next_cursor, entries.found.previous_cursor
    return ListView(
        rows=rows,
        search=asked["q"] or "",
        is_filtered=any(asked.values()),
        clear_href=path,
        filters=filters,
        export=tuple((each.upper(), address(path, **asked, format=each)) for each in ("csv", "xlsx")),
        next=address(path, **asked, cursor=following) if following else None,
        previous=address(path, **asked, cursor=before) if before else None,
    )


def _clinician_row(row: Any, entries: Entries, today: date) -> Entry:
    load = entries.workload.get(row.clinician_id)
    return Entry(
        id=row.clinician_id,
        href=f"{CLINICIANS}/{row.clinician_id}",
        name=row.name or written.clinician({}, row.clinician_id),
        cells=(
            written.discipline(row.discipline) or "–",
            ", ".join(json.loads(row.specialties or "[]")) or "–",
            *_load_cells(load, today),
        ),
    )


def _facility_row(row: Any, entries: Entries, now: datetime) -> Entry:
    load = entries.workload.get(row.facility_id)
    place = f"{row.city}, {row.state}"
    client = written.place(entries.names, row.client_id)
    local = now.astimezone(ZoneInfo(row.time_zone))
    cells = (place, client, *_load_cells(load, local.date()), local.strftime("%H:%M %Z"))
    return Entry(id=row.facility_id, href=f"{FACILITIES}/{row.facility_id}", name=row.name, cells=cells)


def _load_cells(load: Any, today: date) -> tuple[str, str, str, str]:
    if load is None:
        return "–", "–", "–", "–"
    return (
        f"{load.active:,}",
        f"{load.on_way:,}",
        written.day(load.next_start, today=today),
        f"{load.open_items or 0:,}",
    )


def clinician_view(known: Known, *, now: datetime, zone: ZoneInfo) -> KnownView:
    """The page of a clinician."""
    entry: ClinicianChanged | None = known.entry
    name = written.clinician(known.names, known.key)
    discipline = written.discipline(entry.discipline) if entry else "Erased, or not arrived yet"
    specialties = ", ".join(entry.specialties) if entry else ""
    return _known_view(
        known,
        title=name,
        subtitle=" · ".join(part for part in (discipline, specialties) if part),
        facts=(("Discipline", discipline), ("Specialties", specialties), ("NPI", (entry.npi if entry else None) or "")),
        contact=_contact(entry) if entry and known.shows_contact else (),
        units=(),
        now=now,
        zone=zone,
    )


def _contact(entry: ClinicianChanged) -> tuple[tuple[str, str], ...]:
    home = entry.home
    return (
        ("E-mail", entry.email),
        ("Telephone", entry.phone),
        ("Home", f"{home.street}, {home.city}, {home.state} {home.zip}"),
    )


def facility_view(known: Known, *, now: datetime) -> KnownView:
    """The page of a facility."""
    entry: FacilityChanged = known.entry
    zone = ZoneInfo(entry.time_zone)
    lies = entry.address
    return _known_view(
        known,
        title=entry.name,
        subtitle=f"{lies.city}, {lies.state} · {written.place(known.names, entry.client_id)}",
        facts=(
            ("Client", written.place(known.names, entry.client_id)),
            ("Address", f"{lies.street}, {lies.city}, {lies.state} {lies.zip}"),
            ("Time zone", entry.time_zone),
            ("Week starts", WEEKDAYS[entry.workweek_starts]),
            ("Holidays", kind_words(entry.holiday_calendar).replace("Us ", "US ")),
            ("Orientation", written.plural(entry.orientation_days, "day") if entry.orientation_days else "None"),
        ),
        contact=(),
        units=entry.units,
        now=now,
        zone=zone,
    )


def _known_view(
    known: Known,
    *,
    title: str,
    subtitle: str,
    facts: tuple[tuple[str, str], ...],
    contact: tuple[tuple[str, str], ...],
    units: Sequence[str],
    now: datetime,
    zone: ZoneInfo,
) -> KnownView:
    local = now.astimezone(zone)
    rows = tuple(_assignment_row(row, known, local.date()) for row in known.assignments)
    coming = [row for row in rows if row.is_open and row.state in BEFORE_START]
    kind = "facility" if isinstance(known.entry, FacilityChanged) else "clinician"
    return KnownView(
        id=known.key,
        ids=" ".join([*(row.assignment_id for row in known.assignments), *(row.work_item_id for row in known.items)]),
        title=title,
        subtitle=subtitle,
        facts=facts,
        contact=contact,
        contact_hidden=kind == "clinician" and not known.shows_contact,
        units=tuple(units),
        upcoming=tuple(reversed(coming)),
        present=tuple(row for row in rows if row.is_open and row.state not in BEFORE_START),
        past=tuple(row for row in rows if not row.is_open),
        items=tuple(_item_row(row, known) for row in known.items),
        notes_href=address("/notes", about=kind, id=known.key),
        zone=zone,
        local_time=local.strftime("%a %-d %b, %H:%M %Z"),
    )


def _assignment_row(row: Any, known: Known, today: date) -> AssignmentRow:
    first, last = row.started_on or row.start_date, row.ended_on or row.end_date
    return AssignmentRow(
        id=row.assignment_id,
        href=f"/assignments/{row.assignment_id}",
        who=written.clinician(known.names, row.clinician_id),
        where=written.place(known.names, row.facility_id),
        unit=" · ".join(part for part in (row.unit, written.discipline(row.discipline)) if part),
        days=f"{written.day(first, today=today)} – {written.day(last, today=today)}",
        state=row.state,
        lights=(row.credentialing, row.payroll, row.housing, row.timekeeping),
        risk=row.risk,
        risk_text=written.risk(row.risk),
        risk_tone=written.RISK_TONES.get(row.risk, "neutral"),
        open_items=f"{row.open_items:,}" if row.open_items else "–",
        is_open=row.is_open,
    )


def _item_row(row: Any, known: Known) -> ItemRow:
    return ItemRow(
        id=row.work_item_id,
        href=f"/work/{row.work_item_id}",
        what=row.title or kind_words(row.kind),
        department=DEPARTMENTS.get(row.department, row.department),
        who=written.clinician(known.names, row.clinician_id),
        due_at=row.due_at,
        owner=known.names.get(row.owner_id or "") or row.owner_id,
    )


LOAD_COLUMNS = ("Active", "On the way", "Next start", "Open work")
CLINICIAN_COLUMNS = ("Discipline", "Specialties", *LOAD_COLUMNS)
FACILITY_COLUMNS = ("Place", "Client", *LOAD_COLUMNS, "Time there")


def clinicians_table(entries: Entries) -> Table:
    """The list as a file; names and no other contact, and those only for whom they are shown to."""
    rows = [
        (
            row.name or written.clinician({}, row.clinician_id),
            written.discipline(row.discipline),
            ", ".join(json.loads(row.specialties or "[]")),
            *_load_figures(entries.workload.get(row.clinician_id)),
            row.clinician_id,
        )
        for row in entries.found.rows
    ]
    return Table(name="clinicians", columns=("Clinician", *CLINICIAN_COLUMNS, "Id"), rows=rows)


def facilities_table(entries: Entries) -> Table:
    """The list as a file."""
    rows = [
        (
            row.name,
            row.city,
            row.state,
            written.place(entries.names, row.client_id),
            row.units,
            *_load_figures(entries.workload.get(row.facility_id)),
            row.time_zone,
            row.facility_id,
        )
        for row in entries.found.rows
    ]
    heads = ("Facility", "City", "State", "Client", "Units", *LOAD_COLUMNS, "Time zone", "Id")
    return Table(name="facilities", columns=heads, rows=rows)


def _load_figures(load: Any) -> Row:
    if load is None:
        return 0, 0, None, 0
    return load.active, load.on_way, load.next_start, int(load.open_items or 0)
