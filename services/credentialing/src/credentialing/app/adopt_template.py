"""A facility gets the rules of a published packet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from credentialing.domain.packets.shipped import SHIPPED
from credentialing.domain.rulebook.editing import next_version
from credentialing.domain.rulebook.judging import early_findings
from credentialing.domain.rulebook.rule import Rule
from credentialing.domain.rulebook.templates import adopted, template_named
from credentialing.storage import packet_templates, rules
from shared.contracts.assignments import FacilityChanged
from shared.db.work import Work
from shared.errors import Invalid, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptTemplate:
    """Which template, for which facility, and its first day there."""

    template: str
    facility_id: str
    effective_from: date
    may_reach_back: bool = False


async def adopt_template(work: Work, command: AdoptTemplate) -> Sequence[Rule]:
    """The facility's rules as they stand then, as one edit; what says the same already stays.

    Raises NotFound for a template or facility that is not known here, and Invalid.
    """
    template = template_named(command.template)
    if template is None:
        raise NotFound(what="rule template", id=command.template)
    if await work.known(FacilityChanged, command.facility_id) is None:
        raise NotFound(what="facility", id=command.facility_id)
    wanted = adopted(template, facility_id=command.facility_id, effective_from=command.effective_from)
    today = work.now.date()
    if findings := early_findings(wanted[0], today=today, may_reach_back=command.may_reach_back):
        raise Invalid(findings=findings)
    await rules.to_change(work.session)
    known = {rule.rule_id: await rules.versions(work.session, rule.rule_id) for rule in wanted}
    following = [new for rule in wanted if (new := next_version(known[rule.rule_id], rule))]
    if following:
        edit = rules.Edit(edit_id=work.new_id("edt"), by=work.principal.subject, at=work.now)
        await rules.save(work.session, following, edit=edit)
        work.audit(
            "rules.write",
            object_id=command.facility_id,
            details={"template": template.name, "rules": [rule.rule_id for rule in following]},
        )
    await _adopt_packet(work, command)
    return [(await rules.versions(work.session, rule.rule_id))[-1] for rule in wanted]


async def _adopt_packet(work: Work, command: AdoptTemplate) -> None:
    """What the published packet is made of becomes the facility's, unless it has a template of its own."""
    published = SHIPPED.get(command.template)
    if published is None or await packet_templates.to_change(work.session, command.facility_id):
        return
    own = replace(published, facility_id=command.facility_id, number=1, effective_from=command.effective_from)
    await packet_templates.save(work.session, own, edit=packet_templates.Edit(by=work.principal.subject, at=work.now))
