"""Answers the test vectors of the group `lifecycle` with the rules that the service itself uses."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from assignments.domain.lifecycle import Allowed, Context, Credential, LifecycleEvent, decide
from shared.contracts.assignments import State
from shared.periods import Period

INVALID: Mapping[str, Any] = {"allowed": False, "to": None, "reason": "INVALID_TRANSITION"}

MATCHES_KEYS = ("matches_offer", "confirmation_matches")
TIME_KEYS = ("time_recorded", "punches", "has_punches", "punches_recorded", "punch_count")


def answer_case(case: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to one case of tests/vectors."""
    return answer(case["input"])


def answer(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What becomes of one event: `{"from", "event", "context"}` to `{"allowed", "to", "reason"}`."""
    state, event = str(asked["from"]).lower(), str(asked["event"]).lower()
    if state not in set(State) or event not in set(LifecycleEvent):
        return dict(INVALID)
    decided = decide(State(state), LifecycleEvent(event), context=context_of(asked.get("context") or {}))
    if isinstance(decided, Allowed):
        return {"allowed": True, "to": decided.to.name, "reason": None}
    return {"allowed": False, "to": None, "reason": decided.reason.value}


def context_of(given: Mapping[str, Any]) -> Context:
    """The facts in a case's context; a case that lists no required credentials requires none."""
    matches = [given[key] for key in MATCHES_KEYS if given.get(key) is not None]
    return Context(
        today=_day(given.get("today")),
        start_date=_day(given.get("start_date")),
        new_start=_day(given.get("new_start")),
        end_date=_day(given.get("end_date")),
        new_end=_day(given.get("new_end")),
        reason=given.get("reason"),
        matches_offer=all(matches) if matches else None,
        clinician_accepted=given.get("clinician_accepted"),
        time_recorded=any(given.get(key) for key in TIME_KEYS),
        required_credentials=tuple(_credential(one) for one in given.get("required_credentials") or ()),
        other_placements=tuple(_period(one) for one in given.get("other_placements") or ()),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _credential(given: Mapping[str, Any]) -> Credential:
    return Credential(
        code=str(given.get("code", "")),
        verified=str(given.get("status", "")).lower() == "verified",
        expires=_day(given.get("expires")),
    )


def _period(given: Mapping[str, Any]) -> Period:
    """A placement names its first and its last day; one without a last day goes on."""
    start, last = _day(given["start"]), _day(given.get("end"))
    assert start is not None
    return Period(start, last + timedelta(days=1) if last else date.max)
