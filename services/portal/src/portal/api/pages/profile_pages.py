"""A clinician's profile: taken in from another system with a preview, given out, and what others say they verified."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from secrets import token_urlsafe
from typing import Any, Final
from urllib.parse import urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from portal.api.auth import POLICY
from portal.api.pages.assignment_file import SERVICE
from portal.api.pages.document_pages import SAID_BY_IT, parts_of, words_of
from portal.api.pages.doors import KEY, Form
from portal.api.pages.page import PageDoor
from portal.api.views import profile as views
from portal.api.views import written
from portal.api.views.refusals import said
from portal.app.queries.profiles import Whose, whose_profile
from portal.clients.services import Answer, Outcome, Picture, Refusal, Sent, Services
from shared.db.work import Work
from shared.errors import Finding

PANEL: Final = "panel"
MOST_BYTES: Final = 2 * 1024 * 1024
MOST_FINDINGS: Final = 10
SNIFFED: Final = 64
MOST_OF_FORM: Final = 251 * 1024 * 1024
"""A little more than credentialing takes of an archive: the form around the file."""
TOO_LARGE: Final = "The file is larger than 250 MB. Send it in parts."
PREVIEW: Final = {"validate_only": "true"}
SENT_ON: Final = {"zip": ("archive", "application/zip"), "csv": ("table", "text/csv")}
"""Where credentialing takes an archive and a table, and what they are."""
FILES: Final = {"json": ("", "profile.json"), "zip": ("/archive", "profile.zip")}
"""What is given out: the end of credentialing's address, and the name of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What somebody did with a profile: the system it is from, what is wrong by field, and what came of it."""

    sender: str = ""
    errors: Mapping[str, str] | None = None
    faults: tuple[str, ...] = ()
    outcome: Outcome | None = None
    is_preview: bool = True

    @property
    def trouble(self) -> str | None:
        """What went wrong as a whole."""
        return None if self.outcome is None or isinstance(self.outcome, Answer) else said(self.outcome)

    @property
    def status(self) -> int:
        """That of the page: 422 where something of it was not taken."""
        return 422 if self.errors or isinstance(self.outcome, Refusal) else 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePages:
    """One clinician's profile as one person sees it."""

    door: PageDoor
    services: Services
    clinician_id: str

    async def show(self, brought: Brought | None = None) -> Response:
        """The form that takes one in, what others say they verified, and what is given out."""
        whose = await self._whose()
        brought = brought or Brought()
        answer = await self.services.get(SERVICE, f"{self._path}/assertions")

        async def look(_: Work) -> Mapping[str, Any]:
            view = self._view(whose, answer, brought) if isinstance(answer, Answer) else None
            trouble = None if isinstance(answer, Answer) else said(answer)
            return {"view": view, "trouble": trouble, "brought": brought, "key": token_urlsafe(16)}

        return await self.door.show("credentialing/profile.html", look, block=PANEL, status=brought.status)

    async def bring(self, form: FormData | None) -> Response:
        """Shows what would come of the file, or takes it in; what is wrong with it is said at its field.

        None: the form was too large to be kept.
        """
        await self._whose()
        if form is None:
            return await self.show(Brought(errors={"file": TOO_LARGE}))
        sender, file = str(form.get("sender") or "").strip(), form.get("file")
        brought = Brought(sender=sender, is_preview=form.get("do") != "take")
        errors = {} if sender else {"sender": "Say which system it comes from."}
        if not isinstance(file, UploadFile) or not file.filename:
            errors["file"] = "Choose a file first."
            return await self.show(replace(brought, errors=errors))
        kind = await kind_of(file)
        read = await _read(file) if kind == "json" else None
        if isinstance(read, str):
            errors["file"] = read
        if errors:
            return await self.show(replace(brought, errors=errors))
        key = str(form.get(KEY) or token_urlsafe(16))
        if kind == "json":
            outcome = await self._send(brought, read, key=key)
        else:
            outcome = await self._send_on(brought, file, kind=kind, key=key)
        return await self.show(_after(brought, outcome))

    async def _send(self, brought: Brought, profile: object, *, key: str) -> Outcome:
        body = {"sender": brought.sender, "profile": profile}
        sent = Sent(method="POST", path=f"{self._path}/profile:import", body=body, key=key)
        return await self.services.send(SERVICE, sent, params=PREVIEW if brought.is_preview else None)

    async def _send_on(self, brought: Brought, file: UploadFile, *, kind: str, key: str) -> Outcome:
        """An archive or a table goes on as it is, part by part."""
        end, media_type = SENT_ON[kind]
        query = urlencode({"sender": brought.sender, **(PREVIEW if brought.is_preview else {})})
        headers = {"Content-Type": media_type, "Idempotency-Key": key, "Connection": "close"}
        path = f"{self._path}/profile/{end}:import?{query}"
        return await self.services.upload(SERVICE, path, content=parts_of(file), headers=headers)

    async def accept(self, assertion_id: str, form: Form) -> Response:
        """Takes an issuer's word that came through another system; a refusal is said above the list."""
        await self._whose()
        sent = Sent(method="POST", path=f"/v1/assertions/{assertion_id}:accept", key=form.text(KEY))
        outcome = await self.services.send(SERVICE, sent)
        if isinstance(outcome, Answer):
            return RedirectResponse(views.profile_path(self.clinician_id), 303)
        return await self.show(Brought(outcome=outcome))

    async def give(self, form: str) -> Response:
        """The profile as a file, to be kept; credentialing notes who took it."""
        await self._whose()
        end, name = FILES[form]
        found = await self.services.picture(SERVICE, f"{self._path}/profile{end}")
        if not isinstance(found, Picture):
            return await self.show(Brought(outcome=found))
        return as_file(found, name)

    def _view(self, whose: Whose, answer: Answer, brought: Brought) -> views.ProfileView:
        done = brought.outcome
        is_preview = brought.is_preview
        result = views.import_view(done.body, whose, is_preview=is_preview) if isinstance(done, Answer) else None
        may_export, may_accept = self._may("clinicians.export"), self._may("assertions.accept")
        return views.profile_view(
            whose, answer.body["items"], may_export=may_export, may_accept=may_accept, result=result
        )

    async def _whose(self) -> Whose:
        return await self.door.read(lambda work: whose_profile(work, self.clinician_id))

    @property
    def _path(self) -> str:
        return f"/v1/clinicians/{self.clinician_id}"

    def _may(self, action: str) -> bool:
        return bool(POLICY[action] & self.door.principal.roles)


def as_file(found: Picture, name: str) -> Response:
    """What a service gave, to be kept by the browser and shown by nobody."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "no-store",
    }
    return Response(found.content, media_type=found.media_type, headers=headers)


async def kind_of(file: UploadFile) -> str:
    """What a file is by its beginning, whatever it is called: `zip`, `json`, or else a table, `csv`."""
    begin = await file.read(SNIFFED)
    await file.seek(0)
    if begin.startswith(b"PK"):
        return "zip"
    return "json" if begin.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[", b"") else "csv"


async def _read(file: UploadFile) -> Mapping[str, Any] | str:
    """The profile in a file, or what is wrong with the file."""
    content = await file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        return "The file is larger than 2 MB: with its documents, a profile comes as a zip."
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return "The file cannot be read as a profile: choose the JSON file that the other system gave out."
    return found if isinstance(found, dict) else "The file is JSON, but no profile."


def _after(brought: Brought, outcome: Outcome) -> Brought:
    """What came of it; faults of the file stand at its field, each with its place in the profile."""
    if not isinstance(outcome, Refusal) or outcome.status not in SAID_BY_IT:
        return replace(brought, outcome=outcome)
    told = tuple(_fault(one) for one in outcome.findings)
    words = f"The file is not taken: {written.plural(len(told), 'fault')}." if told else words_of(outcome)
    more = (f"and {len(told) - MOST_FINDINGS} more",) if len(told) > MOST_FINDINGS else ()
    return replace(brought, errors={"file": words}, faults=(*told[:MOST_FINDINGS], *more))


def _fault(one: Finding) -> str:
    """A fault with its place; those of a table name row and column by themselves."""
    place = "" if one.message.startswith(("Row ", "Column ")) else one.pointer.removeprefix("/profile")
    return f"{place}: {one.message}" if place else one.message
