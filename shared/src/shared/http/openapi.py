"""What the OpenAPI document says beyond what FastAPI finds by itself: bodies, problems, required headers, examples."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts
from pydantic.json_schema import models_json_schema

from shared.access.errors import Forbidden, TokenExpired, TokenInvalid, TokenMissing
from shared.errors import Finding, Invalid, Refused
from shared.guard.errors import AddressTooLong, BodyTooLarge, BodyTooSlow, HeadersTooLarge, QuotaExceeded
from shared.http.decoding import BodyReader
from shared.http.errors import (
    IdempotencyKeyInUse,
    IdempotencyKeyMalformed,
    IdempotencyKeyMissing,
    IdempotencyKeyReused,
    IfMatchMalformed,
    IfMatchMissing,
    MalformedJson,
    TooDeep,
    UnsupportedMediaType,
)
from shared.http.examples import add_examples
from shared.http.problems import MEDIA_TYPE, status_of, title_of
from shared.http.versions import expected_version

_REF = "#/components/schemas/"
_EVERYWHERE: tuple[type[Refused], ...] = (
    Invalid,
    MalformedJson,
    TokenMissing,
    TokenInvalid,
    TokenExpired,
    Forbidden,
    AddressTooLong,
    HeadersTooLarge,
    QuotaExceeded,
)
_WITH_A_BODY: tuple[type[Refused], ...] = (TooDeep, UnsupportedMediaType, BodyTooLarge, BodyTooSlow)
_BY_HEADER: dict[tuple[str, bool], tuple[type[Refused], ...]] = {
    ("idempotency-key", True): (IdempotencyKeyMissing,),
    ("idempotency-key", False): (IdempotencyKeyMalformed, IdempotencyKeyInUse, IdempotencyKeyReused),
    ("if-match", True): (IfMatchMissing,),
    ("if-match", False): (IfMatchMalformed,),
}
"""What an operation with this header may answer; True: only where it is required."""
_TIME_OF_DAY = "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?$"
_TEXT = {"type": "string"}
_PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457. `type` leads to a page that explains the code; `errors` lists every fault found.",
    "required": ["type", "title", "status", "detail", "code", "request_id", "instance", "errors"],
    "properties": {
        **dict.fromkeys(("type", "title", "detail", "code", "request_id", "instance"), _TEXT),
        "status": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "message"],
                "properties": dict.fromkeys(("pointer", "code", "message"), _TEXT),
            },
        },
    },
}


def problems(*refusals: type[Refused]) -> dict[int | str, dict[str, Any]]:
    """FastAPI's `responses=` of a route that may answer these refusals, besides those that every route may answer."""
    responses: dict[int | str, dict[str, Any]] = {}
    for refusal in (*_EVERYWHERE, *refusals):
        _add_refusal(responses, status_of(refusal), refusal=refusal)
    return responses


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document; takes the place of `app.openapi`."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, routes=app.routes)
        document.setdefault("components", {}).setdefault("schemas", {})["Problem"] = _PROBLEM
        _add_bodies(app, document)
        bound = set(_bound_to_a_version(app))
        for named, operation in operations(document):
            _require_headers(operation, ["idempotency-key"] if named.startswith("POST ") else [])
            _require_headers(operation, ["if-match"] if named in bound else [])
            _add_refusals_of_headers(operation)
            _describe_rehearsal(operation)
            add_examples(operation, document)
        _correct_times(document)
        app.openapi_schema = document
    return app.openapi_schema


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each operation of a document: `METHOD path` and its description."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def _add_refusal(responses: dict[Any, dict[str, Any]], status: int | str, *, refusal: type[Refused]) -> None:
    response = responses.setdefault(status, _problem_response())
    examples = response["content"][MEDIA_TYPE]["examples"]
    examples[refusal.code] = {"value": _example_of(refusal)}
    response["description"] = "; ".join(example["value"]["title"] for example in examples.values())


def _problem_response() -> dict[str, Any]:
    return {"description": "", "content": {MEDIA_TYPE: {"schema": {"$ref": f"{_REF}Problem"}, "examples": {}}}}


def _example_of(refusal: type[Refused]) -> dict[str, Any]:
    message = " ".join((refusal.__doc__ or "").split("\n\n")[0].split())
    fault = Finding(pointer="/start_date", code="not_a_date", message="Write a date as YYYY-MM-DD.")
    return {
        "type": f"/problems/{refusal.code}",
        "title": title_of(refusal),
        "status": status_of(refusal),
        "detail": message,
        "code": refusal.code,
        "request_id": "019b8c2e-5d0a-7c3f-9a51-2f6f0c1d7e42",
        "instance": "urn:firstshift:request:019b8c2e-5d0a-7c3f-9a51-2f6f0c1d7e42",
        "errors": [{"pointer": fault.pointer, "code": fault.code, "message": fault.message}]
        if refusal is Invalid
        else [],
    }


def _add_bodies(app: FastAPI, document: dict[str, Any]) -> None:
    """Bodies are read by BodyReader, which FastAPI does not see."""
    readers = [
        (method.lower(), route.path, reader.model)
        for route in iter_route_contexts(app.routes)
        if getattr(route, "include_in_schema", False)
        for reader in _readers(getattr(route, "dependant", None))
        for method in route.methods or ()
    ]
    models = list({model: None for *_, model in readers})
    schemas, definitions = models_json_schema(
        [(model, "validation") for model in models], ref_template=_REF + "{model}"
    )
    added = _renamed(definitions.get("$defs", {}), document["components"]["schemas"])
    document["components"]["schemas"].update(added)
    for method, path, model in readers:
        content = {"application/json": {"schema": schemas[(model, "validation")]}}
        operation = document["paths"][path][method]
        operation["requestBody"] = {"required": True, "content": content}
        for refusal in _WITH_A_BODY:
            _add_refusal(operation["responses"], str(status_of(refusal)), refusal=refusal)


def _readers(dependant: Dependant | None) -> Iterator[BodyReader]:
    for dependency in dependant.dependencies if dependant else ():
        if isinstance(dependency.call, BodyReader):
            yield dependency.call
        yield from _readers(dependency)


def _bound_to_a_version(app: FastAPI) -> Iterator[str]:
    """The operations that refuse to run without If-Match."""
    for route in iter_route_contexts(app.routes):
        if _depends_on(getattr(route, "dependant", None), expected_version):
            yield from (f"{method} {route.path}" for method in route.methods or ())


def _depends_on(dependant: Dependant | None, call: object) -> bool:
    dependencies = dependant.dependencies if dependant else ()
    return any(one.call is call or _depends_on(one, call) for one in dependencies)


def _renamed(added: dict[str, Any], present: dict[str, Any]) -> dict[str, Any]:
    """A type that reads differently in requests than in answers gets a second name there."""
    text = json.dumps(added)
    differing = [name for name, schema in added.items() if present.get(name, schema) != schema]
    for name in differing:
        text = text.replace(f'"{_REF}{name}"', f'"{_REF}{name}Input"')
    renamed = json.loads(text)
    return {f"{name}Input" if name in differing else name: schema for name, schema in renamed.items()}


def _require_headers(operation: dict[str, Any], required: Sequence[str]) -> None:
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "header" and parameter["name"].lower() in required:
            parameter["required"] = True
            parameter["schema"] = _TEXT


def _add_refusals_of_headers(operation: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", ()):
        name, is_required = parameter["name"].lower(), parameter.get("required", False)
        known = {condition: _BY_HEADER.get((name, condition), ()) for condition in (True, False)}
        for refusal in (*known[False], *(known[True] if is_required else ())):
            _add_refusal(operation["responses"], str(status_of(refusal)), refusal=refusal)


def _describe_rehearsal(operation: dict[str, Any]) -> None:
    """A rehearsal is answered 200 with what the command itself would answer."""
    responses = operation["responses"]
    if "200" not in responses and any(one["name"] == "validate_only" for one in operation.get("parameters", ())):
        [done] = [answer for status, answer in responses.items() if status.startswith("2")]
        said = "With `validate_only=true`: what would be answered; nothing was changed."
        responses["200"] = {**done, "description": said}


def _correct_times(part: Any) -> None:
    """A time of day here has no offset, which JSON Schema's format `time` (RFC 3339, full-time) asks for."""
    if isinstance(part, dict) and part.get("format") == "time":
        del part["format"]
        part["pattern"] = _TIME_OF_DAY
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _correct_times(inner)
