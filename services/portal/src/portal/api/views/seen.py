"""The thing that a form changes as the person saw it, which travels hidden in the form, and how it differs by now."""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from portal.api.views import written
from portal.domain.differences import MOST_LEAVES, Difference, differences, leaves

LONGEST_SEEN: Final = 64_000
MOST_BYTES: Final = 4 * 1024 * 1024
"""What comes back hidden unpacks to no more."""
MOST_SHOWN: Final = 20
NOT_KNOWN: Final = "What changed meanwhile is not known here. Look at it once more before you go on."
NOT_WHOLE: Final = "It is too long to be compared whole: look at the rest of it before you go on."
_NOT_SHOWN: Final = ("/version", "/standing", "/readiness")
"""What changes by itself, or by every command: no news to who was about to change something."""

Leaves = Sequence[tuple[str, str]]
Row = tuple[str, str | None, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """What changed since: rows of (what, before, now), at most 20, and in words what is not among them."""

    rows: tuple[Row, ...] = ()
    left_out: str = ""


def packed(thing: object) -> str:
    """What the person is shown of a thing, as short as it can travel; empty where even that is too long."""
    text = json.dumps(leaves(thing), separators=(",", ":"))
    found = b64encode(zlib.compress(text.encode())).decode()
    return found if len(found) <= LONGEST_SEEN else ""


def differing(seen: str, thing: object) -> Differing:
    """How a thing differs from what the person saw of it."""
    before, now = _unpacked(seen), leaves(thing)
    if before is None:
        return Differing(left_out=NOT_KNOWN)
    found = [one for one in differences(before, now) if not one.pointer.startswith(_NOT_SHOWN)]
    more = len(found) - MOST_SHOWN
    notes = (
        f"{written.plural(more, 'more value')} changed: look at it once more before you go on." if more > 0 else "",
        NOT_WHOLE if MOST_LEAVES in (len(before), len(now)) else "",
    )
    return Differing(rows=tuple(map(_row, found[:MOST_SHOWN])), left_out=" ".join(one for one in notes if one))


def _row(one: Difference) -> Row:
    return _what(one.pointer), _shown(one.before), _shown(one.now)


def _shown(value: str | None) -> str | None:
    return None if value is None else written.discipline(value)


def _what(pointer: str) -> str:
    """Where it is: "Terms › start date"; codes stay as they are, "Items › LIC-RN › status"."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    words = " › ".join(step if step.isupper() else step.replace("_", " ").replace("-", " ") for step in steps)
    return words[:1].upper() + words[1:]


def _unpacked(seen: str) -> Leaves | None:
    """What came back hidden is the browser's word: what is not ours tells nothing."""
    unzip = zlib.decompressobj()
    try:
        text = unzip.decompress(b64decode(seen, validate=True), MOST_BYTES)
        found = json.loads(text) if unzip.eof else None
    except (ValueError, RecursionError, zlib.error):
        return None
    if not isinstance(found, list):
        return None
    return [(str(one[0]), str(one[1])) for one in found if isinstance(one, list) and len(one) == 2]
