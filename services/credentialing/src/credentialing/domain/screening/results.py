"""What a screening tells the files: one answer of the list for each requirement that it answers for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from credentialing.domain.file import File
from credentialing.domain.held import Held, HeldStatus
from credentialing.domain.screening.case import ExclusionCase, outcome_of
from credentialing.domain.screening.lists import ExclusionList, list_named
from credentialing.domain.source_result import Outcome, SourceResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All that is known of a person when a list answers: open files, what is held, all cases."""

    clinician_id: str
    files: Sequence[File]
    held: Sequence[Held]
    cases: Sequence[ExclusionCase]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """When and by whom a list was asked, by which release, and with which printed check if there is one."""

    at: datetime
    by: str
    release_id: str
    document_id: str | None = None


def results_of(
    kept: ExclusionList, standing: Standing, *, occasion: Occasion, new_id: Callable[[str], str]
) -> tuple[SourceResult, ...]:
    """One result for each subject asked: a state's list answers for its state, and for the requirement of all lists.

    Where a requirement means several lists, what any of them says against the person counts.
    """
    return tuple(
        _result(kept, standing, occasion=occasion, subject=subject, result_id=new_id("res"))
        for subject in _subjects(kept, standing.files)
    )


def _subjects(kept: ExclusionList, files: Sequence[File]) -> Sequence[str]:
    own = kept.state or ""
    asked = {item.requirement.subject for file in files for item in file.items if item.code == kept.code}
    return sorted(asked & {"", own}) or [own]


def _result(
    kept: ExclusionList, standing: Standing, *, occasion: Occasion, subject: str, result_id: str
) -> SourceResult:
    counted = [
        case
        for case in standing.cases
        if case.list_name == kept.name or (subject == "" and list_named(case.list_name).code == kept.code)
    ]
    outcome = outcome_of(counted)
    return SourceResult(
        result_id=result_id,
        clinician_id=standing.clinician_id,
        code=kept.code,
        subject=subject,
        source=kept.source,
        outcome=outcome,
        checked_at=occasion.at,
        checked_by=occasion.by,
        credential_id=_claim(standing.held, kept.code, subject=subject, outcome=outcome),
        issued_on=occasion.at.date(),
        document_id=occasion.document_id,
        release=occasion.release_id,
    )


def _claim(held: Sequence[Held], code: str, *, subject: str, outcome: Outcome) -> str | None:
    """The claim that the result is about, so that a look-up made every month is one claim that is renewed.

    None makes a new one: after one that was refuted, and for a doubt about one that was confirmed, which it follows.
    """
    own = [one for one in held if (one.code, one.subject) == (code, subject)]
    newest = max(own, key=lambda one: (one.received_on, one.credential_id), default=None)
    if newest is None or newest.status is HeldStatus.REJECTED or outcome is Outcome.REFUTED:
        return None
    if outcome is Outcome.UNCLEAR and newest.status is HeldStatus.VERIFIED:
        return None
    return newest.credential_id
