"""The merged timeline in words: who, what, why, and because of what."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Final
from uuid import UUID

from portal.api.pages.asked import address
from portal.api.views import written
from portal.api.views.event_words import many_words, sentence, who
from portal.api.views.masked_payload import payload_of, shown_payload
from portal.app.queries.assignment_page import Timeline, Trace
from portal.domain.burst import Burst, bursts
from portal.domain.entry import Entry
from portal.domain.words import DEPARTMENTS, said

SERVICES: Final = ("assignments", "credentialing", "payroll", "housing", "timekeeping", "portal")
_ICONS: Final[Mapping[str, tuple[str, str]]] = {
    "offer.accepted": ("file-check", "info"),
    "assignment.changed": ("git-compare", "info"),
    "assignment.confirmed": ("badge-check", "good"),
    "assignment.cleared": ("shield-check", "good"),
    "assignment.reopened": ("shield-alert", "bad"),
    "assignment.ready": ("circle-check-big", "good"),
    "assignment.started": ("play", "good"),
    "assignment.ended": ("flag", "muted"),
    "agreement.signed": ("file-pen", "info"),
    "workstream.changed": ("activity", "neutral"),
    "work_item.opened": ("circle-plus", "neutral"),
    "work_item.completed": ("circle-check", "good"),
    "work_item.withdrawn": ("circle-minus", "muted"),
    "work_item.assigned": ("user-check", "neutral"),
    "clearance.granted": ("shield-check", "good"),
    "clearance.revoked": ("shield-alert", "bad"),
    "shift.worked": ("clock", "neutral"),
    "shift.missed": ("circle-alert", "warn"),
    "housing.cost_changed": ("house", "neutral"),
    "pay.issued": ("banknote", "good"),
    "pay.corrected": ("banknote", "warn"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One event as a sentence: who, what; why where somebody said it; the event that it came of."""

    entry_id: str
    who: str
    what: str
    why: str | None
    at: datetime | None
    icon: str
    tone: str
    service: str
    href: str
    because: str | None
    because_href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Many events that tell one thing: one sentence for all, and each of them behind it; `id` is its own."""

    id: str
    line: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceView:
    """One event in full, what it came of and what followed."""

    title: str
    line: Line
    facts: tuple[tuple[str, str], ...]
    payload: str
    causes: tuple[Line, ...]
    effects: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """A page of the timeline, with the services to choose from: (text, address, whether it is chosen)."""

    lines: tuple[Line | Fold, ...]
    services: tuple[tuple[str, str, bool], ...]
    previous_href: str | None
    next_href: str | None
    is_filtered: bool
    all_href: str


def timeline_view(found: Timeline, *, service: str | None) -> TimelineView:
    """The page as it is shown."""
    path = f"/assignments/{found.head.assignment.assignment_id}/timeline"
    named = (("All", None), *((DEPARTMENTS[one], one) for one in SERVICES))
    return TimelineView(
        lines=lines(found),
        services=tuple((text, address(path, service=one), one == service) for text, one in named),
        previous_href=_turned(path, service, found.previous_cursor),
        next_href=_turned(path, service, found.next_cursor),
        is_filtered=service is not None,
        all_href=path,
    )


def _turned(path: str, service: str | None, cursor: str | None) -> str | None:
    return address(path, service=service, cursor=cursor) if cursor else None


def lines(found: Timeline) -> tuple[Line | Fold, ...]:
    """The page of the timeline; what is told many times at once is one line that unfolds."""
    return tuple(_told(burst, found) for burst in bursts(found.entries))


def _told(burst: Burst, found: Timeline) -> Line | Fold:
    zone, latest = found.head.zone, burst[0]
    each = tuple(_line(one, found.names, zone=zone, cause=_cause(one, found.causes)) for one in burst)
    if len(burst) == 1:
        return each[0]
    what = many_words(latest, [payload_of(one.payload) for one in burst], found.names)
    line = replace(each[0], what=what, why=each[0].why if len({one.why for one in each}) == 1 else None)
    if len({one.because_href for one in each}) > 1:
        line = replace(line, because=None, because_href=None)
    return Fold(id=f"events-{latest.entry_id}", line=line, lines=each)


def traced(found: Trace) -> TraceView:
    """One event, with its value as far as the reader is shown it."""
    entry, zone = found.entry, found.head.zone
    facts = (
        ("Event", entry.type),
        ("At", written.instant(entry.at, zone)),
        ("Published by", DEPARTMENTS.get(entry.service or "", entry.service or "")),
        ("About", f"{entry.key} (version {entry.aggregate_version})"),
        ("Actor", entry.actor or ""),
        ("Request", entry.correlation_id or ""),
        ("Event id", str(entry.entry_id)),
    )
    return TraceView(
        title=said(entry.type),
        line=_line(entry, found.names, zone=zone, cause=found.causes[-1] if found.causes else None),
        facts=facts,
        payload=shown_payload(payload_of(entry.payload), found.head.fields, zone=zone),
        causes=tuple(_line(one, found.names, zone=zone) for one in found.causes),
        effects=tuple(_line(one, found.names, zone=zone) for one in found.effects),
    )


def _line(entry: Entry, names: Mapping[str, str], *, zone: tzinfo, cause: Entry | None = None) -> Line:
    payload = payload_of(entry.payload)
    icon, tone = _ICONS.get(entry.type, ("dot", "neutral"))
    reason = payload.get("reason")
    return Line(
        entry_id=str(entry.entry_id),
        who=who(entry.actor, names),
        what=sentence(entry, payload, names, zone=zone),
        why=str(reason).replace("_", " ") if reason else None,
        at=entry.at,
        icon=icon,
        tone=tone,
        service=DEPARTMENTS.get(entry.service or "", entry.service or ""),
        href=_href(entry),
        because=f"because of: {said(cause.type).lower()}" if cause else None,
        because_href=_href(cause) if cause else None,
    )


def _href(entry: Entry) -> str:
    return f"/assignments/{entry.assignment_id}/timeline/{entry.entry_id}"


def _cause(entry: Entry, causes: Mapping[UUID, Entry]) -> Entry | None:
    return next((cause for key, cause in causes.items() if str(key) == (entry.causation_id or "").lower()), None)
