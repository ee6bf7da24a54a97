"""Pages of plain HTML, without scripts, that no other site can frame, feed or listen to."""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

_pages = Environment(
    loader=PackageLoader("identity.api.routes"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
_style: str = _pages.get_template("style.css").render()
_style_hash = b64encode(sha256(_style.encode()).digest()).decode()


def page(name: str, *, status: int = 200, leads_to: Sequence[str] = (), **values: Any) -> HTMLResponse:
    """The page of this name. `leads_to` are addresses that its form may end at: browsers check redirects, too."""
    origins = " ".join(["'self'", *sorted({_origin(address) for address in leads_to})])
    policy = (
        f"default-src 'none'; style-src 'sha256-{_style_hash}'; form-action {origins}; frame-ancestors 'none'; "
        "base-uri 'none'"
    )
    headers = {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "same-origin",  # with no-referrer, browsers would send their forms with Origin: null
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    return HTMLResponse(_pages.get_template(f"{name}.html").render(style=_style, **values), status, headers=headers)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
