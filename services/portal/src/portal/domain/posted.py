"""What was typed into a form, as the JSON that a command takes, and that JSON as what stands in the form again.

Inputs are named by the way to them: `revision/unit`, `bonuses/0/kind`, `bill_rates/0~code`. What cannot be read, such
as letters where a number belongs, travels as it was typed: the service says at which place it is wrong, and nothing
that somebody typed is lost. What is left blank is left out; a group, row or pair in which nothing was said is no part
of the command.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from portal.domain.form import Ask, Field

Posted = Mapping[str, Sequence[str]]

TWICE = " (twice)"
"""What is added to a code that was given twice, so that it is refused instead of lost."""
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_NOTHING: Any = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How texts become values: the zone of instants that name none, and how JSON is read (ValueError) and written."""

    zone: tzinfo
    loads: Callable[[str], object]
    dumps: Callable[[object], str]


def read(form: Field, posted: Posted, *, manner: Manner) -> dict[str, Any]:
    """The body of the command."""
    body: dict[str, Any] = _group(form, "", posted, manner)
    return body


def written(form: Field, body: Mapping[str, Any], *, manner: Manner) -> dict[str, list[str]]:
    """What stands in the inputs for this body; `read` makes the same of it. Inputs that are blank are left out."""
    return dict(_written_members(form, "", body, manner))


def name_at(form: Field, pointer: str, *, body: Mapping[str, Any]) -> str | None:
    """The input that a JSON pointer into the body means, or the nearest one around it; None when there is none."""
    field, name, here = form, "", body
    for step in (part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]):
        found = next((member for member in field.members if member.key == step), None)
        if field.ask is Ask.ROWS and step.isdigit():
            name, here = f"{name}/{step}", _item(here, int(step))
        elif field.ask is Ask.AMOUNTS:
            return f"{name}/{_place(here, step)}~value"
        elif found is None:
            break
        else:
            field, name, here = found, joined(name, step), _item(here, step)
    return name or None


def joined(name: str, key: str) -> str:
    """The name of an input within another."""
    return f"{name}/{key}" if name else key


def rows_in(posted: Posted, name: str) -> list[int]:
    """The numbers of the rows, or pairs, of this input that were posted with anything in them."""
    return sorted({int(found[1]) for key in _said(posted, name) if (found := _row(name).match(key))})


def _row(name: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(name)}/([0-9]{{1,3}})(?:[/~]|$)")


def _said(posted: Posted, name: str) -> Iterator[str]:
    """The inputs within this one in which anything stands."""
    for key, values in posted.items():
        if (not name or key == name or key.startswith((f"{name}/", f"{name}~"))) and any(map(str.strip, values)):
            yield key


def _group(field: Field, name: str, posted: Posted, manner: Manner) -> Any:
    read_all = {one.key: _value(one, joined(name, one.key), posted, manner) for one in field.members}
    return {key: value for key, value in read_all.items() if value is not _NOTHING}


def _value(field: Field, name: str, posted: Posted, manner: Manner) -> Any:
    """The value of a member, or that nothing is to be sent."""
    if field.ask is Ask.FIXED:
        return field.fixed
    if field.ask is Ask.FLAG:
        return "true" in posted.get(name, ())
    if not any(_said(posted, name)):
        return _blank(field, name, posted, manner)
    reader = _READERS.get(field.ask)
    return reader(field, name, posted, manner) if reader else _scalar(field.ask, posted[name][0], manner)


def _rows(field: Field, name: str, posted: Posted, manner: Manner) -> list[Any]:
    return [_group(field, f"{name}/{row}", posted, manner) for row in rows_in(posted, name)]


def _choices(_: Field, name: str, posted: Posted, __: Manner) -> list[str]:
    return [text for text in posted[name] if text]


def _values(field: Field, name: str, posted: Posted, manner: Manner) -> list[Any]:
    lines = (line.strip() for line in posted[name][0].splitlines())
    return [_scalar(field.of or Ask.TEXT, line, manner) for line in lines if line]


def _blank(field: Field, name: str, posted: Posted, manner: Manner) -> Any:
    """What is sent where nothing was said: nothing, unless the command cannot do without."""
    if not field.is_required:
        return _NOTHING
    if field.is_nullable:
        return None
    match field.ask:
        case Ask.GROUP:
            return _group(field, name, posted, manner)
        case Ask.ROWS | Ask.CHOICES | Ask.VALUES:
            return []
        case Ask.AMOUNTS:
            return {}
    return _NOTHING


def _by_code(field: Field, name: str, posted: Posted, manner: Manner) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in rows_in(posted, name):
        code, value = (_first(posted, f"{name}/{row}~{part}") for part in ("code", "value"))
        while code in found:
            code += TWICE
        found[code] = _scalar(field.of or Ask.TEXT, value, manner)
    return found


_READERS: Mapping[Ask, Callable[[Field, str, Posted, Manner], Any]] = {
    Ask.GROUP: _group,
    Ask.ROWS: _rows,
    Ask.AMOUNTS: _by_code,
    Ask.CHOICES: _choices,
    Ask.VALUES: _values,
}


def _first(posted: Posted, name: str) -> str:
    values = posted.get(name, ())
    return values[0].strip() if values else ""


def _scalar(ask: Ask, text: str, manner: Manner) -> Any:
    if ask is Ask.LINES:
        return text.replace("\r\n", "\n")
    typed = text.strip()
    match ask:
        case Ask.WHOLE:
            return int(typed) if _WHOLE.fullmatch(typed) else typed
        case Ask.ANSWER:
            return typed == "true"
        case Ask.INSTANT:
            return _instant(typed, manner.zone)
        case Ask.JSON:
            return _loaded(typed, manner)
    return typed


def _instant(typed: str, zone: tzinfo) -> str:
    """With its offset; of two instants that a clock shows alike, the first."""
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        return typed
    return typed if moment.tzinfo else moment.replace(tzinfo=zone).isoformat()


def _loaded(typed: str, manner: Manner) -> object:
    try:
        return manner.loads(typed)
    except ValueError:
        return typed


def _written_members(field: Field, name: str, body: Any, manner: Manner) -> Iterator[tuple[str, list[str]]]:
    for member in field.members:
        if isinstance(body, Mapping) and member.key in body and body[member.key] is not None:
            yield from _written(member, joined(name, member.key), body[member.key], manner)


def _written(field: Field, name: str, value: Any, manner: Manner) -> Iterator[tuple[str, list[str]]]:
    """What stands in the inputs of one field; a value of another shape than it asks for stands there as text."""
    writer = _WRITERS.get((field.ask, type(value)))
    if writer:
        yield from writer(field, name, value, manner)
    elif field.ask is not Ask.FIXED:
        yield name, [_text(field.ask, value, manner)]


def _written_rows(field: Field, name: str, rows: list[Any], manner: Manner) -> Iterator[tuple[str, list[str]]]:
    for number, row in enumerate(rows):
        yield from _written_members(field, f"{name}/{number}", row, manner)


def _written_pairs(_: Field, name: str, pairs: dict[str, Any], __: Manner) -> Iterator[tuple[str, list[str]]]:
    for number, (code, amount) in enumerate(pairs.items()):
        yield f"{name}/{number}~code", [code]
        yield f"{name}/{number}~value", [str(amount)]


def _written_choices(_: Field, name: str, values: list[Any], __: Manner) -> Iterator[tuple[str, list[str]]]:
    yield name, [str(one) for one in values]


def _written_lines(_: Field, name: str, values: list[Any], __: Manner) -> Iterator[tuple[str, list[str]]]:
    yield name, ["\n".join(str(one) for one in values)]


_WRITERS: Mapping[tuple[Ask, type], Callable[[Field, str, Any, Manner], Iterator[tuple[str, list[str]]]]] = {
    (Ask.GROUP, dict): _written_members,
    (Ask.ROWS, list): _written_rows,
    (Ask.AMOUNTS, dict): _written_pairs,
    (Ask.CHOICES, list): _written_choices,
    (Ask.VALUES, list): _written_lines,
}


def _text(ask: Ask, value: Any, manner: Manner) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if ask is Ask.INSTANT:
        return _local(str(value), manner.zone)
    return manner.dumps(value) if ask is Ask.JSON and not isinstance(value, str) else str(value)


def _local(said: str, zone: tzinfo) -> str:
    """As the clock of the zone shows it, which is what an input for an instant takes."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return said
    return moment.astimezone(zone).replace(tzinfo=None).isoformat() if moment.tzinfo else said


def _item(value: Any, key: str | int) -> Any:
    """What stands at a key or number of JSON; None when nothing does."""
    if isinstance(value, Mapping):
        return value.get(str(key))
    is_there = isinstance(value, list) and isinstance(key, int) and key < len(value)
    return value[key] if is_there else None


def _place(value: Any, code: str) -> int:
    """Which of the pairs has this code; the first when none has."""
    codes = list(value) if isinstance(value, Mapping) else []
    return codes.index(code) if code in codes else 0
