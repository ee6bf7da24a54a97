"""Reading bodies: every fault at once, and what is left of a faulty body."""

import json
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from pydantic import Field

from shared.errors import Invalid
from shared.http.bodies import Amount, RequestBody
from shared.http.decoding import read
from shared.http.errors import MalformedJson, TooDeep


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Wheel(RequestBody):
    """A wheel."""

    size: int = Field(ge=1)
    made_on: date | None = None


class Cart(RequestBody):
    """A cart."""

    name: str = Field(max_length=5)
    colour: Colour
    price: Amount
    start_date: date
    is_new: bool = True
    wheels: list[Wheel] = Field(default=[], max_length=4)
    rates: dict[str, Amount] = {}
    spare: Wheel | None = None


GOOD: dict[str, Any] = {"name": "hay", "colour": "red", "price": "1.50", "start_date": "2026-01-05"}


def findings_of(**changes: Any) -> list[tuple[str, str]]:
    raw = json.dumps({**GOOD, **changes}).encode()
    return [(finding.pointer, finding.code) for finding in read(Cart, raw).findings]


def test_a_good_body_is_a_value_and_its_own_draft() -> None:
    found = read(Cart, json.dumps({**GOOD, "rates": {"REG": 45.1}}).encode())
    assert found.require() is found.draft
    assert found.require().rates == {"REG": Decimal("45.1")}


@pytest.mark.parametrize(
    ("name", "changes", "expected"),
    [
        ("a date in words", {"start_date": "soon"}, ("/start_date", "not_a_date")),
        ("a date as a number", {"start_date": 20260105}, ("/start_date", "not_a_date")),
        ("a decimal in words", {"price": "much"}, ("/price", "not_a_decimal")),
        ("a decimal that would fill the memory", {"price": "1e999999"}, ("/price", "too_precise")),
        ("a number that is none", {"price": "NaN"}, ("/price", "not_a_decimal")),
        ("a colour that is not listed", {"colour": "pink"}, ("/colour", "not_one_of")),
        ("a text too long", {"name": "haywain"}, ("/name", "too_long")),
        ("a number for a text", {"name": 7}, ("/name", "wrong_type")),
        ("a text for a truth", {"is_new": "yes"}, ("/is_new", "not_true_or_false")),
        ("a text for a number", {"wheels": [{"size": 1}, {"size": "2"}]}, ("/wheels/1/size", "not_a_whole_number")),
        ("a wheel of no size", {"wheels": [{"size": 0}]}, ("/wheels/0/size", "too_small")),
        ("a wheel that is a text", {"wheels": ["round"]}, ("/wheels/0", "wrong_type")),
        ("too many wheels", {"wheels": [{"size": 1}] * 5}, ("/wheels", "too_long")),
        ("a key with a slash and a tilde", {"rates": {"a/b~c": "x"}}, ("/rates/a~1b~0c", "not_a_decimal")),
        ("a field missing inside an optional part", {"spare": {}}, ("/spare/size", "missing")),
        ("a NUL character", {"name": "a\0b"}, ("/name", "not_text")),
        ("a NUL character in a key", {"rates": {"a\0": "1"}}, ("/rates", "not_text")),
        ("an unknown field", {"weight": 3}, ("/weight", "unknown_field")),
        ("an unknown field whose name is content", {"x" * 200: 3}, ("", "unknown_field")),
    ],
)  # fmt: skip
def test_each_fault_has_its_pointer_and_code(name: str, changes: dict[str, Any], expected: tuple[str, str]) -> None:
    assert findings_of(**changes) == [expected], name


def test_an_unknown_field_is_answered_with_the_nearest_known_one_of_its_place() -> None:
    raw = json.dumps({**GOOD, "startDate": 1, "zzz": 2, "spare": {"size": 1, "sise": 1}}).encode()
    messages = {finding.pointer: finding.message for finding in read(Cart, raw).findings}
    assert messages == {
        "/startDate": "This is not a known name; did you mean `start_date`?",
        "/zzz": "This is not a known name; known here: name, colour, price, start_date, is_new, wheels, rates, spare.",
        "/spare/sise": "This is not a known name; did you mean `size`?",
    }


def test_the_allowed_values_are_listed() -> None:
    (finding,) = read(Cart, json.dumps({**GOOD, "colour": "pink"}).encode()).findings
    assert finding.message == "Write one of 'red' or 'blue'."


def test_a_draft_keeps_what_is_readable_in_its_place() -> None:
    raw = {
        "price": "x",
        "start_date": "2026-01-05",
        "wheels": [{"size": "x"}, {"size": 2}, 5],
        "rates": {"REG": "x", "OT": "2"},
    }
    found = read(Cart, json.dumps(raw).encode())
    draft = found.draft
    assert found.value is None
    assert (draft.name, draft.colour, draft.price, draft.start_date) == (None, None, None, date(2026, 1, 5))
    assert (draft.is_new, draft.spare) == (True, None)
    assert [wheel and wheel.size for wheel in draft.wheels] == [None, 2, None]
    assert draft.rates == {"REG": None, "OT": Decimal(2)}


@pytest.mark.parametrize("raw", [b"[1]", b'"text"', b"null"])
def test_a_body_that_is_no_object_leaves_an_empty_draft(raw: bytes) -> None:
    found = read(Cart, raw)
    assert [(finding.pointer, finding.code) for finding in found.findings] == [("", "wrong_type")]
    assert (found.draft.name, found.draft.wheels) == (None, [])
    with pytest.raises(Invalid):
        found.require()


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b'{"name": 1,,}', "line 1, column 12"),
        (b"", "line 1, column 0"),
        (b'{\n"name\xff": 1}', "line 2, column 6"),
        (b'{"name": "\\ud800"}', "line 1, column 1"),
    ],
)
def test_a_text_that_is_not_json_is_refused_with_the_place_and_not_the_text(raw: bytes, place: str) -> None:
    with pytest.raises(MalformedJson, match=place) as refused:
        read(Cart, raw)
    assert "name" not in str(refused.value)


@pytest.mark.parametrize("opening", [b"[", b'{"name":', b'{"name":['])
def test_a_body_that_nests_too_deep_is_refused_with_the_place(opening: bytes) -> None:
    with pytest.raises(TooDeep, match=r"line 1, column \d"):
        read(Cart, opening * 100_000)
