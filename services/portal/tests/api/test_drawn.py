"""What functions draw in place of macros: whatever was typed is escaped, and the words are right."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup

from portal.api.pages.badges import drawn_badge
from portal.api.pages.buttons import drawn_attributes, drawn_button, drawn_link_button, drawn_menu_link
from portal.api.pages.people import drawn_avatar, drawn_person
from portal.api.pages.times import drawn_day, drawn_when
from portal.api.views.plain_text import in_ascii

TYPED = "<b>\"A&'"
SAFE = "&lt;b&gt;&#34;A&amp;&#39;"
CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 1, 5, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "drawn",
    [
        drawn_badge("good", TYPED, title=TYPED),
        drawn_button(TYPED, value=TYPED, is_icon_only=True),
        drawn_link_button(TYPED, TYPED, hx_get=TYPED),
        drawn_menu_link(TYPED, TYPED, hint=TYPED, hx_get=TYPED),
        drawn_person(TYPED, href=TYPED),
        drawn_person(None, nobody=TYPED),
    ],
)
def test_what_was_typed_is_escaped(drawn: Markup) -> None:
    assert SAFE in drawn
    assert TYPED not in drawn
    assert "<b>" not in drawn and '"A' not in drawn


def test_what_is_markup_already_is_not_escaped_again() -> None:
    assert "<em>x</em></span>" in drawn_badge("good", Markup("<em>x</em>"))


def test_attributes_are_written_from_keywords() -> None:
    values = {"hx_get": "/live", "disabled": True, "hidden": False, "title": None, "rows": 4}
    assert drawn_attributes(values) == ' hx-get="/live" disabled rows="4"'


def test_an_avatar_shows_initials_or_nobody() -> None:
    assert ">AL</span>" in drawn_avatar("ana maria lopez")
    assert ">B</span>" in drawn_avatar("Bo", "small")
    assert "avatar-nobody" in drawn_avatar(None)
    assert ">?</span>" in drawn_avatar("  ")
    assert "<span>You</span>" in drawn_person("Bo", is_me=True)


@pytest.mark.parametrize(
    ("gap", "text"),
    [
        (timedelta(seconds=59), "now"),
        (timedelta(seconds=-59), "now"),
        (timedelta(minutes=5), "in 5 min"),
        (timedelta(minutes=-59), "59 min ago"),
        (timedelta(hours=47), "in 47 h"),
        (timedelta(days=-2), "2 d ago"),
        (timedelta(days=30), "4 Feb"),
        (timedelta(days=-40), "26 Nov 2025"),
    ],
)
def test_an_instant_is_told_by_its_distance(gap: timedelta, text: str) -> None:
    assert drawn_when(NOW + gap, CHICAGO, NOW).endswith(f">{text}</time>")


def test_the_whole_instant_stands_in_the_tooltip_by_the_zones_clock() -> None:
    assert 'title="Mon 5 Jan 2026, 12:30 CST"' in drawn_when(NOW, CHICAGO, NOW)


def test_a_day_says_how_far_off_it_is() -> None:
    today = date(2026, 1, 5)
    assert drawn_day(today) == '<time class="when" datetime="2026-01-05">Mon 5 Jan</time>'
    told = {-2: "2 days ago", -1: "yesterday", 0: "today", 1: "tomorrow", 9: "in 9 days"}
    for days, words in told.items():
        assert f'title="{words}"' in drawn_day(today + timedelta(days=days), today)
    assert "Tue 5 Jan 2027" in drawn_day(date(2027, 1, 5), today)


def test_markup_in_ascii_is_the_same_to_a_browser() -> None:
    assert in_ascii("<b>plain</b>") == "<b>plain</b>"
    assert Markup(in_ascii("<b>José · Łódź 😀</b>")).striptags() == "José · Łódź 😀"
