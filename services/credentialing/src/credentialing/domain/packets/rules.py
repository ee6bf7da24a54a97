"""The rule that a template makes: the packet is asked for by its day, and decided by whom the template says."""

from credentialing.domain.packets.template import Decides, PacketTemplate
from credentialing.domain.packets.verdicts import PACKET
from credentialing.domain.requirement import Confirmer, Scope
from credentialing.domain.rulebook.ask import Ask
from credentialing.domain.rulebook.rule import Asked, Condition, Rule, When


def rule_of(template: PacketTemplate) -> Rule:
    """The facility's rule for its packet; what other rules ask more strictly stays stricter."""
    confirmer = Confirmer.CLIENT if template.decides is Decides.CLIENT else None
    ask = Ask(
        confirmed_by=confirmer,
        due_days_before_start=template.due_days_before_start,
        due_weekday_before_start=template.due_weekday,
    )
    return Rule(
        rule_id=f"packet-{template.facility_id.replace('_', '-')}",
        level=Scope.FACILITY,
        title=f"{template.title}: packet",
        source=template.source,
        require=(Asked(code=PACKET, ask=ask),),
        when=(When(condition=Condition.FACILITY, values=frozenset({template.facility_id})),),
        effective_from=template.effective_from,
    )
