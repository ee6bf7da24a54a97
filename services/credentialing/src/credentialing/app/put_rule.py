"""A lead writes a rule, or its next version."""

from dataclasses import dataclass

from credentialing.domain.rulebook.editing import next_version
from credentialing.domain.rulebook.judging import early_findings, rule_findings
from credentialing.domain.rulebook.rule import Rule
from credentialing.storage import rules
from shared.calendar import earliest_today
from shared.db.versions import require_version
from shared.db.work import Work
from shared.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class PutRule:
    """The rule as it is to be, and the version that was looked at before (0: there is none yet).

    `may_reach_back`: it may begin in the past, and so change files of assignments that have started.
    """

    wanted: Rule
    expected_version: int
    may_reach_back: bool = False


async def put_rule(work: Work, command: PutRule) -> Rule:
    """The version that stands now; the same again changes nothing. Raises Invalid and VersionMismatch."""
    wanted = command.wanted
    early = early_findings(wanted, today=earliest_today(work.now), may_reach_back=command.may_reach_back)
    if findings := (*rule_findings(wanted), *early):
        raise Invalid(findings=findings)
    await rules.to_change(work.session)
    known = await rules.versions(work.session, wanted.rule_id)
    require_version(known[-1].version if known else 0, command.expected_version)
    following = next_version(known, wanted)
    if following is None:
        return known[-1]
    edit = rules.Edit(edit_id=work.new_id("edt"), by=work.principal.subject, at=work.now)
    [saved] = await rules.save(work.session, [following], edit=edit)
    work.audit("rules.write", object_id=saved.rule_id, details={"version": saved.version, "rule_set": saved.rule_set})
    return saved
