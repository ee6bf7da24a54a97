"""What happened, in words: one event as a sentence, and many of one kind as one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any, Final

from portal.api.views import written
from portal.api.views.blockers import blocker_words
from portal.domain.entry import Entry
from portal.domain.words import CHANGES, DEPARTMENTS, STATES, STATUSES, kind_words, said

Payload = Mapping[str, Any]
MOST_NAMED: Final = 3
_VERBS: Final[Mapping[str, str]] = {
    "work_item.opened": "opened",
    "work_item.completed": "completed",
    "work_item.withdrawn": "withdrew",
    "work_item.assigned": "gave",
}


def sentence(entry: Entry, payload: Payload, names: Mapping[str, str], *, zone: tzinfo) -> str:
    """What happened; amounts are never in it. Instants are told as days of this zone."""
    if entry.type == "work_item.assigned":
        return _assigned(payload, names, zone)
    if entry.type == "workstream.changed":
        return _stream(payload, DEPARTMENTS.get(entry.service or "", "the department"))
    words = _SENTENCES.get(entry.type)
    return words(payload) if words else said(entry.type).lower()


def many_words(latest: Entry, payloads: Sequence[Payload], names: Mapping[str, str]) -> str:
    """What many events of one kind tell together: how many, and where that led; the latest comes first."""
    number = len(payloads)
    if latest.type == "workstream.changed":
        return _stream(payloads[0], f"{DEPARTMENTS.get(latest.service or '', 'the department')} in {number} steps")
    kinds = dict.fromkeys(kind_words(str(one.get("kind"))).lower() for one in payloads)
    owners = {one.get("owner_id") for one in payloads}
    owner = owners.pop() if len(owners) == 1 else None
    to = f" to {names.get(owner, owner)}" if isinstance(owner, str) else ""
    return f"{_VERBS[latest.type]} {number} items{to}: {_listed(tuple(kinds))}"


def who(actor: str | None, names: Mapping[str, str]) -> str:
    """Who acted: a person by name, a service by itself, or an API client or link by its id."""
    if not actor:
        return "Somebody"
    if actor.startswith("system:"):
        service = actor.removeprefix("system:")
        return DEPARTMENTS.get(service, service.capitalize())
    return names.get(actor, actor)


def _day(payload: Payload, name: str) -> str:
    text = payload.get(name)
    return written.day(date.fromisoformat(text)) if isinstance(text, str) else "an unknown day"


def _offer(payload: Payload) -> str:
    terms = payload.get("terms", {})
    days = f"{_day(terms, 'start_date')} to {_day(terms, 'end_date')}"
    return f"brought the accepted offer: {written.discipline(terms.get('discipline'))} in {terms.get('unit')}, {days}"


def _changed(payload: Payload) -> str:
    fields = _listed([one.replace("_", " ") for one in payload.get("changed", ())])
    why = CHANGES.get(str(payload.get("why")), "Terms changed")
    version = payload.get("terms", {}).get("version")
    return f"made terms {version} ({why.lower()}): {fields}, from {_day(payload, 'effective_on')} on"


def _stream(payload: Payload, department: str) -> str:
    """How far a department is; `department` may say more than its name."""
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
