"""A person files that the clinician signed."""

from dataclasses import dataclass

from housing.app.record import record
from housing.domain import commands as rules
from housing.domain.case import Case
from housing.storage import cases
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAgreement:
    """The clinician signed this version of the terms."""

    case_id: str
    terms_version: int


async def record_agreement(work: Work, command: RecordAgreement) -> Case:
    """Notes the signature. Raises what `commands.record_agreement` raises, NotFound, VersionMismatch."""
    case = await cases.to_change(work.session, command.case_id, expected_version=work.seen_version)
    return await record(work, rules.record_agreement(case, command.terms_version), before=case)
