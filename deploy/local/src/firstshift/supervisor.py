"""Brings everything up in order, keeps it up, and takes it down in the opposite order."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace

import httpx

from firstshift.child import Child, Program
from firstshift.home import Home
from firstshift.issuer import issuer_at, issuer_for, keys_once_it_signs
from firstshift.kafka import kafka_program
from firstshift.narration import Narration
from firstshift.outside import external_broker, external_database
from firstshift.portal import IDENTITY
from firstshift.ports import LOOPBACK, give_port
from firstshift.postgres import ensure_databases, owner_url, postgres_program
from firstshift.services import (
    Surroundings,
    base_url,
    give_service_ports,
    give_vault_keys,
    migrate,
    service_program,
)
from firstshift.simulated_sources_program import ASKER, SOURCES, SOURCES_PORT, sources_program
from firstshift.state import clear_orphans, write_state
from firstshift.together import together
from firstshift.token_source import renew_operator
from firstshift.tokens import public_keys
from firstshift.topics import catalogue_topics, ensure_topics

MIGRATIONS_AT_ONCE = 2
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What `firstshift up` was asked for."""

    home: Home
    services: list[str]
    test_mode: bool = False


OnReady = Callable[[dict[str, int]], Awaitable[None]]


class Supervisor:
    """One run of everything. `on_ready` is told the services' ports once all of them are ready."""

    def __init__(self, wish: Wish, narration: Narration, *, on_ready: OnReady) -> None:
        self._wish = wish
        self._home = wish.home
        self._narration = narration
        self._on_ready = on_ready
        self._servers: list[Child] = []
        self._services: list[Child] = []
        self._is_ready = False
        self._stop_asked = asyncio.Event()
        self._http = httpx.AsyncClient(trust_env=False)  # loopback must not go through a proxy of the environment

    async def run(self) -> None:
        """Until asked to stop by a signal. Raises: CannotRun when something in the way needs a person."""
        logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # a broker not up yet is no news here
        for number in STOP_SIGNALS:
            asyncio.get_running_loop().add_signal_handler(number, self._hear_stop)
        starting = asyncio.create_task(self._start())
        told = asyncio.create_task(self._stop_asked.wait())
        try:
            await asyncio.wait({starting, told}, return_when=asyncio.FIRST_COMPLETED)
            if starting.done():
                starting.result()
                await told
        finally:
            starting.cancel()
            told.cancel()
            await asyncio.wait({starting, told})
            await self._stop()

    def _hear_stop(self) -> None:
        if not self._stop_asked.is_set():
            self._narration.say("stopping; Ctrl-C again ends everything at once")
            self._stop_asked.set()
            return
        for child in (*self._services, *self._servers):
            child.kill()

    async def _start(self) -> None:
        for name in clear_orphans(self._home):
            self._narration.say(f"{name} was left over from an earlier run; ended", style="yellow")
        ports = give_service_ports(self._home, self._wish.services)
        databases = await self._start_databases()
        issuer = issuer_for(self._home, ports, test_mode=self._wish.test_mode)
        surroundings = Surroundings(
            bootstrap_servers=external_broker(),
            issuer=issuer.name,
            issuer_keys=issuer.keys,
            test_mode=self._wish.test_mode,
            ports=ports,
            databases=databases,
            vault_keys=give_vault_keys(self._home, self._wish.services),
            owners=self._owners(),
            audit_key=self._home.audit_key(),
            audit_anchors=self._home.anchors,
            files=self._home.files,
            session_key=self._home.session_key(),
            sources=self._start_sources(ports),
            sources_secret=self._home.secret(SOURCES),
        )
        self._narration.say("starting Kafka; bringing the databases up to date")
        begun: list[str | None] = await together([self._start_kafka(), self._migrate(surroundings)])
        self._narration.say(f"starting {len(ports)} services")
        await together(
            [
                self._start_services(replace(surroundings, bootstrap_servers=begun[0] or "")),
                self._let_people_in(ports),
            ]
        )
        self._is_ready = True
        self._note()
        await self._on_ready(ports)

    async def _start_databases(self) -> dict[str, str]:
        """The database URL of each service; PostgreSQL runs here only if one of them needs it."""
        outside = {name: url for name in self._wish.services if (url := external_database(name))}
        local = [name for name in self._wish.services if name not in outside]
        if not local:
            return outside
        postgres = self._keep(postgres_program(self._home), self._servers)
        await postgres.until_ready()
        return outside | await ensure_databases(self._home, postgres.program.port, local)

    def _owners(self) -> dict[str, str]:
        """The URL by which each database that runs here is migrated."""
        local = [name for name in self._wish.services if not external_database(name)]
        ports = [server.program.port for server in self._servers]
        return {name: owner_url(self._home, ports[0], name) for name in local}

    async def _start_kafka(self) -> str:
        """The broker's address, once every topic is there and consumer groups are served."""
        address = external_broker()
        if not address:
            kafka = self._keep(await asyncio.to_thread(kafka_program, self._home), self._servers)
            await kafka.until_ready()
            address = f"{LOOPBACK}:{kafka.program.port}"
        await ensure_topics(address, catalogue_topics())
        return address

    def _start_sources(self, ports: dict[str, int]) -> str:
        """Where the simulated outside sources will answer; empty where nobody asks them. Nothing waits for them."""
        if ASKER not in ports:
            return ""
        port = give_port(self._home, SOURCES, SOURCES_PORT)
        program = sources_program(self._home, port, asker_url=base_url(ports[ASKER]), http=self._http)
        self._keep(program, self._servers)
        return base_url(port)

    async def _migrate(self, surroundings: Surroundings) -> None:
        room = asyncio.Semaphore(MIGRATIONS_AT_ONCE)

        async def migrate_one(service: str) -> None:
            async with room:
                await migrate(service, surroundings, self._narration.part(service))

        await together(migrate_one(service) for service in self._wish.services)

    async def _start_services(self, surroundings: Surroundings) -> None:
        for service in self._wish.services:
            self._keep(service_program(service, surroundings, self._http), self._services)
        await together(child.until_ready() for child in self._services)

    async def _let_people_in(self, ports: dict[str, int]) -> None:
        """Where identity runs: its first keys are there, and this machine's commands can sign in.

        In test mode the services learn its keys besides this machine's, by which the commands sign for themselves.
        """
        if IDENTITY not in ports:
            return
        if not self._wish.test_mode:
            await asyncio.to_thread(renew_operator, self._home)
        keys = await keys_once_it_signs(issuer_at(base_url(ports[IDENTITY])), self._http)
        if self._wish.test_mode:
            public_keys(self._home, *keys)

    def _keep(self, program: Program, among: list[Child]) -> Child:
        child = Child(program, self._narration.part(program.name), on_start=self._note)
        among.append(child)
        child.start()
        return child

    def _note(self) -> None:
        parts = (*self._servers, *self._services)
        with suppress(OSError):  # a full disk must not take the parts down
            write_state(self._home, parts, is_ready=self._is_ready, test_mode=self._wish.test_mode)

    async def _stop(self) -> None:
        await asyncio.gather(*(child.stop() for child in self._services))
        for child in reversed(self._servers):
            await child.stop()
        await self._http.aclose()
        self._home.state.unlink(missing_ok=True)
        self._narration.say("everything has stopped")
