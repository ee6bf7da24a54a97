"""Parked events of every service: which wait, why, and their repair."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from portal.api.pages import repair_answers
from portal.api.pages.calls import Calls
from portal.api.pages.doors import KEY, Forms
from portal.api.pages.page import Pages
from portal.app.queries.repairs import Repair
from shared.http.access import allow

router = APIRouter(include_in_schema=False)
READ, SETTLE = allow("repairs.read"), allow("repairs.settle")

Service = Annotated[str, Path(pattern="^[a-z]{1,30}$")]
Number = Annotated[int, Path(ge=1, lt=2**63)]


@router.get("/parked", dependencies=[READ])
async def list_parked(
    door: Pages,
    services: Calls,
    service: Annotated[str | None, Query(pattern="^[a-z]{1,30}$")] = None,
    done: Annotated[Literal["applied", "waits", "skipped"] | None, Query()] = None,
) -> Response:
    """What waits anywhere; a service that does not answer is named."""
    return await repair_answers.listed(door, services, service=service, done=done)


@router.get("/parked/{service}/{number}", dependencies=[READ])
async def show_parked(request: Request, door: Pages, services: Calls, service: Service, number: Number) -> Response:
    """One event with its value."""
    return await repair_answers.shown(request, door, services, repair=Repair(service=service, number=number))


@router.post("/parked/{service}/{number}/replay", dependencies=[SETTLE])
async def replay_parked(
    request: Request, door: Pages, forms: Forms, services: Calls, service: Service, number: Number
) -> Response:
    """Has it tried again at once, and shows what became of it."""
    form = forms.form
    repair = Repair(
        service=service, number=number, accepts_gap=form.is_ticked("accept_gap"), key=form.text(KEY) or None
    )
    return await repair_answers.settled(request, door, services, repair=repair)


@router.post("/parked/{service}/{number}/skip", dependencies=[SETTLE])
async def skip_parked(
    request: Request, door: Pages, forms: Forms, services: Calls, service: Service, number: Number
) -> Response:
    """Gives it up, with a reason."""
    form = forms.form
    repair = Repair(
        service=service, number=number, is_skip=True, reason=form.text("reason"), key=form.text(KEY) or None
    )
    return await repair_answers.settled(request, door, services, repair=repair)
