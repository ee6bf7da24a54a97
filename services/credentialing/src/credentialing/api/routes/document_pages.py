"""Pages of documents as pictures: what reviewers look at, whatever kind of file came in."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from credentialing.api.routes.documents import AtDesk, DocumentId
from credentialing.app.queries import documents as queries
from credentialing.domain.documents import errors
from credentialing.domain.documents.sight import READ, READS
from credentialing.domain.requirement import Partition
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.commands import Reads
from shared.http.openapi import problems
from shared.vault.errors import PrivateValuesErased

router = APIRouter(prefix="/v1", tags=["documents"])

_PNG = {"image/png": {"schema": {"type": "string", "format": "binary"}, "example": "\x89PNG…"}}


@router.get(
    "/documents/{document_id}/pages/{page}",
    summary="A page of a document as a picture",
    description="Drawn here, so that nothing in the file acts in a browser. Who takes it is noted.",
    dependencies=[allow(READ[Partition.PERSONNEL], besides=READS)],
    responses={
        **problems(NotFound, PrivateValuesErased, errors.ContentWithheld, errors.PageNotDrawn),
        200: {"description": "The page.", "content": _PNG},
    },
    response_class=Response,
)
async def get_page(
    door: Reads,
    desk: AtDesk,
    document_id: DocumentId,
    page: Annotated[int, Path(ge=1, le=500, description="Counted from 1.")],
    width: Annotated[int, Query(ge=100, le=2400, description="Pixels.")] = 1200,
) -> Response:
    found = await door.read(lambda work: queries.content_of(work, document_id, reaches=door.reaches, desk=desk))
    document = found.document
    content = desk.store.open(document.file, key=found.key)
    drawn = await desk.picturer.picture(content, media_type=document.media_type, page=page - 1, width=width)
    if drawn is None:
        raise errors.PageNotDrawn(page=page)
    return Response(drawn, media_type="image/png", headers={"Content-Security-Policy": "sandbox; default-src 'none'"})
