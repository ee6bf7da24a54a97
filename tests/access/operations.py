"""Every route of a service as a request that can be sent: path and body filled with the ids of somebody's things."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI

from shared.http.access import Allowed, Public, marks_of
from shared.http.openapi import operations
from tests.access.world import Thing

_ONE = re.compile(r"GET .*/\{(\w+)\}")
IDS = frozenset(
    {"assignment_id", "clinician_id", "facility_id", "client_id", "person_id", "source", "source_reference"}
    | {"clinician_reference", "facility_reference", "client_reference", "subject", "credential_id"}
)
"""The fields of bodies that name things of one or the other."""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One route. `example` is the body that the OpenAPI document shows; `answer` the schema of its success."""

    method: str
    path: str
    mark: Allowed | Public
    example: Any = None
    answer: Mapping[str, Any] = field(default_factory=dict)
    asked: Mapping[str, Any] = field(default_factory=dict)
    parameters: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    listed: str = ""
    """Of a list: the name of its items' id."""

    @property
    def name(self) -> str:
        """`METHOD path`."""
        return f"{self.method} {self.path}"

    @property
    def part(self) -> str:
        """The first part of the path after the version: what kind of thing it is about."""
        return self.path.split("/")[2] if self.path.startswith("/v1/") else self.path

    @property
    def names_one(self) -> bool:
        """Whether the path names one thing."""
        return "{" in self.path

    @property
    def is_entry(self) -> bool:
        """Whether it makes what the path names, if there is none yet."""
        return self.method == "PUT" and self.path.endswith("{source_reference}")

    def url(self, thing: Thing) -> str:
        """The address of that thing; commands that can be rehearsed are."""
        query = "?validate_only=true" if "validate_only" in self.parameters else ""
        return self.path.format_map(thing.names) + query

    def body(self, thing: Thing) -> Any:
        """The example with the thing's ids in the place of its own."""
        return None if self.example is None else _filled(deepcopy(self.example), thing.names)


def every_operation(app: FastAPI) -> Iterator[Operation]:
    """The routes of the service that have a policy, as its document describes them."""
    document = app.openapi()
    described = dict(operations(document))
    schemas = document["components"]["schemas"]
    marks = marks_of(app)
    for name, mark in marks.items():
        method, path = name.split(" ")
        found = described.get(name, {})
        asked = found.get("requestBody", {}).get("content", {}).get("application/json", {})
        answers = [answer for status, answer in found.get("responses", {}).items() if status.startswith("2")]
        media = answers[0].get("content", {}).get("application/json", {}) if answers else {}
        yield Operation(
            method=method,
            path=path,
            mark=mark,
            example=_example(asked),
            answer=resolved(media.get("schema", {}), schemas),
            asked=resolved(asked.get("schema", {}), schemas),
            parameters=frozenset(one["name"] for one in found.get("parameters", ())),
            required=frozenset(one["name"].lower() for one in found.get("parameters", ()) if one.get("required")),
            listed=next((one[1] for other in marks if (one := _ONE.fullmatch(other)) and _is_of(one, name)), ""),
        )


def _is_of(one: re.Match[str], name: str) -> bool:
    return one[0] == f"{name}/{{{one[1]}}}"


def resolved(schema: Any, schemas: Mapping[str, Any]) -> Any:
    """The schema with every reference replaced by what it refers to."""
    if isinstance(schema, list):
        return [resolved(one, schemas) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        beside = {name: value for name, value in schema.items() if name != "$ref"}
        return {**resolved(schemas[schema["$ref"].rpartition("/")[2]], schemas), **beside}
    return {name: resolved(value, schemas) for name, value in schema.items() if name not in ("example", "examples")}


def _example(media: Mapping[str, Any]) -> Any:
    if "examples" in media:
        return next(iter(media["examples"].values()))["value"]
    return media.get("example")


def _filled(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_filled(one, names) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: names[name] if name in IDS and name in names and one is not None else _filled(one, names)
        for name, one in value.items()
    }
