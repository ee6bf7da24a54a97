"""A lead ends a rule."""

from dataclasses import dataclass
from datetime import date

from credentialing.domain.rulebook.editing import ended
from credentialing.domain.rulebook.errors import RuleEndsInPast
from credentialing.domain.rulebook.rule import Rule
from credentialing.storage import rules
from shared.calendar import earliest_today
from shared.db.versions import require_version
from shared.db.work import Work
from shared.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRule:
    """Which rule, its last day, and the version that was looked at before."""

    rule_id: str
    last_day: date
    expected_version: int


async def end_rule(work: Work, command: EndRule) -> Rule:
    """The version that ends it; one that has ended by then stays. Raises NotFound, VersionMismatch, RuleEndsInPast."""
    await rules.to_change(work.session)
    known = await rules.versions(work.session, command.rule_id)
    if not known:
        raise NotFound(what="rule", id=command.rule_id)
    require_version(known[-1].version, command.expected_version)
    today = earliest_today(work.now)
    if command.last_day < today:
        raise RuleEndsInPast(today=today)
    ending = ended(known, last_day=command.last_day)
    if ending is None:
        return known[-1]
    edit = rules.Edit(edit_id=work.new_id("edt"), by=work.principal.subject, at=work.now)
    [saved] = await rules.save(work.session, [ending], edit=edit)
    work.audit("rules.write", object_id=saved.rule_id, details={"version": saved.version, "rule_set": saved.rule_set})
    return saved
