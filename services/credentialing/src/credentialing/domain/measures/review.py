"""Opening the steps for a report on an item of a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from credentialing.domain.file import File
from credentialing.domain.held import Held, HeldStatus
from credentialing.domain.measures.adverse_action import AUTHORISATION, AdverseAction
from credentialing.domain.measures.errors import AlreadyUnderReview, NotABackgroundItem, ReportNotAuthorised
from credentialing.domain.measures.next_step import next_step
from credentialing.domain.requirement import Partition


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A background report to be adjudicated: the item it is about, its id at the vendor, who says so, and when."""

    code: str
    reference: str
    by: str
    on: date


def open_review(
    file: File,
    report: Report,
    *,
    held: Sequence[Held],
    known: Sequence[AdverseAction],
    new_id: Callable[[str], str],
) -> AdverseAction:
    """A report is to be adjudicated by a person. `held` is the clinician's, `known` the adverse actions of the file.

    Raises ItemNotInFile, NotABackgroundItem, ReportNotAuthorised and AlreadyUnderReview.
    """
    if file.item(report.code).requirement.partition is not Partition.BACKGROUND:
        raise NotABackgroundItem(item=report.code)
    if not is_authorised(held):
        raise ReportNotAuthorised(file_id=file.file_id)
    for other in known:
        if other.is_open and other.code == report.code:
            raise AlreadyUnderReview(item=report.code, action_id=other.action_id)
    return AdverseAction(
        action_id=new_id("adv"),
        file_id=file.file_id,
        assignment_id=file.assignment_id,
        clinician_id=file.clinician_id,
        facility_id=file.facility_id,
        code=report.code,
        report=report.reference,
        opened_on=report.on,
        opened_by=report.by,
    )


def with_review(file: File, action: AdverseAction) -> File:
    """The file, knowing which step of this action follows, and on which answer of the source its review began."""
    known = next((one for one in file.reviews if one.action_id == action.action_id), None)
    begun_on = next((item.result_id for item in file.items if item.code == action.code), None)
    followed = next_step(action, result_id=known.result_id if known else begun_on)
    others = [one for one in file.reviews if one.action_id != action.action_id]
    return replace(file, reviews=(*others, followed))


def is_authorised(held: Sequence[Held]) -> bool:
    """Whether disclosure and authorisation came in, and were not refused."""
    return any(one.code == AUTHORISATION and one.status is not HeldStatus.REJECTED for one in held)
