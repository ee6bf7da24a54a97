"""What the pages of a clinician's documents ask of credentialing, send to it, and show of its answers."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from secrets import token_urlsafe
from typing import Any, Final
from urllib.parse import quote, urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from portal.api.pages.assignment_file import SERVICE, file_path
from portal.api.pages.doors import KEY, Form
from portal.api.pages.page import PageDoor
from portal.api.views import assignment as bars
from portal.api.views import credential_documents as views
from portal.api.views.actions import do_href
from portal.api.views.credential_tabs import DOCUMENTS, file_parts
from portal.api.views.refusals import said
from portal.app.queries import assignment_page as queries
from portal.app.queries.assignment_page import Head
from portal.clients.services import Answer, Outcome, Picture, Refusal, Sent, Services
from shared.db.work import Work
from shared.errors import NotFound

PANEL: Final = "panel"
RECORDED: Final = ("number", "issued_on", "expires_on", "issuer")
MOST_BYTES: Final = 25 * 1024 * 1024
"""As the page says. More is not passed on: a refusal before the end of a body may be lost with its connection."""

TOO_LARGE: Final = (
    "The file is too large: 25 MB are taken. Scan it with a lower resolution, or send its pages one by one."
)
PART_BYTES: Final = 64 * 1024
ANY_TYPE: Final = "application/octet-stream"
SAID_BY_IT: Final = (400, 409, 413, 415, 422)
"""Refusals of the file itself, which credentialing words better than the portal could."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What a person did with a document: what they typed, and what came of it."""

    typed: Mapping[str, str] | None = None
    code: str | None = None
    errors: Mapping[str, str] | None = None
    outcome: Outcome | None = None

    @property
    def faults(self) -> Mapping[str, str]:
        """What is wrong, by field; what belongs to none stands at the item."""
        refused = self.outcome.findings if isinstance(self.outcome, Refusal) else ()
        named = {one.pointer.strip("/").partition("/")[0]: one.message for one in refused}
        found = {name if name in RECORDED else "code": message for name, message in named.items()}
        return {**found, **(self.errors or {})}

    @property
    def trouble(self) -> str | None:
        """What went wrong as a whole."""
        return None if self.outcome is None or self.faults else words_of(self.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What somebody chose beside a file: what is wrong with the file, by its field, and what went wrong as a whole."""

    code: str = ""
    partition: str = ""
    fault: str | None = None
    trouble: str | None = None


NOTHING_CHOSEN: Final = Chosen()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPages:
    """The documents of the clinician of one assignment."""

    door: PageDoor
    services: Services
    assignment_id: str

    async def show_list(self, chosen: Chosen = NOTHING_CHOSEN) -> Response:
        """What came in, and the form for one more; what is wrong with the file stands at its field."""
        head = await self._head()
        path = documents_at(str(head.assignment.clinician_id))
        answer, file = await asyncio.gather(self.services.get(SERVICE, path), self._file())
        known = file.body if isinstance(file, Answer) and "file_id" in file.body else None

        async def look(_: Work) -> Mapping[str, Any]:
            bar = bars.head_view(head, self.door.principal.roles, tab=bars.FILE)
            shown = {"bar": bar, "parts": file_parts(bar.href, self.door.principal.roles, part=DOCUMENTS)}
            shown |= {"chosen": chosen, "trouble": chosen.trouble}
            if not isinstance(answer, Answer):
                return {**shown, "view": None, "key": "", "trouble": chosen.fault or chosen.trouble or said(answer)}
            view = views.documents_view(answer.body, known, assignment_id=self.assignment_id)
            return {**shown, "view": view, "key": token_urlsafe(16)}

        status = 422 if chosen.fault or chosen.trouble else 200
        return await self.door.show("credentialing/documents.html", look, block=PANEL, status=status)

    async def upload(self, form: FormData | None) -> Response:
        """Sends the chosen file on as it is; its review opens, or what is wrong with it is said at its field.

        Without a form it was too large to be read; what else was chosen is lost then.
        """
        if form is None:
            return await self.show_list(Chosen(fault=TOO_LARGE))
        chosen = Chosen(code=str(form.get("code") or ""), partition=str(form.get("partition") or ""))
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            return await self.show_list(replace(chosen, fault="Choose a file first."))
        if (file.size or 0) > MOST_BYTES:
            return await self.show_list(replace(chosen, fault=TOO_LARGE))
        head = await self._head()
        outcome = await sent_on(
            self.services,
            documents_at(str(head.assignment.clinician_id)),
            file=file,
            asked={"partition": chosen.partition, "code": chosen.code},
            media_type=file.content_type or ANY_TYPE,
            key=str(form.get(KEY) or token_urlsafe(16)),
        )
        if isinstance(outcome, Answer):
            return RedirectResponse(self._href(str(outcome.body["document_id"])), 303)
        return await self.show_list(_refused(chosen, outcome))

    async def show_review(self, document_id: str, reviewed: Reviewed) -> Response:
        """One document beside what is recorded from it."""
        head = await self._head()
        found, file = await asyncio.gather(self.services.get(SERVICE, f"/v1/documents/{document_id}"), self._file())

        async def look(_: Work) -> Mapping[str, Any]:
            bar = bars.head_view(head, self.door.principal.roles, tab=bars.FILE)
            if not isinstance(found, Answer):
                return {"bar": bar, "view": None, "key": "", "trouble": said(found)}
            view = self._review(found.body, file, reviewed)
            return {"bar": bar, "view": view, "key": token_urlsafe(16), "trouble": None}

        status = 422 if reviewed.faults else 200
        return await self.door.show("credentialing/document.html", look, block=PANEL, status=status)

    async def record(self, document_id: str, form: Form) -> Response:
        """Records what the person read from the document as a claim for the item; its source confirms it later."""
        fields = form.typed()
        file = await self._file()
        if not isinstance(file, Answer):
            return await self.show_review(document_id, Reviewed(typed=fields, outcome=file))
        if "file_id" not in file.body:
            raise NotFound(what="file", id=self.assignment_id)
        code = fields.get("code", "")
        if not code:
            errors = {"code": "Choose the item that it is for."}
            return await self.show_review(document_id, Reviewed(typed=fields, errors=errors))
        read = {name: fields[name] for name in RECORDED if fields.get(name)}
        sent = Sent(
            method="POST",
            path=f"/v1/files/{file.body['file_id']}/items/{code}:receive",
            body={**read, "document_id": document_id},
            key=form.text(KEY),  # no version: a claim is added, and takes away nothing that others did meanwhile
        )
        outcome = await self.services.send(SERVICE, sent)
        if isinstance(outcome, Answer):
            return RedirectResponse(f"/assignments/{self.assignment_id}/file/{code}", 303)
        return await self.show_review(document_id, Reviewed(typed=fields, outcome=outcome))

    def _review(self, document: Mapping[str, Any], file: Outcome, reviewed: Reviewed) -> views.ReviewView:
        path, back = f"/v1/documents/{document['document_id']}:refuse", self._href(str(document["document_id"]))
        begun = {**views.fields_of(document), **({"code": reviewed.code} if reviewed.code else {})}
        return views.review_view(
            document,
            file.body if isinstance(file, Answer) and "file_id" in file.body else None,
            assignment_id=self.assignment_id,
            refuse_href=do_href(self.assignment_id, SERVICE, path=path, back=back),
            fields=reviewed.typed or begun,
            errors=reviewed.faults,
            trouble=reviewed.trouble,
        )

    def _href(self, document_id: str) -> str:
        return f"/assignments/{self.assignment_id}/documents/{document_id}"

    async def _head(self) -> Head:
        return await self.door.read(lambda work: queries.head_of(work, self.assignment_id))

    async def _file(self) -> Outcome:
        """The assignment's file; the empty list where there is none."""
        path = await file_path(self.services, self.assignment_id)
        return await self.services.get(SERVICE, path) if isinstance(path, str) else path


def _refused(chosen: Chosen, outcome: Outcome) -> Chosen:
    """What is wrong with the file stands at its field; that credentialing is away, or lets nobody in, above all."""
    if not isinstance(outcome, Refusal) or outcome.status not in SAID_BY_IT:
        return replace(chosen, trouble=words_of(outcome))
    return replace(chosen, fault=TOO_LARGE if outcome.status == 413 else words_of(outcome))


def documents_at(clinician_id: str) -> str:
    """Where credentialing keeps the documents of a clinician."""
    return f"/v1/clinicians/{clinician_id}/documents"


async def sent_on(
    services: Services, path: str, *, file: UploadFile, asked: Mapping[str, str], media_type: str, key: str
) -> Outcome:
    """Sends a chosen file on to credentialing as it is; `asked` are the part and the item that it is for, if any."""
    query = urlencode({name: value for name, value in asked.items() if value})
    headers = {
        "Content-Type": media_type,
        "File-Name": quote(file.filename or "", safe=""),
        "Idempotency-Key": key,
        "Connection": "close",  # a file that is refused before its end leaves the connection to nobody after it
    }
    return await services.upload(SERVICE, f"{path}?{query}", content=parts_of(file), headers=headers)


def shown(found: Picture | Outcome, document_id: str) -> Response:
    """A picture or file as it came, under a policy that lets it do nothing. Raises NotFound."""
    if not isinstance(found, Picture):
        raise NotFound(what="document", id=document_id)
    headers = {"Content-Security-Policy": "sandbox; default-src 'none'", "Cache-Control": "no-store"}
    return Response(found.content, media_type=found.media_type, headers=headers)


def words_of(outcome: Outcome) -> str:
    """A refusal of the file itself in credentialing's words, anything else in the portal's."""
    if isinstance(outcome, Refusal) and outcome.status in SAID_BY_IT:
        return outcome.detail or outcome.title
    return "" if isinstance(outcome, Answer) else said(outcome)


async def parts_of(file: UploadFile) -> AsyncIterator[bytes]:
    """A chosen file as it is sent on."""
    while part := await file.read(PART_BYTES):
        yield part
