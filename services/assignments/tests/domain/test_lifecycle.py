"""The closed table of the lifecycle against one written by hand from field facts C1, and its guards one by one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assignments.domain.lifecycle import (
    ENDED,
    TABLE,
    Allowed,
    Context,
    Credential,
    Denial,
    Denied,
    LifecycleEvent,
    decide,
)
from shared.contracts.assignments import State
from shared.periods import Period

START, END = date(2026, 2, 2), date(2026, 5, 2)
DAY = timedelta(days=1)

HAND_WRITTEN = """
offered     accept            accepted
offered     decline           declined
offered     cancel            fell_off
accepted    confirm           confirmed
accepted    cancel            fell_off
accepted    push_start        accepted
confirmed   begin_onboarding  onboarding
confirmed   cancel            fell_off
confirmed   push_start        confirmed
onboarding  clear             cleared
onboarding  cancel            fell_off
onboarding  push_start        onboarding
cleared     start             active
cleared     credential_lapse  onboarding
cleared     cancel            fell_off
cleared     push_start        cleared
cleared     no_show           no_show
active      extend            active
active      change_terms      active
active      credential_lapse  active
active      end               completed
active      terminate         terminated
completed   adjust_time       completed
terminated  adjust_time       terminated
"""

BLS = Credential(code="BLS", verified=True, expires=date(2026, 12, 31))
ALL_HOLDS = Context(
    today=END,
    start_date=START,
    new_start=START + DAY,
    end_date=END,
    new_end=END + 14 * DAY,
    reason="unit closed",
    matches_offer=True,
    clinician_accepted=True,
    required_credentials=(BLS,),
)


def expected() -> dict[tuple[State, LifecycleEvent], State]:
    rows = (line.split() for line in HAND_WRITTEN.split("\n") if line)
    return {(State(source), LifecycleEvent(event)): State(target) for source, event, target in rows}


def test_every_state_and_event_leads_where_the_facts_say_and_nowhere_else() -> None:
    table = expected()
    for state in State:
        for event in LifecycleEvent:
            target = table.get((state, event))
            wanted = Allowed(to=target) if target else Denied(reason=Denial.INVALID_TRANSITION)
            assert decide(state, event, context=ALL_HOLDS) == wanted, (state, event)
    assert len(table) == 24


def test_a_step_that_the_table_lacks_is_invalid_before_any_guard_is_asked() -> None:
    table = expected()
    for state in State:
        for event in LifecycleEvent:
            if (state, event) not in table:
                assert decide(state, event, context=Context()) == Denied(reason=Denial.INVALID_TRANSITION)


def test_nothing_leaves_an_ended_state() -> None:
    assert {State.COMPLETED, State.TERMINATED, State.DECLINED, State.FELL_OFF, State.NO_SHOW} == ENDED
    assert TABLE.keys() == set(State)
    for state in ENDED:
        assert all(row.to is state for row in TABLE[state].values())


RN = Credential(code="RN", verified=True, expires=START)
PENDING = Credential(code="DRUG", verified=False)
LAPSES = Credential(code="BLS", verified=True, expires=START - DAY)
LATER = Period.through(END + 16 * DAY, END + 99 * DAY)

GUARDS = [
    ("cancel: no reason", "confirmed", "cancel", {"reason": None}, "REASON_REQUIRED"),
    ("cancel: blank reason", "offered", "cancel", {"reason": " \t"}, "REASON_REQUIRED"),
    ("terminate: empty reason", "active", "terminate", {"reason": ""}, "REASON_REQUIRED"),
    ("confirm: differs", "accepted", "confirm", {"matches_offer": False}, "TERMS_MISMATCH"),
    ("confirm: a person vouches", "accepted", "confirm", {"matches_offer": None}, "confirmed"),
    ("push: same day", "accepted", "push_start", {"new_start": START}, "NOT_A_PUSH"),
    ("push: earlier", "confirmed", "push_start", {"new_start": START - DAY}, "NOT_A_PUSH"),
    ("push: to nowhere", "onboarding", "push_start", {"new_start": None}, "NOT_A_PUSH"),
    ("push: cleared, same day", "cleared", "push_start", {"new_start": START}, "NOT_A_PUSH"),
    (
        "push: valid on the new start",
        "cleared",
        "push_start",
        {"required_credentials": (RN,), "new_start": START + DAY},
        "onboarding",
    ),
    (
        "push: valid through the new start",
        "cleared",
        "push_start",
        {"required_credentials": (replace(RN, expires=START + DAY),)},
        "cleared",
    ),
    ("push: nothing said of credentials", "cleared", "push_start", {"required_credentials": None}, "cleared"),
    ("clear: one pending", "onboarding", "clear", {"required_credentials": (BLS, PENDING)}, "CREDENTIALS_INCOMPLETE"),
    (
        "clear: pending goes before expiring",
        "onboarding",
        "clear",
        {"required_credentials": (LAPSES, PENDING)},
        "CREDENTIALS_INCOMPLETE",
    ),
    (
        "clear: nobody said what is required",
        "onboarding",
        "clear",
        {"required_credentials": None},
        "CREDENTIALS_INCOMPLETE",
    ),
    ("clear: nothing is required", "onboarding", "clear", {"required_credentials": ()}, "cleared"),
    (
        "clear: expires the day before",
        "onboarding",
        "clear",
        {"required_credentials": (LAPSES,)},
        "CREDENTIAL_EXPIRES_BEFORE_START",
    ),
    ("clear: expires on the start", "onboarding", "clear", {"required_credentials": (RN,)}, "cleared"),
    ("clear: never expires", "onboarding", "clear", {"required_credentials": (replace(RN, expires=None),)}, "cleared"),
    ("start: the day before", "cleared", "start", {"today": START - DAY}, "TOO_EARLY"),
    ("start: on the day", "cleared", "start", {"today": START}, "active"),
    ("start: without a day", "cleared", "start", {"today": None}, "TOO_EARLY"),
    ("no show: the day before", "cleared", "no_show", {"today": START - DAY, "time_recorded": True}, "TOO_EARLY"),
    ("no show: who worked", "cleared", "no_show", {"time_recorded": True}, "TIME_RECORDED"),
    ("no show: on the day", "cleared", "no_show", {"today": START}, "no_show"),
    (
        "extend: same end, not accepted",
        "active",
        "extend",
        {"new_end": END, "clinician_accepted": False},
        "NOT_AN_EXTENSION",
    ),
    ("extend: to nowhere", "active", "extend", {"new_end": None}, "NOT_AN_EXTENSION"),
    (
        "extend: not accepted, conflicting",
        "active",
        "extend",
        {"clinician_accepted": False, "other_placements": (LATER,), "new_end": END + 20 * DAY},
        "CLINICIAN_NOT_ACCEPTED",
    ),
    ("extend: not asked", "active", "extend", {"clinician_accepted": None}, "CLINICIAN_NOT_ACCEPTED"),
    (
        "extend: the other starts on the new end",
        "active",
        "extend",
        {"other_placements": (LATER,), "new_end": END + 16 * DAY},
        "CONFLICTING_PLACEMENT",
    ),
    (
        "extend: the other starts the day after",
        "active",
        "extend",
        {"other_placements": (LATER,), "new_end": END + 15 * DAY},
        "active",
    ),
    (
        "extend: the other ends on the old end",
        "active",
        "extend",
        {"other_placements": (Period.through(START, END),)},
        "active",
    ),
    (
        "extend: the other ends the day after",
        "active",
        "extend",
        {"other_placements": (Period.through(START, END + DAY),)},
        "CONFLICTING_PLACEMENT",
    ),
    (
        "change: the clinician refused",
        "active",
        "change_terms",
        {"clinician_accepted": False},
        "CLINICIAN_NOT_ACCEPTED",
    ),
    ("change: the clinician was not asked", "active", "change_terms", {"clinician_accepted": None}, "active"),
    ("end: the day before", "active", "end", {"today": END - DAY}, "TOO_EARLY"),
    ("end: on the last day", "active", "end", {"today": END}, "completed"),
]


@pytest.mark.parametrize(("name", "state", "event", "facts", "answer"), GUARDS, ids=[row[0] for row in GUARDS])
def test_a_guard_decides(name: str, state: str, event: str, facts: dict[str, object], answer: str) -> None:
    decided = decide(State(state), LifecycleEvent(event), context=replace(ALL_HOLDS, **facts))  # type: ignore[arg-type]
    wanted = Denied(reason=Denial(answer)) if answer.isupper() else Allowed(to=State(answer))
    assert decided == wanted, name
