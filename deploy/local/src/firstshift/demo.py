"""The demo data: Meadowlark Staffing, an invented agency, in the middle of its week; loaded through the public APIs.

All people and places are invented. Loading it again changes nothing: every entry is known by its reference, every
command has its own key, and each step is taken only if it was not taken before.
"""

import time
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import httpx

from firstshift.demo_api import DemoApi, Found, TokenOf
from firstshift.demo_course import Course
from firstshift.demo_credentialing import leave_for_people
from firstshift.demo_offers import Plan, offer_body, plans
from firstshift.demo_people import clinicians
from firstshift.demo_places import clients, facilities
from firstshift.demo_rows import SOURCE
from firstshift.together import together

RECRUITER = "recruiter"
ANSWER_SECONDS = 30


async def load(urls: Mapping[str, str], token: TokenOf) -> str:
    """Loads what is not there yet. Returns what there is then, in one line.

    `urls` are the base URLs of the services, `token(role)` gives a token of that role. Raises DemoStopped.
    """
    began = time.monotonic()
    async with httpx.AsyncClient(trust_env=False, timeout=ANSWER_SECONDS) as http:
        api = DemoApi(urls, token, http)
        await _register(api)
        monday = await _monday(api)
        await together(_follow(api, plan, monday) for plan in plans())
        await leave_for_people(api, monday=monday)
    counts = f"{len(clients())} clients, {len(facilities())} facilities, {len(clinicians())} clinicians"
    return f"{counts}, {len(plans())} assignments in {time.monotonic() - began:.0f} s"


async def _register(api: DemoApi) -> None:
    """Clients first: facilities name them."""
    await _put_all(api, "clients", clients())
    await together([_put_all(api, "facilities", facilities()), _put_all(api, "clinicians", clinicians())])


async def _put_all(api: DemoApi, kind: str, entries: Mapping[str, Mapping[str, Any]]) -> None:
    paths = {reference: f"/v1/{kind}/{SOURCE}/{reference}" for reference in entries}
    await together(api.put(RECRUITER, "assignments", paths[name], body) for name, body in entries.items())


async def _monday(api: DemoApi) -> date:
    """The Monday of the week in which the demo was first loaded: of the present one, unless it is there already."""
    first = plans()[0]
    if known := await _known(api, first):
        return first.monday_before(date.fromisoformat(known["terms"]["start_date"]))
    today = await api.today()
    return today - timedelta(days=today.weekday())


async def _known(api: DemoApi, plan: Plan) -> Found | None:
    """The assignment, if the offer was posted before."""
    found = await api.get(RECRUITER, "assignments", "/v1/assignments", source=SOURCE, source_reference=plan.reference)
    if not found["items"]:
        return None
    assignment_id = found["items"][0]["assignment_id"]
    return await api.get(RECRUITER, "assignments", f"/v1/assignments/{assignment_id}")


async def _follow(api: DemoApi, plan: Plan, monday: date) -> None:
    known = await _known(api, plan) or await _offer(api, plan, monday)
    course = Course(
        api=api,
        plan=plan,
        assignment_id=known["assignment_id"],
        clinician_id=known["clinician_id"],
        monday=monday,
        zip=facilities()[plan.facility]["address"]["zip"],
    )
    await course.take()


async def _offer(api: DemoApi, plan: Plan, monday: date) -> Found:
    body = offer_body(plan, discipline=clinicians()[plan.clinician]["discipline"], monday=monday)
    return await api.post(RECRUITER, "assignments", "/v1/assignments", body, key=plan.reference)
