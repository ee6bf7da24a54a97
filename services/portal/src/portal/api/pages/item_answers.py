"""What a browser gets after a command on a work item: the row or the drawer as it is now, with what was refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.api.auth import POLICY
from portal.api.pages.doors import VERSION, Form
from portal.api.pages.page import PageDoor, Values, is_htmx
from portal.api.views.work_item import item_view, typed_again
from portal.api.views.work_row import rows_of
from portal.api.views.work_row_markup import drawn
from portal.app.queries import queue
from portal.domain.change_request import NOBODY, ChangeRequest, Verb
from portal.domain.item import WorkItem
from portal.domain.own_path import own_path
from portal.domain.queue_filter import QueueFilter
from shared.db.versions import VersionMismatch
from shared.db.work import Work
from shared.errors import Kind, NotFound, Refused
from shared.http.problems import STATUS
from shared.ids import new_uuid

ROW = "row"
"""What the form's field `part` says where only the row of a list is to be shown again."""

TAKEN_BACK = "undo"
"""What it says in a toast: the row, and the drawer where it shows the item, are to be shown again."""

SAID: Mapping[Verb, str] = {
    Verb.TAKE: "It is yours.",
    Verb.RELEASE: "It is back in the queue.",
    Verb.ASSIGN: "Assigned.",
    Verb.HAND_OVER: "Handed over.",
    Verb.SNOOZE: "Snoozed: it comes back by itself.",
    Verb.WAKE: "Back in the queue.",
}
UNDO: Mapping[Verb, Verb] = {
    Verb.TAKE: Verb.RELEASE,
    Verb.SNOOZE: Verb.WAKE,
    Verb.ASSIGN: Verb.ASSIGN,
    Verb.HAND_OVER: Verb.ASSIGN,
}
"""What takes a change back, where something does: who was given an item loses it to whoever had it before."""

WAS = "was"
"""The field of a form that says whose the item was when the form was shown; empty: nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toast:
    """Short news; `undo` takes back what was done: an address, the key sent to it, and its other fields."""

    text: str
    undo: tuple[str, str, tuple[tuple[str, str], ...]] | None
    tone: str = "good"


def verb_of(request: Request) -> Verb:
    """The last word of the address."""
    return Verb(request.url.path.rpartition("/")[2])


def asked_of(form: Form, verb: Verb) -> ChangeRequest:
    """What a form asks for; a day that is none counts as not chosen, and is said to be missing."""
    return ChangeRequest(
        verb=verb,
        to=form.text("to")[:60],
        note=form.text("note"),
        until=day_of(form, "until"),
        event=form.text("event")[:60],
    )


def day_of(form: Form, name: str) -> date | None:
    """The day in a field; None where there is none."""
    try:
        return date.fromisoformat(form.text(name))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAnswers:
    """What a form about one item is answered with; `wanted` is the list that it was opened from."""

    request: Request
    pages: PageDoor
    work_item_id: str
    form: Form
    wanted: QueueFilter

    async def done(self, said: str, *, undo: str | None = None, changed: WorkItem | None = None) -> Response:
        """The item as it is now, with news of what was done; without scripts, the page that somebody came from.

        `undo` is the verb that takes it back, while the item is as it was `changed`.
        """
        here = f"/work/{self.work_item_id}"
        if not is_htmx(self.request):
            return RedirectResponse(own_path(self.form.text("back") or _came_from(self.request) or here), 303)
        return await self._shown(Toast(text=said, undo=self._undo(undo, changed) if undo else None))

    def _undo(self, verb: str, changed: WorkItem | None) -> tuple[str, str, tuple[tuple[str, str], ...]] | None:
        """Who may not give items to others cannot take back that they gave one."""
        fields: tuple[tuple[str, str], ...] = ((VERSION, str(changed.told)),) if changed else ()
        if verb == Verb.ASSIGN:
            if not self.pages.principal.roles & POLICY["items.assign"]:
                return None
            fields = (("to", self.form.text(WAS)[:60] or NOBODY), *fields)
        return f"/work/{self.work_item_id}/{verb}", str(new_uuid()), fields

    async def refused(self, refusal: Refused, asked: ChangeRequest) -> Response:
        """The drawer with what was typed, and why it was refused, at the field it concerns.

        Where somebody else was faster, it shows what they did beside what was wanted, and may be sent again. Raises the
        refusal where there is nothing to show it on.
        """
        if isinstance(refusal, NotFound) or self.form.text("part") in (ROW, TAKEN_BACK):
            raise refusal
        is_late = isinstance(refusal, VersionMismatch)

        async def look(work: Work) -> Values:
            page = await queue.item_page(work, self.work_item_id, among=self.wanted)
            typed = typed_again(refusal, asked, fields=self.form.typed(), page=page if is_late else None)
            return {"view": item_view(page, wanted=self.wanted, typed=typed)}

        return await self.pages.show("work/item.html", look, block="inside", status=status_of(refusal))

    async def _shown(self, toast: Toast) -> Response:
        """The row, or the drawer with the row beside it, as it is now."""
        part = self.form.text("part")

        async def look(work: Work) -> Values:
            page = await queue.one_row(work, self.work_item_id)
            row = next(rows_of(page, self.wanted))._replace(heading="")
            values = {"id": self.work_item_id, "row": drawn([row]), "toast": toast}
            if part == ROW:
                return values
            return {
                **values,
                "view": item_view(
                    await queue.item_page(work, self.work_item_id, among=self.wanted), wanted=self.wanted
                ),
            }

        template = "work/row.html" if part == ROW else "work/item.html"
        return await self.pages.show(template, look, block="undone" if part == TAKEN_BACK else "changed")


def _came_from(request: Request) -> str:
    """The page of ours that the form stood on, as the browser says."""
    parts = urlsplit(request.headers.get("referer", ""))
    is_ours = parts.netloc == request.url.netloc
    return (f"{parts.path}?{parts.query}" if parts.query else parts.path) if is_ours else ""


def status_of(refusal: Refused) -> int:
    """The status of the page that shows it."""
    return STATUS.get(refusal.kind, STATUS[Kind.CONFLICT])
