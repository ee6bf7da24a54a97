"""A person looked at the source and says what it shows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time

from credentialing.app.record_inquiry import record_inquiry
from credentialing.app.take_result import take_result
from credentialing.domain.clearance import facility_day
from credentialing.domain.file import File, must_be_open
from credentialing.domain.held import Held, HeldStatus, newest_first
from credentialing.domain.requirement import Confirmer, Requirement
from credentialing.domain.screening.errors import ScreeningDecides
from credentialing.domain.screening.lists import SCREENED
from credentialing.domain.source_result import SourceResult
from credentialing.domain.sources.answer import Judged, Unclear
from credentialing.domain.sources.catalogue import MANUAL
from credentialing.domain.sources.errors import CheckedElsewhere
from credentialing.domain.sources.inquiry import About, about_claim, after_answer
from credentialing.domain.sources.manual_check import CheckByHand, ManualCheck, Wanted, faults, judge
from credentialing.domain.sources.result import Provenance, result_of
from credentialing.storage import credentials, documents, files, inquiries, screening_releases
from credentialing.storage.numbers import Numbers
from shared.db.work import Work
from shared.errors import Invalid


async def check_by_hand(work: Work, command: CheckByHand, *, numbers: Numbers) -> SourceResult:
    """Takes what a person read at the source as its answer about the item's claim.

    Raises NotFound, VersionMismatch, FileClosed, ItemNotInFile, CheckedElsewhere, ScreeningDecides for an exclusion
    list that is loaded, Invalid with every fault of the check, DocumentNotUsable, and VaultUnavailable where numbers
    cannot be compared.
    """
    seen = await files.to_read(work.session, command.file_id)
    await files.open_of_clinician(work.session, seen.clinician_id)  # all of them, in one order
    file = await files.to_change(work.session, command.file_id, expected_version=work.seen_version)
    must_be_open(file)
    requirement = file.item(command.code).requirement
    await _must_be_checked_at_source(work, requirement)
    held = await credentials.of_clinician(work.session, file.clinician_id)
    claim = _claim(held, requirement)
    about = about_claim(claim) if claim else _look_up(file, requirement)
    wanted = _wanted(requirement, claim, number=(await numbers.cleared(work, about)).number)
    found = faults(command.check, wanted, today=facility_day(file, work.now))
    if found:
        raise Invalid(findings=found)
    if command.check.document_id is not None:
        await documents.require_evidence(work.session, command.check.document_id, clinician_id=file.clinician_id)
    return await _take(work, about, check=command.check, answer=judge(command.check, wanted))


async def _take(work: Work, about: About, *, check: ManualCheck, answer: Judged) -> SourceResult:
    provenance = Provenance(
        result_id=work.new_id("res"),
        source=f"{MANUAL}: {check.source}",
        at=_instant(check, work.now),
        by=work.principal.subject,
    )
    read = result_of(answer, about, provenance=provenance)
    note = "; ".join(part for part in (read.note, check.note) if part) or None
    result = replace(read, document_id=check.document_id, note=note)
    await take_result(work, result)
    if not isinstance(answer, Unclear):
        for one in await inquiries.of_clinician(work.session, about.clinician_id):
            if one.is_open and one.asks_alike(about):
                await record_inquiry(work, after_answer(one, answer, result_id=result.result_id))
    return result


async def _must_be_checked_at_source(work: Work, requirement: Requirement) -> None:
    if await screening_releases.is_screened(work.session, requirement.code, subject=requirement.subject):
        raise ScreeningDecides(item=requirement.code)
    if requirement.confirmed_by is not Confirmer.SOURCE:
        raise CheckedElsewhere(item=requirement.code, confirmer=requirement.confirmed_by.replace("_", " "))


def _claim(held: Sequence[Held], requirement: Requirement) -> Held | None:
    """The newest claim that waits; else the newest that stands, which a later look confirms or ends."""
    standing = [one for one in newest_first(held, requirement) if one.status is not HeldStatus.REJECTED]
    waiting = [one for one in standing if one.status is HeldStatus.PENDING]
    return next(iter((*waiting, *standing)), None)


def _look_up(file: File, requirement: Requirement) -> About:
    return About(clinician_id=file.clinician_id, code=requirement.code, subject=requirement.subject)


def _wanted(requirement: Requirement, claim: Held | None, *, number: str | None) -> Wanted:
    return Wanted(
        number=number,
        issued_on=claim.issued_on if claim else None,
        is_licence=requirement.code.startswith("LIC-"),
        must_show_expiry=requirement.validity.printed_expiry,
        must_be_printed=requirement.code in SCREENED,
        is_look_up=requirement.validity.monitor_days is not None,
    )


def _instant(check: ManualCheck, now: datetime) -> datetime:
    """Now, or noon of the earlier day on which they looked."""
    return now if check.checked_on == now.date() else datetime.combine(check.checked_on, time(12), tzinfo=UTC)
