"""What a form asks for: fields made from the JSON Schema of a command's body, as the service's OpenAPI document has it.

Understood: objects in objects, `$ref`, enumerations and constants, days, times of day, instants, decimals as text,
whole numbers, booleans, texts, lists of scalars, of choices and of objects, amounts by code, and anything of these that
may be null. What is none of these is asked for as JSON, so that no command is without a form.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

Schema = Mapping[str, Any]

LONG_TEXT = 200
"""Texts that may be longer get several lines."""
DEEPEST = 6
"""A schema that nests deeper, or refers to itself, is asked for as JSON from there on."""
_REF = "#/components/schemas/"
_TIME_OF_DAY = "^([01][0-9]|2[0-3]):"


class Ask(StrEnum):
    """How one thing is asked for."""

    TEXT = "text"
    LINES = "lines"
    """A text of several lines."""
    WHOLE = "whole"
    DECIMAL = "decimal"
    """An exact number, sent as text."""
    DAY = "day"
    TIME = "time"
    INSTANT = "instant"
    FLAG = "flag"
    """Yes or no; nothing said is no."""
    ANSWER = "answer"
    """Yes, no or nothing said."""
    CHOICE = "choice"
    CHOICES = "choices"
    """Several of a few values."""
    VALUES = "values"
    """Several scalars, one on each line."""
    FIXED = "fixed"
    """Always the same value."""
    GROUP = "group"
    ROWS = "rows"
    """Several groups."""
    AMOUNTS = "amounts"
    """Values by code."""
    JSON = "json"


_SCALARS = frozenset((Ask.TEXT, Ask.WHOLE, Ask.DECIMAL, Ask.DAY, Ask.TIME))
"""What may stand on a line of its own, or beside a code."""


_NUMBERS = {"integer": Ask.WHOLE, "number": Ask.DECIMAL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing to ask for; `key` is its name in the object that it belongs to, empty for the whole body.

    `members` are the fields of a group or of each row; `of` is how each value of a list or by code is asked for.
    `greatest` bounds the length of a text, the entries of a list; `low` and `high` bound a number.
    """

    key: str
    ask: Ask
    label: str
    hint: str = ""
    is_required: bool = False
    is_nullable: bool = False
    options: tuple[str, ...] = ()
    pattern: str = ""
    greatest: int | None = None
    low: str = ""
    high: str = ""
    example: str = ""
    fixed: str | int | bool | None = None
    default: str | int | bool | None = None
    members: tuple["Field", ...] = ()
    of: Ask | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _At:
    """Where in a body: the document that references lead into, how deep, and the example's value here."""

    document: Schema
    depth: int = 0
    example: object = None

    def within(self, key: str) -> "_At":
        """The place of a member."""
        shown = self.example.get(key) if isinstance(self.example, Mapping) else None
        return _At(document=self.document, depth=self.depth + 1, example=shown)

    def at_first(self) -> "_At":
        """The place of a list's first value."""
        first = self.example[0] if isinstance(self.example, list) and self.example else None
        return _At(document=self.document, depth=self.depth + 1, example=first)


def form_of(schema: Schema | None, document: Schema) -> Field:
    """The whole body as a group, empty where the command takes none.

    `document` is the OpenAPI document that references lead into. The schema's own example gives its fields' examples.
    """
    if schema is None:
        return Field(key="", ask=Ask.GROUP, label="", is_required=True)
    return _field("", schema, _At(document=document), is_required=True)


def words_of(name: str) -> str:
    """A field's name as people read it: `new_start` is "New start"."""
    words = name.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def _field(key: str, schema: Schema, at: _At, *, is_required: bool) -> Field:
    inner, is_nullable = _unwrapped(_resolved(schema, at.document), at.document)
    shown = next((one for one in (*schema.get("examples", ()), *inner.get("examples", ())) if one), at.example)
    here = replace(at, example=shown)
    return Field(
        key=key,
        label=words_of(key),
        hint=str(schema.get("description") or inner.get("description") or ""),
        is_required=is_required,
        is_nullable=is_nullable,
        example=_shown(shown),
        default=_scalar(schema.get("default", inner.get("default"))),
        **_asked(inner, here, is_nullable=is_nullable),
    )


def _asked(inner: Schema, at: _At, *, is_nullable: bool = False) -> dict[str, Any]:
    """What depends on the kind of thing: how it is asked for, and its bounds."""
    kind = inner.get("type")
    if at.depth > DEEPEST or kind not in ("object", "array", "boolean"):
        return {"ask": Ask.JSON} if at.depth > DEEPEST else _one(inner)
    if kind == "array":
        return _several(inner, at)
    if kind == "boolean":
        return _one(inner) if "const" in inner else {"ask": Ask.ANSWER if is_nullable else Ask.FLAG}
    return _object(inner, at)


def _object(inner: Schema, at: _At) -> dict[str, Any]:
    if inner.get("properties"):
        required = frozenset(inner.get("required", ()))
        members = inner["properties"].items()
        return {
            "ask": Ask.GROUP,
            "members": tuple(_field(key, one, at.within(key), is_required=key in required) for key, one in members),
        }
    patterns = inner.get("patternProperties") or {}
    if len(patterns) == 1:
        [(pattern, value)] = patterns.items()
        return _by_code(value, at, pattern=pattern, most=inner.get("maxProperties"))
    if isinstance(inner.get("additionalProperties"), Mapping):
        pattern = str(inner.get("propertyNames", {}).get("pattern", ""))
        return _by_code(inner["additionalProperties"], at, pattern=pattern, most=inner.get("maxProperties"))
    return {"ask": Ask.JSON}


def _by_code(value: Schema, at: _At, *, pattern: str, most: int | None) -> dict[str, Any]:
    one, _ = _unwrapped(_resolved(value, at.document), at.document)
    of = _one(one)["ask"]
    return {"ask": Ask.AMOUNTS, "of": of, "pattern": pattern, "greatest": most} if of in _SCALARS else {"ask": Ask.JSON}


def _several(inner: Schema, at: _At) -> dict[str, Any]:
    item, _ = _unwrapped(_resolved(inner.get("items", {}), at.document), at.document)
    asked = _asked(item, at.at_first())
    most = {"greatest": inner.get("maxItems")}
    if asked["ask"] is Ask.GROUP:
        return {"ask": Ask.ROWS, "members": asked["members"], **most}
    if asked["ask"] is Ask.CHOICE:
        return {"ask": Ask.CHOICES, "options": asked["options"], **most}
    return {"ask": Ask.VALUES, "of": asked["ask"], **most} if asked["ask"] in _SCALARS else {"ask": Ask.JSON}


def _one(inner: Schema) -> dict[str, Any]:
    """A scalar with its bounds; what is none of those known is JSON."""
    if "const" in inner:
        return {"ask": Ask.FIXED, "fixed": _scalar(inner["const"])}
    if options := inner.get("enum"):
        return {"ask": Ask.CHOICE, "options": tuple(str(one) for one in options)}
    if _kinds(inner) == {"number", "string"}:
        return {"ask": Ask.DECIMAL}
    bounds = {"low": _shown(inner.get("minimum")), "high": _shown(inner.get("maximum"))}
    if inner.get("type") in _NUMBERS:
        return {"ask": _NUMBERS[inner["type"]], **bounds}
    return _text(inner) if inner.get("type") == "string" else {"ask": Ask.JSON}


def _text(inner: Schema) -> dict[str, Any]:
    pattern, longest = str(inner.get("pattern", "")), inner.get("maxLength")
    if inner.get("format") == "date":
        return {"ask": Ask.DAY}
    if inner.get("format") == "date-time":
        return {"ask": Ask.INSTANT}
    if inner.get("format") == "time" or pattern.startswith(_TIME_OF_DAY):
        return {"ask": Ask.TIME}
    is_long = longest is not None and longest > LONG_TEXT
    return {"ask": Ask.LINES if is_long else Ask.TEXT, "pattern": pattern, "greatest": longest}


def _resolved(schema: Schema, document: Schema) -> Schema:
    """The schema that a reference leads to; a reference of references ends somewhere, or at nothing."""
    for _ in range(DEEPEST):
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return schema
        schema = document.get("components", {}).get("schemas", {}).get(reference.removeprefix(_REF), {})
    return {}


def _unwrapped(schema: Schema, document: Schema) -> tuple[Schema, bool]:
    """The schema without its null, and whether null is lawful."""
    variants = [_resolved(one, document) for one in schema.get("anyOf", ())]
    left = [one for one in variants if one.get("type") != "null"]
    is_nullable = len(left) < len(variants)
    if len(left) == 1:
        return {**schema, "anyOf": (), **left[0]}, is_nullable
    return {**schema, "anyOf": left} if is_nullable else schema, is_nullable


def _kinds(schema: Schema) -> set[object]:
    return {one.get("type") for one in schema.get("anyOf", ())}


def _scalar(value: object) -> str | int | bool | None:
    return value if isinstance(value, str | int) else None


def _shown(value: object) -> str:
    """A bound or an example as text; what is no scalar is none."""
    return "" if value is None or isinstance(value, bool | Mapping | list) else str(value)
