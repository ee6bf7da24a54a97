"""The version of a resource as its ETag, and the version that a change expects (RFC 9110, 8.8.3 and 13.1.1)."""

import re
from typing import Annotated

from fastapi import Depends, Header

from shared.http.errors import IfMatchMalformed, IfMatchMissing

_STRONG = re.compile(r'"(0|[1-9][0-9]{0,8})"')


def etag(version: int) -> str:
    """The strong entity tag of a version: 7 is `"7"`."""
    return f'"{version}"'


async def expected_version(
    if_match: Annotated[str | None, Header(description='The ETag you have seen, such as "7".')] = None,
) -> int:
    """The version in If-Match. Raises IfMatchMissing, or IfMatchMalformed for a weak tag, a list or `*`."""
    version = seen_version(if_match)
    if version is None:
        raise IfMatchMissing
    return version


def seen_version(if_match: str | None) -> int | None:
    """The version in an If-Match that may be left out. Raises IfMatchMalformed."""
    if if_match is None:
        return None
    match = _STRONG.fullmatch(if_match.strip())
    if match is None:
        raise IfMatchMalformed
    return int(match[1])


ExpectedVersion = Annotated[int, Depends(expected_version)]
"""A route's parameter of this type makes If-Match required and documented."""
