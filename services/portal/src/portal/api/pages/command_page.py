"""The page of one command of one service: asks for it, shows what it would mean, sends it, says what came of it.

No database transaction is open while a service is called.
"""

import asyncio
from dataclasses import replace
from typing import Annotated, Final

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.api.pages.asked_command import Asked, AskedCommand
from portal.api.pages.asked_news import with_news
from portal.api.pages.calls import Calls, Known
from portal.api.pages.doors import KEY, VERSION, Form, FormDoor
from portal.api.pages.page import PageDoor, Pages, is_htmx
from portal.api.views import actions
from portal.api.views.actions import FormView, Typed
from portal.api.views.assignment import head_view
from portal.api.views.command_said import Said
from portal.api.views.refusals import said
from portal.api.views.resources import NO_COMMANDS, Commands, lists_of, sections
from portal.app.prepare_command import prepare_command
from portal.app.queries import assignment_page as queries
from portal.app.queries.assignment_page import Head
from portal.app.send_command import SendCommand, send_command
from portal.clients.contracts import Contracts
from portal.clients.services import Answer, Outcome, Refusal, Services, Unreachable
from portal.domain.operation import Prepared, row_commands
from portal.domain.posted import read
from shared.http.context import context_of
from shared.ids import new_uuid

TEMPLATE: Final = "actions/page.html"
WAIT_SECONDS: Final = 0.05
WAITS: Final = 20
"""For up to a second the read model is awaited: whoever did something sees it done."""
_OUT_OF_DATE: Final = frozenset({404, 405, 422})


class CommandPage:
    """One request for the page of a command."""

    def __init__(self, request: Request, door: PageDoor, services: Services, *, contracts: Contracts, asked: Asked):
        self._request, self._door, self._services = request, door, services
        self._contracts, self._asked = contracts, asked

    async def open(self) -> Response:
        """The form as it begins, or what the service shows where the address only reads."""
        head, prepared = await self._begin()
        if isinstance(prepared, Unreachable):
            return await self._silent(head, prepared)
        if prepared.operation.method == "GET":
            return await self._look(head, prepared)
        resource = await self._resource(prepared)
        body = actions.prefilled(prepared, resource, actions.manner_of(head.zone))
        typed = Typed(
            body=body,
            key=str(new_uuid()),
            back=self._asked.back,
            version=resource.version if isinstance(resource, Answer) else None,
            seen=actions.seen_of(resource),
            began=actions.began_as(body),
        )
        view = self._view(head, prepared, typed)
        if prepared.operation.needs_version and isinstance(resource, Refusal | Unreachable):
            view = replace(view, trouble=("warn", said(resource)))
        return await self._show(head, view)

    async def send(self, door: FormDoor) -> Response:
        """Does it, or shows what it would mean; a refusal keeps what was typed."""
        head, prepared = await self._begin()
        if isinstance(prepared, Unreachable):
            return await self._silent(head, prepared)
        typed = self._typed(head, prepared, door)
        is_rehearsal = door.form.is_ticked("preview")
        outcome = await send_command(
            self._services,
            SendCommand(
                prepared=prepared,
                body=actions.to_send(prepared, typed),
                key=typed.key,
                version=typed.version,
                is_rehearsal=is_rehearsal,
            ),
        )
        if isinstance(outcome, Answer) and not is_rehearsal:
            return await self._done(outcome, typed)
        view = await self._after(head, prepared, outcome, typed)
        return await self._show(head, view, status=_status(outcome))

    async def _begin(self) -> tuple[Head, Prepared | Unreachable]:
        head = await self._door.read(lambda work: queries.head_of(work, self._asked.assignment_id))
        return head, await prepare_command(self._contracts, self._asked.command)

    async def _resource(self, prepared: Prepared) -> Outcome | None:
        return await self._services.get(prepared.service, prepared.resource) if prepared.resource else None

    def _typed(self, head: Head, prepared: Prepared, door: FormDoor) -> Typed:
        form: Form = door.form
        return Typed(
            body=read(prepared.form, form.fields, manner=actions.manner_of(head.zone)),
            key=form.text(KEY) or str(new_uuid()),
            back=self._asked.back,
            version=int(form.text(VERSION)) if form.text(VERSION) else None,
            seen=form.text("seen"),
            began=form.text("began"),
        )

    def _view(self, head: Head, prepared: Prepared, typed: Typed) -> FormView:
        return actions.form_view(prepared, typed, actions.manner_of(head.zone), here=self._asked.here)

    async def _after(self, head: Head, prepared: Prepared, outcome: Outcome, typed: Typed) -> FormView:
        """The form again. A refused command spent no key, but what is sent next may be another: it gets a new one."""
        if isinstance(outcome, Answer):
            return actions.rehearsed_view(self._view(head, prepared, typed), outcome, today=head.today)
        if isinstance(outcome, Refusal):
            typed = replace(typed, key=str(new_uuid()))
            if outcome.status in _OUT_OF_DATE:
                self._contracts.doubt(prepared.service)
        manner = actions.manner_of(head.zone)
        if not isinstance(outcome, Refusal) or outcome.status not in (412, 428):
            view = self._view(head, prepared, typed)
            return actions.refused_view(view, prepared, outcome, typed=typed, manner=manner)
        resource = await self._resource(prepared)
        typed = actions.caught_up(prepared, typed, resource, manner=manner)
        view = actions.refused_view(self._view(head, prepared, typed), prepared, outcome, typed=typed, manner=manner)
        return actions.compared(view, typed.seen, resource)

    async def _done(self, answer: Answer, typed: Typed) -> Response:
        """Back to where the person came from, once the read model has heard of it, or after a second."""
        is_same = answer.version is not None and answer.version == typed.version
        outcome: Said = "done" if is_same or await self._is_heard() else "pending"
        back = with_news(self._asked.back, said=outcome, did=actions.verb_of(self._asked.command.path))
        if is_htmx(self._request):  # a redirect would be followed unseen, and its page put into the drawer
            return Response(status_code=200, headers={"HX-Redirect": back})
        return RedirectResponse(back, 303)

    async def _is_heard(self) -> bool:
        said = {"service": self._asked.command.service, "request_id": context_of(self._request.scope).request_id}
        for _ in range(WAITS):
            if await self._door.read(lambda work: queries.has_heard(work, self._asked.assignment_id, **said)):
                return True
            await asyncio.sleep(WAIT_SECONDS)
        return False

    async def _look(self, head: Head, prepared: Prepared) -> Response:
        outcome = await self._services.get(prepared.service, prepared.operation.path)
        view = self._view(head, prepared, Typed(body={}, key="", back=self._asked.back))
        found = outcome.body if isinstance(outcome, Answer) else None
        trouble = None if isinstance(outcome, Answer) else said(outcome)
        shown = sections(found, await self._commands(prepared, found))
        return await self._render("actions/look.html", head, sections=shown, trouble=trouble, view=view)

    async def _commands(self, prepared: Prepared, found: object) -> Commands:
        """What the service's document names for the things of each list; whoever did one comes back to the list."""
        document = await self._contracts.of(prepared.service)
        if isinstance(document, Unreachable):
            return NO_COMMANDS
        place = {"assignment_id": self._asked.assignment_id, "service": prepared.service, "back": self._asked.here}
        return Commands(
            of_list={name: row_commands(document, prepared.operation, name=name) for name in lists_of(found)},
            href=lambda path: actions.do_href(path=path, **place),
        )

    async def _silent(self, head: Head, silence: Unreachable) -> Response:
        return await self._render("actions/silent.html", head, status=503, trouble=said(silence), here=self._asked.here)

    async def _show(self, head: Head, view: FormView, *, status: int = 200) -> Response:
        return await self._render(TEMPLATE, head, status=status, view=view)

    async def _render(self, template: str, head: Head, *, status: int = 200, **values: object) -> Response:
        async def look(_: object) -> dict[str, object]:
            roles = self._door.principal.roles
            return {"bar": head_view(head, roles, tab=None), "back": self._asked.back, **values}

        return await self._door.show(template, look, block="inside", status=status)


def _status(outcome: Outcome) -> int:
    """The page's own status: what the service refused it with; 503 for silence and for what it could not do."""
    if isinstance(outcome, Answer):
        return 200
    return outcome.status if isinstance(outcome, Refusal) and outcome.status < 500 else 503


async def _page(request: Request, door: Pages, services: Calls, contracts: Known, asked: AskedCommand) -> CommandPage:
    return CommandPage(request, door, services, contracts=contracts, asked=asked)


Command = Annotated[CommandPage, Depends(_page)]
"""The type of a route's parameter `page`."""
