"""Callers who keep their own time: a call every 1/rate seconds, whether or not earlier ones were answered."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import httpx

from tests.faults.journal import FAIL, OK, UNKNOWN, Call, Journal
from tests.faults.orders import PARTS, Orders, directory

ANSWER_SECONDS = 10
PAUSE_SECONDS = 0.25
NO_ANSWER = (httpx.TransportError,)


class NothingToDo(Exception):
    """What was drawn cannot be asked now: what it is about is not there, or the look for it was not answered."""


class Client:
    """Everybody who calls the APIs during a run."""

    def __init__(self, *, urls: dict[str, str], tokens: dict[str, str], orders: Orders, journal: Journal) -> None:
        self.urls = urls
        self.journal = journal
        self.unasked = 0
        self._tokens = tokens
        self.orders = orders
        self._https = {name: httpx.AsyncClient(trust_env=False, timeout=ANSWER_SECONDS) for name in urls}
        self._asking: set[asyncio.Task[None]] = set()
        self._going: asyncio.Task[None] | None = None
        self._ways: dict[str, Callable[[], Awaitable[None]]] = {
            "offer": self._offer,
            "push": self._push,
            "amend": self._amend,
            "cancel": self._cancel,
            "duel": self._duel,
            "department": self._department,
            "repeat": self._repeat,
        }

    async def enter_directory(self) -> None:
        """Clients, facilities and clinicians. Fails when one is refused."""
        for path, body in directory():
            answer = await self._https["assignments"].put(
                self.urls["assignments"] + path, json=body, headers=self._headers("coordinator")
            )
            answer.raise_for_status()

    def go(self, rate: float) -> None:
        """Begins to call."""
        self._going = asyncio.create_task(self._keep_calling(rate))

    async def pause(self) -> None:
        """Calls no more; returns when every call has ended."""
        if self._going:
            self._going.cancel()
            with suppress(asyncio.CancelledError):
                await self._going
            self._going = None
        if self._asking:
            await asyncio.wait(self._asking)

    async def close(self) -> None:
        """Lets go of every connection."""
        await self.pause()
        for http in self._https.values():
            await http.aclose()

    async def resolve(self, *, within_seconds: float) -> list[Call]:
        """Asks again, with the same keys, what nobody knows the result of; those that stay unknown."""
        end = time.monotonic() + within_seconds
        while (left := self.journal.unknown()) and time.monotonic() < end:
            for call in left:
                await self._send(call)
            if self.journal.unknown():
                await asyncio.sleep(PAUSE_SECONDS)
        return left

    async def ask(self, kind: str) -> None:
        """One call of this kind, from the look before it to its end."""
        try:
            await self._ways[kind]()
        except NothingToDo:
            self.unasked += 1

    async def _keep_calling(self, rate: float) -> None:
        begun = time.monotonic()
        for number in range(2**31):
            await asyncio.sleep(max(0.0, begun + number / rate - time.monotonic()))
            task = asyncio.create_task(self.ask(self.orders.kind()))
            self._asking.add(task)
            task.add_done_callback(self._forget)

    def _forget(self, task: "asyncio.Task[None]") -> None:
        self._asking.discard(task)
        if not task.cancelled():
            task.result()

    async def _offer(self) -> None:
        reference = f"O-{len(self.journal.calls) + 1}"
        call = self._call("offer", "assignments", "/v1/assignments", self.orders.offer(reference), subject=reference)
        await self._begin(call, role="recruiter")
        if call.outcome == OK and call.found:
            self.orders.taken.append(call.found)

    async def _push(self) -> None:
        seen = await self._assignment()
        await self._command("push-start", seen, self.orders.push(seen["terms"]["start_date"]))

    async def _amend(self) -> None:
        await self._command("amend", await self._assignment(), self.orders.amendment())

    async def _cancel(self) -> None:
        seen = await self._assignment()
        await self._command("cancel", seen, {"reason": "Low census."})
        with suppress(ValueError):
            self.orders.taken.remove(seen["assignment_id"])

    async def _duel(self) -> None:
        """Two people decide at the same moment, having seen the same version: one of them may win."""
        seen = await self._assignment()
        push = self.orders.push(seen["terms"]["start_date"])
        await asyncio.gather(
            self._command("push-start", seen, push), self._command("amend", seen, self.orders.amendment())
        )

    async def _repeat(self) -> None:
        earlier = [call for call in self.journal.calls[-200:] if call.outcome == OK and call.repeats is None]
        if not earlier:
            raise NothingToDo
        first = self.orders.random.choice(earlier)
        again = self._call(first.kind, first.service, first.path, first.body, subject=first.subject)
        again.key, again.if_match, again.repeats = first.key, first.if_match, first.number
        await self._begin(again, role=first.role)

    async def _department(self) -> None:
        service = self.orders.department()
        plural = PARTS[service]
        lines = (await self._look(service, f"/v1/{plural}?assignment_id={self.orders.assignment()}"))["items"]
        if not lines:
            raise NothingToDo
        assignment_id = lines[0]["assignment_id"]
        part_id = next(value for name, value in lines[0].items() if name.endswith("_id") and name != "assignment_id")
        path, body = await self._work(service, f"/v1/{plural}/{part_id}")
        await self._begin(self._call(service, service, path, body, subject=assignment_id), role="lead")

    async def _work(self, service: str, path: str) -> tuple[str, dict[str, Any]]:
        """The next command that a person of this department would give."""
        if service == "timekeeping":
            return f"{path}:register-clock", {}
        if service == "housing":
            return f"{path}:record-agreement", {"terms_version": 1}
        if service == "payroll":
            return f"{path}/pieces/w4:record", {"received_on": self.orders.today.isoformat()}
        missing = [item["code"] for item in (await self._look(service, path))["items"] if item["status"] == "missing"]
        if not missing:
            raise NothingToDo
        return f"{path}/items/{self.orders.random.choice(missing)}:receive", self.orders.proof()

    async def _assignment(self) -> dict[str, Any]:
        return await self._look("assignments", f"/v1/assignments/{self.orders.assignment()}")

    async def _look(self, service: str, path: str) -> dict[str, Any]:
        try:
            answer = await self._https[service].get(self.urls[service] + path, headers=self._headers("lead"))
        except NO_ANSWER:
            raise NothingToDo from None
        self.journal.seen[answer.status_code] += 1
        if not answer.is_success:
            raise NothingToDo
        found: dict[str, Any] = answer.json()
        return found

    async def _command(self, verb: str, seen: dict[str, Any], body: dict[str, Any]) -> None:
        path = f"/v1/assignments/{seen['assignment_id']}:{verb}"
        call = self._call(verb, "assignments", path, body, subject=seen["assignment_id"])
        call.if_match = seen["version"]
        await self._begin(call, role="coordinator")

    def _call(self, kind: str, service: str, path: str, body: dict[str, Any], *, subject: str) -> Call:
        return Call(
            number=0, kind=kind, service=service, path=path, key=self.orders.key(), role="", body=body, subject=subject
        )

    async def _begin(self, call: Call, *, role: str) -> None:
        call.number, call.role = len(self.journal.calls) + 1, role
        self.journal.begin(call)
        await self._send(call)

    async def _send(self, call: Call) -> None:
        headers = {**self._headers(call.role), "Idempotency-Key": call.key}
        if call.if_match is not None:
            headers["If-Match"] = f'"{call.if_match}"'
        try:
            answer = await self._https[call.service].post(
                self.urls[call.service] + call.path, json=call.body, headers=headers
            )
        except NO_ANSWER:
            call.outcome = UNKNOWN
        else:
            self._understand(call, answer)
        self.journal.end(call)

    def _understand(self, call: Call, answer: httpx.Response) -> None:
        self.journal.seen[answer.status_code] += 1
        call.status = answer.status_code
        if answer.is_success:
            call.outcome = OK
            call.version = int(answer.headers["etag"].strip('"')) if "etag" in answer.headers else None
            call.found = _id_in(answer.json())
        elif answer.is_server_error or _is_running(answer):
            call.outcome = UNKNOWN
        else:
            call.outcome = FAIL

    def _headers(self, role: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._tokens[role]}"}


def _id_in(body: dict[str, Any]) -> str:
    """The id of the answered thing: the first of its fields that is one."""
    return next((str(value) for name, value in body.items() if name.endswith("_id")), "")


def _is_running(answer: httpx.Response) -> bool:
    """Whether an earlier call with this key has not ended yet."""
    return answer.status_code == httpx.codes.CONFLICT and answer.json().get("code") == "idempotency_key_in_use"
