"""A lead writes what a facility wants to get."""

from dataclasses import dataclass, replace

from credentialing.domain.packets.judging import template_findings
from credentialing.domain.packets.rules import rule_of
from credentialing.domain.packets.template import PacketTemplate
from credentialing.domain.rulebook.editing import next_version
from credentialing.storage import packet_templates, rules
from shared.calendar import earliest_today
from shared.contracts.assignments import FacilityChanged
from shared.db.versions import require_version
from shared.db.work import Work
from shared.errors import Invalid, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class PutPacketTemplate:
    """The template as it is to be, and the number of the version that was looked at before (0: the usual one)."""

    wanted: PacketTemplate
    expected_version: int


async def put_packet_template(work: Work, command: PutPacketTemplate) -> PacketTemplate:
    """The version that stands now; the same again changes nothing. The rule that asks for the packet follows it, so
    that due day and who decides are in every list.

    Raises NotFound for a facility that is not known here, Invalid, VersionMismatch.
    """
    facility_id = command.wanted.facility_id
    if await work.known(FacilityChanged, facility_id) is None:
        raise NotFound(what="facility", id=facility_id)
    if findings := template_findings(command.wanted, today=earliest_today(work.now)):
        raise Invalid(findings=findings)
    known = await packet_templates.to_change(work.session, facility_id)
    newest = known[-1] if known else None
    require_version(newest.number if newest else 0, command.expected_version)
    wanted = replace(command.wanted, number=newest.number + 1 if newest else 1)
    if newest is not None and replace(wanted, number=newest.number) == newest:
        return newest
    await packet_templates.save(
        work.session, wanted, edit=packet_templates.Edit(by=work.principal.subject, at=work.now)
    )
    await _put_rule(work, wanted)
    work.audit("rules.write", object_id=facility_id, details={"packet_template": wanted.number})
    return wanted


async def _put_rule(work: Work, template: PacketTemplate) -> None:
    await rules.to_change(work.session)
    wanted = rule_of(template)
    following = next_version(await rules.versions(work.session, wanted.rule_id), wanted)
    if following is not None:
        edit = rules.Edit(edit_id=work.new_id("edt"), by=work.principal.subject, at=work.now)
        await rules.save(work.session, [following], edit=edit)
