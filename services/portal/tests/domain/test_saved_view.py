"""Filters under a name."""

from dataclasses import replace

import pytest

from portal.domain.errors import NotYourView, TooManyViews, ViewInvalid
from portal.domain.saved_view import MOST_VIEWS, SavedView, ViewDraft, kept, require_droppable

MINE = SavedView(view_id="viw_1", owner_id="per_1", page="work", name="Late", filters=(("due", "overdue"),))


def keep(own=(), **overrides):
    valid = {"page": "work", "name": "Late", "filters": (("due", "overdue"),)}
    return kept(ViewDraft(**valid | overrides), own, view_id="viw_2", owner_id="per_1")


def test_a_view_keeps_the_filters_and_not_the_page_of_the_list():
    assert keep(filters=(("due", "week"), ("cursor", "x"), ("limit", "200"), ("q", ""))).filters == (("due", "week"),)


def test_the_same_name_on_the_same_list_is_the_same_view():
    again = keep([MINE], name=" late ", filters=(("due", "today"),))
    assert (again.view_id, again.name, again.filters) == ("viw_1", "late", (("due", "today"),))
    assert keep([MINE], page="board").view_id == "viw_2"


def test_a_view_for_the_team_is_the_teams():
    assert keep(is_for_team=True, team="West").team == "West"
    assert keep(team="West").team is None


@pytest.mark.parametrize(
    ("why", "overrides", "fields"),
    [
        ("no name", {"name": " "}, ["/name"]),
        ("a long name", {"name": "x" * 41}, ["/name"]),
        ("no such list", {"page": "parked"}, ["/page"]),
        ("of no team", {"is_for_team": True}, ["/is_for_team"]),
        ("a long filter", {"filters": (("q", "x" * 101),)}, ["/filters"]),
        ("many filters", {"filters": tuple((f"f{n}", "x") for n in range(21))}, ["/filters"]),
    ],
)
def test_a_view_that_nobody_could_use_is_refused(why, overrides, fields):
    with pytest.raises(ViewInvalid) as refused:
        keep(**overrides)
    assert [finding.pointer for finding in refused.value.findings] == fields


def test_nobody_keeps_more_views_than_they_can_find():
    own = [replace(MINE, view_id=f"viw_{n}", name=f"View {n}") for n in range(MOST_VIEWS)]
    with pytest.raises(TooManyViews):
        keep(own)
    assert keep(own, name="View 3").view_id == "viw_3"


def test_a_lead_drops_a_teams_view_and_nobody_drops_anothers_own():
    require_droppable(MINE, by="per_1", is_lead=False)
    require_droppable(replace(MINE, team="West"), by="per_2", is_lead=True)
    for view, is_lead in ((MINE, True), (replace(MINE, team="West"), False)):
        with pytest.raises(NotYourView):
            require_droppable(view, by="per_2", is_lead=is_lead)
