"""What a service shows of a thing of its own, drawn without knowing it: facts, lists as tables, parts with a title."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from portal.domain.form import words_of
from portal.domain.words import kind_words

MOST_ROWS: Final = 100
DEEPEST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A list of things: a column for each plain value that they have."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The plain values of a thing or of a part of it."""

    title: str
    pairs: tuple[tuple[str, str], ...]


def sections(body: object) -> tuple[Facts | Grid, ...]:
    """The thing itself first, then its parts and lists in their order; what is empty is left out."""
    return tuple(_sections("", body, depth=0)) if isinstance(body, Mapping) else ()


def _sections(title: str, part: Mapping[str, Any], *, depth: int) -> Iterator[Facts | Grid]:
    pairs = tuple((words_of(key), _text(value)) for key, value in part.items() if _is_plain(value))
    if pairs:
        yield Facts(title=title, pairs=pairs)
    for key, value in part.items():
        name = f"{title} › {words_of(key).lower()}" if title else words_of(key)
        if isinstance(value, Mapping) and depth < DEEPEST:
            yield from _sections(name, value, depth=depth + 1)
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield _grid(name, value[:MOST_ROWS])


def _grid(title: str, rows: Sequence[Mapping[str, Any]]) -> Grid:
    keys = [key for key, value in rows[0].items() if _is_plain(value)]
    return Grid(
        title=title,
        columns=tuple(words_of(key) for key in keys),
        rows=tuple(tuple(_text(row.get(key)) for key in keys) for row in rows),
    )


def _is_plain(value: object) -> bool:
    """A scalar, or a list of them."""
    if isinstance(value, list):
        return all(not isinstance(one, Mapping | list) for one in value)
    return not isinstance(value, Mapping)


def _text(value: object) -> str:
    match value:
        case None:
            return "–"
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(_text(one) for one in value) or "–"
        case str() if value.islower() and "_" in value and not any(sign.isdigit() for sign in value):
            return kind_words(value)
    return str(value)
