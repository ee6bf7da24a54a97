"""The door of an HTML form: one command, one unit of work, however often the browser sends it.

    @router.post("/work/{work_item_id}/take", dependencies=[allow("items.take")], include_in_schema=False)
    async def take(door: Forms, work_item_id: ItemId) -> Response:
        command = TakeItem(work_item_id=work_item_id, note=door.form.text("note"))
        done = await door.act(lambda work: take_item(work, command))

`done` is None when the form came once more: the first time it was done, so the route shows what holds now.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Final, TypeVar
from urllib.parse import parse_qsl

from fastapi import Depends
from starlette.requests import Request

from portal.domain.form_errors import FormSentBefore, FormUnreadable, NotAForm
from shared.db.work import Work
from shared.http.answers import Answer, Rendered
from shared.http.commands import CommandDoor
from shared.http.errors import IdempotencyKeyMissing, IdempotencyKeyReused, IfMatchMalformed
from shared.http.idempotency import claim, keep

T = TypeVar("T")
MEDIA_TYPE: Final = "application/x-www-form-urlencoded"
MOST_FIELDS: Final = 200
KEY, VERSION = "idempotency_key", "version"
_DONE = Rendered(status=204, headers={}, body=b"")
"""All that is kept of a form's answer: a page shows what holds now, not what held then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What somebody sent: the values of each field in their order. Names with a leading `_` are the browser's own."""

    fields: Mapping[str, tuple[str, ...]]

    def text(self, name: str) -> str:
        """A field's one value without blanks around it and with plain line breaks; empty when it is not there."""
        values = self.fields.get(name, ())
        return values[-1].replace("\r\n", "\n").strip() if values else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """All values of a field, such as the rows that are ticked; each once, without empty ones."""
        return tuple(dict.fromkeys(value for value in self.fields.get(name, ()) if value))

    def is_ticked(self, name: str) -> bool:
        """Whether a checkbox is ticked: browsers send nothing of one that is not."""
        return bool(self.text(name))

    @property
    def version(self) -> int | None:
        """The version that the person saw of what the form changes. Raises IfMatchMalformed."""
        text = self.text(VERSION)
        if text and not (text.isascii() and text.isdigit() and len(text) < 10):
            raise IfMatchMalformed
        return int(text) if text else None

    def typed(self) -> Mapping[str, str]:
        """Every field's text, to be shown again beside what is wrong with it."""
        return {name: self.text(name) for name in self.fields if name not in (KEY, VERSION)}


class FormDoor(CommandDoor):
    """Opens the unit of work of one form. Its key stands in the form, which was minted with the page."""

    def __init__(self, request: Request, form: Form) -> None:
        super().__init__(request, key=form.text(KEY) or None, seen_version=form.version, is_rehearsal=False)
        self.form = form
        self.is_repeat = False

    async def act(self, do: Callable[[Work], Awaitable[T]]) -> T | None:
        """Does what `do` does and gives its value; None, and `is_repeat`, when this form was done before.

        A refused form leaves nothing behind, not even its key. Raises what `do` raises, and FormSentBefore.
        """
        key = await self._command_key()
        if key is None:
            raise IdempotencyKeyMissing
        async with self._begin() as work:
            try:
                self.is_repeat = await claim(work.session, key) is not None
            except IdempotencyKeyReused:
                raise FormSentBefore from None
            if self.is_repeat:
                return None
            done = await do(work)
            keep(work.session, key, given=_DONE)
            self._audit(work, Answer())
        return done


async def form_of(request: Request) -> Form:
    """The form that a request brings. Raises NotAForm and FormUnreadable."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != MEDIA_TYPE:
        raise NotAForm
    fields: dict[str, list[str]] = {}
    try:
        body = (await request.body()).decode()
        pairs = parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise FormUnreadable(most=MOST_FIELDS) from None
    for name, value in pairs:
        if "\0" in name + value:
            raise FormUnreadable(most=MOST_FIELDS)
        if not name.startswith("_"):
            fields.setdefault(name, []).append(value)
    return Form(fields={name: tuple(values) for name, values in fields.items()})


async def form_door(request: Request) -> FormDoor:
    """The door of this request for a form. Raises NotAForm, FormUnreadable and IfMatchMalformed."""
    return FormDoor(request, await form_of(request))


Forms = Annotated[FormDoor, Depends(form_door)]
"""The type of a route's parameter `door`."""
