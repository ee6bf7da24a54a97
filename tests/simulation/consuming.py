"""The consuming side of a world: members of a group, whose handlers note what they did and sometimes fail."""

import asyncio
from collections.abc import Iterator
from typing import cast
from uuid import UUID

from shared.contracts.assignments import AgreementSigned, FacilityChanged
from shared.db.work import Work, Works
from shared.errors import Unavailable
from shared.messaging.consumer import Consumer
from shared.messaging.delivery import Delivery
from shared.messaging.handlers import Handlers
from shared.messaging.repairs import Repairs
from tests.simulation.aggregates import LOG, STATE
from tests.simulation.broker import Cluster, SimulatedBroker
from tests.simulation.database import Database
from tests.simulation.session import SimulatedSession, SimulatedWorks
from tests.simulation.world import NONE, Machine, World

SERVICE = "housing"
Version = tuple[str, str, int]
"""Topic, key and version of an event."""


class Defect(Exception):
    """A fault in a handler."""


class Consuming:
    """One service that consumes, in as many machines as the story wants."""

    def __init__(self, world: World, database: Database, cluster: Cluster) -> None:
        self.world = world
        self.database = database
        self.cluster = cluster
        self.faults: dict[Version, str] = {}
        """How the handling of an event fails: once, for ever, or while something is away."""
        self.tried: set[Version] = set()

    async def run(self, machine: Machine) -> None:
        """One member with its repairs, as a service's process runs them."""
        works = cast(Works, SimulatedWorks(SERVICE, self.database, machine))
        handlers = Handlers(SERVICE)
        handlers.on(AgreementSigned)(self._agreement)
        handlers.on(FacilityChanged)(self._facility)
        broker = SimulatedBroker(self.cluster, machine)
        instance = machine.name
        consumer = Consumer(broker, Delivery(works, handlers), group=SERVICE, topics=[LOG, STATE], instance=instance)
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(consumer.run(stop))
            group.create_task(Repairs(works, handlers).run(stop))

    @property
    def poisoned(self) -> set[Version]:
        """The events that can never be handled."""
        return {version for version, fault in self.faults.items() if fault == "for ever"}

    def send_any_again(self) -> None:
        """What an operator does who does not look: also what waits in a gap is tried."""
        parked = self.database.tables["parked_event"]
        waiting = [number for number, row in parked.items() if row["settled_at"] is None]
        if waiting:
            number = self.world.chance.choice(waiting)
            parked[number] = {**parked[number], "retry_at": parked[number]["parked_at"]}

    def send_failed_again(self) -> None:
        """What an operator does with events that a defect parked, once the defect is gone."""
        parked = self.database.tables["parked_event"]
        for number, row in parked.items():
            is_failed = row["settled_at"] is None and row["reason"] == "failed"
            if is_failed and (row["topic"], row["key"], row["version"]) not in self.poisoned:
                parked[number] = {**row, "retry_at": row["parked_at"]}

    def unfinished(self) -> dict[str, int]:
        """What is still to be consumed, by kind."""
        group = self.cluster.groups.get(SERVICE)
        offsets = group.offsets if group else {}
        lag = sum(len(log) - offsets.get(place, 0) for place, log in self.cluster.logs.items())
        return {"not read": lag, "on the way": self.cluster.on_the_way, "parked": len(self._parked_without_cause())}

    def repaired(self) -> Iterator[str]:
        """What became of events that were parked."""
        names = {"gap": "a gap was parked, then filled", "failed": "a failed event was sent again"}
        for row in self.database.tables["parked_event"].values():
            if row["settlement"] == "applied" and row["reason"] in names:
                yield names[row["reason"]]

    def _parked_without_cause(self) -> list[Version]:
        return [
            version
            for row in self.database.tables["parked_event"].values()
            if row["settled_at"] is None and not self._must_wait(version := (row["topic"], row["key"], row["version"]))
        ]

    def _must_wait(self, version: Version) -> bool:
        """Whether it can never be handled, or stands in a log behind one that cannot."""
        topic, key, number = version
        bad = [other for (*stream, other) in self.poisoned if stream == [topic, key]]
        return number in bad or (topic == LOG and any(other < number for other in bad))

    async def _agreement(self, work: Work, event: AgreementSigned) -> None:
        await self._handle(work, (LOG, event.assignment_id, event.terms_version))

    async def _facility(self, work: Work, event: FacilityChanged) -> None:
        await self._handle(work, (STATE, event.facility_id, event.orientation_days))

    async def _handle(self, work: Work, version: Version) -> None:
        session = cast(SimulatedSession, work.session)
        effect = (*version, UUID(work.cause.causation_id or ""))
        if self.world.chance.random() < 0.8:
            session.remember(effect)
        else:
            await session.write(effect)
        if self.world.chance.random() < 0.1:
            await asyncio.sleep(self.world.chance.random())
        self._fail_perhaps(version)

    def _fail_perhaps(self, version: Version) -> None:
        if version not in self.tried and self.world.risks(self.world.dangers.handler_fails):
            self.faults[version] = self.world.chance.choice(("once", "for ever", "while something is away"))
        fault, is_first = self.faults.get(version), version not in self.tried
        self.tried.add(version)
        if fault == "for ever" or (fault == "once" and is_first):
            raise Defect
        if fault == "while something is away" and self.world.dangers is not NONE:
            raise Unavailable("something is away") if version[2] % 2 else ConnectionRefusedError("a third party")
