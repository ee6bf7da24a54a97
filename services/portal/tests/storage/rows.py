"""Rows of assignments put straight into the read model, for what is asked of many at once."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from portal.storage.tables import assignment

NOON = datetime(2025, 12, 1, 18, tzinfo=UTC)


def an_assignment(number: int, **overrides: Any) -> Mapping[str, Any]:
    """Accepted at noon of 1 December in Chicago, onboarding, to start on 5 January."""
    valid: dict[str, Any] = dict.fromkeys(assignment.c.keys())
    valid |= {
        "assignment_id": f"asg_{number:04}",
        "source": "demo",
        "source_reference": f"O-{number}",
        "clinician_id": f"cln_{number:04}",
        "client_id": "cli_1",
        "facility_id": "fac_1",
        "unit": "ICU",
        "discipline": "RN",
        "specialty": "ICU",
        "work_state": "MN",
        "time_zone": "America/Chicago",
        "state": "onboarding",
        "is_open": True,
        "start_date": date(2026, 1, 5),
        "end_date": date(2026, 4, 5),
        "first_start_date": date(2026, 1, 5),
        "terms_version": 1,
        "weekly_value_cents": 331_200,
        "accepted_at": NOON,
        "risk": "on_track",
        "open_items": 0,
        "version": 1,
        "changed_at": NOON,
    }
    return {**valid, **overrides}


async def put(engine: AsyncEngine, rows: Iterable[Mapping[str, Any]]) -> None:
    """Writes the rows."""
    async with engine.begin() as connection:
        await connection.execute(insert(assignment), [dict(row) for row in rows])
