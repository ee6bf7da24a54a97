"""Notes on everything, and where one is mentioned."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.api.auth import POLICY
from portal.api.pages.doors import Forms
from portal.api.pages.page import PageDoor, Pages, Values, is_htmx
from portal.api.views.notes import mentions_view, notes_view
from portal.app.queries.notes import mentionable, mentions_of_me, notes_about
from portal.app.see_mention import SeeMention, see_mention
from portal.app.write_note import WriteNote, write_note
from portal.domain.errors import NoteInvalid
from portal.domain.note import About
from shared.db.work import Work
from shared.http.access import allow
from shared.ids import new_uuid

router = APIRouter(include_in_schema=False)

SubjectId = Annotated[str, Query(alias="id", max_length=60)]
BLOCK = "block"
LONGEST = 80


async def _shown(door: PageDoor, about: About, about_id: str, *, text: str = "", error: str | None = None) -> Response:
    async def look(work: Work) -> Values:
        found = await notes_about(work, about, about_id=about_id)
        may_write = bool(door.principal.roles & POLICY["notes.write"])
        me, key = door.principal.subject, str(new_uuid())
        return {"view": notes_view(found, me=me, key=key, text=text, error=error, may_write=may_write)}

    return await door.show("notes/notes.html", look, block=BLOCK, status=422 if error else 200)


@router.get("/notes", dependencies=[allow("assignments.read")])
async def show_notes(door: Pages, about: About, about_id: SubjectId) -> Response:
    """The notes about one thing: the block alone for a page that has them."""
    return await _shown(door, about, about_id)


@router.post("/notes", dependencies=[allow("notes.write")])
async def post_note(request: Request, door: Forms, pages: Pages, about: About, about_id: SubjectId) -> Response:
    """Writes a note; one with faults comes back as it was typed."""
    text = door.form.text("text")
    try:
        await door.act(lambda work: write_note(work, WriteNote(about=about, about_id=about_id, text=text)))
    except NoteInvalid as invalid:
        message = " ".join(dict.fromkeys(finding.message for finding in invalid.findings))
        return await _shown(pages, about, about_id, text=text, error=message)
    if is_htmx(request):
        return await _shown(pages, about, about_id)
    return RedirectResponse(f"/notes?about={about.value}&id={about_id}", 303)


@router.get("/notes/people", dependencies=[allow("notes.write")])
async def suggest_people(door: Pages, q: Annotated[str, Query(max_length=LONGEST)] = "") -> Response:
    """Options for what stands after an `@`; without scripts nobody asks, and a name is typed as it is."""

    async def look(work: Work) -> Values:
        return {"people": await mentionable(work, q)}

    return await door.show("notes/people.html", look, block=BLOCK)


@router.get("/me/mentions", dependencies=[allow("assignments.read")])
async def show_mentions(door: Pages) -> Response:
    """Where the person is mentioned."""

    async def look(work: Work) -> Values:
        found = await mentions_of_me(work)
        return {"view": mentions_view(found, me=door.principal.subject, key=str(new_uuid()))}

    return await door.show("notes/mentions.html", look, block=BLOCK)


@router.post("/me/mentions", dependencies=[allow("assignments.read")])
async def post_seen(door: Forms) -> Response:
    """The person has read one of them, or all."""
    command = SeeMention(note_id=door.form.text("note_id") or None)
    await door.act(lambda work: see_mention(work, command))
    return RedirectResponse("/me/mentions", 303)
