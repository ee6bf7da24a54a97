"""Every page, light and dark: clean to axe, narrow enough at 390 px and at 200 % zoom, workable by Tab and by thumb."""

from typing import Any

import pytest
from playwright.async_api import Page, ViewportSize

from tests.browser.axe import barriers
from tests.browser.people import NARROW, Visits
from tests.browser.places import Place
from tests.browser.sight import small_targets, tab_through, too_wide

pytestmark = pytest.mark.asyncio(loop_scope="session")

NAMES = (
    "queue queue-drawer queue-filters queue-filtered-out queue-specialist queue-views work-item task-new assignments"
    " assignment assignment-timeline assignment-event assignment-terms push-start file file-specialist file-item"
    " documents packets expiring exclusions rules rule clinicians clinician facilities facility notes board"
    " board-by-state funnel funnel-rows parked me mentions search palette shortcuts design link own not-found"
    " signed-out references reference skills checklist outside outside-link outside-thanks own-skills own-section"
    " measures sample audit adverse-actions adverse-action assignment-adverse profile sources"
).split()
ZOOMED: ViewportSize = {"width": 720, "height": 450}
"""A screen of 1440 px at 200 %: half as many of its own pixels each way."""
PHONE: dict[str, Any] = {"viewport": NARROW, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
MOST_STOPS = 60


async def _shown(visit: Visits, place: Place, **options: Any) -> Page:
    page = await visit(place.role, **options)
    await place.show(page)
    return page


@pytest.fixture(params=NAMES)
def place(request: pytest.FixtureRequest, every_place: dict[str, Place]) -> Place:
    """One page after the other."""
    return every_place[request.param]


async def test_every_page_is_looked_at(every_place: dict[str, Place]) -> None:
    assert sorted(every_place) == sorted(NAMES)


async def test_nothing_bars_anybody_from_a_page_in_either_theme(visit: Visits, place: Place) -> None:
    page = await _shown(visit, place, color_scheme="light")
    found = {"light": await barriers(page)}
    await page.emulate_media(color_scheme="dark")
    found["dark"] = await barriers(page)
    assert found == {"light": [], "dark": []}


async def test_a_page_at_twice_its_size_scrolls_one_way_and_shows_where_the_focus_is(
    visit: Visits, place: Place
) -> None:
    page = await _shown(visit, place)
    stops = await tab_through(page, most=MOST_STOPS)  # a date's parts are several; Chromium rings the last by itself
    await page.set_viewport_size(ZOOMED)
    found = {
        "too wide": await too_wide(page),
        "behind something": [stop["html"] for stop in stops if stop["is_hidden"]],
        "without a ring": sorted(
            {stop["html"] for stop in stops} - {stop["html"] for stop in stops if stop["has_ring"]}
        ),
    }
    assert stops, "nothing takes the focus"
    assert found == dict.fromkeys(found, [])


async def test_a_page_on_a_telephone_scrolls_one_way_and_its_targets_fit_a_thumb(visit: Visits, place: Place) -> None:
    page = await _shown(visit, place, **PHONE)
    found = {
        "too wide": await too_wide(page),
        "too small": await small_targets(page),
        "barriers": await barriers(page),
    }
    assert found == dict.fromkeys(found, [])


async def test_nothing_moves_for_those_who_asked_for_that(visit: Visits, every_place: dict[str, Place]) -> None:
    page = await _shown(visit, every_place["queue-drawer"], reduced_motion="reduce")
    moving: list[str] = await page.evaluate(
        "document.getAnimations().filter(one => (one.effect.getComputedTiming().duration ?? 0) > 100)"
        ".map(one => one.effect.target.outerHTML.slice(0, 120))"
    )
    assert moving == []
