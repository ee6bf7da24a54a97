"""Parked events as their templates show them: which wait, why in words, and what an operator can do."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.api.views.refusals import said as refused_words
from portal.api.views.refusals import service_words
from portal.clients.services import Answer, Outcome, Refusal, Unreachable
from portal.domain.words import said

PATH = "/parked"

WHY = {
    "gap": "An earlier event of the same object is missing, so this one waits its turn.",
    "failed": "The service received it and could not apply it.",
    "unavailable": "Something it needs has not arrived yet; the service tries it again by itself.",
    "undecodable": "It cannot be read as an event that this service knows.",
}
"""Why an event waits, by the service's code."""

WHAT_HELPS = {
    "gap": "Settle the missing one first: it may be parked above. If it will never come, replay this one and accept "
    "the gap; what the missing versions said is then lost here.",
    "failed": "Repair what the error names (a missing record, a defect), then replay. Skip it only when what it says "
    "is wrong: its object goes on without it.",
    "unavailable": "Usually nothing: wait, or replay to have it tried at once.",
    "undecodable": "Find out who sent it. Replay once this service knows its kind; skip it if it should never have "
    "been sent.",
}
_UNKNOWN = "The service gives a reason that the portal has no words for."
SHORT = {
    "gap": "Earlier one missing",
    "failed": "Could not be applied",
    "unavailable": "Needs something else",
    "undecodable": "Cannot be read",
}
TONES = {"gap": "warn", "failed": "bad", "unavailable": "info", "undecodable": "bad"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedRow:
    """One event that waits."""

    id: str
    href: str
    what: str
    service: str
    key: str
    version: str
    why: str
    tone: str
    error: str
    attempts: int
    parked_at: datetime
    retry_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedView:
    """What waits everywhere, and which services could not be asked."""

    rows: tuple[ParkedRow, ...]
    silent: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, str, int, bool], ...]
    is_filtered: bool
    is_cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """One parked event in full, and the forms that settle it."""

    href: str
    what: str
    service: str
    why: str
    helps: str
    error: str
    is_gap: bool
    facts: tuple[tuple[str, str], ...]
    value: str
    assignment_href: str | None
    key: str
    reason: str = ""
    findings: tuple[tuple[str | None, str], ...] = ()
    reason_error: str | None = None


MOST_OF_SERVICE = 200


def parked_view(outcomes: Sequence[Outcome], *, service: str | None = None) -> ParkedView:
    """The list: oldest first over all services, or of one."""
    answers = [outcome for outcome in outcomes if isinstance(outcome, Answer)]
    rows = [_row(answer.service, one) for answer in answers for one in answer.body.get("items", ())]
    shown = [row for row in rows if service is None or row.id.startswith(f"{service}-")]
    counts = tuple(
        (service_words(each.service), each.service, len(each.body.get("items", ())), each.service == service)
        for each in answers
    )
    return ParkedView(
        rows=tuple(sorted(shown, key=lambda row: (row.parked_at, row.id))),
        silent=tuple(service_words(each.service) for each in outcomes if isinstance(each, Unreachable)),
        refused=tuple(
            (service_words(each.service), refused_words(each)) for each in outcomes if isinstance(each, Refusal)
        ),
        counts=counts,
        is_filtered=service is not None,
        is_cut=any(number >= MOST_OF_SERVICE for _, _, number, _ in counts),
    )


def _row(service: str, one: Mapping[str, Any]) -> ParkedRow:
    reason = str(one.get("reason", ""))
    return ParkedRow(
        id=f"{service}-{one['id']}",
        href=f"{PATH}/{service}/{one['id']}",
        what=said(one["type"]) if one.get("type") else "Unreadable event",
        service=service_words(service),
        key=str(one.get("key", "")),
        version="" if one.get("version") is None else f"version {one['version']}",
        why=SHORT.get(reason, reason),
        tone=TONES.get(reason, "neutral"),
        error=str(one.get("error", "")),
        attempts=int(one.get("attempts", 0)),
        parked_at=datetime.fromisoformat(one["parked_at"]),
        retry_at=datetime.fromisoformat(one["retry_at"]) if one.get("retry_at") else None,
    )


def event_view(
    service: str, one: Mapping[str, Any], *, key: str, typed: str = "", refused: Refusal | Unreachable | None = None
) -> EventView:
    """One event. `key` is the idempotency key of its forms; `typed` and `refused` are of the form that came before."""
    reason = str(one.get("reason", ""))
    headers = one.get("headers") or {}
    assignment = headers.get("ce_assignmentid") or (one["key"] if str(one.get("key", "")).startswith("asg_") else None)
    at_field, on_top = _findings(refused)
    return EventView(
        href=f"{PATH}/{service}/{one['id']}",
        what=said(one["type"]) if one.get("type") else "Unreadable event",
        service=service_words(service),
        why=WHY.get(reason, _UNKNOWN),
        helps=WHAT_HELPS.get(reason, ""),
        error=str(one.get("error", "")),
        is_gap=reason == "gap",
        facts=tuple((name, str(value)) for name, value in _facts(one, headers) if value not in (None, "")),
        value=formatted(one.get("value")),
        assignment_href=f"/assignments/{assignment}" if assignment else None,
        key=key,
        reason=typed,
        findings=on_top,
        reason_error=at_field,
    )


def _facts(one: Mapping[str, Any], headers: Mapping[str, Any]) -> Sequence[tuple[str, Any]]:
    return (
        ("Kind", one.get("type")),
        ("Stream", one.get("topic")),
        ("Object", one.get("key")),
        ("Version", one.get("version")),
        ("Sent by", str(headers.get("ce_source", "")).rpartition("/")[2]),
        ("Caused by", headers.get("ce_actor")),
        ("Happened", headers.get("ce_time")),
        ("Parked", one.get("parked_at")),
        ("Tried again", f"{one.get('attempts', 0)} times"),
        ("Next try", one.get("retry_at")),
        ("Correlation", headers.get("ce_correlationid")),
    )


def formatted(value: str | None) -> str:
    """The event's JSON with a line for each field; what is no JSON as it came."""
    if not value:
        return ""
    try:
        return json.dumps(json.loads(value), indent=2, ensure_ascii=False)
    except ValueError:
        return value


def _findings(refused: Refusal | Unreachable | None) -> tuple[str | None, tuple[tuple[str | None, str], ...]]:
    """What is wrong with the reason itself, and everything for the top of the form."""
    if refused is None:
        return None, ()
    found = refused.findings if isinstance(refused, Refusal) else ()
    of_reason = next((one.message for one in found if one.pointer == "/reason"), None)
    if found:
        return of_reason, tuple(("reason" if one.pointer == "/reason" else None, one.message) for one in found)
    return None, ((None, refused_words(refused)),)
