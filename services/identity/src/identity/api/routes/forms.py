"""Forms as browsers and clients of OAuth send them."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

MOST_FIELDS = 50
FORM = "application/x-www-form-urlencoded"


async def form_of(request: Request) -> Mapping[str, str] | None:
    """The fields of a form; None when it is none, or names a field twice (RFC 6749, 3.1)."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        return None
    try:
        pairs = parse_qsl((await request.body()).decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return None
    return once(pairs)


def once(pairs: list[tuple[str, str]]) -> Mapping[str, str] | None:
    """The pairs by name, without empty ones; None when one comes twice, or holds what no value may hold."""
    fields = {name: value for name, value in pairs if value}
    if len({name for name, _ in pairs}) != len(pairs) or any("\0" in value for value in fields.values()):
        return None
    return fields
