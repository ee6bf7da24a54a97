"""What a form carries of the thing as the person saw it, and what it can tell of changes since."""

import json
import zlib
from base64 import b64encode
from typing import Any

import pytest

from portal.api.views.seen import LONGEST_SEEN, MOST_BYTES, NOT_KNOWN, NOT_WHOLE, differing, packed
from portal.domain.differences import MOST_LEAVES


def a_file(items: int, **last: Any) -> dict[str, Any]:
    """A credentialing file, with another last item."""
    days = {"due_on": "2026-01-05", "valid_through": "2027-05-31", "waits_for": "clinician"}
    every = [
        {"code": f"ITEM-{number}", "name": f"Item {number}", "status": "missing", **days} for number in range(items)
    ]
    return {"version": items, "items": [*every, {"code": "LAST-1", "status": "missing", **last}]}


def test_the_last_item_of_a_long_file_is_compared():
    seen = packed(a_file(300))

    assert len(seen) < LONGEST_SEEN
    found = differing(seen, a_file(300, status="received", discipline="SURG_TECH"))
    assert found.rows == (
        ("Items › LAST-1 › status", "missing", "received"),
        ("Items › LAST-1 › discipline", None, "Surgical technologist"),
    )
    assert found.left_out == ""


def test_changes_beyond_those_shown_are_counted():
    found = differing(packed({"notes": []}), {"notes": list(range(21))})

    assert len(found.rows) == 20
    assert found.left_out == "1 more value changed: look at it once more before you go on."


def test_of_what_is_too_long_to_be_compared_whole_that_is_said():
    endless = {"values": ["x"] * (MOST_LEAVES + 1)}

    assert differing(packed(endless), endless).left_out == NOT_WHOLE


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "[]",
        "é",
        b64encode(b"no zip").decode(),
        b64encode(zlib.compress(b"{}")).decode(),
        b64encode(zlib.compress(b"[" * 100_000)).decode(),
        b64encode(zlib.compress(b" " * (MOST_BYTES + 1))).decode(),
        packed({"a": 1})[:-8],
    ],
)
def test_where_nothing_of_ours_came_back_no_change_is_made_up(forged):
    found = differing(forged, a_file(2))

    assert (found.rows, found.left_out) == ((), NOT_KNOWN)


def test_what_came_back_in_another_shape_is_passed_over():
    odd = b64encode(zlib.compress(json.dumps([["/a", 1], ["/b"], 7]).encode())).decode()

    assert differing(odd, {"a": "1"}).rows == ()
