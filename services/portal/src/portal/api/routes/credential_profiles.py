"""A clinician's profile in the open format: taken in from another system, and given out."""

import re
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import Response

from portal.api.pages.calls import Calls
from portal.api.pages.doors import Forms
from portal.api.pages.file_forms import MOST_READ, file_form
from portal.api.pages.page import Pages
from portal.api.pages.profile_pages import MOST_OF_FORM, ProfilePages
from portal.clients.services import UPLOAD_SECONDS
from shared.guard.limits import LargeBody
from shared.http.access import allow

router = APIRouter(include_in_schema=False)

ClinicianId = Annotated[str, Path(pattern=r"^cln_[0-9a-z_]{1,40}$")]
AssertionId = Annotated[str, Path(pattern=r"^ast_[0-9a-z]{1,40}$")]
PROFILE: Final = "/clinicians/{clinician_id}/profile"
BRING = allow("profiles.import")
UPLOADS: Final = LargeBody(
    method="POST",
    path=re.compile("/clinicians/[^/]+/profile"),
    most_bytes=MOST_READ,
    seconds=UPLOAD_SECONDS,
)
"""More than is taken: what is too large is said at its field."""


async def _profile(door: Pages, services: Calls, clinician_id: ClinicianId) -> ProfilePages:
    return ProfilePages(door=door, services=services, clinician_id=clinician_id)


Profile = Annotated[ProfilePages, Depends(_profile)]


@router.get(PROFILE, dependencies=[BRING])
async def show_profile(profile: Profile) -> Response:
    """The form that takes a profile in, and what other systems say they verified."""
    return await profile.show()


@router.post(PROFILE, dependencies=[BRING])
async def bring(request: Request, profile: Profile) -> Response:
    """Shows what would come of a profile, or takes it in."""
    async with file_form(request, most_bytes=MOST_OF_FORM) as form:
        return await profile.bring(form)


@router.get(f"{PROFILE}/{{form}}", dependencies=[allow("clinicians.export")])
async def give(profile: Profile, form: Literal["json", "zip"]) -> Response:
    """The profile as a file."""
    return await profile.give(form)


@router.post(f"{PROFILE}/assertions/{{assertion_id}}", dependencies=[allow("assertions.accept")])
async def accept(door: Forms, profile: Profile, assertion_id: AssertionId) -> Response:
    """Takes an issuer's word that came through another system."""
    return await profile.accept(assertion_id, door.form)
