"""Who belongs to the nurse compact (NLC) on a day: who lets multistate licences of others in, and who issues them.

Sources to July 2026. A state may let others in before it issues its own (Washington, Pennsylvania), or without ever
issuing (Guam); a law that was signed changes nothing until it is implemented (Massachusetts, US Virgin Islands).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from credentialing.domain.authority.nlc_table import LISTED_FROM, ROWS, Membership, MembershipStatus


class Standing(StrEnum):
    """How a jurisdiction stands to the compact on a day, seen from one side (letting in, or issuing)."""

    PARTY = "party"
    NOT_ISSUING = "not_issuing"
    NOT_IMPLEMENTED = "not_implemented"
    NOT_MEMBER = "not_member"
    DATE_UNKNOWN = "date_unknown"
    """It belongs today; nobody told since when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NurseCompact:
    """The table of jurisdictions, one row each; who is not in it is no member."""

    rows: Mapping[str, Membership]

    def accepts(self, state: str, day: date) -> Standing:
        """Whether nurses with a multistate licence of another state may practise there on that day.

        Where only the day is known from which it issues, that day counts for both.
        """
        row = self.rows.get(state)
        if row is None or row.status is MembershipStatus.NON_MEMBER:
            return Standing.NOT_MEMBER
        if row.status is MembershipStatus.ENACTED_NOT_IMPLEMENTED:
            return Standing.NOT_IMPLEMENTED
        begins = row.incoming_from or row.issues_from
        if begins is None:
            return Standing.PARTY if day >= LISTED_FROM else Standing.DATE_UNKNOWN
        return Standing.PARTY if begins <= day else Standing.NOT_IMPLEMENTED

    def issues(self, state: str, day: date) -> Standing:
        """Whether its residents can hold a multistate licence on that day."""
        row = self.rows.get(state)
        if row is None or row.status is MembershipStatus.NON_MEMBER:
            return Standing.NOT_MEMBER
        if row.status is MembershipStatus.ENACTED_NOT_IMPLEMENTED:
            return Standing.NOT_IMPLEMENTED
        if row.status is MembershipStatus.INCOMING_ONLY:
            return Standing.NOT_ISSUING
        if row.issues_from is not None and row.issues_from <= day:
            return Standing.PARTY
        return Standing.NOT_ISSUING if self.accepts(state, day) is Standing.PARTY else Standing.NOT_IMPLEMENTED

    def changes(self, state: str) -> Iterator[date]:
        """The days on which its standing changes."""
        row = self.rows.get(state)
        known = (row.incoming_from, row.issues_from) if row else ()
        yield from (day for day in known if day)


NLC = NurseCompact(rows={row.state: row for row in ROWS})
