"""The table of the nurse compact. Golden values: the fixtures of the field's test vectors."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from credentialing.domain.authority.membership import NLC, Standing
from credentialing.domain.authority.nlc_table import ROWS, MembershipStatus

VECTORS = Path(__file__).parents[5] / "tests" / "vectors" / "credentialing_vectors.json"


def test_the_table_says_what_the_vectors_say() -> None:
    told = json.loads(VECTORS.read_text(encoding="utf-8"))["fixtures"]["nlc_jurisdictions"]
    ours = {
        row.state: {
            "status": row.status,
            "incoming_from": row.incoming_from and row.incoming_from.isoformat(),
            "issues_from": row.issues_from and row.issues_from.isoformat(),
        }
        for row in ROWS
    }
    assert ours == {state: {key: row[key] for key in ours[state]} for state, row in told.items()}


def test_forty_states_are_in_and_each_stands_once_with_a_source() -> None:
    assert Counter(row.status for row in ROWS) == {
        MembershipStatus.IMPLEMENTED: 40,
        MembershipStatus.INCOMING_ONLY: 1,
        MembershipStatus.ENACTED_NOT_IMPLEMENTED: 2,
        MembershipStatus.NON_MEMBER: 11,
    }
    assert len({row.state for row in ROWS}) == len(ROWS)
    assert all(row.source for row in ROWS)


@pytest.mark.parametrize(
    ("state", "day", "accepts", "issues"),
    [
        ("TX", "2018-01-18", Standing.NOT_IMPLEMENTED, Standing.NOT_IMPLEMENTED),
        ("TX", "2018-01-19", Standing.PARTY, Standing.PARTY),
        ("CT", "2025-09-30", Standing.NOT_IMPLEMENTED, Standing.NOT_IMPLEMENTED),
        ("CT", "2025-10-01", Standing.PARTY, Standing.PARTY),
        ("PA", "2023-09-05", Standing.PARTY, Standing.NOT_ISSUING),
        ("PA", "2025-07-07", Standing.PARTY, Standing.PARTY),
        ("WA", "2023-07-23", Standing.NOT_IMPLEMENTED, Standing.NOT_IMPLEMENTED),
        ("WA", "2024-01-30", Standing.PARTY, Standing.NOT_ISSUING),
        ("NJ", "2021-11-14", Standing.NOT_IMPLEMENTED, Standing.NOT_IMPLEMENTED),
        ("NJ", "2021-11-15", Standing.PARTY, Standing.PARTY),
        ("GU", "2026-09-07", Standing.PARTY, Standing.NOT_ISSUING),
        ("GU", "2019-09-07", Standing.DATE_UNKNOWN, Standing.NOT_ISSUING),
        ("MA", "2027-01-01", Standing.NOT_IMPLEMENTED, Standing.NOT_IMPLEMENTED),
        ("CA", "2027-01-01", Standing.NOT_MEMBER, Standing.NOT_MEMBER),
        ("XX", "2027-01-01", Standing.NOT_MEMBER, Standing.NOT_MEMBER),
    ],
)
def test_a_state_stands_to_the_compact_by_the_day(state: str, day: str, accepts: Standing, issues: Standing) -> None:
    on = date.fromisoformat(day)
    assert (NLC.accepts(state, on), NLC.issues(state, on)) == (accepts, issues)
