"""FULL compatibility: what may change in a schema without any reader noticing, and what may not."""

from typing import Any

import pytest

from shared.contracts.compatibility import incompatibilities
from shared.contracts.event import Event
from shared.contracts.schema import events_of_catalogue, schema_of

TEXT = {"type": "string"}
WHOLE = {"type": "integer"}
NULL = {"type": "null"}
MAYBE = {"anyOf": [TEXT, NULL], "default": None}
DAY = {"type": "string", "format": "date"}
COLOUR = {"type": "string", "enum": ["red", "green"]}
EITHER = {"anyOf": [TEXT, WHOLE]}


def an_event(*required: str, defs: dict[str, Any] | None = None, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "$defs": defs or {},
    }


def within(line: dict[str, Any], *, through: str = "items") -> dict[str, Any]:
    """An event that reaches the shape Line as a list, a map, a field or a field that may be null."""
    reach = {
        "items": {"type": "array", "items": {"$ref": "#/$defs/Line"}},
        "map": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Line"}},
        "field": {"$ref": "#/$defs/Line"},
        "maybe": {"anyOf": [{"$ref": "#/$defs/Line"}, NULL], "default": None},
    }[through]
    return an_event("part", part=reach, defs={"Line": line})


COMPATIBLE = {
    "nothing changed": (an_event("a", a=TEXT), an_event("a", a=TEXT)),
    "an optional field was added": (an_event("a", a=TEXT), an_event("a", a=TEXT, b=MAYBE)),
    "an optional field was removed": (an_event("a", a=TEXT, b=MAYBE), an_event("a", a=TEXT)),
    "one came and another went": (an_event(a=MAYBE), an_event(b=MAYBE)),
    "words changed": (
        an_event(a={**TEXT, "title": "A", "description": "old", "examples": ["x"]}),
        {**an_event(a={**TEXT, "description": "new"}), "$id": "urn:x", "title": "Event"},
    ),
    "fields, enumeration and required stand in another order": (
        an_event("a", "b", a=TEXT, b=COLOUR),
        an_event("b", "a", b={**COLOUR, "enum": ["green", "red"]}, a=TEXT),
    ),
    "null stands first": (an_event(a=MAYBE), an_event(a={**MAYBE, "anyOf": [NULL, TEXT]})),
    "a shape got another name": (
        an_event("a", a={"$ref": "#/$defs/Old"}, defs={"Old": an_event("x", x=TEXT)}),
        an_event("a", a={"$ref": "#/$defs/New"}, defs={"New": an_event("x", x=TEXT)}),
    ),
    "a shape was written in place": (
        an_event("a", a={"$ref": "#/$defs/Colour"}, defs={"Colour": COLOUR}),
        an_event("a", a=COLOUR),
    ),
    "a nested optional field was added": (
        within(an_event("x", x=TEXT)),
        within(an_event("x", x=TEXT, y=MAYBE)),
    ),
    "openness was said aloud": (an_event(a=TEXT), {**an_event(a=TEXT), "additionalProperties": True}),
    "a shape nobody refers to was removed": (an_event(a=TEXT, defs={"Gone": COLOUR}), an_event(a=TEXT)),
    "a field is called like a word": (an_event("title", title=TEXT), an_event("title", title=TEXT)),
}

BREAKING = {
    "a required field was added": (
        an_event(),
        an_event("a", a=TEXT),
        "$.a: a required field was added; give it a default",
    ),
    "a required field was removed": (
        an_event("a", a=TEXT),
        an_event(),
        "$.a: a required field was removed",
    ),
    "a field became required": (an_event(a=TEXT), an_event("a", a=TEXT), "$.a: became required"),
    "a field became optional": (an_event("a", a=TEXT), an_event(a=TEXT), "$.a: became optional"),
    "a type changed": (
        an_event("a", a=TEXT),
        an_event("a", a=WHOLE),
        "$.a: type changed from string to integer",
    ),
    "the type of a field called like a word changed": (
        an_event("title", title=TEXT),
        an_event("title", title=WHOLE),
        "$.title: type changed from string to integer",
    ),
    "an enumeration grew": (
        an_event("a", a=COLOUR),
        an_event("a", a={**COLOUR, "enum": ["red", "green", "blue"]}),
        "$.a: enumeration gained blue",
    ),
    "an enumeration shrank": (
        an_event("a", a=COLOUR),
        an_event("a", a={**COLOUR, "enum": ["red"]}),
        "$.a: enumeration lost green",
    ),
    "text became an enumeration": (
        an_event("a", a=TEXT),
        an_event("a", a=COLOUR),
        "$.a: an enumeration was added",
    ),
    "an enumeration became text": (
        an_event("a", a=COLOUR),
        an_event("a", a=TEXT),
        "$.a: an enumeration was removed",
    ),
    "a field may be null": (
        an_event("a", a=TEXT),
        an_event("a", a={"anyOf": [TEXT, NULL]}),
        "$.a: may now be null",
    ),
    "a field may not be null any more": (
        an_event("a", a={"anyOf": [TEXT, NULL]}),
        an_event("a", a=TEXT),
        "$.a: may no longer be null",
    ),
    "the type beside null changed": (
        an_event(a=MAYBE),
        an_event(a={"anyOf": [WHOLE, NULL], "default": None}),
        "$.a: type changed from string to integer",
    ),
    "a format changed": (
        an_event("a", a=DAY),
        an_event("a", a={**DAY, "format": "date-time"}),
        "$.a: format changed from date to date-time",
    ),
    "a format was dropped": (
        an_event("a", a=DAY),
        an_event("a", a=TEXT),
        "$.a: format changed from date to None",
    ),
    "a constant changed": (
        an_event("a", a={"const": 1}),
        an_event("a", a={"const": 2}),
        "$.a: const changed from 1 to 2",
    ),
    "a pattern was added": (
        an_event("a", a=TEXT),
        an_event("a", a={**TEXT, "pattern": "^x"}),
        "$.a: pattern changed from None to ^x",
    ),
    "a limit changed": (
        an_event("a", a={**TEXT, "maxLength": 9}),
        an_event("a", a={**TEXT, "maxLength": 8}),
        "$.a: maxLength changed from 9 to 8",
    ),
    "a keyword nobody thought of was added": (
        an_event("a", a=TEXT),
        an_event("a", a={**TEXT, "not": {"const": "x"}}),
        "$.a: not changed from None to {'const': 'x'}",
    ),
    "a default changed": (
        an_event(a={**WHOLE, "default": 0}),
        an_event(a={**WHOLE, "default": 1}),
        "$.a: default changed from 0 to 1",
    ),
    "an alternative was added": (
        an_event("a", a=EITHER),
        an_event("a", a={"anyOf": [TEXT, WHOLE, {"type": "boolean"}]}),
        "$.a: anyOf has 3 parts instead of 2",
    ),
    "an alternative changed": (
        an_event("a", a=EITHER),
        an_event("a", a={"anyOf": [TEXT, {"type": "boolean"}]}),
        "$.a<anyOf 1>: type changed from integer to boolean",
    ),
    "items changed": (
        an_event("a", a={"type": "array", "items": TEXT}),
        an_event("a", a={"type": "array", "items": WHOLE}),
        "$.a[]: type changed from string to integer",
    ),
    "the values of a map changed": (
        an_event("a", a={"type": "object", "additionalProperties": {"type": "string", "format": "decimal"}}),
        an_event("a", a={"type": "object", "additionalProperties": TEXT}),
        "$.a.*: format changed from decimal to None",
    ),
    "the event was closed": (
        an_event(a=TEXT),
        {**an_event(a=TEXT), "additionalProperties": False},
        "$.*: additionalProperties changed from True to False",
    ),
    "a shape in a list lost a field": (
        within(an_event("x", x=TEXT)),
        within(an_event()),
        "$.part[].x: a required field was removed",
    ),
    "a shape in a map got a field": (
        within(an_event(), through="map"),
        within(an_event("x", x=TEXT), through="map"),
        "$.part.*.x: a required field was added; give it a default",
    ),
    "a shape in a field changed": (
        within(an_event("x", x=TEXT), through="field"),
        within(an_event("x", x=WHOLE), through="field"),
        "$.part.x: type changed from string to integer",
    ),
    "a shape beside null changed": (
        within(an_event("x", x=COLOUR), through="maybe"),
        within(an_event("x", x={**COLOUR, "enum": ["red", "green", "blue"]}), through="maybe"),
        "$.part.x: enumeration gained blue",
    ),
    "a shape under the same name means something else": (
        an_event("a", a={"$ref": "#/$defs/Line"}, defs={"Line": COLOUR}),
        an_event("a", a={"$ref": "#/$defs/Line"}, defs={"Line": {**COLOUR, "enum": ["red", "blue"]}}),
        "$.a: enumeration gained blue",
    ),
}


@pytest.mark.parametrize(("older", "newer"), COMPATIBLE.values(), ids=COMPATIBLE)
def test_readers_old_and_new_do_not_notice(older: dict[str, Any], newer: dict[str, Any]) -> None:
    assert incompatibilities(older, newer) == ()
    assert incompatibilities(newer, older) == ()


@pytest.mark.parametrize(("older", "newer", "message"), BREAKING.values(), ids=BREAKING)
def test_a_break_is_named_with_its_place(older: dict[str, Any], newer: dict[str, Any], message: str) -> None:
    assert message in incompatibilities(older, newer)
    assert incompatibilities(newer, older)


def test_all_breaks_are_named_at_once() -> None:
    older = an_event("a", "b", a=TEXT, b=COLOUR)
    newer = an_event("a", "c", a=DAY, c=TEXT)
    assert incompatibilities(older, newer) == (
        "$.a: format changed from None to date",
        "$.b: a required field was removed",
        "$.c: a required field was added; give it a default",
    )


def without(schema: dict[str, Any], field: str) -> dict[str, Any]:
    properties = {name: part for name, part in schema["properties"].items() if name != field}
    return {**schema, "properties": properties, "required": [n for n in schema["required"] if n != field]}


@pytest.mark.parametrize("event", events_of_catalogue(), ids=lambda event: event.event_type)
def test_exactly_the_optional_fields_of_an_event_may_go(event: type[Event]) -> None:
    schema = schema_of(event, 1)
    assert incompatibilities(schema, schema) == ()
    may_go = {name for name in schema["properties"] if not incompatibilities(schema, without(schema, name))}
    assert may_go == schema["properties"].keys() - set(schema["required"])
