"""Which operation of a service a path means, by the service's own OpenAPI document. No other path is ever called."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from portal.domain.form import Field

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_VALUE = r"[A-Za-z0-9_~@-][A-Za-z0-9._~:@-]*"
"""What may stand for a parameter of a path: never empty, and no `..`, slash, query, fragment or escape."""
_PARAMETER = re.compile(r"\{[^{}]+\}")
LONGEST_PATH = 300
NOT_BY_FORM = frozenset({"operations", "private values", "legal holds", "audit"})
"""Tags of operations that are given no form: what runs the machinery has pages of its own, and what is private is
never typed where drafts are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation, as a person may be asked for it. `body` is the JSON Schema of what it takes, None for nothing."""

    method: str
    path: str
    template: str
    summary: str
    description: str
    body: Mapping[str, Any] | None
    has_rehearsal: bool
    needs_version: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A command of a service with its form; `resource` is where what it changes can be read, None where nowhere."""

    service: str
    operation: Operation
    form: Field
    resource: str | None


def operation_at(document: Mapping[str, Any], path: str, *, method: str) -> Operation | None:
    """The operation that this path and method name; None when the document knows none for forms: it is not called.

    A template without parameters wins over one with, and a longer fixed part over a shorter one, as routers have it.
    """
    if method not in METHODS or len(path) > LONGEST_PATH or not path.startswith("/"):
        return None
    fitting = [
        one for one in document.get("paths", {}) if _fits(one, path) and method.lower() in document["paths"][one]
    ]
    if not fitting:
        return None
    template = max(fitting, key=lambda one: len(_PARAMETER.sub("", one)))
    said = document["paths"][template][method.lower()]
    if not NOT_BY_FORM.isdisjoint(said.get("tags", ())):
        return None
    return _operation(said, template, path=path, method=method)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCommand:
    """What a document names for each thing of a list: the verb, and its path up to where the thing's value stands.

    `parameter` is the name of that value, as the thing carries it.
    """

    verb: str
    before: str
    parameter: str

    def path(self, value: str) -> str:
        """Where the service takes it for the thing with this value."""
        return f"{self.before}{value}:{self.verb}"


def row_commands(document: Mapping[str, Any], looked: Operation, *, name: str) -> tuple[RowCommand, ...]:
    """The commands on each thing of the list `name` in what was looked at, in the document's order.

    Found at `…/{name}/{parameter}:verb` beneath the template that was looked at, as far as they are given forms.
    """
    beneath = re.compile(rf"{re.escape(looked.template)}/{re.escape(name.replace('_', '-'))}/{{([^{{}}]+)}}:([a-z-]+)")
    found = []
    for template in document.get("paths", {}):
        match = beneath.fullmatch(template)
        if match is None:
            continue
        command = RowCommand(verb=match[2], before=f"{looked.path}/{name.replace('_', '-')}/", parameter=match[1])
        if operation_at(document, command.path("x"), method="POST") is not None:
            found.append(command)
    return tuple(found)


def is_value(text: object) -> TypeGuard[str]:
    """Whether this may stand for a parameter of a path."""
    return isinstance(text, str) and re.fullmatch(_VALUE, text) is not None


def resource_of(document: Mapping[str, Any], path: str) -> str | None:
    """The nearest address on the way to a command that can be read: it has the version that the command changes."""
    return next((one for one in _ways_up(path) if operation_at(document, one, method="GET")), None)


def _ways_up(path: str) -> Iterator[str]:
    """`/v1/files/f/items/i:verify` → itself without the verb, then its parents, down to two parts."""
    here = path
    while here.count("/") > 2:
        head, _, last = here.rpartition("/")
        if ":" in last:
            yield f"{head}/{last.rpartition(':')[0]}"
        elif here != path:
            yield here
        here = head


def _fits(template: str, path: str) -> bool:
    fixed = (re.escape(part) for part in _PARAMETER.split(template))
    return re.fullmatch(_VALUE.join(fixed), path) is not None


def _operation(said: Mapping[str, Any], template: str, *, path: str, method: str) -> Operation:
    parameters = said.get("parameters", ())
    content = said.get("requestBody", {}).get("content", {}).get("application/json", {})
    return Operation(
        method=method,
        path=path,
        template=template,
        summary=str(said.get("summary", "")),
        description=str(said.get("description", "")),
        body=content.get("schema"),
        has_rehearsal=any(one.get("name") == "validate_only" for one in parameters),
        needs_version=any(one.get("name", "").lower() == "if-match" and one.get("required") for one in parameters),
    )
