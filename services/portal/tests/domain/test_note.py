"""Notes and mentions."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.note import LONGEST, About, Colleague, Note, Part, Subject, shown, written
from shared.ids import new_id

ANA = Colleague(person_id="per_1", name="Ana Ruiz", email="ana@agency.example")
ANABEL = Colleague(person_id="per_2", name="Ana Ruiz-Blom", email="blom@agency.example")
BEN = Colleague(person_id="per_3", name="Ben Lowry", email="ben@agency.example")
OTHER_BEN = Colleague(person_id="per_4", name="Ben Lowry", email="lowry@agency.example")
ALL = (ANA, ANABEL, BEN, OTHER_BEN)


@pytest.mark.parametrize(
    ("case", "typed", "kept", "mentions"),
    [
        ("by name", "Ask @Ana Ruiz.", "Ask <@per_1>.", ("per_1",)),
        ("whatever the case", "@ana ruiz", "<@per_1>", ("per_1",)),
        ("the longest name", "@Ana Ruiz-Blom knows", "<@per_2> knows", ("per_2",)),
        ("by address", "@ben@agency.example knows", "<@per_3> knows", ("per_3",)),
        ("twice is one", "@Ana Ruiz and @Ana Ruiz", "<@per_1> and <@per_1>", ("per_1",)),
        ("a longer word is nobody", "@Ana Ruizinho", "@Ana Ruizinho", ()),
        ("an address is no mention", "write ana@Ana Ruiz", "write ana@Ana Ruiz", ()),
        ("nobody", "@ 5 pm, @Zed", "@ 5 pm, @Zed", ()),
        ("a token by hand mentions nobody", "<@per_1>", "<@per_1>", ()),
        ("line breaks stay, other controls go", "a\r\nb\x00\x1b", "a\nb", ()),
    ],
)
def test_who_is_mentioned(case, typed, kept, mentions):
    found = written(typed, ALL)
    assert (found.text, found.mentions, found.findings) == (kept, mentions, ()), case


@pytest.mark.parametrize(
    ("typed", "codes"),
    [("  \n", ["required"]), ("x" * (LONGEST + 1), ["too_long"]), ("@Ben Lowry", ["two_of_that_name"])],
)
def test_every_fault_is_found(typed, codes):
    assert [one.code for one in written(typed, ALL).findings] == codes


def a_note(text: str, *mentions: str) -> Note:
    subject = Subject(about=About.ASSIGNMENT, about_id="asg_1")
    at = datetime(2026, 1, 5, tzinfo=UTC)
    return Note(note_id=new_id("nte"), subject=subject, author_id="per_9", at=at, text=text, mentions=mentions)


def test_a_mention_shows_the_name_that_its_person_has_now():
    parts = shown(a_note("Ask <@per_1>.", "per_1"), {"per_1": "Ana Blom"})
    assert parts == (Part(text="Ask "), Part(text="@Ana Blom", person_id="per_1"), Part(text="."))


def test_of_somebody_erased_no_name_is_left():
    assert shown(a_note("<@per_1>", "per_1"), {}) == (Part(text="@somebody who left", person_id="per_1"),)


def test_a_token_that_nobody_was_found_for_stays_text():
    assert shown(a_note("<@per_1>"), {"per_1": "Ana"}) == (Part(text="<@per_1>"),)


@given(st.text(max_size=80))
def test_a_text_without_mentions_is_shown_as_it_was_kept(typed):
    kept = written(typed, ())
    assert "".join(part.text for part in shown(a_note(kept.text), {})) == kept.text
