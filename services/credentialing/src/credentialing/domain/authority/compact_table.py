"""The other licence compacts and how far they are, as dated data; compiled from sources to August 2026.

Which states belong is left out: the counts published contradict each other. A privilege that the compact's own record
confirms proves membership; where none is shown, the caller may say who belongs.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Model(StrEnum):
    """How a compact gives authority in another member state."""

    BOUGHT_PRIVILEGE = "bought_privilege"
    """A privilege bought for each state, on the strength of an active home licence."""
    AUTOMATIC_PRIVILEGE = "automatic_privilege"
    """By the home licence itself, under a local agency and its medical director."""
    SEPARATE_LICENCE = "separate_licence"
    """None: it speeds a full licence of each state."""


class Progress(StrEnum):
    """How far a compact is."""

    LIVE = "live"
    NOT_ISSUING = "not_issuing"
    """Members joined; no privilege is known to have been issued."""
    NOT_IN_FORCE = "not_in_force"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompactRow:
    """How far a compact is from a day on, for whom, and who says so."""

    compact: str
    professions: frozenset[str]
    model: Model
    progress: Progress
    effective_from: date
    source: str
    is_sure: bool = True


ROWS = (
    CompactRow(
        compact="PT",
        professions=frozenset({"PT", "PTA"}),
        model=Model.BOUGHT_PRIVILEGE,
        progress=Progress.LIVE,
        effective_from=date(2020, 6, 1),
        source="ptcompact.org, is the compact for you; fee table; APTA magazine 2020-06",
    ),
    CompactRow(
        compact="OT",
        professions=frozenset({"OT", "OTA"}),
        model=Model.BOUGHT_PRIVILEGE,
        progress=Progress.NOT_ISSUING,
        effective_from=date(2025, 9, 1),
        source="otcompact.gov (2025-09); CompactConnect configuration 2026-08 lists 32 members, none known to issue",
    ),
    CompactRow(
        compact="ASLP",
        professions=frozenset({"SLP", "AUD"}),
        model=Model.BOUGHT_PRIVILEGE,
        progress=Progress.NOT_ISSUING,
        effective_from=date(2026, 8, 7),
        source="CompactConnect configuration 2026-08-07: 35 members, which of them issue is not said",
        is_sure=False,
    ),
    CompactRow(
        compact="COUNSELING",
        professions=frozenset({"LPC"}),
        model=Model.BOUGHT_PRIVILEGE,
        progress=Progress.NOT_ISSUING,
        effective_from=date(2026, 8, 7),
        source="CompactConnect configuration 2026-08-07: 38 members, which of them issue is not said",
        is_sure=False,
    ),
    CompactRow(
        compact="IMLC",
        professions=frozenset({"MD"}),
        model=Model.SEPARATE_LICENCE,
        progress=Progress.LIVE,
        effective_from=date(2018, 1, 1),
        source="imlcc.com, a faster pathway to physician licensure: 40 states, DC and Guam",
    ),
    CompactRow(
        compact="EMS",
        professions=frozenset({"EMT", "AEMT", "PARAMEDIC"}),
        model=Model.AUTOMATIC_PRIVILEGE,
        progress=Progress.LIVE,
        effective_from=date(2020, 1, 1),
        source="emscompact.gov, privilege to practice: 25 states",
        is_sure=False,
    ),
    CompactRow(
        compact="APRN",
        professions=frozenset({"APRN"}),
        model=Model.BOUGHT_PRIVILEGE,
        progress=Progress.NOT_IN_FORCE,
        effective_from=date(2026, 1, 18),
        source="nurselicenseguide.com (2026-01-18): 5 states enacted, 7 needed",
    ),
)


def compact_of(profession: str) -> str | None:
    """The compact of a profession (as `kind_of` reads it), if it has one."""
    return next((row.compact for row in ROWS if profession in row.professions), None)


def compact_on(compact: str, day: date) -> CompactRow | None:
    """How far a compact is on a day: the newest row begun, before the first the first; None for an unknown one."""
    rows = sorted((row for row in ROWS if row.compact == compact), key=lambda row: row.effective_from)
    begun = [row for row in rows if row.effective_from <= day]
    return begun[-1] if begun else next(iter(rows), None)
