"""What credentialing watches over all assignments: what runs out, and who may be on a list of the excluded."""

import asyncio
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from portal.api.pages.asked import AskedText, Blank
from portal.api.pages.assignment_file import SERVICE
from portal.api.pages.calls import Calls
from portal.api.pages.page import PageDoor, Pages
from portal.api.views.credential_tabs import EXCLUSIONS, EXPIRING, section_tabs
from portal.api.views.exclusions import case_view, cases_view
from portal.api.views.expiring import Ahead, expiring_view, people_of
from portal.api.views.refusals import said
from portal.app.queries.agency import agency_day
from portal.clients.services import Answer
from portal.storage import names
from shared.db.work import Work
from shared.http.access import allow

router = APIRouter(include_in_schema=False)

CaseId = Annotated[str, Path(pattern=r"^exc_[0-9a-z]{1,40}$")]


@router.get("/credentialing", dependencies=[allow("expirables.read")])
async def show_expiring(door: Pages, services: Calls, days: Annotated[Ahead, Query()] = "90") -> Response:
    """What runs out in the next so many days, by week and line by line."""
    now = await door.read(agency_day)
    span = {"from": now.isoformat(), "to": (now + timedelta(days=int(days))).isoformat()}
    answer = await services.get(SERVICE, "/v1/expirables", params=span)
    known = await _names(door, people_of(answer.body)) if isinstance(answer, Answer) else {}

    async def look(_: Work) -> Mapping[str, Any]:
        view = expiring_view(answer.body, names=known, today=now, days=days) if isinstance(answer, Answer) else None
        trouble = None if isinstance(answer, Answer) else said(answer)
        return {"view": view, "trouble": trouble, "tabs": section_tabs(door.principal, EXPIRING), "today": now}

    return await door.show("credentialing/expiring.html", look)


@router.get("/credentialing/exclusions", dependencies=[allow("exclusions.read")])
async def show_cases(
    door: Pages,
    services: Calls,
    all: Annotated[Literal["yes"] | None, Blank, Query()] = None,
    cursor: AskedText = None,
) -> Response:
    """Who may be on a list of the excluded, and how far the lists are."""
    asked = {} if all else {"is_open": "true"}
    paged = {"cursor": cursor} if cursor else {}
    answer, lists = await asyncio.gather(
        services.get(SERVICE, "/v1/exclusion-cases", params=asked | paged), services.get(SERVICE, "/v1/exclusion-lists")
    )
    rows = answer.body["items"] if isinstance(answer, Answer) else []
    known = await _names(door, [one[key] for one in rows for key in ("clinician_id", "facility_id")])

    async def look(_: Work) -> Mapping[str, Any]:
        listed = lists.body["items"] if isinstance(lists, Answer) else ()
        view = cases_view(answer.body, listed, names=known, is_open=all is None) if isinstance(answer, Answer) else None
        trouble = None if isinstance(answer, Answer) else said(answer)
        return {"view": view, "trouble": trouble, "tabs": section_tabs(door.principal, EXCLUSIONS)}

    return await door.show("credentialing/exclusions.html", look)


@router.get("/credentialing/exclusions/{case_id}", dependencies=[allow("exclusions.read")])
async def show_case(door: Pages, services: Calls, case_id: CaseId) -> Response:
    """The person beside the row: what fits, what was found, what may be done."""
    answer = await services.get(SERVICE, f"/v1/exclusion-cases/{case_id}")
    one = answer.body if isinstance(answer, Answer) else {}
    keys = ("clinician_id", "facility_id", "decided_by", "approved_by")
    known = await _names(door, [one[key] for key in keys if one.get(key)])

    async def look(_: Work) -> Mapping[str, Any]:
        view = case_view(one, names=known) if one else None
        return {"view": view, "trouble": None if isinstance(answer, Answer) else said(answer)}

    return await door.show("credentialing/exclusion.html", look)


async def _names(door: PageDoor, ids: Collection[str]) -> Mapping[str, str]:
    return await door.read(lambda work: names.names_of(work.session, ids))
