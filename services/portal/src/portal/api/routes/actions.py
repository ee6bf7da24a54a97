"""Any command of any service, as a form made from the service's own contract, sent as the person who is signed in."""

from fastapi import APIRouter
from starlette.responses import Response

from portal.api.pages.command_page import Command
from portal.api.pages.doors import Forms
from shared.http.access import allow

router = APIRouter(include_in_schema=False, dependencies=[allow("commands.send")])


@router.get("/assignments/{assignment_id}/do")
async def ask_for_command(page: Command) -> Response:
    """The command's form, or the thing that it reads."""
    return await page.open()


@router.post("/assignments/{assignment_id}/do")
async def give_command(page: Command, door: Forms) -> Response:
    """Does it, or shows what it would mean."""
    return await page.send(door)
