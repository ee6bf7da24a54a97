"""The whole system in parts that can die one by one: a PostgreSQL server per service, Kafka, the services.

The parts are those of `firstshift up`, kept running by the same `Child`; only each service gets a database server of
its own, and is started by `launch.py`, which adds the crash points.
"""

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
from rich.console import Console

from firstshift.child import Child, Program
from firstshift.home import Home
from firstshift.kafka import kafka_program
from firstshift.kafka_jars import cache_folder, fetch_jars
from firstshift.narration import Narration
from firstshift.ports import LOOPBACK, give_port
from firstshift.postgres import ensure_databases, owner_url, postgres_program
from firstshift.services import Surroundings, give_service_ports, migrate, service_program
from firstshift.together import together
from firstshift.tokens import public_keys, sign_token
from firstshift.topics import catalogue_topics, ensure_topics
from tests.faults.proxy import Proxy

LAUNCH = Path(__file__).with_name("launch.py")
SERVICES = ["assignments", "credentialing", "housing", "payroll", "timekeeping"]
ROLES = ("recruiter", "coordinator", "lead", "operator")
TOKEN_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where everything is, in plain words: all that the client, the watch and the checker know of the system."""

    urls: dict[str, str]
    databases: dict[str, str]
    bootstrap_servers: str
    tokens: dict[str, str]


class Agency:
    """One running system. Its parts are named as the services, `kafka`, and `postgres-<service>`."""

    def __init__(self, home: Home, *, proxy: Proxy | None) -> None:
        self.home = home
        self.proxy = proxy
        self.parts: dict[str, Child] = {}
        self.orders = home.root / "orders"
        self._narration = Narration(home.logs, console=Console(quiet=True))
        self._surroundings: Surroundings | None = None
        self._http = httpx.AsyncClient(trust_env=False)

    @property
    def places(self) -> Places:
        """Where everything is."""
        return Places(
            urls={name: f"http://{LOOPBACK}:{self.parts[name].program.port}" for name in SERVICES},
            databases={name: url.replace("+asyncpg", "") for name, url in self._known.databases.items()},
            bootstrap_servers=f"{LOOPBACK}:{self.parts['kafka'].program.port}",
            tokens={role: sign_token(self.home, roles=[role], minutes=TOKEN_MINUTES) for role in ROLES},
        )

    async def start(self, *, test_mode: bool) -> None:
        """Everything, ready to be asked."""
        self.orders.mkdir()
        with self._narration.hushed():
            ports = give_service_ports(self.home, SERVICES)
            databases, bootstrap_servers = await asyncio.gather(self._start_databases(), self._start_kafka())
            self._surroundings = Surroundings(
                bootstrap_servers=bootstrap_servers,
                issuer_keys=public_keys(self.home),
                test_mode=test_mode,
                ports=ports,
                databases=databases,
                audit_key=self.home.audit_key(),
                audit_anchors=self.home.anchors,
                owners=self.owners(),
            )
            for service in SERVICES:
                await migrate(service, self._known, self._narration.part(service))
            for service in SERVICES:
                self._keep(self._service(service))
            await together(self.parts[service].until_ready() for service in SERVICES)

    async def add_replica(self, service: str) -> str:
        """A second process of a service; the name of its part."""
        name = f"{service}-1"
        port = give_port(self.home, name, 0)
        surroundings = replace(self._known, ports={**self._known.ports, service: port})
        program = service_program(service, surroundings, self._http)
        await self._keep(self._faulty(replace(program, name=name), service, instance="1")).until_ready()
        return name

    async def remove(self, part: str) -> None:
        """Stops it in order and for good."""
        await self.parts.pop(part).stop()

    def pid(self, part: str) -> int:
        """The present process of a part. Raises ProcessLookupError while it is being started again."""
        pid = self.parts[part].pid
        if pid is None:
            raise ProcessLookupError(part)
        return pid

    def signal(self, part: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Sends a signal to the process of a part."""
        os.kill(self.pid(part), number)

    async def stop(self) -> None:
        """Ends everything, the services first."""
        services = [child for name, child in self.parts.items() if not _is_server(name)]
        servers = [child for name, child in self.parts.items() if _is_server(name)]
        await asyncio.gather(*(child.stop() for child in services))
        await asyncio.gather(*(child.stop() for child in servers))
        if self.proxy:
            await self.proxy.close()
        await self._http.aclose()

    @property
    def _known(self) -> Surroundings:
        assert self._surroundings, "not started"
        return self._surroundings

    def _keep(self, program: Program) -> Child:
        child = self.parts[program.name] = Child(program, self._narration.part(program.name))
        child.start()
        return child

    def _service(self, service: str) -> Program:
        return self._faulty(service_program(service, self._known, self._http), service, instance="0")

    def _faulty(self, program: Program, service: str, *, instance: str) -> Program:
        env = {**program.env, "FAULTS_FOLDER": str(self.orders), "INSTANCE": instance}
        return replace(program, command=(sys.executable, "-P", str(LAUNCH), service, "serve"), env=env)

    async def _start_databases(self) -> dict[str, str]:
        started = await asyncio.gather(*(self._start_database(service) for service in SERVICES))
        return dict(zip(SERVICES, started, strict=True))

    def owners(self) -> dict[str, str]:
        """The databases by the roles that own their tables."""
        ports = {service: self.parts[f"postgres-{service}"].program.port for service in SERVICES}
        return {service: owner_url(self._server_home(service), port, service) for service, port in ports.items()}

    def _server_home(self, service: str) -> Home:
        return Home(self.home.root / "servers" / service)

    async def _start_database(self, service: str) -> str:
        home = self._server_home(service)
        home.prepare()
        give_port(home, "postgres", 0)
        program = await asyncio.to_thread(postgres_program, home)
        server = self._keep(replace(program, name=f"postgres-{service}"))
        await server.until_ready()
        return (await ensure_databases(home, server.program.port, [service]))[service]

    async def _start_kafka(self) -> str:
        await asyncio.to_thread(fetch_jars, cache_folder())
        for name in ("kafka", "kafka-controller"):
            give_port(self.home, name, 0)
        program = await asyncio.to_thread(kafka_program, self.home)
        address = f"{LOOPBACK}:{program.port}"
        seen_by_services = await self._put_proxy_before() if self.proxy else address
        await self._keep(program).until_ready()
        await ensure_topics(address, catalogue_topics())
        return seen_by_services

    async def _put_proxy_before(self) -> str:
        """Lets Kafka advertise a second listener, the proxy's; the checker and the watch use the first."""
        assert self.proxy
        inner = give_port(self.home, "kafka-proxied", 0)
        outer = await self.proxy.open(inner)
        settings = self.home.kafka / "server.properties"
        text = settings.read_text()
        for name, place in (("\nlisteners=", inner), ("\nadvertised.listeners=", outer)):
            text = text.replace(name, f"{name}PROXIED://{LOOPBACK}:{place},")
        text = text.replace("PLAINTEXT:PLAINTEXT,", "PROXIED:PLAINTEXT,PLAINTEXT:PLAINTEXT,")
        settings.write_text(text + "inter.broker.listener.name=PLAINTEXT\n")
        return f"{LOOPBACK}:{outer}"


@asynccontextmanager
async def running_agency(
    *, is_proxied: bool = False, test_mode: bool = False, keep: bool = False
) -> AsyncIterator[Agency]:
    """A system in a folder of its own, ended and (unless it is to be kept) removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="firstshift-faults-"))
    folder.chmod(0o711)
    home = Home(folder / "data")
    home.prepare()
    agency = Agency(home, proxy=Proxy() if is_proxied else None)
    try:
        await agency.start(test_mode=test_mode)
        yield agency
    finally:
        await agency.stop()
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _is_server(part: str) -> bool:
    return part == "kafka" or part.startswith("postgres-")
