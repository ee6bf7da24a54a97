"""Which entries of the timeline stand together, and that none is lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from portal.domain.burst import bursts
from portal.domain.entry import Entry

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def entry(key: str, *, seconds: float = 0, **overrides: Any) -> Entry:
    """An item that credentialing completed so many seconds before noon, of a request of its own."""
    said: dict[str, Any] = {
        "type": "work_item.completed",
        "service": "credentialing",
        "actor": "per_1",
        "correlation_id": f"req_{key}",
    }
    return Entry(key=key, at=NOON - timedelta(seconds=seconds), **(said | overrides))


def keys(*entries: Entry) -> list[str]:
    return ["".join(one.key for one in burst) for burst in bursts(entries)]


MOVED: dict[str, Any] = {"type": "workstream.changed"}
FAR = 3600
TABLE = [
    ("nothing", (), []),
    ("three of one moment", (entry("a"), entry("b", seconds=1), entry("c", seconds=2)), ["abc"]),
    ("two are told as they are", (entry("a"), entry("b")), ["a", "b"]),
    (
        "of one request, hours apart",
        tuple(entry(key, seconds=FAR * at, correlation_id="req_1") for at, key in enumerate("abc")),
        ["abc"],
    ),
    ("hours apart", tuple(entry(key, seconds=FAR * at) for at, key in enumerate("abc")), ["a", "b", "c"]),
    (
        "of one event, hours apart",
        tuple(entry(key, seconds=FAR * at, correlation_id=None, causation_id="evt_1") for at, key in enumerate("abc")),
        ["abc"],
    ),
    (
        "without a cause, hours apart",
        tuple(entry(key, seconds=FAR * at, correlation_id=None) for at, key in enumerate("abc")),
        ["a", "b", "c"],
    ),
    (
        "two kinds by turns",
        (entry("a"), entry("1", **MOVED), entry("b"), entry("2", **MOVED), entry("c"), entry("3", **MOVED)),
        ["abc", "123"],
    ),
    ("two people", (entry("a"), entry("b", actor="per_2"), entry("c")), ["a", "b", "c"]),
    ("two services", (entry("a"), entry("b", service="payroll"), entry("c")), ["a", "b", "c"]),
    ("what counts one by one", tuple(entry(key, type="pay.issued") for key in "abc"), ["a", "b", "c"]),
    (
        "something else between two bursts",
        (
            *(entry(key) for key in "abc"),
            entry("x", seconds=FAR, type="pay.issued"),
            *(entry(key, seconds=2 * FAR) for key in "def"),
        ),
        ["abc", "x", "def"],
    ),
]


@pytest.mark.parametrize(("case", "entries", "groups"), TABLE, ids=[case for case, *_ in TABLE])
def test_what_is_told_many_times_at_once_stands_together(
    case: str, entries: tuple[Entry, ...], groups: list[str]
) -> None:
    assert keys(*entries) == groups
    assert sorted(one.key for burst in bursts(entries) for one in burst) == sorted(one.key for one in entries)
