"""The simulated sources as a part of this machine's system: the program, and what credentialing is told of it.

What the environment says about a real source stays: only what it leaves out is simulated.
"""

import os
import sys
from collections.abc import Mapping
from typing import Final

import httpx
from starlette.applications import Starlette

from firstshift.child import Program
from firstshift.home import Home
from firstshift.launch import inherited_environment
from firstshift.ports import LOOPBACK
from firstshift.simulated_sources import Simulation, simulated_sources
from shared.calendar import earliest_today
from shared.clock import SystemClock

SOURCES: Final = "sources"
SOURCES_PORT: Final = 8490
ASKER: Final = "credentialing"
SENDERS: Final = ("background_vendor", "licence_source")

_LISTENER, _SECRET = "SIMULATED_LISTENER", "SIMULATED_SECRET"  # settings of its process


def application() -> Starlette:
    """The simulated sources as this process's environment tells them; what uvicorn serves."""
    listener, secret = os.environ.get(_LISTENER, ""), os.environ.get(_SECRET, "")
    return simulated_sources(
        Simulation(
            today=earliest_today(SystemClock().now()),
            listeners={name: f"{listener}/v1/vendor-events/{name}" for name in SENDERS} if listener else {},
            secrets=dict.fromkeys(SENDERS, secret),
        )
    )


def sources_program(home: Home, port: int, *, asker_url: str, http: httpx.AsyncClient) -> Program:
    """The program to keep running; its webhooks go to credentialing at `asker_url`."""

    async def is_ready() -> bool:
        try:
            answer = await http.get(f"http://{LOOPBACK}:{port}/log", timeout=2)
        except httpx.HTTPError:
            return False
        return answer.status_code == httpx.codes.OK

    served = (
        "--factory",
        f"{__name__}:application",
        "--host",
        LOOPBACK,
        "--port",
        str(port),
        "--no-access-log",
        "--log-level",
        "warning",
    )
    return Program(
        name=SOURCES,
        command=(sys.executable, "-P", "-m", "uvicorn", *served, "--ws", "none", "--lifespan", "off"),
        is_ready=is_ready,
        port=port,
        env={**inherited_environment(), _LISTENER: asker_url, _SECRET: home.secret(SOURCES)},
    )


def addresses_of_sources(service: str, url: str, *, secret: str) -> dict[str, str]:
    """The environment of this service as far as it asks sources; nothing for the others."""
    if service != ASKER:
        return {}
    simulated = {
        "SOURCE_NPPES_URL": f"{url}/nppes",
        "SOURCE_LICENCES_URL": f"{url}/licences",
        "SOURCE_LICENCES_SECRET": secret,
        "SOURCE_BACKGROUND_URL": f"{url}/background",
        "SOURCE_BACKGROUND_SECRET": secret,
        "SOURCE_SAM_URL": f"{url}/sam",
        "SOURCE_SAM_KEY": "simulated",
    }
    return {name: value for name, value in simulated.items() if not _is_said(name, os.environ)}


def _is_said(name: str, environment: Mapping[str, str]) -> bool:
    """Whether the environment says something about the same source: its address, key or secret, or a file of one."""
    source = name.rpartition("_")[0]
    return any(given.startswith(f"{source}_") and value for given, value in environment.items())
