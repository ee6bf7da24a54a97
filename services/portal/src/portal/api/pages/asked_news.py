"""News of what was just done, carried in the address of the page that somebody comes back to."""

import re
from typing import Annotated, Final, Literal
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends, Query

from portal.api.pages.asked import address
from portal.api.views.command_said import CommandSaid, Said, said_words

_TELLS: Final = re.compile(r"/(assignments|work)/[a-z]+_[0-9a-z_]+")
"""The pages that say it: an assignment's and an item's."""


async def _news(
    said: Literal["done", "pending"] | None = None, did: Annotated[str, Query(max_length=40)] = ""
) -> CommandSaid | None:
    return said_words(said, did)


News = Annotated[CommandSaid | None, Depends(_news)]
"""The type of a route's parameter for what the address says was done."""


def with_news(back: str, *, said: Said, did: str) -> str:
    """The address, which then says what was done where its page can; any other one as it is."""
    parts = urlsplit(back)
    if not _TELLS.fullmatch(parts.path):
        return back
    return address(parts.path, **{**dict(parse_qsl(parts.query)), "said": said, "did": did})
