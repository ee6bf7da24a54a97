"""Bodies about links."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field

from identity.api.schemas.words import CLINICIAN, PERSON, AssignmentId, ClinicianId, Code, FacilityId, shown
from identity.domain.link import LONGEST_LIFE, MOST_USES, Audience, Link
from shared.http.bodies import RequestBody, ResponseBody

_LONGEST_HOURS = LONGEST_LIFE.days * 24
_WHAT: dict[str, Any] = {
    "for": "clinician",
    "clinician_id": CLINICIAN,
    "facility_id": None,
    "assignment_id": None,
    "purpose": "upload_documents",
}
_LINK: dict[str, Any] = {
    "link_id": "lnk_01m8095ps8e00rc1kcn27y03zk",
    **_WHAT,
    "made_by": PERSON,
    "made_at": "2026-01-05T15:00:00Z",
    "expires_at": "2026-01-08T15:00:00Z",
    "uses_left": 20,
    "revoked_at": None,
}


class LinkIn(RequestBody):
    """Whom to let in, and for how long.

    A clinician is named by `clinician_id`, a facility's approver by `facility_id`, and who follows one assignment
    without changing anything (`status_reader`) by `assignment_id`.

    Each use is one visit: somebody comes in, and stays for twelve hours at most.
    """

    model_config = shown({**_WHAT, "expires_in_hours": 72, "uses": 20})

    audience: Annotated[Audience, Field(alias="for")]
    clinician_id: ClinicianId | None = None
    facility_id: FacilityId | None = None
    assignment_id: AssignmentId | None = None
    purpose: Code
    expires_in_hours: Annotated[int, Field(ge=1, le=_LONGEST_HOURS)] = 72
    uses: Annotated[int, Field(ge=1, le=MOST_USES)] = 20


class LinkOut(ResponseBody):
    """A link; its version is the ETag."""

    model_config = ConfigDict(populate_by_name=True, **shown(_LINK))

    link_id: str
    audience: Annotated[Audience, Field(alias="for")]
    clinician_id: str | None
    facility_id: str | None
    assignment_id: str | None
    purpose: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    uses_left: int
    revoked_at: datetime | None

    @classmethod
    def of(cls, link: Link) -> Self:
        """The link without anything that lets somebody in."""
        names = (name for name in cls.model_fields if name != "token")
        return cls.model_validate({name: getattr(link, name) for name in names})


class NewLinkOut(LinkOut):
    """A new link with its token, to be put into an address. It is answered once and kept nowhere.

    A repeated command answers without it.
    """

    model_config = shown({**_LINK, "token": "fs_link_…"})

    token: str | None = None
