"""Reads a JSON body so that one answer lists all its faults: those of form, and those that rules find in the rest."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from fastapi import Depends
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json, to_json
from starlette.requests import Request

from shared.errors import Finding, Invalid
from shared.http.context import context_of
from shared.http.errors import MalformedJson, TooDeep, UnsupportedMediaType
from shared.http.findings import body_finding, is_name, pointer_to
from shared.http.lenient import lenient

M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]

_KEY = "[key]"  # pydantic's mark of a fault in a key, not in its value


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Generic[M]):
    """What could be read of a body.

    `value` is the whole body, or None when it has faults. `draft` always has every attribute of the model; one that
    is missing or faulty is None there, and so is such an item of a list. Rules judge the draft.
    """

    value: M | None
    draft: Any
    findings: tuple[Finding, ...] = ()

    def require(self, found: Sequence[Finding] = ()) -> M:
        """The whole body. Raises Invalid with the faults of form and what rules found besides, if there is either."""
        findings = (*self.findings, *found)
        if self.value is None or findings:
            raise Invalid(findings=findings)
        return self.value


def read(model: type[M], raw: bytes) -> Reading[M]:
    """The body as far as it is readable. Raises MalformedJson when it is not JSON at all, or TooDeep."""
    errors: list[Any] = []
    try:
        value = model.model_validate_json(raw)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
    else:
        if b"\\u0000" not in raw:
            return Reading(value=value, draft=value)
    if errors and errors[0]["type"] == "json_invalid":
        raise _malformed(errors[0]["ctx"]["error"])
    data = from_json(raw)
    faults = [(_path_in(data, error), error) for error in errors]
    unstorable = tuple(_texts_with_nul(data))
    findings = [body_finding(error, _shown(path), model=model) for path, error in faults]
    findings += [
        Finding(pointer=pointer_to(path), code="not_text", message="Write text without NUL characters.")
        for path in unstorable
    ]
    paths = [*(path for path, error in faults if error["type"] != "missing"), *unstorable]
    return Reading(value=None if findings else value, draft=_draft(model, data, paths), findings=tuple(findings))


def reading(model: type[BaseModel]) -> Any:
    """The dependency that gives a route its body as a Reading; for routes whose rules add findings of their own."""
    return Depends(BodyReader(model, lambda read_body: read_body))


def body(model: type[BaseModel]) -> Any:
    """The dependency that gives a route its whole body, or refuses it with every fault of form."""
    return Depends(BodyReader(model, Reading.require))


@dataclass(frozen=True)
class BodyReader:
    """Reads the body as a `model`; the OpenAPI document finds the model here."""

    model: type[BaseModel]
    finish: Callable[[Reading[Any]], Any]

    async def __call__(self, request: Request) -> Any:
        raw = await request.body()
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != "application/json" and not media_type.endswith("+json"):
            raise UnsupportedMediaType
        found = read(self.model, raw)
        reason = getattr(found.draft, "reason", None)
        context_of(request.scope).reason = reason if isinstance(reason, str) else None
        return self.finish(found)


def _malformed(message: str) -> MalformedJson | TooDeep:
    """Keeps of the parser's message only where it stopped."""
    match = re.search(r"line (\d+) column (\d+)", message)
    line, column = match.groups() if match else ("1", "0")
    # The parser (jiter) counts levels as it goes: what is deeper was never made.
    refusal = TooDeep if message.startswith("recursion limit") else MalformedJson
    return refusal(line=line, column=column)


def _path_in(data: Any, error: Any) -> Path:
    """The fault's location as keys and indexes that exist in the data; pydantic also names branches of unions."""
    location: Path = error["loc"]
    if location[-1:] == (_KEY,):
        location = location[:-1]
    path: Path = ()
    for part in location:
        if _has(data, part):
            path, data = (*path, part), data[part]
    return (*path, location[-1]) if error["type"] == "missing" else path


def _has(data: Any, part: str | int) -> bool:
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and part < len(data)


def _shown(path: Path) -> Path:
    """The path up to the first key that is no name."""
    for depth, part in enumerate(path):
        if not is_name(part):
            return path[:depth]
    return path


def _texts_with_nul(data: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(data, str) and "\0" in data:
        yield path
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from _texts_with_nul(item, (*path, index))
    elif isinstance(data, dict):
        for key, item in data.items():
            yield from _texts_with_nul(key, path)
            yield from _texts_with_nul(item, (*path, key))


def _draft(model: type[BaseModel], data: Any, faulty: Sequence[Path]) -> BaseModel:
    """The twin of what is left when faulty parts are taken out; what the twin refuses is taken out as well."""
    twin = lenient(model)
    while isinstance(data, dict):
        for path in faulty:
            data = _without(data, path)
        try:
            return twin.model_validate_json(to_json(data, inf_nan_mode="constants"))
        except ValidationError as error:
            faulty = [_path_in(data, found) for found in error.errors(include_url=False, include_input=False)]
    return twin()


def _without(data: Any, path: Path) -> Any:
    """The data with null at this path, or nearer the root where null is already."""
    if not path:
        return None
    holder = data
    for part in path[:-1]:
        holder = holder[part] if _has(holder, part) else None
    if not _has(holder, path[-1]) or holder[path[-1]] is None:
        return _without(data, path[:-1])
    holder[path[-1]] = None
    return data
