"""The services of the checkout as programs: their addresses, their environment, their migration."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from firstshift.child import Program
from firstshift.errors import CannotRun
from firstshift.home import Home
from firstshift.launch import inherited_environment, launch
from firstshift.narration import PartLog
from firstshift.portal import PORTAL, PORTAL_PORT, addresses_of_sign_in
from firstshift.ports import LOOPBACK, give_port
from firstshift.simulated_sources_program import addresses_of_sources
from firstshift.tokens import ISSUER
from shared.vault.keys import make_key_file

FIRST_PORT = 8401
NO_CROWD = {"RATE_LIMIT_PER_MINUTE": "60000", "RATE_LIMIT_UNKNOWN_PER_MINUTE": "6000"}
"""One person at one machine asks for many: tests and demos ask faster than a department. The environment may differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What every service is told."""

    bootstrap_servers: str
    issuer_keys: Path | str
    """The public keys of whoever signs tokens: a file, or an address."""
    test_mode: bool
    ports: Mapping[str, int]
    databases: Mapping[str, str]
    audit_key: Path
    audit_anchors: Path
    issuer: str = ISSUER
    """Its name in tokens."""
    owners: Mapping[str, str] = field(default_factory=dict)
    """The same databases by the roles that own the tables, where these are others."""
    vault_keys: Mapping[str, Path] = field(default_factory=dict)
    """The key file of each service's private values."""
    files: Path | None = None
    """The folder of people's files, sealed; each service has one of its own in it."""
    session_key: Path | None = None
    """The key file of the portal's sessions."""
    sources: str = ""
    """Where the simulated outside sources answer; empty: they do not run."""
    sources_secret: str = ""
    """What they sign their messages with."""


def usual_ports(services: list[str]) -> dict[str, int]:
    """Where each service is looked for first: the portal at 8400, the others at 8401 and up, in their order."""
    others = (name for name in services if name != PORTAL)
    usual = {name: FIRST_PORT + place for place, name in enumerate(others)}
    return {name: usual.get(name, PORTAL_PORT) for name in services}


def give_service_ports(home: Home, services: list[str]) -> dict[str, int]:
    """The port of each service: the usual one as far as it is free; remembered."""
    return {name: give_port(home, name, port) for name, port in usual_ports(services).items()}


def give_vault_keys(home: Home, services: list[str]) -> dict[str, Path]:
    """The key file of each service, one of its own; made on first use."""
    files = {name: home.keys / f"vault.{name}.json" for name in services}
    for file in files.values():
        if not file.exists():
            make_key_file(file)
    return files


def base_url(port: int) -> str:
    """Where a part's HTTP API is found."""
    return f"http://{LOOPBACK}:{port}"


def service_program(service: str, surroundings: Surroundings, http: httpx.AsyncClient) -> Program:
    """A service, its API and worker in one process, as a program to keep running."""
    port = surroundings.ports[service]

    async def is_ready() -> bool:
        return await answers_ready(http, port)

    return Program(
        name=service,
        command=_command(service, "serve"),
        is_ready=is_ready,
        port=port,
        env=_environment(service, surroundings),
    )


async def migrate(service: str, surroundings: Surroundings, log: PartLog) -> None:
    """Bring the service's database to its present shape. Raises: CannotRun when that fails."""
    owner = {"MIGRATION_DATABASE_URL": surroundings.owners.get(service, "")}
    process = await launch(_command(service, "migrate"), env={**_environment(service, surroundings), **owner})
    assert process.stdout is not None
    try:
        await log.follow(process.stdout)
        code = await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
    if code:
        last = next((line for line in reversed(log.last) if line), "it said nothing")
        raise CannotRun(f"{service} cannot migrate its database ({last}).", f"Its whole log is in {log.file}.")


async def answers_ready(http: httpx.AsyncClient, port: int) -> bool:
    """Whether the service on this port says that it can take work."""
    try:
        answer = await http.get(f"{base_url(port)}/readyz", timeout=2)
    except httpx.HTTPError:
        return False
    return answer.status_code == httpx.codes.OK


def _command(service: str, action: str) -> tuple[str, ...]:
    return (sys.executable, "-P", "-m", service, action)


def _environment(service: str, surroundings: Surroundings) -> dict[str, str]:
    urls = {name: base_url(port) for name, port in surroundings.ports.items()}
    previews = {f"PREVIEW_URL_{name.upper()}": url for name, url in urls.items()}
    return {
        **NO_CROWD,
        **inherited_environment(),
        **previews,
        **addresses_of_sign_in(service, urls),
        **({"SESSION_KEY": str(surroundings.session_key)} if service == PORTAL and surroundings.session_key else {}),
        **({"FILES_URL": surroundings.files.resolve().as_uri()} if surroundings.files else {}),
        **_sources(service, surroundings),
        "DATABASE_URL": surroundings.databases[service],
        "KAFKA_BOOTSTRAP_SERVERS": surroundings.bootstrap_servers,
        "HOST": LOOPBACK,
        "PORT": str(surroundings.ports[service]),
        "INSTANCE": "0",
        "FIRSTSHIFT_ISSUER": surroundings.issuer,
        "FIRSTSHIFT_ISSUER_KEYS": str(surroundings.issuer_keys),
        "AUDIT_KEY": str(surroundings.audit_key),
        "AUDIT_ANCHORS": str(surroundings.audit_anchors),
        "FIRSTSHIFT_TEST_MODE": "1" if surroundings.test_mode else "0",
        "VAULT_KEYS": str(surroundings.vault_keys.get(service, "")),
        "LOG_FORMAT": "json",
        "PYTHONUNBUFFERED": "1",
    }


def _sources(service: str, surroundings: Surroundings) -> dict[str, str]:
    if not surroundings.sources:
        return {}
    return addresses_of_sources(service, surroundings.sources, secret=surroundings.sources_secret)
