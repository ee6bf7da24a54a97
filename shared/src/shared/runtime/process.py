"""One service process, put together: pool, clock, broker, API and worker."""

import asyncio
import gc
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime

import uvicorn
from fastapi import FastAPI

from shared.access.keys import keys_at
from shared.access.tokens import Verifier
from shared.access.withdrawals import Withdrawals
from shared.audit.routes import POLICY as AUDIT
from shared.audit.routes import router as audit
from shared.clock import Clock, SystemClock, TravelClock
from shared.db.engine import make_engine
from shared.db.state import answers, epoch_and_offset
from shared.db.work import Works
from shared.guard.quotas import Quotas
from shared.http.app import Frame, Wiring, create_app
from shared.messaging.broker import Broker
from shared.messaging.kafka import KafkaBroker
from shared.messaging.republish import republish
from shared.observe.logs import set_up_logs
from shared.outbound.internal import internal_client
from shared.runtime.connection import Connection
from shared.runtime.definition import Service
from shared.runtime.operations import POLICY as OPERATIONS
from shared.runtime.operations import router as operations
from shared.runtime.server import Server
from shared.runtime.worker import Worker

GRACE_SECONDS = 10


class Process:
    """The parts of one service process, before they are started."""

    def __init__(self, service: Service, *, broker: Broker | None = None, clock: Clock | None = None) -> None:
        settings = service.settings
        self.service = service
        self.clock = clock or (TravelClock() if settings.firstshift_test_mode else SystemClock())
        self.engine = make_engine(settings.database_url, application_name=service.name)
        self.works = Works(service.name, self.engine, self.clock)
        self.broker = broker or KafkaBroker(settings.kafka_bootstrap_servers)
        self.worker = Worker(service, self.works, self.broker)

    def app(self, *, with_api: bool = True, with_worker: bool) -> FastAPI:
        """The ASGI application of a process that is the API, the worker, or both (ADR 0018).

        A worker alone answers what whoever runs it asks: health, metrics and the operations.
        """

        @asynccontextmanager
        async def lifespan(app: FastAPI) -> AsyncIterator[None]:
            await self.prepare()
            if with_worker:
                self.worker.start()
            yield
            if with_worker:
                await self.worker.stop()
            await self.engine.dispose()

        service, settings = self.service, self.service.settings
        keys = keys_at(settings.firstshift_issuer_keys, internal_client)
        app = create_app(
            service.name,
            service.version,
            routers=(*service.routers, operations, audit) if with_api else (operations,),
            wiring=Wiring(
                works=self.works,
                verifier=Verifier(keys, issuer=settings.firstshift_issuer),
                withdrawals=Withdrawals(self.works),
                policy={**service.policy, **OPERATIONS, **AUDIT},
                ready=self.waiting_for,
                quotas=Quotas(
                    known_per_minute=settings.rate_limit_per_minute,
                    unknown_per_minute=settings.rate_limit_unknown_per_minute,
                ),
                hsts_seconds=settings.hsts_seconds,
            ),
            frame=Frame(
                lifespan=lifespan,
                middleware=service.middleware,
                on_error=service.on_error,
                large_bodies=service.large_bodies,
            ),
        )
        app.state.process = self
        app.state.ending = asyncio.Event()
        for name, resource in service.resources.items():
            setattr(app.state, name, resource)
        return app

    async def prepare(self) -> None:
        """Makes ready to serve.

        What start-up made is set aside from garbage collection, whose pauses otherwise make the slowest answers.
        """
        await self.recall()
        gc.collect()
        gc.freeze()

    async def recall(self) -> None:
        """Takes over what the database knows: the epoch and, in test mode, how far the business clock travelled."""
        self.works.epoch, offset = await epoch_and_offset(self.engine)
        if isinstance(self.clock, TravelClock):
            self.clock.offset = offset

    async def waiting_for(self) -> Sequence[str]:
        """What keeps this process from answering: the database, or nothing. It answers without the broker."""
        return () if await answers(self.engine) else ("database",)


def serve(service: Service, *, with_api: bool = True, with_worker: bool) -> None:
    """Runs the API, the worker, or both until the process is told to stop."""
    settings = service.settings
    set_up_logs(service=service.name, as_json=settings.log_format == "json", level=settings.log_level)
    app = Process(service).app(with_api=with_api, with_worker=with_worker)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=Connection,
        ws="none",
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    with suppress(KeyboardInterrupt):  # by which it ends after Ctrl-C
        Server(config, ending=app.state.ending).run()


async def send_again(service: Service, *, since: datetime | None, consumer: str | None) -> int:
    """Sends the service's published events once more; how many. Raises BrokerUnavailable."""
    engine = make_engine(service.settings.database_url, application_name=f"{service.name}-republish")
    producer = await KafkaBroker(service.settings.kafka_bootstrap_servers).producer()
    try:
        return await republish(service.name, engine, producer=producer, since=since, consumer=consumer)
    finally:
        await producer.close()
        await engine.dispose()
