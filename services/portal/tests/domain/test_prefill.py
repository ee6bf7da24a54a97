"""Forms that begin with the present terms: what stands in them, what is sent, and what others changed meanwhile."""

from typing import Any

import pytest

from portal.domain.form import Ask, Field
from portal.domain.prefill import kept_up, of_terms, only_changed

TERMS = {"unit": "ICU", "start_date": "2026-01-05", "end_date": "2026-04-05", "bill_rates": None, "version": 3}


def text(key: str, *, is_required: bool = False) -> Field:
    return Field(key=key, ask=Ask.TEXT, label=key, is_required=is_required)


def group(key: str, *members: Field, is_required: bool = False) -> Field:
    return Field(key=key, ask=Ask.GROUP, label=key, members=members, is_required=is_required)


REVISION = group("revision", text("unit"), text("bill_rates"), text("note"))
EXTEND = group("", text("new_end", is_required=True), text("clinician_accepted", is_required=True), REVISION)
PUSH = group("", text("new_start", is_required=True), text("new_end"))


@pytest.mark.parametrize(
    ("case", "form", "body"),
    [
        (
            "what is masked or no part of the terms is blank",
            EXTEND,
            {"new_end": "2026-04-05", "revision": {"unit": "ICU"}},
        ),
        ("the last day moves along", PUSH, {"new_start": "2026-01-05"}),
        ("a float names its unit itself", group("", text("unit"), text("effective_on")), {"unit": "ICU"}),
        ("nothing of it", group("", text("reason")), {}),
    ],
)
def test_a_form_begins_with_the_present_terms(case: str, form: Field, body: dict[str, Any]) -> None:
    assert of_terms(form, TERMS) == body


BEGAN = {"new_end": "2026-04-05", "revision": {"unit": "ICU", "pay": {"a": 1, "b": 2}}}


@pytest.mark.parametrize(
    ("case", "changes", "sent"),
    [
        ("nothing", {}, {"new_end": "2026-04-05"}),
        ("one member", {"unit": "SD"}, {"new_end": "2026-04-05", "revision": {"unit": "SD"}}),
        ("a part of one", {"pay": {"a": 1, "b": 3}}, {"new_end": "2026-04-05", "revision": {"pay": {"a": 1, "b": 3}}}),
        ("one that was blank", {"note": "x"}, {"new_end": "2026-04-05", "revision": {"note": "x"}}),
    ],
)
def test_only_what_was_changed_is_sent_and_what_is_required(case: str, changes: Any, sent: Any) -> None:
    form = group("", text("new_end", is_required=True), group("revision", text("unit"), text("pay"), text("note")))
    body = {"new_end": "2026-04-05", "revision": {**BEGAN["revision"], **changes}}  # type: ignore[dict-item]
    assert only_changed(form, body, began=BEGAN) == sent


def test_a_group_that_is_required_is_sent_empty_and_one_that_began_with_nothing_whole() -> None:
    form = group("", group("revision", text("unit"), is_required=True))
    body = {"revision": {"unit": "ICU"}}
    assert only_changed(form, body, began=body) == {"revision": {}}
    assert only_changed(form, body, began={}) == body


@pytest.mark.parametrize(
    ("case", "typed", "now", "found"),
    [
        ("untouched follows", {"a": 1}, {"a": 2}, {"a": 2}),
        ("typed stays", {"a": 7}, {"a": 2}, {"a": 7}),
        ("taken away stays away", {}, {"a": 2}, {}),
        ("untouched goes with what is gone", {"a": 1}, {}, {}),
        ("what is new comes", {"a": 1}, {"a": 1, "b": 5}, {"a": 1, "b": 5}),
        (
            "value by value",
            {"a": 1, "in": {"x": 7, "y": 1}},
            {"a": 1, "in": {"x": 2, "y": 3}},
            {"a": 1, "in": {"x": 7, "y": 3}},
        ),
    ],
)
def test_what_nobody_touched_follows_what_others_changed(case: str, typed: Any, now: Any, found: Any) -> None:
    assert kept_up(typed, began={"a": 1, "in": {"x": 1, "y": 1}}, now=now) == found
