"""Somebody lets a person without an account in, for one purpose and for a while."""

from dataclasses import dataclass
from datetime import timedelta

from identity.domain.access_errors import ApproverLinkNotYours
from identity.domain.acting import person_behind
from identity.domain.link import APPROVER_LINK_MAKERS, Audience, Link, link_findings
from identity.storage import links
from identity.storage.real_time import real_now
from shared.db.work import Work
from shared.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeLink:
    """Whom it lets in, what for, how long and how often; the digest of its token."""

    audience: Audience
    clinician_id: str | None
    facility_id: str | None
    assignment_id: str | None
    purpose: str
    lasts: timedelta
    uses: int
    digest: str


async def make_link(work: Work, command: MakeLink) -> Link:
    """The link as it is kept. Raises ApproverLinkNotYours, and Invalid with every finding."""
    if command.audience is Audience.FACILITY_APPROVER and not work.principal.has_any(APPROVER_LINK_MAKERS):
        raise ApproverLinkNotYours
    findings = link_findings(
        command.audience,
        clinician_id=command.clinician_id,
        facility_id=command.facility_id,
        assignment_id=command.assignment_id,
    )
    if findings:
        raise Invalid(findings=findings)
    now = await real_now(work.session)
    link = Link(
        link_id=work.new_id("lnk"),
        audience=command.audience,
        clinician_id=command.clinician_id,
        facility_id=command.facility_id,
        assignment_id=command.assignment_id,
        purpose=command.purpose,
        digest=command.digest,
        made_by=person_behind(work.principal),
        made_at=now,
        expires_at=now + command.lasts,
        uses_left=command.uses,
    )
    whom = link.clinician_id or link.facility_id or link.assignment_id
    work.audit("links.make", object_id=whom, details={"link_id": link.link_id})
    return await links.save(work.session, link)
