"""Calls the running system as people of any role, and keeps every answer in which no private value belongs."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from firstshift.tokens import sign_token
from shared.ids import new_uuid
from tests.system import System

IN_FLIGHT = 4
"""More in flight cost a client of httpx more time than they save."""

REASON = {"reason": "The bank asked to confirm the number."}
SECONDS = 30


@dataclass
class Callers:
    """Everybody who calls; `answers` are heads and bodies as they were received, reveals that were allowed left out."""

    system: System
    http: httpx.AsyncClient
    answers: list[bytes] = field(default_factory=list)
    _tokens: dict[tuple[object, ...], str] = field(default_factory=dict)
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(IN_FLIGHT))

    def __post_init__(self) -> None:
        self._ports = {name: part["port"] for name, part in self.system.parts.items()}

    def token(self, role: str, person: str = "", *, minutes_ago: int = 0) -> str:
        """Somebody's token, who signed in so many minutes ago; a virtual specialist's grants open every queue."""
        known = (role, person, minutes_ago)
        if known not in self._tokens:
            more: dict[str, object] = {"auth_time": int(time.time()) - minutes_ago * 60}
            if role == "virtual_specialist":
                more["grants"] = [
                    {"id": f"grt_{granted}", "role": granted, "until": int(time.time()) + 3600, "fields": ["contact"]}
                    for granted in ("payroll_specialist", "credentialing_specialist")
                ]
            subject = f"per_{role}{person}"
            self._tokens[known] = sign_token(self.system.home, roles=[role], subject=subject, minutes=30, more=more)
        return self._tokens[known]

    async def send(self, method: str, service: str, path: str, **options: Any) -> httpx.Response:
        """One request; `token` is whose. Its answer is kept."""
        answer = await self._send(method, service, path, **options)
        self.answers.append(repr(answer.headers.raw).encode() + answer.content)
        return answer

    async def look(self, method: str, service: str, path: str, **options: Any) -> httpx.Response:
        """One request whose answer holds values in clear for whoever is entitled to them; it is not kept."""
        return await self._send(method, service, path, **options)

    async def reveal(self, service: str, clinician: str, kind: str, *, token: str) -> httpx.Response:
        """Asks for one value in clear, for a reason."""
        answer = await self._send("POST", service, f"{values_of(clinician)}/{kind}:reveal", token=token, json=REASON)
        if answer.status_code != httpx.codes.OK:
            self.answers.append(repr(answer.headers.raw).encode() + answer.content)
        return answer

    async def _send(
        self, method: str, service: str, path: str, *, token: str, headers: dict[str, str] | None = None, **options: Any
    ) -> httpx.Response:
        every = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(new_uuid()), **(headers or {})}
        url = f"http://127.0.0.1:{self._ports[service]}{path}"
        async with self._room:
            return await self.http.request(method, url, headers=every, **options)


@asynccontextmanager
async def callers_of(system: System) -> AsyncIterator[Callers]:
    """Callers of a running system."""
    async with httpx.AsyncClient(trust_env=False, timeout=SECONDS) as http:
        yield Callers(system, http)


def values_of(clinician: str) -> str:
    """Where a clinician's private values are."""
    return f"/v1/clinicians/{clinician}/private-values"
