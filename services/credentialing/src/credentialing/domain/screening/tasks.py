"""The work item of an exclusion case, found by the person's assignment that starts first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from credentialing.domain.file import File
from credentialing.domain.screening.case import CaseState, ExclusionCase
from credentialing.domain.screening.matching import Verdict
from credentialing.domain.standing import week_of_billing_cents
from shared.contracts.workstreams import Action, WorkItemCompleted, WorkItemOpened, WorkItemWithdrawn

KIND = "review_exclusion"
MINUTES = 15
"""Usual effort of a check by Social Security number at the source (estimate)."""
DUE_HOURS = {Verdict.BLOCK: 4, Verdict.REVIEW: 24, Verdict.CLEAR: 24}
"""A stop keeps somebody from work, who may not be the one on the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A case whose work item is counted on, and what is said of the item, if anything."""

    case: ExclusionCase
    event: WorkItemOpened | WorkItemCompleted | WorkItemWithdrawn | None = None


def earliest(files: Sequence[File]) -> File:
    """The file whose assignment starts first."""
    return min(files, key=lambda one: (one.terms.start_date, one.file_id))


def told(case: ExclusionCase, before: ExclusionCase | None, *, files: Sequence[File], new_item: str) -> Told:
    """What is to be said of the work item when the case was opened or changed; nothing when it asks the same.

    An item that was ended is not opened again: a case that needs people once more gets the one of id `new_item`.
    """
    had = before is not None and before.needs_people
    if not had and not case.needs_people:
        return Told(case=case)
    if before is not None and had == case.needs_people and before.state is case.state:
        return Told(case=case)
    if before is not None and not had:
        case = replace(case, work_item_id=new_item, work_item_version=0)
    counted = replace(case, work_item_version=case.work_item_version + 1)
    return Told(case=counted, event=_opened(counted, files) if case.needs_people else _ended(counted))


def _opened(case: ExclusionCase, files: Sequence[File]) -> WorkItemOpened:
    file = next((one for one in files if one.assignment_id == case.assignment_id), None)
    path = f"/v1/exclusion-cases/{case.case_id}"
    verb = "approve" if case.state is CaseState.AWAITS_APPROVAL else "decide"
    return WorkItemOpened(
        work_item_id=case.work_item_id,
        kind=KIND,
        assignment_id=case.assignment_id,
        due_at=due_at(case),
        weight=MINUTES,
        skill="credentialing",
        partition="personnel",
        actions=(
            Action(name="open", method="GET", path=path),
            Action(name=verb, method="POST", path=f"{path}:{verb}"),
        ),
        money_at_stake_cents=week_of_billing_cents(file.terms) if file else None,
        playbook="review-exclusion",
    )


def due_at(case: ExclusionCase) -> datetime:
    """Until when somebody is to have looked."""
    since = case.finding.at if case.finding is not None else case.opened_at
    return since + timedelta(hours=DUE_HOURS[case.hit.verdict])


def _ended(case: ExclusionCase) -> WorkItemCompleted | WorkItemWithdrawn:
    if case.state is CaseState.WITHDRAWN:
        return WorkItemWithdrawn(
            work_item_id=case.work_item_id,
            assignment_id=case.assignment_id,
            kind=KIND,
            reason="no_longer_needed",
        )
    return WorkItemCompleted(work_item_id=case.work_item_id, assignment_id=case.assignment_id, kind=KIND)
