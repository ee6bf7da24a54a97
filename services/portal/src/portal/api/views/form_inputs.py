"""A command's form as templates draw it: inputs, groups of them, and rows that may be added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from portal.api.views import written
from portal.domain.form import Ask, Field
from portal.domain.posted import joined, rows_in
from portal.domain.words import kind_words

Values = Mapping[str, Sequence[str]]
Errors = Mapping[str, str]

BLANK_ROWS: Final = 1
FIRST_ROWS: Final = 3
_KINDS: Final[Mapping[Ask, str]] = {
    Ask.LINES: "textarea",
    Ask.DAY: "date",
    Ask.TIME: "time",
    Ask.INSTANT: "datetime-local",
    Ask.FLAG: "checkbox",
    Ask.ANSWER: "radio",
    Ask.CHOICE: "select",
    Ask.CHOICES: "checkboxes",
    Ask.VALUES: "textarea",
    Ask.JSON: "textarea",
}
_ANSWERS: Final = (("true", "Yes"), ("false", "No"), ("", "Not said"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input, for the macro `field`: `value` is a text, a tick, or the ticked values."""

    name: str
    label: str
    kind: str
    value: str | bool | list[str]
    hint: str | None
    error: str | None
    is_required: bool
    options: tuple[tuple[str, str], ...] | None = None
    attributes: Mapping[str, str | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Inputs under a legend; an optional group opens when something stands in it, or is wrong."""

    name: str
    legend: str
    hint: str | None
    error: str | None
    is_optional: bool
    is_open: bool
    parts: tuple["Input | Group", ...]
    is_row: bool = False


def inputs(form: Field, values: Values, errors: Errors) -> tuple[Input | Group, ...]:
    """The inputs of the whole body, in the order of its fields."""
    return _parts(form.members, "", values, errors)


def _parts(members: Sequence[Field], name: str, values: Values, errors: Errors) -> tuple[Input | Group, ...]:
    return tuple(_part(one, joined(name, one.key), values, errors) for one in members if one.ask is not Ask.FIXED)


def _part(one: Field, name: str, values: Values, errors: Errors) -> Input | Group:
    match one.ask:
        case Ask.GROUP:
            return _group(one, name, _parts(one.members, name, values, errors), values, errors)
        case Ask.ROWS:
            rows = (_row(one, name, number, values, errors) for number in _numbers(one, name, values, BLANK_ROWS))
            return _group(one, name, tuple(rows), values, errors)
        case Ask.AMOUNTS:
            pairs = (_pair(one, name, number, values, errors) for number in _numbers(one, name, values, FIRST_ROWS))
            return _group(one, name, tuple(pairs), values, errors)
    return _input(one, name, values, errors)


def _group(one: Field, name: str, parts: tuple[Input | Group, ...], values: Values, errors: Errors) -> Group:
    return Group(
        name=name,
        legend=one.label,
        hint=one.hint or None,
        error=errors.get(name),
        is_optional=not one.is_required,
        is_open=one.is_required or "/" not in name or _is_touched(name, values, errors),
        parts=parts,
    )


def _row(one: Field, name: str, number: int, values: Values, errors: Errors) -> Group:
    here = f"{name}/{number}"
    return Group(
        name=here,
        legend=f"{one.label} {number + 1}",
        hint=None,
        error=errors.get(here),
        is_optional=False,
        is_open=True,
        parts=_parts(one.members, here, values, errors),
        is_row=True,
    )


def _pair(one: Field, name: str, number: int, values: Values, errors: Errors) -> Group:
    here = f"{name}/{number}"
    code = Field(key="code", ask=Ask.TEXT, label="Code", is_required=True)
    value = Field(key="value", ask=one.of or Ask.TEXT, label="Value", is_required=True)
    return Group(
        name=here,
        legend=f"{one.label} {number + 1}",
        hint=None,
        error=None,
        is_optional=False,
        is_open=True,
        parts=(_input(code, f"{here}~code", values, errors), _input(value, f"{here}~value", values, errors)),
        is_row=True,
    )


def _numbers(one: Field, name: str, values: Values, blank: int) -> range:
    """The rows that are filled, and at least one blank one as long as more are lawful."""
    filled = rows_in(values, name)
    shown = max(filled[-1] + 1 + BLANK_ROWS if filled else blank, blank)
    return range(shown if one.greatest is None else min(shown, one.greatest))


def _is_touched(name: str, values: Values, errors: Errors) -> bool:
    filled = (key for key, texts in values.items() if any(text.strip() for text in texts))
    return any(key == name or key.startswith((f"{name}/", f"{name}~")) for key in (*filled, *errors))


def _input(one: Field, name: str, values: Values, errors: Errors) -> Input:
    return Input(
        name=name,
        label=one.label,
        kind="money" if one.ask is Ask.DECIMAL and _is_money(name) else _KINDS.get(one.ask, "text"),
        value=_value(one, values.get(name, ())),
        hint=_hint(one),
        error=errors.get(name),
        is_required=one.is_required,
        options=_options(one),
        attributes=_attributes(one),
    )


def _value(one: Field, texts: Sequence[str]) -> str | bool | list[str]:
    if one.ask is Ask.FLAG:
        return "true" in texts if texts else one.default is True
    return list(texts) if one.ask is Ask.CHOICES else (texts[0] if texts else "")


def _options(one: Field) -> tuple[tuple[str, str], ...] | None:
    match one.ask:
        case Ask.ANSWER:
            return _ANSWERS
        case Ask.CHOICE:
            return (("", "Choose …" if one.is_required else "–"), *((value, _option(value)) for value in one.options))
        case Ask.CHOICES:
            return tuple((value, _option(value)) for value in one.options)
    return None


def _option(value: str) -> str:
    return kind_words(value) if value.islower() else written.discipline(value)


def _hint(one: Field) -> str | None:
    notes = [one.hint] if one.hint else []
    if one.ask is Ask.VALUES:
        notes.append("One on each line.")
    if one.ask is Ask.JSON:
        notes.append("As JSON.")
    if one.low and one.high:
        notes.append(f"From {one.low} to {one.high}.")
    if isinstance(one.default, str | int) and not isinstance(one.default, bool) and not one.is_required:
        notes.append(f"Left out: {_option(str(one.default))}.")
    return " ".join(notes) or None


def _attributes(one: Field) -> Mapping[str, str | bool]:
    """Nothing that keeps a browser from sending what was typed: the service says what is wrong with it."""
    found: dict[str, str | bool] = {"autocomplete": "off"}
    if one.ask in (Ask.WHOLE, Ask.DECIMAL):
        found["inputmode"] = "numeric" if one.ask is Ask.WHOLE else "decimal"
    if one.example and one.ask in (Ask.TEXT, Ask.WHOLE, Ask.DECIMAL):
        found["placeholder"] = f"e.g. {one.example}"
    return found


def _is_money(name: str) -> bool:
    last = name.rpartition("/")[2]
    return (
        any(word in last for word in ("amount", "rent", "limit", "owed", "per_week", "value")) and "hours" not in last
    )
