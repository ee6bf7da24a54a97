"""What differs between two readings of one resource: its values one by one, and those that are not the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

MOST_LEAVES = 300
"""Of a longer resource the rest is not compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A value that changed: where (JSON pointer), as it was, and as it is; None where it was or is not there."""

    pointer: str
    before: str | None
    now: str | None


def leaves(value: object) -> tuple[tuple[str, str], ...]:
    """Every scalar of a JSON value with its pointer, in order, at most 300."""
    found = _leaves("", value)
    return tuple(leaf for leaf, _ in zip(found, range(MOST_LEAVES), strict=False))


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
            yield from _leaves(f"{pointer}/{key}", one)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _leaves(f"{pointer}/{number}", one)
    elif value is not None:
        yield pointer, str(value)
