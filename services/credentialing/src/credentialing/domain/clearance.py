"""The decision that a clinician may start, and its loss.

A clearance stands only while every item of the file is verified or waived, for the newest terms, through a
day on which all of them still hold. So a file must have been rechecked against what the clinician holds before
it is settled; `settle` compares what was said with what holds now, and says the difference.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from credentialing.domain.coverage import A_DAY
from credentialing.domain.file import File, Grant
from credentialing.domain.item import Item, ItemStatus
from credentialing.domain.lateness import may_come_late
from credentialing.domain.validity import Lack
from shared.calendar import local_day
from shared.contracts.credentialing import ClearanceGranted, ClearanceRevoked
from shared.errors import Finding

EXCLUSIONS = "EXC-"


class Cause(StrEnum):
    """Why a clearance was lost; stable codes that say nothing of any one item."""

    TERMS_CHANGED = "terms_changed"
    CREDENTIAL_REJECTED = "credential_rejected"
    WAIVER_ENDED = "waiver_ended"
    CREDENTIAL_LAPSED = "credential_lapsed"
    DEADLINE_PASSED = "deadline_passed"
    UNDER_REVIEW = "under_review"
    DISCIPLINE = "discipline"
    EXCLUSION = "exclusion"
    REQUIREMENTS_CHANGED = "requirements_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """The clinician may work under these terms through `valid_through` (inclusive)."""

    valid_through: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYet:
    """What stands in the way: one finding per open item, `pointer` naming it; never empty."""

    reasons: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The file that remembers what was said, and at most one event that says it."""

    file: File
    events: tuple[ClearanceGranted | ClearanceRevoked, ...] = ()


def decide_clearance(file: File, now: datetime) -> Granted | NotYet:
    """Whether the clinician may start: every item met that must be met by then, and every waiver still running.

    `valid_through` is the day before the first on which an item blocks shifts: one that runs out, one that may come
    after the start and is not there yet. It is never after the last day of the terms: nothing beyond them was examined.
    """
    if not file.is_open:
        return NotYet(reasons=(_finding("", "assignment_ended", "The assignment has ended."),))
    today = facility_day(file, now)
    open_items = [item for item in file.items if _holds_up(item, today)]
    if open_items:
        return NotYet(reasons=tuple(_reason(item) for item in open_items))
    ends = [item.blocks_shifts_from - A_DAY for item in file.items if item.blocks_shifts_from]
    return Granted(valid_through=min([*ends, file.terms.end_date]))


def settle(file: File, now: datetime) -> Settled:
    """Says what changed: a grant for new terms or another last day, the loss of one, or nothing."""
    if not file.is_open:
        return Settled(file=file)
    decision = decide_clearance(file, now)
    if isinstance(decision, Granted):
        return _grant(file, decision, facility_day(file, now))
    return _revoke(file, facility_day(file, now)) if file.granted else Settled(file=file)


def facility_day(file: File, now: datetime) -> date:
    """The calendar day at the facility."""
    return local_day(now, file.time_zone)


def _grant(file: File, decision: Granted, today: date) -> Settled:
    """A grant that says the same as the one before keeps its day: that is when it was decided."""
    before = file.granted
    codes = tuple(item.code for item in file.items)
    grant = Grant(terms_version=file.terms.version, valid_through=decision.valid_through, on=today, codes=codes)
    if before and (before.terms_version, before.valid_through) == (grant.terms_version, grant.valid_through):
        return Settled(file=replace(file, granted=replace(before, codes=codes)))
    event = ClearanceGranted(
        assignment_id=file.assignment_id,
        terms_version=grant.terms_version,
        valid_through=grant.valid_through,
    )
    return Settled(file=_said(file, grant), events=(event,))


def _said(file: File, granted: Grant | None) -> File:
    return replace(file, granted=granted, clearances_said=file.clearances_said + 1)


def _revoke(file: File, today: date) -> Settled:
    event = ClearanceRevoked(
        assignment_id=file.assignment_id,
        terms_version=file.terms.version,
        reason=_cause(file, today).value,
    )
    return Settled(file=_said(file, None), events=(event,))


def _cause(file: File, today: date) -> Cause:
    if file.granted and file.granted.terms_version != file.terms.version:
        return Cause.TERMS_CHANGED
    refused = [item for item in file.items if item.status is ItemStatus.REJECTED]
    return _cause_of_refusal(refused) if refused else _cause_of_gap(file, today)


def _cause_of_refusal(refused: Sequence[Item]) -> Cause:
    if any(item.code.startswith(EXCLUSIONS) for item in refused):
        return Cause.EXCLUSION
    is_disciplined = any(item.is_disciplined for item in refused)
    return Cause.DISCIPLINE if is_disciplined else Cause.CREDENTIAL_REJECTED


def _cause_of_gap(file: File, today: date) -> Cause:
    """Why what was met is not, when nothing was refused."""
    held_up = [item for item in file.items if _holds_up(item, today)]
    if any(item.waiver for item in held_up):
        return Cause.WAIVER_ENDED
    if any(item.is_unclear for item in held_up):
        return Cause.UNDER_REVIEW
    if file.granted and file.granted.codes and {item.code for item in held_up}.isdisjoint(file.granted.codes):
        return Cause.REQUIREMENTS_CHANGED
    is_late = all(item.credential_id is None and may_come_late(item.requirement) for item in held_up)
    return Cause.DEADLINE_PASSED if is_late else Cause.CREDENTIAL_LAPSED


def _holds_up(item: Item, today: date) -> bool:
    return item.stands_in_the_way or not _still_waived(item, today)


def _still_waived(item: Item, today: date) -> bool:
    if item.status is not ItemStatus.WAIVED:
        return True
    return item.valid_through is None or today <= item.valid_through


def _reason(item: Item) -> Finding:
    if item.is_unclear:
        return _finding(item.code, "unclear", "Its source could not tell: a specialist looks.")
    if item.status is ItemStatus.RECEIVED:
        return _finding(item.code, "not_verified", "Verify it with its source.")
    if item.status is ItemStatus.REJECTED:
        return _finding(item.code, "rejected", "Bring one that can be verified.")
    if item.status is ItemStatus.WAIVED:
        return _finding(item.code, "waiver_ended", "Renew the waiver, or bring the credential.")
    if item.lack is Lack.ISSUERS_CONTRADICT:
        return _finding(item.code, str(item.lack), _contradiction(item))
    return _finding(item.code, str(item.lack), "Bring a credential that covers the assignment.")


def _contradiction(item: Item) -> str:
    said = "; ".join(item.requirement.conflicts or item.requirement.rules)
    return f"The rules contradict each other, so that nothing can satisfy them: {said}."


def _finding(code: str, why: str, message: str) -> Finding:
    return Finding(pointer=f"/items/{code}" if code else "", code=why, message=message)
