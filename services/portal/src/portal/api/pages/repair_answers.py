"""What an operator gets: the list of parked events, one of them, and what became of it."""

from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.api.pages.asked import address
from portal.api.pages.page import PageDoor, Values, is_htmx
from portal.api.views.refusals import said as refused_words
from portal.api.views.repairs import PATH, event_view, parked_view
from portal.app.queries.repairs import Repair, is_gone, parked_event, parked_everywhere, settle
from portal.clients.services import Answer, Refusal, Services, Unreachable
from portal.storage.people import zone_of
from shared.db.work import Work
from shared.errors import NotFound
from shared.ids import new_uuid

TEMPLATE = "repairs/parked.html"
DONE = {
    "applied": ("good", "Applied: it does not wait any more."),
    "waits": ("warn", "Tried again: it still waits. Look at its error."),
    "skipped": ("good", "Skipped: its object goes on without it."),
}


async def listed(
    door: PageDoor, services: Services, *, service: str | None = None, done: str | None = None
) -> Response:
    """What waits in every service, or in one."""
    view = parked_view(await parked_everywhere(services), service=service)
    return await _page(door, block="listing", view=view, event=None, toast=DONE.get(done or ""))


async def shown(request: Request, door: PageDoor, services: Services, *, repair: Repair) -> Response:
    """One event: beside the list, or alone for the drawer."""
    outcome = await parked_event(services, repair.service, number=repair.number)
    if isinstance(outcome, Refusal) and outcome.status == 404:
        raise NotFound(what="parked event", id=repair.number)
    view = None if is_htmx(request) else parked_view(await parked_everywhere(services))
    event = event_view(repair.service, outcome.body, key=str(new_uuid())) if isinstance(outcome, Answer) else None
    silence = None if isinstance(outcome, Answer) else outcome
    return await _page(door, block="drawer", view=view, event=event, outcome=silence)


async def settled(request: Request, door: PageDoor, services: Services, *, repair: Repair) -> Response:
    """What became of it: news and the list as it is then, or the form with what was refused."""
    outcome = await settle(services, repair)
    if not isinstance(outcome, Answer):
        return await _refused(door, services, repair=repair, refused=outcome)
    done = "skipped" if repair.is_skip else await _tried(services, repair)
    if not is_htmx(request):
        return RedirectResponse(address(PATH, done=done), 303)
    view = parked_view(await parked_everywhere(services))
    return await _page(door, template="repairs/settled.html", view=view, event=None, toast=DONE[done])


async def _tried(services: Services, repair: Repair) -> str:
    return "applied" if await is_gone(services, repair.service, number=repair.number) else "waits"


async def _refused(door: PageDoor, services: Services, *, repair: Repair, refused: Refusal | Unreachable) -> Response:
    """The event with what was typed; where it cannot be read either, what happened alone."""
    found = await parked_event(services, repair.service, number=repair.number)
    view = parked_view(await parked_everywhere(services))
    event = None
    if isinstance(found, Answer):
        key = str(new_uuid()) if isinstance(refused, Refusal) else repair.key or ""
        event = event_view(repair.service, found.body, key=key, typed=repair.reason, refused=refused)
    status = refused.status if isinstance(refused, Refusal) else 503
    return await _page(door, block="drawer", status=status, view=view, event=event, outcome=None if event else refused)


async def _page(
    door: PageDoor,
    *,
    view: object,
    event: object,
    outcome: Refusal | Unreachable | None = None,
    toast: tuple[str, str] | None = None,
    template: str = TEMPLATE,
    block: str | None = None,
    status: int = 200,
) -> Response:
    words = refused_words(outcome) if outcome else None

    async def look(work: Work) -> Values:
        zone = ZoneInfo(await zone_of(work, work.principal.subject))
        return {"view": view, "event": event, "trouble": words, "toast": toast, "zone": zone}

    return await door.show(template, look, block=block, status=status)
