"""The decision that a clinician may start, and its loss.

A clearance stands only while every item of the file is verified or waived, for the newest terms, through a
day on which all of them still hold. So a file must have been rechecked against what the clinician holds before
it is settled; `settle` compares what was said with what holds now, and says the difference.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from credentialing.domain.file import File, Grant
from credentialing.domain.item import Item, ItemStatus
from credentialing.domain.validity import MustCover
from shared.calendar import local_day
from shared.contracts.credentialing import ClearanceGranted, ClearanceRevoked
from shared.errors import Finding


class Cause(StrEnum):
    """Why a clearance was lost; stable codes that say nothing of any one item."""

    TERMS_CHANGED = "terms_changed"
    CREDENTIAL_REJECTED = "credential_rejected"
    WAIVER_ENDED = "waiver_ended"
    CREDENTIAL_LAPSED = "credential_lapsed"


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
    """Whether the clinician may start: every item met, and every waiver still running.

    `valid_through` is the earliest last day among the items that must hold to the end, and never after the
    last day of the terms: nothing beyond them was examined.
    """
    if not file.is_open:
        return NotYet(reasons=(_finding("", "assignment_ended", "The assignment has ended."),))
    today = facility_day(file, now)
    open_items = [item for item in file.items if not _is_good_on(item, today)]
    if open_items:
        return NotYet(reasons=tuple(_reason(item) for item in open_items))
    ends = [item.valid_through for item in file.items if item.valid_through and _counts(item)]
    return Granted(valid_through=min([*ends, file.terms.end_date]))


def settle(file: File, now: datetime) -> Settled:
    """Says what changed: a grant for new terms or another last day, the loss of one, or nothing."""
    if not file.is_open:
        return Settled(file=file)
    decision = decide_clearance(file, now)
    if isinstance(decision, Granted):
        return _grant(file, Grant(terms_version=file.terms.version, valid_through=decision.valid_through))
    return _revoke(file, facility_day(file, now)) if file.granted else Settled(file=file)


def facility_day(file: File, now: datetime) -> date:
    """The calendar day at the facility."""
    return local_day(now, file.time_zone)


def _grant(file: File, grant: Grant) -> Settled:
    if file.granted == grant:
        return Settled(file=file)
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
    if any(item.status is ItemStatus.REJECTED for item in file.items):
        return Cause.CREDENTIAL_REJECTED
    if any(item.waiver and not _is_good_on(item, today) for item in file.items):
        return Cause.WAIVER_ENDED
    return Cause.CREDENTIAL_LAPSED


def _is_good_on(item: Item, today: date) -> bool:
    if item.status is ItemStatus.WAIVED:
        return item.valid_through is None or today <= item.valid_through
    return item.status is ItemStatus.VERIFIED


def _counts(item: Item) -> bool:
    return item.status is ItemStatus.WAIVED or item.requirement.must_cover is MustCover.ASSIGNMENT_END


def _reason(item: Item) -> Finding:
    if item.status is ItemStatus.RECEIVED:
        return _finding(item.code, "not_verified", "Verify it with its source.")
    if item.status is ItemStatus.REJECTED:
        return _finding(item.code, "rejected", "Bring one that can be verified.")
    if item.status is ItemStatus.WAIVED:
        return _finding(item.code, "waiver_ended", "Renew the waiver, or bring the credential.")
    return _finding(item.code, str(item.lack), "Bring a credential that covers the assignment.")


def _finding(code: str, why: str, message: str) -> Finding:
    return Finding(pointer=f"/items/{code}" if code else "", code=why, message=message)
