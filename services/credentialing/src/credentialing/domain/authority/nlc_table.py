"""The jurisdictions of the nurse compact as dated data, compiled from sources to July 2026; check again before use."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LISTED_FROM = date(2026, 1, 1)
"""From when a jurisdiction without a date counts as what the sources of 2026 call it."""


class MembershipStatus(StrEnum):
    """How far a jurisdiction is with the compact."""

    IMPLEMENTED = "implemented"
    INCOMING_ONLY = "incoming_only"
    """Lets in multistate licences of others and issues none."""
    ENACTED_NOT_IMPLEMENTED = "enacted_not_implemented"
    NON_MEMBER = "non_member"


class Confidence(StrEnum):
    """How sure a row is."""

    SOURCED = "sourced"
    INFERRED = "inferred"
    """Follows from a published count, not from a list of names."""
    DATES_UNCHECKED = "dates_unchecked"
    """Membership is sourced, its days were not read in a primary source."""
    BY_ABSENCE = "by_absence"
    """Not in the published list of members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One jurisdiction: since when it lets others in, since when it issues; None where no source says."""

    state: str
    status: MembershipStatus
    incoming_from: date | None
    issues_from: date | None
    source: str
    confidence: Confidence


_LIST_2026 = "globalnurseguide.com/nlc-map-compact-nursing-states-2026 (2026-07-02)"
_FIRST = date(2018, 1, 19)


def _since(day: date, states: str, *, source: str, confidence: Confidence = Confidence.SOURCED) -> list[Membership]:
    """States that began to let in and to issue on one day."""
    return [
        Membership(
            state=state,
            status=MembershipStatus.IMPLEMENTED,
            incoming_from=day,
            issues_from=day,
            source=source,
            confidence=confidence,
        )
        for state in states.split()
    ]


def _in_steps(state: str, *, incoming_from: date | None, issues_from: date, source: str) -> Membership:
    """A state whose days were not read again at the source, and may lie apart."""
    return Membership(
        state=state,
        status=MembershipStatus.IMPLEMENTED,
        incoming_from=incoming_from,
        issues_from=issues_from,
        source=source,
        confidence=Confidence.DATES_UNCHECKED,
    )


def _outside(status: MembershipStatus, states: str, *, source: str, confidence: Confidence) -> list[Membership]:
    """Jurisdictions that do not issue, without any day."""
    return [
        Membership(
            state=state, status=status, incoming_from=None, issues_from=None, source=source, confidence=confidence
        )
        for state in states.split()
    ]


ROWS: tuple[Membership, ...] = (
    *_since(
        _FIRST,
        "AZ AR DE FL GA ID IA KY ME MD MS MO MT NE NH NC ND OK SC SD TN TX UT VA WV WY",
        source="nephrologynews.com; econotimes.com 2017-08-22 (26 states by name)",
    ),
    *_since(
        _FIRST,
        "CO NM WI",
        source="hctravelnursing.com (2019-01): 31 states with KS and LA, less the 26 named in 2017",
        confidence=Confidence.INFERRED,
    ),
    *_since(date(2019, 7, 1), "KS LA", source="staffdna.com recap of 2019"),
    *_since(date(2020, 1, 1), "AL", source="staffdna.com recap of 2019"),
    *_since(date(2020, 7, 1), "IN", source="staffdna.com, Indiana joins"),
    *_since(date(2022, 2, 1), "VT", source="beckershospitalreview.com, 37 states; nursys.com FAQ"),
    *_since(date(2023, 1, 1), "OH", source="beckershospitalreview.com, 37 states; nursys.com FAQ"),
    *_since(date(2025, 10, 1), "CT", source="triagestaff.com, Connecticut signs the compact"),
    _in_steps("NJ", incoming_from=None, issues_from=date(2021, 11, 15), source=_LIST_2026),
    _in_steps("WA", incoming_from=date(2023, 7, 24), issues_from=date(2024, 1, 31), source=_LIST_2026),
    _in_steps("RI", incoming_from=date(2024, 1, 1), issues_from=date(2024, 1, 1), source=_LIST_2026),
    _in_steps("PA", incoming_from=date(2023, 9, 5), issues_from=date(2025, 7, 7), source=_LIST_2026),
    *_outside(MembershipStatus.INCOMING_ONLY, "GU", source=_LIST_2026, confidence=Confidence.SOURCED),
    *_outside(
        MembershipStatus.ENACTED_NOT_IMPLEMENTED,
        "MA VI",
        source="whiteglovenlc.com, Massachusetts pending implementation 2026; " + _LIST_2026,
        confidence=Confidence.SOURCED,
    ),
    *_outside(
        MembershipStatus.NON_MEMBER,
        "AK CA DC HI IL MI MN NV NY OR PR",
        source=_LIST_2026,
        confidence=Confidence.BY_ABSENCE,
    ),
)
