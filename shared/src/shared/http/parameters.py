"""What is asked of parameters: known names (`validate_onyl=true` must not become a real command), and days as days."""

import re
from datetime import date
from typing import Annotated

from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError
from starlette.requests import Request

from shared.errors import Finding, Invalid
from shared.http.context import matched_route
from shared.http.findings import is_name, pointer_to, unknown_field

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _is_written_as_a_day(value: object) -> object:
    """Anything but YYYY-MM-DD is refused: pydantic would take `1` for a second of the year 1970."""
    if isinstance(value, str) and not _ISO_DAY.fullmatch(value):
        raise PydanticCustomError("not_a_date", "Write a date as YYYY-MM-DD.")
    return value


Day = Annotated[date, BeforeValidator(_is_written_as_a_day)]
"""The type of a parameter that is a calendar day."""


class KnownParameters:
    """A dependency of every route of one application; remembers the names that each route knows."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, ...]] = {}

    async def __call__(self, request: Request) -> None:
        """Raises Invalid with a hint for each unknown name."""
        if not request.scope["query_string"]:
            return
        known = self._names_of(request)
        unknown = [name for name in request.query_params if name not in known]
        if unknown:
            raise Invalid(findings=tuple(_finding(name, known) for name in unknown))

    def _names_of(self, request: Request) -> tuple[str, ...]:
        route = matched_route(request.scope)
        named = f"{request.method} {route.path_format}"
        if named not in self._known:
            fields = get_flat_params(route.dependant)
            self._known[named] = tuple(field.alias for field in fields if isinstance(field.field_info, Query))
        return self._known[named]


def _finding(name: str, known: tuple[str, ...]) -> Finding:
    path = ("query", name) if is_name(name) else ("query",)
    return unknown_field(pointer_to(path), name=name, known=known)
