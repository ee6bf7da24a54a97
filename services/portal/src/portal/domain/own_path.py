"""Where somebody may be sent once they signed in: a page of the portal, never another site."""

import re
from typing import Final

START: Final = "/"
LONGEST: Final = 2000
_VISIBLE: Final = re.compile(r"/[\x21-\x7e]*")
_COMES_BACK: Final = frozenset({"/sign-in", "/signed-in", "/sign-out", "/signed-out"})
"""Pages of signing in itself, which would send whoever comes there round and round."""


def own_path(wanted: str) -> str:
    """The wanted address where it is a path of the portal, as browsers read it; else the start page.

    Browsers take `//host` and `/\\host` for another site, and leave out tabs and line breaks before they look.
    Source: OWASP Unvalidated Redirects and Forwards Cheat Sheet; WHATWG URL, 4.4.
    """
    if len(wanted) > LONGEST or not _VISIBLE.fullmatch(wanted) or "\\" in wanted or wanted.startswith("//"):
        return START
    path = wanted.partition("#")[0].partition("?")[0]
    has_dots = any(step.lower().replace("%2e", ".") in (".", "..") for step in path.split("/"))
    return START if has_dots or path in _COMES_BACK else wanted
