"""Five pages of the portal to look at first, with ids from the demo data."""

from collections.abc import Mapping, Sequence

import httpx

from firstshift.demo_offers import Goal, plans
from firstshift.demo_rows import SOURCE
from firstshift.errors import CannotRun
from firstshift.portal import PORTAL
from firstshift.token_source import Tokens

ANSWER_SECONDS = 10
Stop = tuple[str, str]
"""What is seen, and the page's address."""


async def tour(urls: Mapping[str, str], tokens: Tokens) -> Sequence[Stop]:
    """The pages, in the order of a first visit; nothing where the portal does not run."""
    if PORTAL not in urls:
        return ()
    blocked = await _not_ready(urls, tokens)
    pages = (
        ("My work: the one queue", "/work"),
        ("Who cannot start yet, and why", f"/assignments/{blocked}" if blocked else "/assignments"),
        ("The start board", "/board"),
        ("From accepted to paid right", "/funnel"),
        ("The design language", "/design"),
    )
    return tuple((what, urls[PORTAL] + page) for what, page in pages)


async def _not_ready(urls: Mapping[str, str], tokens: Tokens) -> str | None:
    """The demo's assignment that starts first among those that are not ready; None when nobody can say."""
    waiting = [plan for plan in plans() if plan.goal is Goal.ONBOARDING and not plan.twist]
    soonest = min(waiting, key=lambda plan: plan.week)
    query = {"source": SOURCE, "source_reference": soonest.reference}
    try:
        headers = {"Authorization": f"Bearer {await tokens.of('recruiter')}"}
        async with httpx.AsyncClient(trust_env=False, timeout=ANSWER_SECONDS) as http:
            found = await http.get(f"{urls['assignments']}/v1/assignments", params=query, headers=headers)
        items = found.raise_for_status().json()["items"]
    except (httpx.HTTPError, CannotRun):
        return None
    return str(items[0]["assignment_id"]) if items else None
