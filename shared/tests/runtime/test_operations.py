"""What operators ask of every service, over HTTP."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from shared.clock import FixedClock, TravelClock
from shared.contracts.assignments import ClientChanged, OfferAccepted
from shared.contracts.examples import EXAMPLES
from shared.http.access import routes_without_policy, unused_actions
from shared.messaging.delivery import Delivery
from shared.messaging.handlers import Handlers
from shared.messaging.memory import MemoryBroker
from shared.messaging.repairs import Repairs
from shared.principal import system
from shared.runtime.definition import Service
from shared.runtime.process import Process
from shared.testing.api import Api, Issuer
from shared.testing.effects import Effects
from shared.testing.events import a_record, a_workstream


@pytest.fixture
async def parked(process: Process, handlers: Handlers, effects: Effects) -> int:
    """Version 1 of asg_1 failed and version 2 waits behind it; the fault is then mended. The number of the first."""
    effects.defective = {"asg_1"}
    await Delivery(process.works, handlers).deliver([a_record(a_workstream(done=n), version=n) for n in (1, 2)])
    effects.defective = set()
    return await effects.number_of(1)


async def settle(process: Process, handlers: Handlers) -> None:
    repairs = Repairs(process.works, handlers)
    while await repairs.run_once():
        pass


async def test_parked_events_are_listed_without_their_values_and_shown_with(api: Api, parked: int) -> None:
    listed = (await api.get("/v1/parked-events", role="operator")).json()["items"]
    assert [(one["version"], one["reason"], one["value"]) for one in listed] == [(1, "failed", None), (2, "gap", None)]
    shown = await api.get(f"/v1/parked-events/{parked}", role="operator")
    assert (shown.status_code, shown.json()["key"]) == (200, "asg_1")
    assert '"done":1' in shown.json()["value"]


async def test_a_replayed_event_is_applied_and_then_settled(
    api: Api, parked: int, process: Process, handlers: Handlers, effects: Effects
) -> None:
    replayed = await api.post(f"/v1/parked-events/{parked}:replay", {"accept_gap": False}, role="operator")
    assert (replayed.status_code, replayed.json()["id"]) == (200, parked)
    await settle(process, handlers)
    assert (await effects.of(), await effects.waiting()) == ([1, 2], [])
    again = await api.post(f"/v1/parked-events/{parked}:replay", role="operator")
    assert (again.status_code, again.json()["code"]) == (409, "parked_event_settled")


async def test_a_skipped_event_lets_the_next_go_on(
    api: Api, parked: int, process: Process, handlers: Handlers, effects: Effects
) -> None:
    skipped = await api.post(f"/v1/parked-events/{parked}:skip", {"reason": "a test message"}, role="operator")
    assert skipped.status_code == 200
    await settle(process, handlers)
    assert (await effects.of(), await effects.waiting()) == ([2], [])
    assert await effects.column("SELECT settled_by FROM parked_event WHERE id = :n", n=parked) == ["per_operator"]


async def test_an_event_that_waits_cannot_be_skipped(api: Api, parked: int, effects: Effects) -> None:
    refused = await api.post(f"/v1/parked-events/{parked + 1}:skip", {"reason": "in the way"}, role="operator")
    assert (refused.status_code, refused.json()["code"]) == (409, "parked_event_not_next")
    assert await effects.waiting() == ["failed", "gap"]


async def test_skipping_needs_a_reason(api: Api, parked: int, effects: Effects) -> None:
    refused = await api.post(f"/v1/parked-events/{parked}:skip", {}, role="operator")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/reason")
    assert await effects.waiting() == ["failed", "gap"]


@pytest.mark.parametrize("path", ["/v1/parked-events/7:replay", "/v1/parked-events/7:skip"])
async def test_there_is_no_such_event(api: Api, path: str) -> None:
    answer = await api.post(path, {"reason": "gone"} if path.endswith("skip") else {}, role="operator")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["/v1/parked-events", "/v1/parked-events/1", "/v1/backlog", "/v1/clock"])
async def test_only_operators_look_into_the_machinery(api: Api, path: str) -> None:
    assert (await api.get(path, role="recruiter")).status_code == 403
    assert (await api.get(path, role="")).status_code == 401


async def test_a_timeline_shows_what_was_said_about_an_assignment(api: Api, process: Process) -> None:
    accepted = EXAMPLES[OfferAccepted]
    assert isinstance(accepted, OfferAccepted)
    async with process.works.begin(system("assignments"), correlation_id="req-1") as work:
        work.publish(accepted, version=1)
        work.publish(ClientChanged(client_id="cli_1", source="", source_reference="", name="Mercy"), version=1)
    shown = await api.get("/v1/timeline", role="coordinator", params={"assignment_id": accepted.assignment_id})
    (entry,) = shown.json()["items"]
    assert (entry["type"], entry["version"], entry["correlation_id"]) == ("offer.accepted", 1, "req-1")
    assert (entry["is_published"], entry["data"]["assignment_id"]) == (False, accepted.assignment_id)


async def test_the_backlog_counts_what_is_still_on_its_way(
    api: Api, process: Process, parked: int, effects: Effects
) -> None:
    async with process.works.begin(system("assignments")) as work:
        work.publish(ClientChanged(client_id="cli_1", source="", source_reference="", name="Mercy"), version=1)
    await effects.send_again()
    backlog = await api.get("/v1/backlog", role="operator")
    assert backlog.json() == {"unpublished": 1, "lag": None, "due_again": 1, "due_looks": 0, "parked": 2}


async def test_the_clock_of_a_real_deployment_does_not_move(api: Api, clock: FixedClock, effects: Effects) -> None:
    now = clock.now()
    assert (await api.get("/v1/clock", role="operator")).json() == {"now": "2026-01-05T15:00:00Z"}
    refused = await api.post("/v1/clock:advance", {"to": "2026-02-01T12:00:00Z"}, role="operator")
    assert (refused.status_code, refused.json()["code"], clock.now()) == (409, "clock_not_movable", now)
    assert await effects.column("SELECT count(*) FROM mechanism_state") == [0]


@pytest.fixture
async def traveller(definition: Service, broker: MemoryBroker) -> AsyncIterator[Process]:
    """The service in test mode."""
    process = Process(definition, broker=broker, clock=TravelClock())
    yield process
    await process.engine.dispose()


@pytest.fixture
async def travelling(traveller: Process, issuer: Issuer) -> AsyncIterator[Api]:
    transport = httpx.ASGITransport(app=traveller.app(with_worker=False))
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        yield Api(client, issuer)


TARGET = datetime(2199, 1, 1, 12, tzinfo=UTC)


async def test_in_test_mode_the_clock_goes_forward_and_never_back(travelling: Api, traveller: Process) -> None:
    moved = await travelling.post("/v1/clock:advance", {"to": TARGET.isoformat()}, role="operator")
    assert moved.status_code == 200
    assert abs(datetime.fromisoformat(moved.json()["now"]) - TARGET) < timedelta(minutes=1)
    assert abs(traveller.clock.now() - TARGET) < timedelta(minutes=1)
    await travelling.post("/v1/clock:advance", {"to": "2026-01-01T00:00:00Z"}, role="operator")
    assert abs(traveller.clock.now() - TARGET) < timedelta(minutes=1)


async def test_a_clock_that_travelled_is_still_there_after_a_restart(
    travelling: Api, definition: Service, broker: MemoryBroker
) -> None:
    await travelling.post("/v1/clock:advance", {"to": TARGET.isoformat()}, role="operator")
    restarted = Process(definition, broker=broker, clock=TravelClock())
    await restarted.prepare()
    await restarted.engine.dispose()
    assert abs(restarted.clock.now() - TARGET) < timedelta(minutes=1)


async def test_rehearsing_to_move_the_clock_moves_nothing(travelling: Api, traveller: Process) -> None:
    rehearsed = await travelling.post(
        "/v1/clock:advance?validate_only=true", {"to": TARGET.isoformat()}, role="operator"
    )
    assert abs(datetime.fromisoformat(rehearsed.json()["now"]) - TARGET) < timedelta(minutes=1)
    assert traveller.clock.now() < TARGET - timedelta(days=365)


async def test_every_route_has_a_policy_and_every_policy_a_route(process: Process) -> None:
    app = process.app(with_worker=False)
    assert routes_without_policy(app) == []
    assert unused_actions(app) == []
