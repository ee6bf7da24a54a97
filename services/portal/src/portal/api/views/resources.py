"""What a service shows of a thing of its own, drawn without knowing it: facts, lists as tables, parts with a title."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from portal.api.views import written
from portal.domain.form import words_of
from portal.domain.operation import RowCommand, is_value
from portal.domain.words import kind_words

MOST_ROWS: Final = 100
DEEPEST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing of a list: its cells, what it is called, and its commands as text and address."""

    name: str
    cells: tuple[str, ...]
    commands: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A list of things: a column for each plain value that they have; `has_commands` with any of them."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Line, ...]
    has_commands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The plain values of a thing or of a part of it."""

    title: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    """What may be asked of the things of each list of the answer itself, by the list's name; and where a path leads."""

    of_list: Mapping[str, tuple[RowCommand, ...]]
    href: Callable[[str], str]


NO_COMMANDS: Final = Commands(of_list={}, href=str)


def sections(body: object, commands: Commands = NO_COMMANDS) -> tuple[Facts | Grid, ...]:
    """The thing itself first, then its parts and lists in their order; what is empty is left out."""
    return tuple(_sections("", body, commands, depth=0)) if isinstance(body, Mapping) else ()


def lists_of(body: object) -> tuple[str, ...]:
    """The names of the lists of things in an answer."""
    parts = body.items() if isinstance(body, Mapping) else ()
    return tuple(str(key) for key, value in parts if _is_grid(value))


def _sections(title: str, part: Mapping[str, Any], commands: Commands, *, depth: int) -> Iterator[Facts | Grid]:
    pairs = tuple((words_of(key), _text(value)) for key, value in part.items() if _is_plain(value))
    if pairs:
        yield Facts(title=title, pairs=pairs)
    for key, value in part.items():
        name = f"{title} › {words_of(key).lower()}" if title else words_of(key)
        if isinstance(value, Mapping) and depth < DEEPEST:
            yield from _sections(name, value, NO_COMMANDS, depth=depth + 1)
        elif _is_grid(value):
            commanded = [_commanded(row, commands.of_list.get(key, ()), commands.href) for row in value[:MOST_ROWS]]
            yield _grid(name, value[:MOST_ROWS], commanded)


def _grid(title: str, rows: Sequence[Mapping[str, Any]], commanded: Sequence[tuple[tuple[str, str], ...]]) -> Grid:
    keys = [key for key, value in rows[0].items() if _is_plain(value)]
    lines = tuple(_line(row, keys, commands) for row, commands in zip(rows, commanded, strict=True))
    return Grid(
        title=title,
        columns=tuple(words_of(key) for key in keys),
        rows=lines,
        has_commands=any(line.commands for line in lines),
    )


def _line(row: Mapping[str, Any], keys: Sequence[str], commands: tuple[tuple[str, str], ...]) -> Line:
    name = next((_text(row[key]) for key in ("name", *keys) if row.get(key)), "")
    return Line(name=name, cells=tuple(_text(row.get(key)) for key in keys), commands=commands)


def _commanded(
    row: Mapping[str, Any], commands: Sequence[RowCommand], href: Callable[[str], str]
) -> tuple[tuple[str, str], ...]:
    """Text and address of each command whose value the thing carries."""
    values = [(one, row.get(one.parameter)) for one in commands]
    return tuple(
        (kind_words(one.verb.replace("-", "_")), href(one.path(value))) for one, value in values if is_value(value)
    )


def _is_grid(value: object) -> bool:
    """A list of things with names, as its first one shows."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


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
    return written.discipline(str(value))
