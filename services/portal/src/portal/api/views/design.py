"""Invented values that /design shows the components with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from portal.api.views.navigation import SECTIONS
from shared.contracts.assignments import State
from shared.contracts.workstreams import Status

NOW = datetime(2026, 11, 24, 15, 20, tzinfo=UTC)
ZONE = ZoneInfo("America/Chicago")
DEPARTMENTS = ("credentialing", "payroll", "housing", "timekeeping")
GROUPS = (
    ("colour", "Colour and type"),
    ("states", "States"),
    ("actions", "Buttons, menus, links"),
    ("forms", "Forms"),
    ("tables", "Tables"),
    ("cards", "Cards and figures"),
    ("charts", "Charts"),
    ("timeline", "Timeline"),
    ("overlays", "Drawer, dialog, toasts"),
    ("empty", "Empty, loading, broken"),
    ("ways", "Ways around"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """One department's light."""

    department: str
    status: str | None
    title: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of an invented queue."""

    id: str
    title: str
    about: str
    state: str
    due: tuple[str, str, str]
    at_stake_cents: int | None
    owner: str | None
    streams: tuple[Stream, ...]


def specimens() -> Mapping[str, Any]:
    """Every value that the page shows; the same at every call, so that pictures of it can be compared."""
    return {
        "now": NOW,
        "zone": ZONE,
        "nav": SECTIONS,
        "is_live": False,
        "groups": GROUPS,
        "all_states": list(State),
        "all_lights": [None, *Status],
        "departments": DEPARTMENTS,
        "items": _items(),
        "instants": [NOW + timedelta(minutes=minutes) for minutes in (0, 25, 200, 4_500, -45, -2_000, -90_000)],
        "start": date(2026, 11, 30),
        "people": ["Ana Ruiz", "Bo Lindqvist", "Chidi Okafor", "Dana Whitfield", "Eve Marchetti", "Farid Haddad"],
        "payload": '{\n  "assignment_id": "asg_0001",\n  "reason": "start_pushed",\n  "terms_version": 3\n}',
    }


def _streams(*statuses: Status | None) -> tuple[Stream, ...]:
    return tuple(
        Stream(department=department, status=status, title=f"{department.capitalize()}: {status or 'no answer yet'}")
        for department, status in zip(DEPARTMENTS, statuses, strict=True)
    )


def _items() -> tuple[Item, ...]:
    return (
        Item(
            id="wi_1",
            title="Review the RN licence of Mara Ellison",
            about="Lakeside Regional, ICU",
            state=State.ONBOARDING,
            due=("3 h over", "bad", "Was due Tue 24 Nov 2026, 06:00 CST"),
            at_stake_cents=412_000_00,
            owner="Ana Ruiz",
            streams=_streams(Status.BLOCKED, Status.READY, Status.OPEN, Status.READY),
        ),
        Item(
            id="wi_2",
            title="Choose a unit for Theo Brandt",
            about="St. Brigid Medical Center, Med-Surg",
            state=State.CONFIRMED,
            due=("in 4 h", "warn", "Tue 24 Nov 2026, 13:30 CST; brought forward by 12 h: 3,000 USD at stake"),
            at_stake_cents=31_850_00,
            owner=None,
            streams=_streams(Status.OPEN, Status.AT_RISK, Status.AT_RISK, None),
        ),
        Item(
            id="wi_3",
            title="Approve the timecard of Priya Nair, week of 15 Nov",
            about="Cedar Hollow Hospital, Telemetry",
            state=State.ACTIVE,
            due=("in 2 d", "good", "Thu 26 Nov 2026, 17:00 CST"),
            at_stake_cents=None,
            owner="Bo Lindqvist",
            streams=_streams(Status.READY, Status.READY, Status.READY, Status.OPEN),
        ),
        Item(
            id="wi_4",
            title="Ask for the tax home of Oluwaseun Adeyemi-Richardson",
            about="Northgate Children's, NICU",
            state=State.CLEARED,
            due=("snoozed to Mon", "muted", "Comes back Mon 30 Nov 2026, 08:00 CST"),
            at_stake_cents=2_140_50,
            owner="Chidi Okafor",
            streams=_streams(Status.READY, Status.CLOSED, Status.READY, Status.READY),
        ),
    )
