"""Each service handles exactly what the catalogue says, no more and no less."""

from importlib import import_module
from importlib.util import find_spec

import pytest

from shared.contracts.assignments import FacilityChanged, OfferAccepted
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.event import Event
from shared.contracts.payroll import PayIssued
from shared.contracts.publish import ROOT
from shared.contracts.timekeeping import ShiftMissed
from shared.messaging.handlers import Handlers

SERVICES = sorted({topic.publisher for topic in CATALOGUE}.union(*(topic.consumers for topic in CATALOGUE)))


def due(service: str) -> frozenset[tuple[str, type[Event]]]:
    return frozenset(
        (topic.name, event) for topic in CATALOGUE for event, consumers in topic.events.items() if service in consumers
    )


def drift(handlers: Handlers) -> list[str]:
    """What a service leaves out and what it handles beyond the catalogue, on its topics or on none."""
    expected = due(handlers.service)
    left_out = [f"leaves out {event.event_type} of {topic}" for topic, event in expected - handlers.events]
    unasked = [f"handles {event.event_type} of {topic}" for topic, event in handlers.events - expected]
    unheard = handlers.handled - {event for _, event in handlers.events}
    return sorted(left_out + unasked + [f"handles {event.event_type}, unheard" for event in unheard])


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_of_the_catalogue_exists(service: str) -> None:
    assert (ROOT / "services" / service / "src" / service / "__init__.py").is_file()


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_handles_exactly_what_the_catalogue_says(service: str) -> None:
    if find_spec(f"{service}.consumers") is None:
        pytest.skip(f"{service} has no consumers yet")
    handlers = import_module(f"{service}.consumers").handlers
    assert handlers.service == service
    assert drift(handlers) == []


def a_service(name: str, *, but: frozenset[type[Event]] = frozenset()) -> Handlers:
    handlers = Handlers(name)
    for _, event in due(name):
        if event not in but:
            handlers.keep(event)
    return handlers


def test_what_the_catalogue_asks_for_is_no_drift() -> None:
    assert [drift(a_service(service)) for service in SERVICES] == [[]] * len(SERVICES)


def test_an_event_left_out_is_drift() -> None:
    assert drift(a_service("housing", but=frozenset({OfferAccepted, FacilityChanged}))) == [
        "leaves out facility.changed of assignments.facility.v1",
        "leaves out offer.accepted of assignments.assignment.v1",
    ]


def test_an_event_of_a_subscribed_topic_handled_unasked_is_drift() -> None:
    handlers = a_service("assignments")
    handlers.keep(ShiftMissed)
    assert drift(handlers) == ["handles shift.missed of timekeeping.shift.v1"]


def test_an_event_of_no_subscribed_topic_is_drift() -> None:
    handlers = a_service("housing")
    handlers.keep(PayIssued)
    assert drift(handlers) == ["handles pay.issued, unheard"]
