"""Whether a request comes from a page of ours: another site must not act with a person's cookie (ASVS 5.0, 3.5.1)."""

from starlette.requests import Request

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def is_own_page(request: Request, address: str) -> bool:
    """Whether the browser says that it comes from this address, as every browser of today does.

    What says nothing is refused.
    """
    origin = request.headers.get("origin")
    if origin is not None:
        return origin == address
    return request.headers.get("sec-fetch-site") == "same-origin"
