"""A person audits one file of a sample."""

from collections.abc import Mapping
from dataclasses import dataclass

from credentialing.domain.measures import sample as rules
from credentialing.domain.measures.hcss import Element
from credentialing.domain.measures.sample import Answer, Audit, Sample
from credentialing.storage import measures
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFile:
    """What was found in a drawn file, for each of the three elements."""

    sample_id: str
    file_id: str
    answers: Mapping[Element, Answer]


async def audit_file(work: Work, command: AuditFile) -> Sample:
    """Keeps the audit. Raises NotInSample, AuditedByMachine, ReasonMissing, NotFound and VersionMismatch."""
    sample = await measures.sample_to_change(work.session, command.sample_id, expected_version=work.seen_version)
    audit = Audit(by=work.principal.subject, at=work.now, answers=command.answers)
    return await measures.save_sample(work.session, rules.audit_file(sample, command.file_id, audit=audit))
