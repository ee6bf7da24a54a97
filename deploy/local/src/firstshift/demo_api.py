"""The public APIs as the demo data calls them: with the right role, four requests in flight a service at most."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from typing import Any

import httpx

from firstshift.errors import CannotRun
from shared.calendar import earliest_today

AT_ONCE = 4
WAIT_SECONDS = 60.0
LOOK_SECONDS = 0.25
TRIES = 5
PASSING = frozenset({502, 503, 504})

TokenOf = Callable[[str], Awaitable[str]]
Found = dict[str, Any]
Body = Mapping[str, Any] | None


class DemoStopped(CannotRun):
    """The demo data could not be loaded whole."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem, "The next `firstshift up` goes on where it stopped.")


class MovedOn(DemoStopped):
    """The resource was changed meanwhile: look again."""


class DemoApi:
    """The services, seen by the people of the demo. `token(role)` gives one that lives for a minute at least."""

    def __init__(self, urls: Mapping[str, str], token: TokenOf, http: httpx.AsyncClient) -> None:
        self._urls = urls
        self._token = token
        self._http = http
        self._room = {service: asyncio.Semaphore(AT_ONCE) for service in urls}

    async def get(self, role: str, service: str, path: str, **parameters: str) -> Found:
        """What is found there."""
        return await self._ask(role, service, "GET", path, params=parameters)

    async def today(self) -> date:
        """A day that has begun at every facility by the services' clock."""
        now = await self.get("operator", "assignments", "/v1/clock")
        return earliest_today(datetime.fromisoformat(now["now"]))

    async def put(self, role: str, service: str, path: str, body: Mapping[str, Any]) -> Found:
        """The entry as it stands afterwards."""
        return await self._ask(role, service, "PUT", path, json=body)

    async def post(
        self, role: str, service: str, path: str, body: Body = None, *, key: str, version: int | None = None
    ) -> Found:
        """What is answered to a command; `key` is always the same for the same command of the demo.

        Raises MovedOn when the resource is no longer at `version`, if one is given.
        """
        headers = {"Idempotency-Key": f"demo:{key}"}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        request = {} if body is None else {"json": body}
        return await self._ask(role, service, "POST", path, headers=headers, **request)

    async def send(
        self,
        role: str,
        service: str,
        path: str,
        content: bytes,
        *,
        media_type: str,
        key: str,
        name: str = "",
        **parameters: str,
    ) -> Found:
        """What is answered to a file, `name` being its own; `key` as above."""
        headers = {
            "Idempotency-Key": f"demo:{key}",
            "Content-Type": media_type,
            **({"File-Name": name} if name else {}),
        }
        return await self._ask(role, service, "POST", path, headers=headers, content=content, params=parameters)

    async def _ask(self, role: str, service: str, method: str, path: str, **request: Any) -> Found:
        headers = {"Authorization": f"Bearer {await self._token(role)}", **request.pop("headers", {})}
        async with self._room[service]:
            answer = await self._send(method, self._urls[service] + path, headers=headers, **request)
        if answer.status_code == httpx.codes.PRECONDITION_FAILED:
            raise MovedOn(f"{service} says that {path} was changed by somebody else.")
        if answer.is_error:
            raise DemoStopped(f"{service} answered {answer.status_code} to {method} {path}: {_why(answer)}")
        found: Found = answer.json()
        return found

    async def _send(self, method: str, url: str, **request: Any) -> httpx.Response:
        """Tried again while the service is away for a moment: each request may happen twice."""
        for attempt in range(1, TRIES):
            try:
                answer = await self._http.request(method, url, **request)
            except httpx.TransportError:
                await asyncio.sleep(attempt)
                continue
            if answer.status_code not in PASSING:
                return answer
            await asyncio.sleep(attempt)
        return await self._http.request(method, url, **request)


async def until(look: Callable[[], Awaitable[Found | None]], what: str) -> Found:
    """What `look` finds, as soon as it does. Raises DemoStopped when that takes too long."""
    end = time.monotonic() + WAIT_SECONDS
    while (found := await look()) is None:
        if time.monotonic() > end:
            raise DemoStopped(f"After {WAIT_SECONDS:.0f} s there was still no {what}.")
        await asyncio.sleep(LOOK_SECONDS)
    return found


def _why(answer: httpx.Response) -> str:
    try:
        said = answer.json()
    except ValueError:
        return answer.reason_phrase
    places = ", ".join(f"{one['pointer']} {one['code']}" for one in said.get("errors", ()))
    return f"{said.get('code')} {places}".strip()
