"""What runs beside a service's API: relay, consumer, repairs, the audit's sealer and jobs."""

import asyncio
import os
from contextlib import suppress
from typing import NoReturn

import structlog

from shared.audit.anchors import Anchors
from shared.audit.chain import chain_from
from shared.audit.sealer import Sealer
from shared.db.work import Works
from shared.http.idempotency import forget_old_keys
from shared.messaging.broker import Broker, BrokerUnavailable
from shared.messaging.consumer import Consumer
from shared.messaging.delivery import Delivery
from shared.messaging.relay import Relay
from shared.messaging.repairs import Repairs
from shared.messaging.retention import keep_house
from shared.observe.places import places
from shared.runtime.definition import Service
from shared.runtime.jobs import Job, Jobs

log = structlog.get_logger()

STOP_SECONDS = 15
EX_SOFTWARE = 70
HOUSEKEEPING = (
    Job("keep_house", keep_house, seconds=3600),
    Job("forget_old_keys", lambda work: forget_old_keys(work.session), seconds=3600),
)


class Worker:
    """The background half of one service process."""

    def __init__(self, service: Service, works: Works, broker: Broker) -> None:
        handlers = service.handlers
        self.works = works
        self.jobs = Jobs([*HOUSEKEEPING, *service.jobs.jobs])
        self.sealer = _sealer(service, works)
        self.relay = Relay(service.name, service.settings.database_url, broker, also_wake=self.sealer.wake)
        self.consumer = Consumer(
            broker,
            Delivery(works, handlers),
            group=service.name,
            topics=handlers.topics,
            instance=service.settings.instance,
        )
        self.repairs = Repairs(works, handlers)
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Starts everything in the background; a loop that dies of a defect ends the process, to be started anew."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Finishes what is in hand, within 15 s, and lets go of the broker."""
        self._stop.set()
        if self._task:
            with suppress(TimeoutError):
                async with asyncio.timeout(STOP_SECONDS):
                    await self._task

    async def backlog(self) -> int | None:
        """Records waiting at the broker; None when it cannot be asked."""
        try:
            return await self.consumer.lag()
        except BrokerUnavailable:
            return None

    async def _run(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.relay.run(self._stop))
                group.create_task(self.consumer.run(self._stop))
                group.create_task(self.repairs.run(self._stop))
                group.create_task(self.sealer.run(self._stop))
                group.create_task(self.jobs.run(self.works, self._stop))
        except BaseExceptionGroup as defects:
            _end_process(defects)


def _sealer(service: Service, works: Works) -> Sealer:
    settings = service.settings
    anchors = Anchors(settings.audit_anchors, service=service.name)
    return Sealer(works, chain_from(settings.audit_key), anchors)


def _end_process(defects: BaseExceptionGroup) -> NoReturn:
    log.critical("worker.died", where=places(defects))
    os._exit(EX_SOFTWARE)
