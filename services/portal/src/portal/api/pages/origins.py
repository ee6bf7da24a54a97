"""Whether a request comes from a page of the portal: another site must not act with a person's cookie."""

from starlette.requests import Request

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def is_own_page(request: Request, address: str) -> bool:
    """Whether the browser says so, as every browser of today does; what says nothing is refused (ASVS 5.0, 3.5.1)."""
    origin = request.headers.get("origin")
    if origin is not None:
        return origin == address
    return request.headers.get("sec-fetch-site") == "same-origin"
