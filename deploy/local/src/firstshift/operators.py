"""Asks the services what only operators may ask, as this machine's operator client."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx

from firstshift.errors import CannotRun
from firstshift.running import Running
from shared.ids import new_uuid

ANSWER_SECONDS = 5


class NoAnswer(CannotRun):
    """A service that runs did not answer, or failed."""

    def __init__(self, service: str, why: str) -> None:
        super().__init__(f"{service} did not answer ({why}).", "`firstshift doctor` looks closer.")
        self.service = service
        self.why = why


class Operator:
    """An operator at the keyboard."""

    def __init__(self, running: Running, http: httpx.AsyncClient) -> None:
        self.running = running
        self._tokens = running.tokens
        self._http = http

    async def get(self, service: str, path: str, **parameters: str) -> dict[str, Any]:
        """The answer's body. Raises NoAnswer, and CannotRun with what the service says when it refuses."""
        return await self._ask("GET", service, path, params=parameters)

    async def ask_all(self, path: str, **parameters: str) -> tuple[dict[str, dict[str, Any]], list[NoAnswer]]:
        """The same of every service side by side: what each says, and which did not answer."""
        services = list(self.running.urls)
        asked = (self.get(service, path, **parameters) for service in services)
        answers = zip(services, await asyncio.gather(*asked, return_exceptions=True), strict=True)
        said: dict[str, dict[str, Any]] = {}
        silent = []
        for service, answer in answers:
            if isinstance(answer, NoAnswer):
                silent.append(answer)
            elif isinstance(answer, BaseException):
                raise answer
            else:
                said[service] = answer
        return said, silent

    async def post(self, service: str, path: str, body: Mapping[str, object]) -> dict[str, Any]:
        """The same for a command, under a key of its own."""
        return await self._ask("POST", service, path, json=body, headers={"Idempotency-Key": str(new_uuid())})

    async def _ask(self, method: str, service: str, path: str, **request: Any) -> dict[str, Any]:
        url = self.running.urls[self.running.must_know(service)] + path
        headers = {"Authorization": f"Bearer {await self._tokens.operator()}", **request.pop("headers", {})}
        try:
            answer = await self._http.request(method, url, headers=headers, **request)
        except httpx.HTTPError as error:
            raise NoAnswer(service, type(error).__name__) from None
        if answer.is_server_error:
            raise NoAnswer(service, f"HTTP {answer.status_code}")
        said = _json(service, answer)
        if answer.is_error:
            raise CannotRun(f"{service} refuses.", f"{said.get('detail', answer.reason_phrase)}")
        return said


@asynccontextmanager
async def operator_of(running: Running) -> AsyncIterator[Operator]:
    """An operator of what runs now."""
    async with httpx.AsyncClient(trust_env=False, timeout=ANSWER_SECONDS) as http:
        yield Operator(running, http)


def _json(service: str, answer: httpx.Response) -> dict[str, Any]:
    try:
        said: dict[str, Any] = answer.json()
    except ValueError:
        raise NoAnswer(service, "no JSON") from None
    return said
