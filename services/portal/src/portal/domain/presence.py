"""Who is on which page at this moment."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from portal.domain.live_errors import NotAPlace

_ID = re.compile(r"[a-z]{2,12}_[0-9A-Za-z-]{1,64}")
RENEWED_EVERY: Final = timedelta(seconds=20)
FORGOTTEN_AFTER: Final = timedelta(seconds=60)
"""Three times as long: one renewal that is late makes nobody leave."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Presence:
    """Somebody on the page about an assignment, a work item, a clinician or a facility; `place` is its id."""

    place: str
    person_id: str


def place_of(text: str) -> str:
    """The place that an address names. Raises NotAPlace for what is no id of ours."""
    if not _ID.fullmatch(text):
        raise NotAPlace
    return text
