"""What a service declares about the events it handles, and the copies of other services' state."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.clock import FixedClock
from shared.contracts.assignments import AssignmentReady, ClientChanged, OfferAccepted, State
from shared.contracts.catalogue import topic_named
from shared.contracts.credentialing import ClearanceGranted
from shared.contracts.event import Event
from shared.contracts.workstreams import WorkstreamChanged
from shared.db.tables import audit_entry
from shared.db.work import Work, Works
from shared.errors import NotYetKnown
from shared.messaging.delivery import Delivery
from shared.messaging.envelope import Envelope
from shared.messaging.handlers import Handlers, Named
from shared.principal import system
from shared.testing.events import a_record, a_workstream
from shared.testing.house import House

TOPIC = "assignments.client.v1"


def a_client(name: str = "Mercy") -> ClientChanged:
    return ClientChanged(client_id="cli_1", source="vms", source_reference="7", name=name)


def a_clearance() -> ClearanceGranted:
    return ClearanceGranted(assignment_id="asg_1", terms_version=1, valid_through=date(2027, 1, 31))


@pytest.fixture
def works(engine: AsyncEngine, clock: FixedClock) -> Works:
    return Works("housing", engine, clock)


@pytest.fixture
def handlers() -> Handlers:
    handlers = Handlers("housing")
    handlers.keep(ClientChanged)
    return handlers


async def known(works: Works) -> ClientChanged | None:
    async with works.begin(system("housing")) as work:
        return await work.known(ClientChanged, "cli_1")


async def test_a_kept_state_is_known_in_its_newest_version(house: House, works: Works) -> None:
    await house.say(a_client("Mercy"), a_client("Mercy West"))
    assert await known(works) == a_client("Mercy West")


async def test_an_older_state_never_replaces_a_newer_one(works: Works, handlers: Handlers) -> None:
    for version, name in ((5, "new"), (4, "old")):
        record = a_record(a_client(name), topic=TOPIC, subject="cli_1", version=version)
        await Delivery(works, handlers).deliver([record])
    assert await known(works) == a_client("new")


async def test_a_tombstone_is_forgotten_and_what_follows_is_known_again(works: Works, handlers: Handlers) -> None:
    delivery = Delivery(works, handlers)
    await delivery.deliver([a_record(a_client(), topic=TOPIC, subject="cli_1", version=1)])
    await delivery.deliver([a_record(a_client(), topic=TOPIC, subject="cli_1", version=2, type="erased", data=None)])
    assert await known(works) is None
    await delivery.deliver([a_record(a_client("again"), topic=TOPIC, subject="cli_1", version=3)])
    assert await known(works) == a_client("again")


async def test_a_tombstone_on_a_log_is_unreadable(house: House, works: Works, handlers: Handlers) -> None:
    await Delivery(works, handlers).deliver([a_record(topic="assignments.assignment.v1", data=None)])
    assert await house.parked() == [("undecodable", "a log stream has no tombstones")]


async def test_a_state_that_has_not_arrived_is_said_to_be_awaited(works: Works) -> None:
    with pytest.raises(NotYetKnown):
        async with works.begin(system("housing")) as work:
            await work.require_known(ClientChanged, "cli_1")


async def test_a_handler_sees_the_state_it_is_told_of(house: House, handlers: Handlers) -> None:
    seen: list[Event | None] = []

    @handlers.on(ClientChanged)
    async def look(work: Work, event: ClientChanged) -> None:
        seen.append(await work.known(ClientChanged, event.client_id))

    await house.say(a_client())
    assert seen == [a_client()]


async def test_an_event_of_another_aggregate_than_its_key_is_parked(
    house: House, works: Works, handlers: Handlers
) -> None:
    await Delivery(works, handlers).deliver([a_record(a_client(), topic=TOPIC, subject="cli_2")])
    assert [reason for reason, _ in await house.parked()] == ["failed"]
    assert await known(works) is None


def test_an_event_has_one_handler(handlers: Handlers) -> None:
    async def handle(work: Work, event: OfferAccepted) -> None: ...

    handlers.on(OfferAccepted)(handle)
    with pytest.raises(ValueError, match=r"offer\.accepted already has a handler"):
        handlers.on(OfferAccepted)(handle)


async def test_a_watcher_sees_each_event_of_a_log_before_its_handler(works: Works) -> None:
    seen: list[tuple[str, str]] = []
    watching = Handlers("assignments")

    async def watch(work: Work, envelope: Envelope, *, event: Event) -> None:
        is_cause = work.cause.causation_id == str(envelope.id)
        seen.append(("watched", f"{envelope.type} {envelope.aggregateversion} {is_cause}"))

    @watching.on(WorkstreamChanged)
    async def follow(work: Work, event: WorkstreamChanged) -> None:
        seen.append(("handled", event.assignment_id))

    watching.watch(watch, ClearanceGranted)
    house = House(works, watching)
    await house.say(a_workstream())
    await house.say(a_clearance())
    assert seen == [
        ("watched", "workstream.changed 1 True"),
        ("handled", "asg_1"),
        ("watched", "clearance.granted 1 True"),
    ]


async def test_states_and_what_is_only_counted_are_not_watched(house: House, handlers: Handlers) -> None:
    seen: list[str] = []

    async def watch(work: Work, envelope: Envelope, *, event: Event) -> None:
        seen.append(envelope.type)

    handlers.watch(watch)
    await house.say(a_client())
    await house.say(AssignmentReady(assignment_id="asg_1", terms_version=1, state=State.CLEARED))
    assert seen == []


async def test_what_a_watcher_did_is_taken_back_with_a_handler_that_fails(works: Works) -> None:
    watching = Handlers("assignments")

    async def watch(work: Work, envelope: Envelope, *, event: Event) -> None:
        work.audit("watched", object_id=envelope.subject)

    @watching.on(WorkstreamChanged)
    async def follow(work: Work, event: WorkstreamChanged) -> None:
        if event.assignment_id == "asg_1":
            raise KeyError

    watching.watch(watch)
    house = House(works, watching)
    await house.say_anyhow(a_workstream(), a_workstream("asg_2"))
    assert [reason for reason, _ in await house.parked()] == ["failed"]
    async with works.engine.connect() as connection:
        assert list(await connection.scalars(select(audit_entry.c.object))) == ["asg_2"]


def test_a_service_has_one_watcher_and_says_what_it_hears(handlers: Handlers) -> None:
    async def watch(work: Work, envelope: Envelope, *, event: Event) -> None: ...

    handlers.watch(watch, AssignmentReady)
    assert ("assignments.assignment.v1", AssignmentReady) in handlers.events
    assert AssignmentReady in handlers.handled
    with pytest.raises(ValueError, match="already watches"):
        handlers.watch(watch)


async def test_a_batch_is_loaded_by_the_ids_it_names_and_the_types_that_name_them(works: Works) -> None:
    loaded: list[Named] = []

    async def load(work: Work, named: Named) -> None:
        loaded.append({field: set(ids) for field, ids in named.items() if ids})

    loading = Handlers("assignments", load=load)

    @loading.on(WorkstreamChanged)
    async def follow(work: Work, event: WorkstreamChanged) -> None: ...

    await House(works, loading).say(a_workstream(), a_workstream("asg_2"))
    assert loaded == [{"assignment_id": {"asg_1", "asg_2"}, "workstream.changed": {"asg_1", "asg_2"}}]


def test_a_service_says_what_it_handles(handlers: Handlers) -> None:
    assert handlers.events == {(TOPIC, ClientChanged)}
    assert set(handlers.topics) >= {TOPIC, "assignments.assignment.v1"}


async def test_an_erased_state_travels_as_a_tombstone(engine: AsyncEngine, clock: FixedClock) -> None:
    works = Works("assignments", engine, clock)
    async with works.begin(system("assignments")) as work:
        work.erase(topic_named(TOPIC), "cli_1", version=2)
        (row,) = work.transaction.pending
    assert (row["payload"], row["aggregateid"], row["aggregateversion"]) == (None, "cli_1", 2)


@pytest.mark.parametrize(
    ("publisher", "topic"),
    [("housing", TOPIC), ("assignments", "assignments.assignment.v1")],
    ids=["another's", "a log"],
)
async def test_only_the_publisher_of_a_state_erases_it(
    engine: AsyncEngine, clock: FixedClock, publisher: str, topic: str
) -> None:
    with pytest.raises(KeyError, match="does not let"):
        async with Works(publisher, engine, clock).begin(system(publisher)) as work:
            work.erase(topic_named(topic), "cli_1", version=1)
