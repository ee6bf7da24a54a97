"""Documents over HTTP: sent as a stream, given back as one."""

import re
from collections.abc import AsyncIterator
from typing import Annotated, Any, Final, Literal
from urllib.parse import quote, unquote

from fastapi import APIRouter, Depends, Header, Path, Query, Request
from starlette.responses import Response, StreamingResponse

from credentialing.api.schemas.documents import DeletionList, DeletionOut, DocumentList, DocumentOut, RefuseDocumentIn
from credentialing.app.begin_upload import begin_upload
from credentialing.app.keep_document import keep_document
from credentialing.app.put_away import Kept
from credentialing.app.queries import documents as queries
from credentialing.app.refuse_document import RefuseDocument, refuse_document
from credentialing.clients.desk import Desk
from credentialing.domain.documents import errors
from credentialing.domain.documents.media import MediaType
from credentialing.domain.documents.sight import LIST, READ, READS
from credentialing.domain.documents.upload import Upload
from credentialing.domain.requirement import Partition
from shared.db.versions import VersionMismatch
from shared.errors import NotFound
from shared.guard.errors import BodyTooLarge, BodyTooSlow
from shared.guard.limits import LargeBody
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.openapi import problems
from shared.http.uploads import Uploads
from shared.vault.errors import PrivateValuesErased
from shared.vault.routes import ClinicianId

RESOURCE: Final = "documents"
"""The name of the desk on the application's state."""

router = APIRouter(prefix="/v1", tags=["documents"])
OF_CLINICIAN = "/clinicians/{clinician_id}/documents"
UPLOAD_SECONDS = 300
"""25 MB over a telephone's line of 1 Mbit/s take 200."""

UPLOAD_REFUSALS = (
    *(NotFound, PrivateValuesErased, BodyTooLarge, BodyTooSlow, errors.PartitionMissing, errors.PartitionDiffers),
    *(errors.DocumentEmpty, errors.DocumentTypeRefused, errors.DeclaredTypeDiffers, errors.DocumentInfected),
    *(errors.DocumentDamaged, errors.PasswordProtected, errors.ImageTooLarge, errors.TooManyPages),
    errors.DocumentTooComplex,
)
_FILE = {"schema": {"type": "string", "format": "binary"}, "example": "%PDF-1.7 …"}
_FILE_BODY = {"requestBody": {"required": True, "content": {kind.value: _FILE for kind in MediaType}}}
_CONTENT: dict[int | str, dict[str, Any]] = {
    200: {"description": "The content.", "content": {kind.value: _FILE for kind in MediaType}}
}
_GIVEN_OUT = {"Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'"}

DocumentId = Annotated[str, Path(max_length=60)]
Part = Annotated[
    Literal["personnel", "health", "background", "i9"] | None,
    Query(description="Where it belongs; may be left out where `code` names an item of a file."),
]
Code = Annotated[str | None, Query(pattern=r"^[A-Z0-9-]{1,40}$", description="The requirement it is for.")]
FileName = Annotated[
    str | None, Header(alias="File-Name", max_length=600, description="The file's name, percent-encoded UTF-8.")
]


async def _desk(request: Request) -> Desk:
    desk: Desk = getattr(request.app.state, RESOURCE)
    return desk


AtDesk = Annotated[Desk, Depends(_desk)]


def large_bodies(most_bytes: int) -> tuple[LargeBody, ...]:
    """The route that takes documents, and how large these may be."""
    path = re.compile(r"/v1/clinicians/[^/]+/documents")
    return (LargeBody(method="POST", path=path, most_bytes=most_bytes, seconds=UPLOAD_SECONDS),)


@router.post(
    OF_CLINICIAN,
    status_code=201,
    summary="Send a document",
    description="The body is the file. Sent again, the same content is the same document, answered with 200.",
    dependencies=[allow("documents.upload")],
    responses=problems(*UPLOAD_REFUSALS),
    response_model=DocumentOut,
    openapi_extra=_FILE_BODY,
)
async def upload(
    door: Uploads,
    desk: AtDesk,
    request: Request,
    clinician_id: ClinicianId,
    partition: Part = None,
    code: Code = None,
    replaces: Annotated[str | None, Query(max_length=60, description="The version before it.")] = None,
    file_name: FileName = None,
) -> Response:
    part, name = Partition(partition) if partition else None, unquote(file_name or "", errors="replace")
    asked = Upload(clinician_id=clinician_id, partition=part, code=code, replaces=replaces, name=name)
    key = await door.prepare(lambda work: begin_upload(work, asked, desk=desk))
    async with desk.received(door.parts(), declared=request.headers.get("content-type"), key=key) as received:
        door.has_received(bytes.fromhex(received.incoming.sha256))
        return await door.command(
            lambda work: keep_document(work, asked, received=received, desk=desk), answer=_kept_answer
        )


@router.get(
    OF_CLINICIAN,
    summary="A clinician's documents",
    dependencies=[allow(LIST, besides=READS)],
    responses=problems(NotFound),
)
async def list_documents(door: Reads, clinician_id: ClinicianId) -> DocumentList:
    found = await door.read(lambda work: queries.documents_of(work, clinician_id, reaches=door.reaches))
    return DocumentList.of(list(found))


@router.get(
    "/clinicians/{clinician_id}/document-deletions",
    summary="The proof of documents that are gone",
    dependencies=[allow(READ[Partition.PERSONNEL], besides=READS)],
    responses=problems(NotFound),
)
async def list_deletions(door: Reads, clinician_id: ClinicianId) -> DeletionList:
    found = await door.read(lambda work: queries.deletions_of(work, clinician_id, reaches=door.reaches))
    return DeletionList(items=tuple(DeletionOut.model_validate(one) for one in found))


@router.get(
    "/documents/{document_id}",
    summary="One document, without its content",
    dependencies=[allow(LIST, besides=READS)],
    responses=problems(NotFound, PrivateValuesErased),
    response_model=DocumentOut,
)
async def get_document(door: Reads, desk: AtDesk, document_id: DocumentId) -> Response:
    return await door.show(
        lambda work: queries.document_by_id(work, document_id, reaches=door.reaches, desk=desk),
        answer=lambda seen: Answer(body=DocumentOut.seen(seen), etag=seen.document.version),
    )


@router.get(
    "/documents/{document_id}/content",
    summary="A document's content",
    description="Who takes it is noted. `inline` is granted to what browsers show and what cannot act by itself.",
    dependencies=[allow(READ[Partition.PERSONNEL], besides=READS)],
    responses={**problems(NotFound, PrivateValuesErased, errors.ContentWithheld), **_CONTENT},
    response_class=Response,
)
async def get_content(
    door: Reads, desk: AtDesk, document_id: DocumentId, disposition: Literal["attachment", "inline"] = "attachment"
) -> Response:
    content = await door.read(lambda work: queries.content_of(work, document_id, reaches=door.reaches, desk=desk))
    document = content.document
    shown = "inline" if disposition == "inline" and document.may_show_inline else "attachment"
    named = (
        f"{shown}; filename=\"document{document.media_type.ending}\"; filename*=UTF-8''{quote(content.name, safe='')}"
    )
    headers = {**_GIVEN_OUT, "Content-Disposition": named, "Content-Length": str(document.size)}
    parts = await begun(desk.store.open(document.file, key=content.key))
    return StreamingResponse(parts, headers=headers, media_type=document.media_type.value)


@router.post(
    "/documents/{document_id}:refuse",
    summary="A document does not do",
    dependencies=[allow("documents.refuse", besides=(LIST, *READS))],
    responses=problems(NotFound, VersionMismatch, errors.AlreadyRefused),
    response_model=DocumentOut,
)
async def refuse(
    door: Commands, document_id: DocumentId, asked: Annotated[RefuseDocumentIn, body(RefuseDocumentIn)]
) -> Response:
    command = RefuseDocument(document_id=document_id, because=asked.because)
    return await door.command(
        lambda work: refuse_document(work, command, reaches=door.reaches),
        answer=lambda document: Answer(body=DocumentOut.of(document), etag=document.version),
    )


def _kept_answer(kept: Kept) -> Answer:
    document = kept.document
    return Answer(
        body=DocumentOut.kept(kept),
        status=201 if kept.is_new else 200,
        etag=document.version,
        location=f"/v1/documents/{document.document_id}",
    )


async def begun(parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same parts, the first one read already: what cannot be opened is refused before anything is answered."""
    first = await anext(parts)

    async def every() -> AsyncIterator[bytes]:
        yield first
        async for part in parts:
            yield part

    return every()
