"""The merged timeline in words: who, what, why, and because of what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Final
from uuid import UUID

from portal.api.pages.asked import address
from portal.api.views import written
from portal.api.views.blockers import blocker_words
from portal.api.views.masked_payload import payload_of, shown_payload
from portal.app.queries.assignment_page import Timeline, Trace
from portal.domain.entry import Entry
from portal.domain.words import CHANGES, DEPARTMENTS, STATES, STATUSES, kind_words, said

Payload = Mapping[str, Any]
MOST_NAMED = 3
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

    lines: tuple[Line, ...]
    services: tuple[tuple[str, str, bool], ...]
    next_href: str | None
    is_filtered: bool
    all_href: str


def timeline_view(found: Timeline, *, service: str | None) -> TimelineView:
    """The page as it is shown."""
    path = f"/assignments/{found.head.assignment.assignment_id}/timeline"
    named = (("All", None), *((DEPARTMENTS[one], one) for one in SERVICES))
    after = address(path, service=service, cursor=found.next_cursor) if found.next_cursor else None
    return TimelineView(
        lines=lines(found),
        services=tuple((text, address(path, service=one), one == service) for text, one in named),
        next_href=after,
        is_filtered=service is not None,
        all_href=path,
    )


def lines(found: Timeline) -> tuple[Line, ...]:
    """The page of the timeline."""
    zone = found.head.zone
    return tuple(_line(one, found.names, zone=zone, cause=_cause(one, found.causes)) for one in found.entries)


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


def sentence(entry: Entry, payload: Payload, names: Mapping[str, str], *, zone: tzinfo) -> str:
    """What happened; amounts are never in it. Instants are told as days of this zone."""
    if entry.type == "work_item.assigned":
        return _assigned(payload, names, zone)
    if entry.type == "workstream.changed":
        return _stream(payload, DEPARTMENTS.get(entry.service or "", "the department"))
    words = _SENTENCES.get(entry.type)
    return words(payload) if words else said(entry.type).lower()


def who(actor: str | None, names: Mapping[str, str]) -> str:
    """Who acted: a person by name, a service by itself, or an API client or link by its id."""
    if not actor:
        return "Somebody"
    if actor.startswith("system:"):
        service = actor.removeprefix("system:")
        return DEPARTMENTS.get(service, service.capitalize())
    return names.get(actor, actor)


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


def _day(payload: Payload, name: str) -> str:
    text = payload.get(name)
    return written.day(date.fromisoformat(text)) if isinstance(text, str) else "an unknown day"


def _offer(payload: Payload) -> str:
    terms = payload.get("terms", {})
    days = f"{_day(terms, 'start_date')} to {_day(terms, 'end_date')}"
    return f"brought the accepted offer: {terms.get('discipline')} in {terms.get('unit')}, {days}"


def _changed(payload: Payload) -> str:
    fields = _listed([one.replace("_", " ") for one in payload.get("changed", ())])
    why = CHANGES.get(str(payload.get("why")), "Terms changed")
    version = payload.get("terms", {}).get("version")
    return f"made terms {version} ({why.lower()}): {fields}, from {_day(payload, 'effective_on')} on"


def _stream(payload: Payload, department: str) -> str:
    status = STATUSES.get(str(payload.get("status")), str(payload.get("status"))).lower()
    expected = f", expected ready {_day(payload, 'expected_ready_on')}" if payload.get("expected_ready_on") else ""
    blockers = [blocker_words(str(one.get("code"))) for one in payload.get("blockers", ())]
    waits = f". Waits for: {_listed(blockers, mark='; ')}" if blockers else ""
    return f"moved {department}: {status}, {payload.get('done')} of {payload.get('total')} done{expected}{waits}"


def _assigned(payload: Payload, names: Mapping[str, str], zone: tzinfo) -> str:
    owner, until = payload.get("owner_id"), payload.get("snoozed_until")
    kind = kind_words(str(payload.get("kind"))).lower()
    to = names.get(owner, owner) if isinstance(owner, str) else "nobody"
    waits = (
        f", to wait until {written.day(datetime.fromisoformat(until).astimezone(zone).date())}"
        if isinstance(until, str)
        else ""
    )
    return f"gave “{kind}” to {to}{waits}"


def _worked(payload: Payload) -> str:
    minutes = int(payload.get("worked_minutes", 0))
    return f"noted a worked shift on {_day(payload, 'work_date')}: {minutes // 60} h {minutes % 60:02} min"


def _card(verb: str) -> Callable[[Payload], str]:
    def words(payload: Payload) -> str:
        number = written.plural(len(payload.get("lines", ())), "line")
        return f"{verb} the timecard of the week of {_day(payload, 'week_start')} ({number})"

    return words


def _listed(texts: Sequence[str], *, mark: str = ", ") -> str:
    shown = mark.join(texts[:MOST_NAMED])
    return shown if len(texts) <= MOST_NAMED else f"{shown} and {len(texts) - MOST_NAMED} more"


def _kind(payload: Payload) -> str:
    return f"“{kind_words(str(payload.get('kind'))).lower()}”"


_SENTENCES: Final[Mapping[str, Callable[[Payload], str]]] = {
    "offer.accepted": _offer,
    "assignment.changed": _changed,
    "assignment.confirmed": lambda of: "confirmed it for the client; onboarding began",
    "agreement.signed": lambda of: f"recorded the signed agreement about terms {of.get('terms_version')}",
    "assignment.cleared": lambda of: f"cleared it to start, through {_day(of, 'valid_through')}",
    "assignment.reopened": lambda of: "took the clearance back",
    "assignment.ready": lambda of: f"found all four departments ready for terms {of.get('terms_version')}",
    "assignment.started": lambda of: f"noted the start on {_day(of, 'started_on')}",
    "assignment.ended": lambda of: (
        f"ended it on {_day(of, 'ended_on')}: {STATES.get(str(of.get('state')), '').lower()}"
    ),
    "work_item.opened": lambda of: f"opened {_kind(of)}",
    "work_item.completed": lambda of: f"completed {_kind(of)}",
    "work_item.withdrawn": lambda of: f"withdrew {_kind(of)}",
    "clearance.granted": lambda of: f"granted clearance through {_day(of, 'valid_through')}",
    "clearance.revoked": lambda of: "revoked the clearance",
    "shift.worked": _worked,
    "shift.missed": lambda of: f"noted a missed shift on {_day(of, 'work_date')}",
    "timecard.closed": _card("closed"),
    "timecard.approved": _card("has new approvals in"),
    "timecard.corrected": _card("corrected"),
    "housing.cost_changed": lambda of: f"set {written.plural(len(of.get('costs', ())), 'weekly cost')} of housing",
    "pay.issued": lambda of: f"issued the pay statement for {_day(of, 'pay_date')}",
    "pay.corrected": lambda of: f"corrected a pay statement; the difference is paid on {_day(of, 'pay_date')}",
    "margin.changed": lambda of: f"counted the margin of the week of {_day(of, 'week_start')}",
}
