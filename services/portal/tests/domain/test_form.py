"""Fields from a contract, and posted fields back into JSON."""

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.form import Ask, Field, form_of
from portal.domain.posted import TWICE, Manner, name_at, read, written

CHICAGO = Manner(zone=ZoneInfo("America/Chicago"), loads=json.loads, dumps=json.dumps)

DOCUMENT: dict[str, Any] = {
    "components": {
        "schemas": {
            "Shift": {
                "type": "object",
                "description": "A week's shifts.",
                "required": ["shifts_per_week", "starts_at"],
                "properties": {
                    "shifts_per_week": {"type": "integer", "minimum": 1, "maximum": 7},
                    "starts_at": {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
                    "weekdays": {"type": "array", "items": {"$ref": "#/components/schemas/Weekday"}, "maxItems": 7},
                },
            },
            "Weekday": {"type": "string", "enum": ["mon", "tue", "wed"]},
            "Loop": {"type": "object", "properties": {"again": {"$ref": "#/components/schemas/Loop"}}},
        }
    }
}
AMOUNT = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^[0-9.]+$"}]}
BODY: dict[str, Any] = {
    "type": "object",
    "required": ["day", "count", "tick", "rows", "shift", "unit", "kind"],
    "properties": {
        "day": {"type": "string", "format": "date"},
        "at": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
        "count": {"type": "integer", "minimum": 0},
        "amount": {"anyOf": [*AMOUNT["anyOf"], {"type": "null"}], "description": "Dollars."},
        "tick": {"type": "boolean"},
        "answer": {"anyOf": [{"type": "boolean"}, {"type": "null"}]},
        "unit": {"type": "string", "maxLength": 80, "examples": ["ICU"]},
        "note": {"type": "string", "maxLength": 500},
        "kind": {"const": "late"},
        "choice": {"anyOf": [{"$ref": "#/components/schemas/Weekday"}, {"type": "null"}], "default": None},
        "words": {"type": "array", "items": {"type": "string"}},
        "numbers": {"type": "array", "items": {"type": "integer"}},
        "rates": {"type": "object", "additionalProperties": AMOUNT, "propertyNames": {"pattern": "^[A-Z]+$"}},
        "bills": {"type": "object", "patternProperties": {"^[A-Z]+$": AMOUNT}, "additionalProperties": False},
        "shift": {"$ref": "#/components/schemas/Shift"},
        "maybe": {"anyOf": [{"$ref": "#/components/schemas/Shift"}, {"type": "null"}]},
        "rows": {
            "type": "array",
            "maxItems": 3,
            "items": {
                "type": "object",
                "required": ["name"],
                "properties": {"name": {"type": "string"}, "amount": AMOUNT, "is_taxed": {"type": "boolean"}},
            },
        },
        "raw": {"anyOf": [{"type": "object"}, {"type": "array", "items": {"type": "array"}}]},
    },
}
FORM = form_of(BODY, DOCUMENT)


def asked(name: str, form: Field = FORM) -> Field:
    return next(one for one in form.members if one.key == name)


@pytest.mark.parametrize(
    ("name", "ask", "is_required", "is_nullable"),
    [
        ("day", Ask.DAY, True, False),
        ("at", Ask.INSTANT, False, True),
        ("count", Ask.WHOLE, True, False),
        ("amount", Ask.DECIMAL, False, True),
        ("tick", Ask.FLAG, True, False),
        ("answer", Ask.ANSWER, False, True),
        ("unit", Ask.TEXT, True, False),
        ("note", Ask.LINES, False, False),
        ("kind", Ask.FIXED, True, False),
        ("choice", Ask.CHOICE, False, True),
        ("words", Ask.VALUES, False, False),
        ("rates", Ask.AMOUNTS, False, False),
        ("bills", Ask.AMOUNTS, False, False),
        ("shift", Ask.GROUP, True, False),
        ("maybe", Ask.GROUP, False, True),
        ("rows", Ask.ROWS, True, False),
        ("raw", Ask.JSON, False, False),
    ],
)
def test_each_kind_of_schema_is_asked_for_in_its_own_way(name, ask, is_required, is_nullable):
    field = asked(name)
    assert (field.ask, field.is_required, field.is_nullable) == (ask, is_required, is_nullable)


def test_labels_hints_bounds_and_examples_come_from_the_contract():
    shift = asked("shift")
    assert (shift.hint, asked("amount").hint, asked("unit").example) == ("A week's shifts.", "Dollars.", "ICU")
    starts, count = asked("starts_at", shift), asked("shifts_per_week", shift)
    assert (starts.ask, starts.label, count.low, count.high) == (Ask.TIME, "Starts at", "1", "7")
    assert asked("weekdays", shift).options == ("mon", "tue", "wed")
    assert asked("rates").pattern == "^[A-Z]+$"


def test_a_schema_that_refers_to_itself_ends_as_json():
    field = form_of({"$ref": "#/components/schemas/Loop"}, DOCUMENT)
    depth = 0
    while field.members:
        field, depth = field.members[0], depth + 1
    assert (field.ask, depth) == (Ask.JSON, 7)


def test_a_command_without_a_body_asks_nothing():
    assert form_of(None, DOCUMENT).members == ()
    assert read(form_of(None, DOCUMENT), {}, manner=CHICAGO) == {}


def test_what_is_left_blank_is_left_out_and_what_cannot_be_done_without_is_empty():
    assert read(FORM, {}, manner=CHICAGO) == {"tick": False, "rows": [], "shift": {}, "kind": "late"}


def test_what_cannot_be_read_travels_as_it_was_typed():
    posted = {"count": ["12x"], "day": ["tomorrow"], "at": ["noon"], "numbers": ["1\ntwo"], "raw": ["{"]}
    body = read(FORM, posted, manner=CHICAGO)
    assert (body["count"], body["day"], body["at"], body["raw"]) == ("12x", "tomorrow", "noon", "{")
    assert body["numbers"] == [1, "two"]
    again = written(FORM, body, manner=CHICAGO)
    assert {name: again[name] for name in posted} == posted


def test_an_instant_is_read_by_the_facilitys_clock():
    assert read(FORM, {"at": ["2026-01-05T07:00"]}, manner=CHICAGO)["at"] == "2026-01-05T07:00:00-06:00"
    assert written(FORM, {"at": "2026-07-01T12:00:00+00:00"}, manner=CHICAGO)["at"] == ["2026-07-01T07:00:00"]


def test_a_code_given_twice_is_not_lost():
    posted = {"rates/0~code": ["REG"], "rates/0~value": ["40"], "rates/2~code": ["REG"], "rates/2~value": ["50"]}
    assert read(FORM, posted, manner=CHICAGO)["rates"] == {"REG": "40", f"REG{TWICE}": "50"}


def test_rows_that_are_blank_are_no_rows():
    posted = {"rows/0/name": [" "], "rows/0/amount": [""], "rows/2/name": ["Shoes"], "rows/10/amount": ["7"]}
    rows = read(FORM, posted, manner=CHICAGO)["rows"]
    assert rows == [{"name": "Shoes", "is_taxed": False}, {"amount": "7", "is_taxed": False}]


@pytest.mark.parametrize(
    ("pointer", "name"),
    [
        ("/day", "day"),
        ("/shift/starts_at", "shift/starts_at"),
        ("/shift/weekdays/1", "shift/weekdays"),
        ("/rows/1/amount", "rows/1/amount"),
        ("/rows/1", "rows/1"),
        ("/rates/OT", "rates/1~value"),
        ("/words/0", "words"),
        ("/elsewhere/0", None),
        ("/query/cursor", None),
        ("", None),
    ],
)
def test_a_finding_leads_to_its_field_or_the_nearest_one(pointer, name):
    assert name_at(FORM, pointer, body={"rates": {"REG": "40", "OT": "x"}, "rows": [{}, {}]}) == name


LINE = st.text(st.characters(codec="ascii", categories=("L", "N", "P")), min_size=1, max_size=12)
DECIMAL = st.decimals(min_value=0, max_value=9999, places=2).map(str)
SHIFT = st.fixed_dictionaries(
    {"shifts_per_week": st.integers(1, 7), "starts_at": st.sampled_from(["07:00", "19:30"])},
    optional={"weekdays": st.lists(st.sampled_from(["mon", "tue", "wed"]), min_size=1, unique=True)},
)
BODIES = st.fixed_dictionaries(
    {
        "day": st.dates().map(str),
        "count": st.integers(-(10**17), 10**17),
        "tick": st.booleans(),
        "unit": LINE,
        "kind": st.just("late"),
        "shift": SHIFT,
        "rows": st.lists(
            st.fixed_dictionaries({"name": LINE, "is_taxed": st.booleans()}, optional={"amount": DECIMAL}), max_size=3
        ),
    },
    optional={
        "at": st.datetimes(timezones=st.just(ZoneInfo("Asia/Tokyo"))).map(
            lambda moment: (
                moment.replace(year=2026, month=7, microsecond=0).astimezone(CHICAGO.zone).replace(fold=0).isoformat()
            )
        ),
        "amount": DECIMAL,
        "answer": st.booleans(),
        "note": st.lists(LINE, min_size=1).map("\n".join),
        "choice": st.sampled_from(["mon", "tue", "wed"]),
        "words": st.lists(LINE, min_size=1),
        "numbers": st.lists(st.integers(0, 99), min_size=1),
        "rates": st.dictionaries(st.from_regex(r"[A-Z]{1,6}", fullmatch=True), DECIMAL, min_size=1),
        "maybe": SHIFT,
        "raw": st.lists(st.lists(st.integers(), max_size=2), max_size=2),
    },
)


@given(BODIES)
def test_a_body_written_into_the_form_and_read_again_is_the_same(body):
    assert read(FORM, written(FORM, body, manner=CHICAGO), manner=CHICAGO) == body
