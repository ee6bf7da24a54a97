"""What differs between two readings of one resource: its values one by one, and those that are not the same."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

MOST_LEAVES = 10_000
"""Of a longer resource the rest is not compared; the longest there are, files of a hundred items, have a fourth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A value that changed: where (JSON pointer), as it was, and as it is; None where it was or is not there."""

    pointer: str
    before: str | None
    now: str | None


def leaves(value: object) -> tuple[tuple[str, str], ...]:
    """Every scalar of a JSON value with its pointer, in order, at most MOST_LEAVES.

    The things of a list stand under their codes where these are their own, so that a new one among them moves no other.
    """
    return tuple(islice(_leaves("", value), MOST_LEAVES))


def differences(before: Sequence[tuple[str, str]], now: Sequence[tuple[str, str]]) -> tuple[Difference, ...]:
    """The values that are not the same in both, in the order of the later reading, those that are gone last."""
    was, is_now = dict(before), dict(now)
    pointers = [*is_now, *(pointer for pointer in was if pointer not in is_now)]
    return tuple(
        Difference(pointer=pointer, before=was.get(pointer), now=is_now.get(pointer))
        for pointer in pointers
        if was.get(pointer) != is_now.get(pointer)
    )


def _leaves(pointer: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _leaves(f"{pointer}/{_escaped(str(key))}", one)
    elif isinstance(value, list):
        for name, one in zip(_names(value), value, strict=True):
            yield from _leaves(f"{pointer}/{name}", one)
    elif value is not None:
        yield pointer, str(value)


def _names(things: Sequence[object]) -> Sequence[str]:
    """The code of each that alone has it, and the number of any other."""
    codes = [one.get("code") if isinstance(one, Mapping) else None for one in things]
    often = Counter(code for code in codes if isinstance(code, str))
    return [
        _escaped(code) if isinstance(code, str) and code and often[code] == 1 else str(number)
        for number, code in enumerate(codes)
    ]


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
