"""Whether a form comes from a page of ours: another site must not sign anybody in or out (ASVS 5.0, 3.5.1)."""

from starlette.requests import Request


def is_own_page(request: Request, issuer: str) -> bool:
    """Whether the browser says so, as every browser of today does for forms; what says nothing is refused."""
    origin = request.headers.get("origin")
    if origin is not None:
        return origin == issuer
    return request.headers.get("sec-fetch-site") == "same-origin"
