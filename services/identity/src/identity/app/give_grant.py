"""A lead or an administrator lets a virtual specialist act in a department's role."""

from identity.domain.acting import person_behind
from identity.domain.grant import Grant, GrantRequest, give, given_event, grant_findings
from identity.domain.roles import Role
from identity.storage import grants, people
from identity.storage.real_time import real_now
from shared.db.work import Work
from shared.errors import Invalid, NotFound


async def give_grant(work: Work, asked: GrantRequest) -> Grant:
    """The grant, which the person's next token carries. Raises Invalid with every finding, and what `give` raises.

    The person stays locked: what they hold is counted, and their roles are looked at, while nobody changes either.
    """
    now = await real_now(work.session)
    if findings := grant_findings(asked, roles_held=await _roles_held(work, asked.person_id), now=now):
        raise Invalid(findings=findings)
    held = await grants.live_of(work.session, asked.person_id, now=now)
    grant = give(asked, held=held, grant_id=work.new_id("grt"), given_by=person_behind(work.principal), now=now)
    saved = await grants.save(work.session, grant)
    work.publish(given_event(saved), version=saved.version)
    work.audit("grants.give", object_id=saved.grant_id, reason=saved.reason, details={"person_id": saved.person_id})
    return saved


async def _roles_held(work: Work, person_id: str) -> tuple[Role, ...] | None:
    try:
        person = await people.to_change(work.session, person_id)
    except NotFound:
        return None
    return person.roles if person.is_active else None
