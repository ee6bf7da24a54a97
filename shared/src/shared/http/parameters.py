"""Refuses query parameters that the route does not know: `validate_onyl=true` must not become a real command."""

from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from starlette.requests import Request

from shared.errors import Finding, Invalid
from shared.http.context import matched_route
from shared.http.findings import is_name, pointer_to, unknown_field


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
