"""Entries of the timeline that tell one thing many times: they stand together, so that the rest can be found."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from portal.domain.entry import Entry

FEWEST: Final = 3
"""Two of a kind are read faster than they are unfolded."""
MOMENT: Final = timedelta(seconds=2)
REPEATED: Final = frozenset(
    {
        "workstream.changed",
        "work_item.opened",
        "work_item.completed",
        "work_item.withdrawn",
        "work_item.assigned",
    }
)
"""Kinds of events that come by the dozen; what else happens counts one by one."""

Burst = tuple[Entry, ...]


def bursts(entries: Sequence[Entry]) -> tuple[Burst, ...]:
    """The entries in groups, every entry in exactly one; a group stands where its first entry stood.

    What follows each other within two seconds, or came of the same request or event, is one stretch; within it, the
    entries of one repeated kind by one actor of one service are a group from three on. Any other entry stands alone.

    **Shape**: groups and the entries in each are in the order given.
    """
    return tuple(burst for stretch in _stretches(entries) for burst in _grouped(stretch))


def _stretches(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    stretch: list[Entry] = []
    for one in entries:
        if stretch and not _follows(one, stretch[-1]):
            yield stretch
            stretch = []
        stretch.append(one)
    if stretch:
        yield stretch


def _follows(one: Entry, before: Entry) -> bool:
    if one.at and before.at and abs(one.at - before.at) <= MOMENT:
        return True
    cause = (one.causation_id, one.correlation_id)
    return any(cause) and cause == (before.causation_id, before.correlation_id)


def _grouped(stretch: Sequence[Entry]) -> list[Burst]:
    alike: dict[tuple[object, ...], list[Entry]] = {}
    for one in stretch:
        alike.setdefault(_kind(one), []).append(one)
    found: list[Burst] = []
    for one in stretch:
        group = alike[_kind(one)]
        if one.type not in REPEATED or len(group) < FEWEST:
            found.append((one,))
        elif one is group[0]:
            found.append(tuple(group))
    return found


def _kind(one: Entry) -> tuple[object, ...]:
    return one.type, one.service, one.actor
