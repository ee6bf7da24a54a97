"""Writes docs/access.md from roles, policies and routes: `make events` calls it, a test calls `--check`."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from shared.audit.routes import POLICY as AUDIT
from shared.http.access import Allowed, Policy, Public, marks_of
from shared.http.masking import FIELD_CLASS
from shared.messaging.memory import MemoryBroker
from shared.roles import ABOUT_ONESELF, ABOUT_THE_WHOLE, GRANTABLE, NEVER_BY_GRANT, ROLES, Field, Scope
from shared.runtime.operations import POLICY as OPERATIONS
from shared.runtime.process import Process

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "access.md"
NOWHERE = "postgresql+asyncpg://nobody@127.0.0.1/nothing"
EVERYWHERE = {**OPERATIONS, **AUDIT}

HEAD = """\
# Who may do what

Written by `make events` from `shared/roles.py`, each service's `api/auth.py` and its routes; never by hand. Why it
is so: [ADR 0019](adr/0019-access.md). `make test` tries it all: every route, by every kind of caller, on their own
and on others' objects (`tests/access`)."""

RULES = """\
A request is let in when a role of the caller's may take the route's action; how far it then sees is the scope of
that role. What is out of reach answers 404, the same as what does not exist, and is in no list. Making something
out of one's own reach answers 403 `out_of_reach`. A caller with sources (an API client) reaches what came from
those alone, whatever its role.

A virtual specialist reaches by **grants** alone: one names a department's role, an end, and assignments or that
department's queue. On a queue, what is open is reached one assignment at a time; lists show it when they are asked
for that assignment. Revoked grants, and tokens of whoever signed out or was disabled, are refused within ten
seconds."""


def page() -> str:
    """The page as it should be."""
    apps = {
        project.parent.name: _app(project.parent.name) for project in sorted(ROOT.glob("services/*/pyproject.toml"))
    }
    parts = [HEAD, RULES, "## Roles", _roles(), "## Actions with rules of their own", _exceptions()]
    parts += ["## Every service", *_actions(next(iter(apps.values())), only=EVERYWHERE)]
    for name, app in apps.items():
        policy = app.state.wiring.policy
        own = {action: roles for action, roles in policy.items() if action not in EVERYWHERE}
        parts += [f"## {name}", *_actions(app, only=own), *_public(app), *_fields(app)]
    return "\n\n".join(parts) + "\n"


def _app(service: str) -> FastAPI:
    settings = import_module(f"{service}.settings").Settings(database_url=NOWHERE)
    definition = import_module(f"{service}.main").service(settings)
    return Process(definition, broker=MemoryBroker()).app(with_worker=False)


def _roles() -> str:
    rows = [(f"`{name}`", role.who, _SCOPES[role.scope], _list(sorted(role.fields))) for name, role in ROLES.items()]
    return _table(("role", "who", "whose objects", "fields shown"), rows)


def _exceptions() -> str:
    rows = [
        ("no grant opens", _names(NEVER_BY_GRANT)),
        ("about oneself, or told to everybody here: no bound applies", _names(ABOUT_ONESELF)),
        ("about the agency as a whole: only for who reaches every object", _names(ABOUT_THE_WHOLE)),
        ("roles in which a grant lets somebody act", _names(GRANTABLE)),
    ]
    return _table(("rule", "names"), rows)


def _actions(app: FastAPI, *, only: Policy) -> Iterator[str]:
    """Who may take them, and by which routes."""
    roles = [role for role in ROLES if any(role in allowed for allowed in only.values())]
    cells = [
        (f"`{action}`", *(str(ROLES[role].scope) if role in allowed else "" for role in roles))
        for action, allowed in only.items()
    ]
    yield _table(("action", *(role.replace("_", " ") for role in roles)), cells)
    marks = marks_of(app)
    routes = {
        action: [
            name for name, mark in marks.items() if isinstance(mark, Allowed) and action in (mark.action, *mark.besides)
        ]
        for action in only
    }
    yield _table(("action", "routes"), [(f"`{action}`", _names(found)) for action, found in routes.items()])


def _public(app: FastAPI) -> Iterator[str]:
    found = [(f"`{name}`", mark.because) for name, mark in marks_of(app).items() if isinstance(mark, Public)]
    yield _table(("public route", "because"), sorted(found))


def _fields(app: FastAPI) -> Iterator[str]:
    """The fields of each class, by the bodies that hold them."""
    schemas: Mapping[str, Any] = app.openapi()["components"]["schemas"]
    marked = [
        (field_class, f"{body}.{name}")
        for field_class in Field
        for body, schema in sorted(schemas.items())
        for name, field in schema.get("properties", {}).items()
        if field.get(FIELD_CLASS) == field_class
    ]
    if marked:
        by_class = {field_class: [name for one, name in marked if one == field_class] for field_class, _ in marked}
        yield _table(
            ("class", "fields, null for who is not shown it"), [(one, _names(by_class[one])) for one in by_class]
        )


def _names(names: Iterable[str]) -> str:
    ordered = names if isinstance(names, list) else sorted(names)
    return ", ".join(f"`{name}`" for name in ordered)


def _list(names: Sequence[str]) -> str:
    return ", ".join(names) or "those of no class"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


_SCOPES = {
    Scope.ALL: "all",
    Scope.TEAM: "team: at the facilities of their team; all without a team",
    Scope.FACILITY: "facility: at the facilities that they answer for",
    Scope.ASSIGNED: "assigned: what a grant names",
    Scope.OWN: "own: their own",
}


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(PAGE.read_text() != page())
    PAGE.write_text(page())
    sys.stdout.write(f"wrote {PAGE.relative_to(ROOT)}\n")
