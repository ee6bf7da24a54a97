"""A lead says what rules may ask about a facility."""

from dataclasses import dataclass, replace

from credentialing.domain.rulebook.judging import place_findings
from credentialing.domain.rulebook.place import FacilityFacts
from credentialing.storage import rules
from shared.contracts.assignments import FacilityChanged
from shared.db.versions import require_version
from shared.db.work import Work
from shared.errors import Invalid, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class SayFacilityFacts:
    """The facts as they are to be, and the version that was looked at before."""

    wanted: FacilityFacts
    expected_version: int


async def say_facility_facts(work: Work, command: SayFacilityFacts) -> FacilityFacts:
    """The facts as they are now; the same again changes nothing. Open files follow as after an edit of rules.

    Raises NotFound for a facility that is not known here, Invalid and VersionMismatch.
    """
    wanted = command.wanted
    if findings := place_findings(wanted):
        raise Invalid(findings=findings)
    if await work.known(FacilityChanged, wanted.facility_id) is None:
        raise NotFound(what="facility", id=wanted.facility_id)
    await rules.to_change(work.session)
    present = await rules.facts_of(work.session, wanted.facility_id)
    require_version(present.version, command.expected_version)
    if replace(wanted, version=present.version, rule_set=present.rule_set) == present:
        return present
    edit = rules.Edit(edit_id=work.new_id("edt"), by=work.principal.subject, at=work.now)
    return await rules.save_facts(work.session, replace(wanted, version=present.version), edit=edit)
