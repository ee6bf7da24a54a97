"""The checker itself: what is well is well, and each planted violation is found by the invariant that is about it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.faults.checker import check
from tests.faults.evidence import PARTS, Evidence, Item, Light, Parked, Part, Published, Seen
from tests.faults.journal import FAIL, OK, UNKNOWN, Call
from tests.faults.watch import SUBSCRIBED

STREAM, ASSIGNMENT = "assignments.assignment.v1", "asg_1"
LIGHT = Light(terms_version=2, status="open", done=1, total=3)


def an_offer(**changes: object) -> Call:
    """An offer that was accepted at once."""
    call = Call(
        number=1,
        kind="offer",
        service="assignments",
        path="/v1/assignments",
        key="k-1",
        role="recruiter",
        body={},
        subject="O-1",
        outcome=OK,
        status=201,
        version=1,
        found=ASSIGNMENT,
    )
    return replace(call, **changes)  # type: ignore[arg-type]


def a_push(**changes: object) -> Call:
    """A start that was moved by somebody who saw version 1."""
    seen = an_offer(number=2, kind="push-start", key="k-2", subject=ASSIGNMENT, if_match=1, version=2)
    return replace(seen, **changes)  # type: ignore[arg-type]


def evidence() -> Evidence:
    """One assignment in two versions, taken by everybody, as it is when all is well."""
    events = [Published(id=f"e-{version}", topic=STREAM, key=ASSIGNMENT, version=version) for version in (1, 2)]
    readers = [service for service, topics in SUBSCRIBED.items() if STREAM in topics]
    part = Part(assignment_id=ASSIGNMENT, version=2, terms_version=2)
    return Evidence(
        outbox={"assignments": events},
        records=[a_record(event.version) for event in events],
        inbox={service: {"e-1", "e-2"} for service in readers},
        positions={service: {(STREAM, ASSIGNMENT): 2} for service in readers},
        parts={
            "assignments": [replace(part, reference="O-1", part_id=ASSIGNMENT, state="accepted")],
            **{service: [replace(part, part_id=f"{service}-1")] for service in PARTS},
        },
        lights={(ASSIGNMENT, service): LIGHT for service in PARTS},
        said={(ASSIGNMENT, service): LIGHT for service in PARTS},
        items=[Item(service="housing", assignment_id=ASSIGNMENT, key="choose_unit", state="open")],
    )


def a_record(version: int, *, offset: int | None = None) -> Seen:
    """The record of one version, where it belongs unless said otherwise."""
    return Seen(
        topic=STREAM,
        partition=0,
        offset=version - 1 if offset is None else offset,
        key=ASSIGNMENT,
        id=f"e-{version}",
        version=version,
    )


CALLS = [an_offer(), a_push()]


def test_nothing_is_found_where_all_is_well() -> None:
    again = a_push(number=3, repeats=2)
    refused = an_offer(number=4, subject="O-2", outcome=FAIL, status=422, version=None, found="")
    seen = evidence()
    seen.records.append(a_record(1, offset=2))  # it came twice: at least once is what is promised
    assert check(seen, [*CALLS, again, refused]) == []


def lose_a_record(seen: Evidence) -> None:
    seen.records.pop()


def leave_unmarked(seen: Evidence) -> None:
    seen.outbox["assignments"][1] = replace(seen.outbox["assignments"][1], is_published=False)


def make_a_hole(seen: Evidence) -> None:
    seen.outbox["assignments"][1] = replace(seen.outbox["assignments"][1], version=3)


def double_a_version(seen: Evidence) -> None:
    seen.outbox["assignments"].append(replace(seen.outbox["assignments"][1], id="e-3"))


def swap_records(seen: Evidence) -> None:
    seen.records = [a_record(2, offset=0), a_record(1, offset=1)]


def invent_a_record(seen: Evidence) -> None:
    seen.records.append(replace(a_record(3), id="e-9"))


def skip_an_event(seen: Evidence) -> None:
    seen.inbox["housing"].discard("e-2")


def stand_still(seen: Evidence) -> None:
    seen.positions["payroll"][STREAM, ASSIGNMENT] = 1


def lose_a_part(seen: Evidence) -> None:
    seen.parts["payroll"].clear()


def double_a_part(seen: Evidence) -> None:
    seen.parts["housing"] *= 2


def double_an_assignment(seen: Evidence) -> None:
    seen.parts["assignments"] *= 2


def keep_old_terms(seen: Evidence) -> None:
    seen.parts["timekeeping"][0] = replace(seen.parts["timekeeping"][0], terms_version=1)


def lose_a_change(seen: Evidence) -> None:
    seen.parts["assignments"][0] = replace(seen.parts["assignments"][0], version=1)


def show_an_old_light(seen: Evidence) -> None:
    seen.lights[ASSIGNMENT, "payroll"] = replace(LIGHT, done=0)


def ask_twice(seen: Evidence) -> None:
    seen.items *= 2


def park_for_good(seen: Evidence) -> None:
    seen.parked.append(Parked(service="housing", topic=STREAM, key=ASSIGNMENT, event_id="e-2", reason="gap"))


def fail_and_settle(seen: Evidence) -> None:
    failed = Parked(service="housing", topic=STREAM, key=ASSIGNMENT, event_id="e-2", reason="failed")
    seen.parked.append(replace(failed, settlement="applied"))


@pytest.mark.parametrize(
    ("plant", "found"),
    [
        (lose_a_record, "I2 outbox = broker: lost"),
        (leave_unmarked, "I2 outbox = broker: version 2"),
        (make_a_hole, "I2 no hole"),
        (double_a_version, "I2 no hole"),
        (swap_records, "I2 in order"),
        (invent_a_record, "I2 outbox = broker: the broker has event e-9"),
        (skip_an_event, "I3 every event taken: housing never took"),
        (stand_still, "I3 every event taken: payroll stands at 1 of 2"),
        (lose_a_part, "I1 one part each"),
        (double_a_part, "I1 one part each"),
        (double_an_assignment, "I1 one part each: offer O-1"),
        (keep_old_terms, "I3 terms arrived: timekeeping"),
        (lose_a_change, "I1 nothing acknowledged is lost: call 2"),
        (show_an_old_light, "I3 lights"),
        (ask_twice, "I3 work once"),
        (park_for_good, "I3 nothing parked"),
        (fail_and_settle, "I3 nothing parked"),
    ],
)
def test_each_planted_violation_of_the_system_is_found(plant: Callable[[Evidence], None], found: str) -> None:
    seen = evidence()
    plant(seen)
    violations = check(seen, CALLS)
    assert any(violation.startswith(found) for violation in violations), violations


@pytest.mark.parametrize(
    ("call", "found"),
    [
        (a_push(number=3, kind="amend", key="k-3"), "I7 one winner"),
        (a_push(number=3, repeats=2, version=3), "I1 a key has one effect"),
        (a_push(number=3, repeats=2, outcome=FAIL, status=412), "I1 a key has one effect"),
        (a_push(number=3, if_match=None, outcome=UNKNOWN, version=None), "I1 no unknown stays"),
        (a_push(number=3, if_match=2, version=3), "I1 nothing acknowledged is lost"),
        (an_offer(number=3, subject="O-3", found="asg_3", version=None), "I1 one part each: offer O-3"),
        (an_offer(number=3, outcome=FAIL, status=422, version=None), "I1 one part each: offer O-1"),
    ],
)
def test_each_planted_violation_of_an_answer_is_found(call: Call, found: str) -> None:
    violations = check(evidence(), [*CALLS, call])
    assert any(violation.startswith(found) for violation in violations), violations


def test_what_a_fault_planted_itself_is_no_violation() -> None:
    seen = evidence()
    seen.records.append(replace(a_record(1, offset=5), key="asg_poison", id="e-poison"))
    seen.parked.append(Parked(service="housing", topic=STREAM, key="asg_poison", event_id="e-poison", reason="failed"))
    assert check(seen, CALLS)
    seen.planted = frozenset({"e-poison"})
    assert check(seen, CALLS) == []


def test_streams_that_a_fault_disordered_may_be_out_of_order_in_the_broker_alone() -> None:
    seen = evidence()
    swap_records(seen)
    seen.disordered = frozenset({(STREAM, ASSIGNMENT)})
    assert check(seen, CALLS) == []
    stand_still(seen)
    assert check(seen, CALLS)
