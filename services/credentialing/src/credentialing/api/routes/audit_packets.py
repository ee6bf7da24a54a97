"""The audit packet of an assignment over HTTP: as data, as a sheet, or both in an archive."""

from dataclasses import asdict
from io import BytesIO
from typing import Annotated, Any, Final, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from credentialing.api.routes.files import FileId
from credentialing.api.routes.packets import GIVEN_OUT, PDF, PDF_ANSWER
from credentialing.api.schemas.audit_packets import AuditPacketOut
from credentialing.app.queries.audit_packets import audit_packet_of
from credentialing.clients.bindery import Bindery
from credentialing.domain.packets.audit import AuditPacket
from credentialing.domain.packets.report import report_of
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer, render
from shared.http.commands import Reads
from shared.http.openapi import problems

RESOURCE: Final = "bindery"
AGENCY: Final = "agency_name"
"""The names of what makes PDFs, and of the agency's own, on the application's state."""

CONFIDENTIAL = "audit_packets.read_confidential"
ZIP: Final = "application/zip"
_ALSO: dict[int | str, dict[str, Any]] = {
    200: {"description": "The audit packet.", "content": {PDF: PDF_ANSWER, ZIP: PDF_ANSWER}}
}

router = APIRouter(prefix="/v1/files/{file_id}", tags=["packets"])


def resources(bindery: Bindery, agency: str) -> dict[str, object]:
    """What these routes find on the application's state."""
    return {RESOURCE: bindery, AGENCY: agency}


async def _bindery(request: Request) -> Bindery:
    bindery: Bindery = getattr(request.app.state, RESOURCE)
    return bindery


async def _agency(request: Request) -> str:
    return str(getattr(request.app.state, AGENCY))


Form = Annotated[Literal["json", "pdf", "zip"], Query(alias="format", description="`zip`: both.")]


@router.get(
    "/audit-packet",
    summary="Everything that the clearance of an assignment rests on",
    description="Items with the rules that ask for them, results, hashes, waivers; decisions, changes, packets. Of the"
    " confidential parts an auditor sees results and hashes alone.",
    dependencies=[allow("audit_packets.read", besides=(CONFIDENTIAL,))],
    responses={**problems(NotFound), **_ALSO},
    response_model=AuditPacketOut,
)
async def get_audit_packet(
    door: Reads,
    bindery: Annotated[Bindery, Depends(_bindery)],
    agency: Annotated[str, Depends(_agency)],
    file_id: FileId,
    form: Form = "json",
) -> Response:
    reach = door.reaches[CONFIDENTIAL]
    audit = await door.read(lambda work: audit_packet_of(work, file_id, confidential=reach))
    if form == "json":
        return render(Answer(body=AuditPacketOut.of(audit))).response()
    pdf = await bindery.sheet("report", asdict(report_of(audit, agency=agency)))
    return _given_out(audit, pdf, form=form)


def _given_out(audit: AuditPacket, pdf: bytes, *, form: str) -> Response:
    content = pdf if form == "pdf" else _archive(audit, pdf)
    named = f'attachment; filename="audit-packet-{audit.file_id}.{form}"'
    return Response(
        content, headers={**GIVEN_OUT, "Content-Disposition": named}, media_type=PDF if form == "pdf" else ZIP
    )


def _archive(audit: AuditPacket, pdf: bytes) -> bytes:
    """Both under fixed names; files in it have no times, so that the same says the same."""
    data = AuditPacketOut.of(audit).model_dump_json(indent=2).encode()
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in (("audit-packet.json", data), ("audit-packet.pdf", pdf)):
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return target.getvalue()
