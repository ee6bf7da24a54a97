"""Sends every route of a service as every caller, about their own and about somebody else's things.

What must come back is worked out from roles, policy and the rows' columns, not from what the routes do.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import FastAPI

from shared.access.claims import principal_of
from shared.clock import SystemClock
from shared.http.access import Allowed, routes_without_policy
from shared.http.masking import FIELD_CLASS
from shared.ids import new_uuid
from shared.reach import Reach, reach_by
from shared.roles import Field
from shared.testing.api import Issuer
from tests.access.callers import Caller, callers, signed
from tests.access.operations import Operation, every_operation
from tests.access.world import Thing, World

AGENCY_WIDE = {(f"directory.{act}", part) for act in ("read", "write") for part in ("clients", "clinicians")}
NOT_YOURS = ("forbidden", "out_of_reach")
"""The codes of 403 that say who asks; any other says what is asked."""

NOT_SAME = ("request_id", "instance")

Shorter = Callable[[Any, Set[str]], Any]
"""What is left of a lead's answer for who may not take these actions; of what is left, the same."""


@dataclass(kw_only=True)
class Matrix:
    """One service, its two assignments, and what was found so far."""

    app: FastAPI
    client: httpx.AsyncClient
    issuer: Issuer
    world: World
    pairs: int = 0
    masked: int = 0
    """Answers in which something was not shown that a lead sees."""
    leaks: list[str] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
    """Operations that somebody was answered by with success."""
    elsewhere: Set[str] = frozenset()
    """Operations that another matrix tries."""
    shorter: Mapping[str, Shorter] = field(default_factory=dict)
    """Of each operation that shows less to who may not take one of its `besides`: what they are shown."""
    shortened: set[str] = field(default_factory=set)
    """Operations that showed somebody less."""

    async def run(self, *, undone: Set[str]) -> None:
        """Tries every pair and says how many; fails with what leaked.

        `undone` names the operations that nothing in this world can be done to: every other one somebody must have
        been let do, or the refusals would prove nothing.
        """
        for caller in callers(self.world.own):
            for operation in self.operations():
                await self._try(caller, operation)
        wanting = routes_without_policy(self.app)
        found = f"{self.pairs} pairs, {self.masked} masked, {len(self.leaks)} leaks, {len(wanting)} without policy"
        sys.stdout.write(f"{self.app.title}: {found}\n")
        assert not self.leaks, "\n".join(self.leaks[:20])
        assert not wanting, wanting
        waiting = {one.name for one in self.operations()} - self.done
        assert waiting == undone, (
            f"nobody could: {sorted(waiting - undone)}; somebody could: {sorted(undone - waiting)}"
        )

    def operations(self) -> Iterator[Operation]:
        """The routes that somebody must be let in to."""
        every = (one for one in every_operation(self.app) if isinstance(one.mark, Allowed))
        return (one for one in every if one.name not in self.elsewhere)

    async def send(
        self,
        operation: Operation,
        thing: Thing,
        *,
        claims: Mapping[str, Any],
        query: Mapping[str, str] | None = None,
        body: Any = None,
    ) -> httpx.Response:
        """One request about this thing by whoever has these claims, with the example's body unless another is given."""
        headers = {"Idempotency-Key": str(new_uuid()), "If-Match": f'"{thing.names.get("etag", "1")}"'}
        if "if-match" not in operation.required:
            del headers["If-Match"]
        if claims:
            headers["Authorization"] = f"Bearer {signed(self.issuer, claims)}"
        url = httpx.URL(operation.url(thing)).copy_merge_params(query or {})
        content = operation.body(thing) if body is None else body
        return await self.client.request(operation.method, url, json=content, headers=headers)

    def reach(self, caller: Caller, operation: Operation, *, named: str | None = None) -> Reach:
        """How far the caller reaches there, by the policy."""
        action = operation.mark.action  # type: ignore[union-attr]
        allowed = self.app.state.wiring.policy[action]
        now = SystemClock().now()
        return reach_by(principal_of(caller.claims), action, allowed=allowed, now=now, named_assignment=named)

    async def _try(self, caller: Caller, operation: Operation) -> None:
        if not caller.claims:
            await self._expect_refusal(caller, operation, status=401, code="token_missing")
        elif self.reach(caller, operation).is_empty:
            await self._expect_refusal(caller, operation, status=403, code="forbidden")
        elif operation.names_one:
            await self._try_one(caller, operation, self.world.own)
            await self._try_one(caller, operation, self.world.foreign)
        elif operation.method == "GET":
            await self._try_list(caller, operation)
        else:
            await self._try_body(caller, operation)

    async def _expect_refusal(self, caller: Caller, operation: Operation, *, status: int, code: str) -> None:
        for thing in (self.world.own, self.world.foreign):
            answer = await self._answer(caller, operation, thing)
            self._require((answer.status_code, answer.json().get("code")) == (status, code), answer, caller)

    async def _try_one(self, caller: Caller, operation: Operation, thing: Thing) -> None:
        reach = self.reach(caller, operation)
        answer = await self._answer(caller, operation, thing)
        if _is_every_teams(reach, operation) or any(reach.covers(row) for row in thing.rows.get(operation.part, ({},))):
            may_be_nothing = reach.is_all and (thing is not self.world.own or operation.part in self.world.missing)
            self._require(_is_let_in(answer) or (may_be_nothing and answer.status_code == 404), answer, caller)
            await self._require_masked(caller, operation, answer, thing=thing)
        else:
            unknown = await self.send(operation, self.world.unknown, claims=caller.claims)
            is_refused = answer.status_code in (403, 422) if operation.is_entry else answer.status_code == 404
            self._require(is_refused, answer, caller)
            self._require(_shape(answer, thing) == _shape(unknown, self.world.unknown), answer, caller)

    async def _try_list(self, caller: Caller, operation: Operation) -> None:
        for named in (None, self.world.own, self.world.foreign):
            if named is not None and "assignment_id" not in operation.parameters:
                continue
            query = {"assignment_id": named.names["assignment_id"]} if named else {}
            answer = await self._answer(caller, operation, self.world.own, query=query)
            if answer.status_code == 422 and "assignment_id" in operation.required:
                continue
            reach = self.reach(caller, operation, named=query.get("assignment_id"))
            self._require(_is_let_in(answer) or (answer.status_code == 404 and reach.is_all), answer, caller)
            for thing in (self.world.own, self.world.foreign) if operation.part in self.world.own.rows else ():
                is_wanted = named in (None, thing) and self._is_listed(reach, operation, thing=thing)
                is_there = thing.names[operation.listed] in [one[operation.listed] for one in answer.json()["items"]]
                self._require(is_there == is_wanted, answer, caller)
            await self._require_masked(caller, operation, answer, thing=self.world.own, query=query)

    def _is_listed(self, reach: Reach, operation: Operation, *, thing: Thing) -> bool:
        """A queue shows in a list only what the request names."""
        [row] = thing.rows[operation.part]
        is_queued = reach.queue and reach.named_assignment == row.get("assignment_id") and row.get("is_open") is True
        if reach.is_all or _is_every_teams(reach, operation):
            return True
        return is_queued or any(row.get(name) in values for name, values in reach.by_column().items())

    async def _try_body(self, caller: Caller, operation: Operation) -> None:
        is_all = self.reach(caller, operation).is_all
        for thing in (self.world.own, self.world.foreign):
            answer = await self._answer(caller, operation, thing)
            is_others = answer.status_code == 404 or answer.json().get("code") == "out_of_reach"
            is_nothing = answer.status_code == 404 and is_all  # an account that is not there, say
            self._require(_is_let_in(answer) or is_nothing or (is_others and not is_all), answer, caller)

    async def _answer(
        self, caller: Caller, operation: Operation, thing: Thing, *, query: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """What is answered; counted, and looked through for what is another's."""
        self.pairs += 1
        answer = await self.send(operation, thing, claims=caller.claims, query=query)
        self._require(answer.status_code < 500, answer, caller)
        if answer.is_success:
            self.done.add(operation.name)
        reach = self.reach(caller, operation) if caller.claims else Reach()
        if not reach.is_all and not _is_every_teams(reach, operation):
            sent = f"{answer.request.url} {answer.request.content.decode()}"
            text = f"{answer.text} {dict(answer.headers)}"
            shown = [one for one in self.world.foreign_ids() if one in text and one not in sent]
            self._require(not shown, answer, caller)
        return answer

    async def _require_masked(
        self,
        caller: Caller,
        operation: Operation,
        answer: httpx.Response,
        *,
        thing: Thing,
        query: Mapping[str, str] | None = None,
    ) -> None:
        """What the caller is not shown is null or left out, by class and by action; all else is what a lead sees."""
        if not answer.is_success or not _is_json(answer):
            return
        closed = self._closed(caller, operation, thing)
        if closed and operation.name not in self.shorter:
            self.leaks.append(f"{caller.name}: {operation.name}: nobody said what is shown without {sorted(closed)}")
            return
        shown = self.reach(caller, operation).fields
        self._require(self._as_shown(operation, answer.json(), shown, closed) == answer.json(), answer, caller)
        if operation.method != "GET" or operation.listed or not operation.names_one:
            return
        lead = await self.send(operation, thing, claims={"roles": ["lead"]}, query=query)
        if lead.is_success:
            wanted = self._as_shown(operation, lead.json(), shown, closed)
            self.masked += wanted != lead.json()
            self.shortened |= {operation.name} if wanted != self._as_shown(operation, lead.json(), shown) else set()
            self._require(wanted == answer.json(), answer, caller)

    def _as_shown(
        self, operation: Operation, content: Any, shown: frozenset[Field], closed: Set[str] = frozenset()
    ) -> Any:
        short = self.shorter[operation.name](content, closed) if closed else content
        return _hidden(short, operation.answer, shown)

    def _closed(self, caller: Caller, operation: Operation, thing: Thing) -> frozenset[str]:
        """The actions deciding how much is shown that do not let the caller reach the thing."""
        policy, principal, now = self.app.state.wiring.policy, principal_of(caller.claims), SystemClock().now()
        besides = operation.mark.besides  # type: ignore[union-attr]
        rows = thing.rows.get(operation.part, ({},))
        reaches = {one: reach_by(principal, one, allowed=policy[one], now=now) for one in besides}
        return frozenset(one for one, reach in reaches.items() if not any(reach.covers(row) for row in rows))

    def _require(self, is_right: bool, answer: httpx.Response, caller: Caller) -> None:
        if not is_right:
            asked = f"{answer.request.method} {answer.request.url.raw_path.decode()}"
            self.leaks.append(f"{caller.name}: {asked}: {answer.status_code} {answer.text[:300]}")


def _is_every_teams(reach: Reach, operation: Operation) -> bool:
    """Whether it is about clients or clinicians, who belong to no facility and so to no team."""
    return reach.of_team and (operation.mark.action, operation.part) in AGENCY_WIDE  # type: ignore[union-attr]


def _is_let_in(answer: httpx.Response) -> bool:
    if answer.status_code == 403:
        return answer.json()["code"] not in NOT_YOURS
    return answer.status_code not in (401, 404)


def _is_json(answer: httpx.Response) -> bool:
    """A file is given as it is; what may not be read of it is refused whole."""
    return answer.headers["content-type"].startswith("application/json")


def _shape(answer: httpx.Response, thing: Thing) -> str:
    """The answer without what differs in every one: its own ids, and those that were asked for."""
    content = {name: value for name, value in answer.json().items() if name not in NOT_SAME}
    text = f"{answer.status_code} {content}"
    for value in sorted((value for name, value in thing.names.items() if name.endswith("_id")), key=len, reverse=True):
        text = text.replace(value, "…")  # the longest first: a short one may be a part of it
    return text


def _hidden(value: Any, schema: Mapping[str, Any], shown: frozenset[Field]) -> Any:
    """The value with null wherever the schema says that a field is of a class not shown."""
    if schema.get(FIELD_CLASS, None) not in (None, *shown):
        return None
    if isinstance(value, list):
        return [_hidden(one, schema.get("items") or _of_kind(schema, "array").get("items", {}), shown) for one in value]
    if isinstance(value, dict):
        properties = schema.get("properties") or _of_kind(schema, "object").get("properties", {})
        return {name: _hidden(one, properties.get(name, {}), shown) for name, one in value.items()}
    return value


def _of_kind(schema: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
    return next((one for one in schema.get("anyOf", ()) if one.get("type") == kind), {})
