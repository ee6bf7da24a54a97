"""One timeline over all services."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from firstshift.commands_trace import step_line
from firstshift.timeline import Traced, one_timeline

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def an_event(name: str, *, after_ms: int, by: str = "assignments", cause: str | None = None, of: str = "one") -> Traced:
    return Traced(
        service=by,
        id=name,
        time=NOON + timedelta(milliseconds=after_ms),
        type=f"{name}.happened",
        topic=f"{by}.workstream.v1",
        key="asg_1",
        version=1,
        actor=f"system:{by}",
        correlation_id=of,
        causation_id=cause,
        is_published=True,
        data={"status": "open"},
    )


def shape(*events: Traced) -> list[tuple[str, int, int | None]]:
    return [(step.event.id, step.depth, step.cause) for step in one_timeline(events)]


def test_effects_stand_under_their_cause_in_the_order_of_time() -> None:
    assert shape(
        an_event("light", after_ms=9, by="payroll", cause="offer"),
        an_event("ready", after_ms=30, cause="light"),
        an_event("case", after_ms=4, by="housing", cause="offer"),
        an_event("offer", after_ms=0),
        an_event("later", after_ms=20, of="two"),
    ) == [("offer", 0, None), ("case", 1, 1), ("light", 1, 1), ("later", 0, None), ("ready", 2, 3)]


def test_a_cause_comes_first_whatever_the_clocks_of_two_services_say() -> None:
    assert shape(an_event("effect", after_ms=-50, by="housing", cause="offer"), an_event("offer", after_ms=0)) == [
        ("offer", 0, None),
        ("effect", 1, 1),
    ]


def test_what_an_event_about_something_else_caused_stands_under_the_first_of_the_same_command() -> None:
    assert shape(an_event("offer", after_ms=0), an_event("late", after_ms=5, by="housing", cause="facility")) == [
        ("offer", 0, None),
        ("late", 1, 1),
    ]
    assert shape(an_event("alone", after_ms=0, cause="facility")) == [("alone", 0, None)]


def test_two_events_of_one_command_stand_side_by_side_and_a_repeated_one_once() -> None:
    signed = an_event("signed", after_ms=1)

    assert shape(an_event("offer", after_ms=0), signed, signed) == [("offer", 0, None), ("signed", 0, None)]


def test_a_line_tells_the_service_the_event_its_cause_and_its_actor() -> None:
    waiting = replace(an_event("light", after_ms=9, by="payroll", cause="offer"), is_published=False)
    first, second = one_timeline([an_event("offer", after_ms=0), waiting])

    assert step_line(first).plain == (
        "   1  2026-01-05 12:00:00.000  assignments    offer.happened v1  by system:assignments  status=open"
    )
    assert step_line(second).plain == (
        "   2  2026-01-05 12:00:00.009  payroll        └ light.happened v1 ←1  not yet published"
        "  by system:payroll  status=open"
    )


def test_an_entry_is_read_as_a_service_answers_it() -> None:
    entry = {
        "id": "e1",
        "time": "2026-01-05T12:00:00Z",
        "type": "offer.accepted",
        "topic": "assignments.assignment.v1",
        "key": "asg_1",
        "version": 1,
        "actor": "local-recruiter",
        "correlation_id": "req-1",
        "causation_id": None,
        "traceparent": None,
        "is_published": False,
        "data": None,
    }

    event = Traced.of("assignments", entry)

    assert (event.service, event.time, event.data, event.is_published) == ("assignments", NOON, {}, False)
