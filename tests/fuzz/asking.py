"""How a case of the document becomes a request: who asks, about which real thing, by which key, of which version."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random
from typing import Any, cast

import httpx
from schemathesis import Case
from schemathesis.config import SanitizationConfig
from schemathesis.core import NOT_SET
from schemathesis.generation.meta import TestPhase
from schemathesis.transport.prepare import prepare_request

from shared.http.access import Allowed, marks_of
from tests.access.callers import callers, signed
from tests.access.operations import IDS, every_operation
from tests.fuzz.stage import Stage

MOST_REMEMBERED = 64
"""Values of one name that are asked about again; the oldest makes room, so that the world's own stay likely."""

_AS_IT_IS = SanitizationConfig(enabled=False)


@dataclass
class Asking:
    """Fills the cases of one service with its callers and with the ids it answered so far."""

    stage: Stage
    seed: int
    known: dict[str, list[str]] = field(default_factory=dict)
    sent: int = 0

    def __post_init__(self) -> None:
        self._random = Random(self.seed)
        world = self.stage.world
        for thing in (world.own, world.foreign):
            for name, value in thing.names.items():
                self.known.setdefault(name, []).append(value)
        self._callers = list(callers(world.own))
        self._tokens = {one.name: signed(self.stage.issuer, one.claims) for one in self._callers if one.claims}
        self._marks = marks_of(self.stage.app)
        self._described = {one.name: one for one in every_operation(self.stage.app)}

    def request(self, asked: "Asked") -> httpx.Request:
        """The request; what was made wrong on purpose stays wrong."""
        self.sent += 1
        self._name_things(asked.case)
        asked.caller = self._caller_of(asked.case.operation.label)
        prepared = prepare_request(asked.case, {}, config=_AS_IT_IS)
        asked.headers = {name: _text(value) for name, value in prepared.headers.items()}
        token = self._tokens.get(asked.caller)
        headers = {**asked.headers, **({"Authorization": f"Bearer {token}"} if token else {})}
        sent = [(name.encode(), value.encode("latin-1", errors="replace")) for name, value in headers.items()]
        content: Any = prepared.body
        return httpx.Request(str(prepared.method), str(prepared.url), headers=sent, content=content)

    def learn(self, response: httpx.Response) -> None:
        """Remembers the ids of an answer, under the names they have in paths."""
        if response.is_success and "json" in response.headers.get("content-type", ""):
            for name, value in _ids_in(response.json()):
                values = self.known.setdefault(name, [])
                if value not in values:
                    values.append(value)
                if len(values) > MOST_REMEMBERED:
                    del values[2]

    def _caller_of(self, label: str) -> str:
        """Three of four times somebody whose role has the action; anybody where no token is asked for."""
        mark = self._marks.get(label)
        if not isinstance(mark, Allowed) or not self._likely():
            return self._random.choice(self._callers).name
        allowed = self.stage.app.state.wiring.policy[mark.action]
        able = [one.name for one in self._callers if allowed & _roles(one.claims)]
        return self._random.choice(able)

    def _name_things(self, case: Case[Any]) -> None:
        """Mostly the path names a real thing, and the body real things and parts of the document's own example."""
        wrong = _wrong_parts(case)
        if "path" not in wrong and not _is_linked(case) and self._likely():
            case.path_parameters.update(self._real_ones(case.path_parameters))
        if "query" not in wrong and self._likely():
            case.query.update(self._real_ones(case.query))
        if "header" not in wrong and self._likely():
            named = {"idempotency-key": f"key-{self.sent}", "if-match": f'"{self._random.randrange(4)}"'}
            case.headers.update({name: named[name.lower()] for name in case.headers if name.lower() in named})
        if "body" not in wrong and isinstance(case.body, dict):
            case.body = self._body(case)

    def _body(self, case: Case[Any]) -> dict[str, Any]:
        """The generated body with some, all or none of the example's parts, and real ids."""
        body: dict[str, Any] = deepcopy(cast("dict[str, Any]", case.body))
        described = self._described.get(case.operation.label)
        example = described.body(self.stage.world.own) if described else None
        if isinstance(example, dict):
            share = self._random.choice((0, 0.5, 1))
            body |= {name: value for name, value in example.items() if self._random.random() < share}
        return {**body, **(self._real_ones({name: body[name] for name in body.keys() & IDS}) if self._likely() else {})}

    def _real_ones(self, values: Mapping[str, Any]) -> dict[str, str]:
        """A known value for each of these names that has one; those left out and null stay so."""
        known = sorted(name for name, value in values.items() if name in self.known and isinstance(value, str))
        return {name: self._random.choice(self.known[name]) for name in known}

    def _likely(self) -> bool:
        return self._random.random() < 0.75


@dataclass
class Asked:
    """One case, who sends it, and what else was drawn for it."""

    case: Case[Any]
    caller: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        case = self.case
        body = "" if case.body is NOT_SET else f" body={case.body!r}"
        sent = f"{case.method} {case.formatted_path} query={case.query!r} headers={dict(self.headers)!r}{body}"
        return f"{sent} as {self.caller}"


def _wrong_parts(case: Case[Any]) -> frozenset[str]:
    meta = case.meta
    if meta is None:
        return frozenset()
    return frozenset(str(place.value) for place, part in meta.components.items() if part.mode.is_negative)


def _is_linked(case: Case[Any]) -> bool:
    """Whether an answer before gave it what it is about."""
    return case.meta is not None and case.meta.phase.name is TestPhase.STATEFUL


def _roles(claims: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(claims.get("roles", ())) | {grant["role"] for grant in claims.get("grants", ())}


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _ids_in(shown: Any) -> list[tuple[str, str]]:
    if isinstance(shown, list):
        return [found for one in shown[:5] for found in _ids_in(one)]
    if not isinstance(shown, dict):
        return []
    own = [(name, one) for name, one in shown.items() if name.endswith("_id") and isinstance(one, str)]
    return own + [found for one in shown.values() for found in _ids_in(one)]
