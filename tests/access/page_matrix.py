"""Sends every page and every form of the portal as every caller, about their own and about somebody else's things.

Pages are read as text: whatever a caller does not reach, or is of a class of fields not shown to them, must stand in no
byte of any answer.
"""

import sys
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import FastAPI

from shared.access.claims import principal_of
from shared.clock import SystemClock
from shared.http.access import Allowed, marks_of
from shared.ids import new_uuid
from shared.reach import Reach, reach_by
from shared.roles import Field
from shared.testing.api import Issuer
from tests.access.callers import Caller, callers, signed
from tests.access.page_requests import (
    ASK_CREDENTIALING,
    AWAY,
    FORMS,
    LIES_ELSEWHERE,
    NO_QUERY,
    OF_NOBODY,
    ONE_BY_QUERY,
    QUERIES,
    filled,
)
from tests.access.world import Row, Thing

DIRECTORY = frozenset({"directory.read", "search.read"})
"""Where a team is shown every clinician and client: those belong to no facility."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One assignment with all that belongs to it.

    `names` are its ids, `row` the columns by which it is reached, `telling` the texts that nobody else may see, of
    which `wide` are the directory's, and `classed` those of a class of fields.
    """

    names: Mapping[str, str]
    row: Row
    telling: frozenset[str]
    wide: frozenset[str]
    classed: Mapping[Field, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class PageRoute:
    """One page or form."""

    method: str
    path: str
    action: str

    @property
    def name(self) -> str:
        """`METHOD path`."""
        return f"{self.method} {self.path}"

    @property
    def names_one(self) -> bool:
        """Whether it is about one thing that belongs to somebody."""
        return ("{" in self.path and not self.is_of_nobody) or self.name in ONE_BY_QUERY

    @property
    def is_of_nobody(self) -> bool:
        """Whether its path names what belongs to no assignment."""
        return self.path.startswith(tuple(OF_NOBODY))

    def is_reached(self, reach: Reach, subject: Subject) -> bool:
        """Whether the subject is the caller's to see there: clinicians are every team's."""
        is_clinician = self.path == "/clinicians/{clinician_id}"
        return reach.covers(subject.row) or (is_clinician and reach.of_team)

    @property
    def is_about_something(self) -> bool:
        """Whether a request differs by what it is about."""
        given = (FORMS.get(self.name, {}), *QUERIES.get(self.name, ()))
        return self.names_one or any("{" in text for one in given for text in one.values())


def page_routes(app: FastAPI) -> list[PageRoute]:
    """Every route beside the machine's (`/v1/`) that somebody must be let in to."""
    found = [(*name.split(" "), mark) for name, mark in marks_of(app).items()]
    return [
        PageRoute(method=str(method), path=str(path), action=mark.action)
        for method, path, mark in found
        if isinstance(mark, Allowed) and not str(path).startswith("/v1/")
    ]


@dataclass(kw_only=True)
class PageMatrix:
    """The portal, what its callers own, what others do, and what was found so far."""

    app: FastAPI
    client: httpx.AsyncClient
    issuer: Issuer
    own: Subject
    others: tuple[Subject, ...]
    pairs: int = 0
    leaks: list[str] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    """What the callers who may see it were shown: what nobody is shown, its absence would prove nothing of."""

    async def run(self, *, undone: Set[str]) -> None:
        """Tries every pair and says how many; fails with what leaked, and with forms that nobody could send."""
        routes = page_routes(self.app)
        posted = {route.name for route in routes if route.method == "POST"}
        assert posted == set(FORMS), f"without a form: {posted - set(FORMS)}; without a route: {set(FORMS) - posted}"
        assert {*QUERIES, *ASK_CREDENTIALING} <= {route.name for route in routes}
        for caller in callers(Thing(names=self.own.names, rows={})):
            for route in routes:
                await self._try(caller, route)
        sys.stdout.write(f"{self.app.title}, pages: {self.pairs} pairs, {len(self.leaks)} leaks\n")
        assert not self.leaks, f"{len(self.leaks)}:\n" + "\n".join(self.leaks[:20])
        waiting = {route.name for route in routes} - self.done
        assert waiting == undone, f"nobody could: {waiting - undone}; somebody could: {undone - waiting}"
        assert self.shown >= self._every_text(), self._every_text() - self.shown

    def _every_text(self) -> set[str]:
        classed = {text for one in (self.own, *self.others) for texts in one.classed.values() for text in texts}
        return classed.union(*(one.telling for one in (self.own, *self.others)))

    def reach(self, caller: Caller, route: PageRoute) -> Reach:
        """How far the caller reaches there, by the policy."""
        allowed = self.app.state.wiring.policy[route.action]
        return reach_by(principal_of(caller.claims), route.action, allowed=allowed, now=SystemClock().now())

    async def _try(self, caller: Caller, route: PageRoute) -> None:
        reach = self.reach(caller, route) if caller.claims else Reach()
        is_refused = not caller.claims or reach.is_empty
        for subject in (self.own, *self.others) if route.is_about_something and not is_refused else (self.own,):
            for query in QUERIES.get(route.name, NO_QUERY)[: 1 if is_refused else None]:
                answer = await self.send(route, subject, claims=caller.claims, query=query)
                self.pairs += 1
                said = f"{caller.name}: {route.method} {answer.request.url.raw_path.decode()}: {answer.status_code}"
                for fault in self._faults(caller, route, reach, subject=subject, answer=answer):
                    self.leaks.append(f"{said}: {fault}")

    async def send(
        self, route: PageRoute, subject: Subject, *, claims: Mapping[str, Any], query: Mapping[str, str]
    ) -> httpx.Response:
        """One request as a browser sends it, but with a token."""
        headers = {"Authorization": f"Bearer {signed(self.issuer, claims)}"} if claims else {}
        form = filled(FORMS[route.name], subject.names) if route.method == "POST" else None
        return await self.client.request(
            route.method,
            route.path.format_map(subject.names),
            params=filled(query, subject.names),
            data={**form, "idempotency_key": str(new_uuid())} if form is not None else None,
            headers=headers,
        )

    def _faults(
        self, caller: Caller, route: PageRoute, reach: Reach, *, subject: Subject, answer: httpx.Response
    ) -> Iterator[str]:
        status = answer.status_code
        if not caller.claims or reach.is_empty:
            wanted = (403, "forbidden") if caller.claims else (401, "token_missing")
            yield from () if (status, answer.json().get("code")) == wanted else ("let in",)
        elif status >= 500:
            yield "failed"
        elif route.names_one and not route.is_reached(reach, subject):
            yield from () if status in (403, 404) else ("reached what is not theirs",)
        elif status == 404 and (route.is_of_nobody or route.name in LIES_ELSEWHERE):
            pass  # another's view, say
        elif not route.names_one or reach.is_all or _owns(reach, subject.row):
            yield from () if status not in (401, 403, 404) or _is_of_the_thing(answer) else ("kept out",)
        if answer.is_success or answer.is_redirect:
            self.done.add(route.name)
        if answer.is_success and route.name in ASK_CREDENTIALING:
            yield from () if AWAY in answer.text else ("does not say that credentialing is away",)
        yield from self._told(route, reach, answer)

    def _told(self, route: PageRoute, reach: Reach, answer: httpx.Response) -> Iterator[str]:
        """What stands in the answer that must not: of things out of reach, and of classes not shown."""
        sent = f"{answer.request.url} {answer.request.content.decode()}"
        text = f"{answer.text} {dict(answer.headers)}"
        for subject in (self.own, *self.others):
            is_wide = reach.of_team and route.action in DIRECTORY
            hidden = subject.telling - (subject.wide if is_wide else frozenset())
            if reach.covers(subject.row):
                self.shown |= {one for one in subject.telling if one in text}
            else:
                yield from (f"tells {one}" for one in sorted(hidden) if one in text and one not in sent)
            for kind, texts in subject.classed.items():
                if kind in reach.fields and (reach.covers(subject.row) or is_wide):
                    self.shown |= {one for one in texts if one in text}
                else:
                    yield from (f"shows {one}" for one in sorted(texts) if one in text and one not in sent)


def _owns(reach: Reach, row: Row) -> bool:
    return any(row.get(name) in values for name, values in reach.by_column().items())


def _is_of_the_thing(answer: httpx.Response) -> bool:
    """Whether a refusal says what is asked, and not who asks: so does a page with the form as it was typed."""
    is_form = answer.headers["content-type"].startswith("text/html")
    return answer.status_code == 403 and (is_form or answer.json()["code"] not in ("forbidden", "out_of_reach"))
