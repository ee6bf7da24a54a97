"""The five pages to look at first."""

from firstshift.demo_offers import Goal, plans
from firstshift.home import Home
from firstshift.token_source import Tokens
from firstshift.tour import tour

PORTAL = "http://127.0.0.1:8400"
URLS = {"assignments": "http://127.0.0.1:9", "portal": PORTAL}


async def test_five_pages_are_shown_also_while_assignments_does_not_answer(home: Home) -> None:
    stops = await tour(URLS, Tokens(home, URLS, test_mode=True))
    pages = [address.removeprefix(PORTAL) for _, address in stops]
    assert pages == ["/work", "/assignments", "/board", "/funnel", "/design"]


async def test_without_a_portal_there_is_nothing_to_see(home: Home) -> None:
    urls = {"assignments": URLS["assignments"]}
    assert list(await tour(urls, Tokens(home, urls, test_mode=True))) == []


def test_the_demo_has_somebody_who_cannot_start_yet() -> None:
    assert any(plan.goal is Goal.ONBOARDING and not plan.twist for plan in plans())
