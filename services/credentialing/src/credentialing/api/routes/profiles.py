"""A clinician's profile over HTTP, in the open format."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response, StreamingResponse

from credentialing.api.routes.documents import AtDesk
from credentialing.api.routes.numbers import Sealing
from credentialing.api.schemas.profiles import ProfileBundle, paper_path
from credentialing.app.queries import profiles as queries
from credentialing.clients.archive import Member, whole, zipped
from credentialing.domain.documents.sight import READS
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.commands import Reads
from shared.http.openapi import problems
from shared.vault.errors import PrivateValuesErased
from shared.vault.routes import ClinicianId

router = APIRouter(prefix="/v1", tags=["profiles"])
PROFILE = "/clinicians/{clinician_id}/profile"


async def _now(request: Request) -> datetime:
    now: datetime = request.app.state.wiring.works.clock.now()
    return now


Now = Annotated[datetime, Depends(_now)]


@router.get(
    PROFILE,
    summary="What a clinician holds, in an open format",
    description="With numbers in clear, of the parts of the file that you may read. Who takes it is noted.",
    dependencies=[allow("clinicians.export", besides=READS)],
    responses=problems(NotFound),
)
async def get_profile(door: Reads, numbers: Sealing, now: Now, clinician_id: ClinicianId) -> ProfileBundle:
    found = await door.read(lambda work: queries.profile_of(work, clinician_id, reaches=door.reaches, numbers=numbers))
    return ProfileBundle.of(found, now)


@router.get(
    f"{PROFILE}/archive",
    summary="The profile and its documents as a zip",
    dependencies=[allow("clinicians.export", besides=READS)],
    responses={
        **problems(NotFound, PrivateValuesErased),
        200: {"description": "The zip.", "content": {"application/zip": {"example": "PK …"}}},
    },
    response_class=Response,
)
async def get_archive(
    door: Reads, numbers: Sealing, desk: AtDesk, now: Now, clinician_id: ClinicianId
) -> StreamingResponse:
    found = await door.read(
        lambda work: queries.archive_of(work, clinician_id, reaches=door.reaches, numbers=numbers, desk=desk)
    )
    bundle = ProfileBundle.of(found.profile, now).model_dump_json(by_alias=True, exclude_none=True, indent=1)
    papers = [Member(name=paper_path(one), parts=desk.store.open(one.file, key=key)) for one, key in found.keys]
    members = [Member(name="profile.json", parts=whole(bundle.encode())), *papers]
    headers = {"Content-Disposition": 'attachment; filename="profile.zip"', "Cache-Control": "no-store"}
    return StreamingResponse(zipped(members), headers=headers, media_type="application/zip")
