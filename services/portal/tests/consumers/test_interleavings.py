"""Topics have no order among them: whatever comes first, the end is the same."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from portal.storage.tables import assignment, terms, timeline_entry, work_item, workstream
from services.portal.tests.builders import (
    a_blocker,
    a_change,
    a_completion,
    a_correction,
    a_facility,
    a_statement,
    a_withdrawal,
    a_workstream,
    an_item,
    an_offer,
    some_terms,
)
from services.portal.tests.consumers.telling import Said, rows, tell
from shared.contracts.assignments import (
    Address,
    AgreementSigned,
    AssignmentCleared,
    AssignmentConfirmed,
    AssignmentReady,
    AssignmentReopened,
    AssignmentStarted,
    State,
    Why,
)
from shared.contracts.credentialing import ClearanceGranted
from shared.contracts.timekeeping import ShiftWorked
from shared.contracts.workstreams import Status
from shared.testing.house import House

SEEDS = range(25)
TABLES = (assignment, terms, workstream, work_item, timeline_entry)
OF_THE_WAY = frozenset({"version", "changed_at", "entry_id"})
"""Columns that count saves, or say when one was; they are about the way, not about its end."""

Queue = list[Said]


def _assignment(n: str) -> Queue:
    ids: dict[str, Any] = {"assignment_id": f"asg_{n}"}
    here = some_terms(facility_id=f"fac_{n}")
    there = replace(here, version=2, facility_id=f"far_{n}", start_date=date(2025, 12, 15))
    events = (
        an_offer(**ids, source_reference=n, clinician_id=f"cln_{n}", terms=here),
        AgreementSigned(**ids, terms_version=1, document_sha256="9f" * 32),
        AssignmentConfirmed(**ids, terms_version=1),
        AssignmentCleared(**ids, terms_version=1, valid_through=date(2027, 1, 31)),
        a_change(there, **ids, clinician_id=f"cln_{n}", why=Why.UNIT_CHANGED, state=State.CLEARED),
        AssignmentReopened(**ids, terms_version=2, reason="license_expired", state=State.ONBOARDING),
        AssignmentCleared(**ids, terms_version=2, valid_through=date(2027, 1, 31)),
        AssignmentReady(**ids, terms_version=2, state=State.CLEARED),
        AssignmentStarted(**ids, terms_version=2, started_on=date(2025, 12, 15)),
    )
    return [(event, "assignments") for event in events]


def _work(n: str) -> list[Queue]:
    ids = {"assignment_id": f"asg_{n}"}
    waiting = (a_blocker(f"wki_{n}a"), a_blocker(f"wki_{n}b"))
    late = datetime(2026, 1, 10, 15, tzinfo=UTC)
    answers = (
        a_workstream(**ids),
        a_workstream(**ids, status=Status.BLOCKED, blockers=waiting),
        a_workstream(**ids, status=Status.AT_RISK, terms_version=2, blockers=waiting[1:]),
    )
    first = {"work_item_id": f"wki_{n}a", **ids}
    second = {"work_item_id": f"wki_{n}b", **ids}
    third = {"work_item_id": f"wki_{n}c", **ids}
    return [
        [(answer, "credentialing") for answer in answers],
        [(a_workstream(**ids, status=Status.READY, terms_version=1), "payroll")],
        [(an_item(**first), "credentialing"), (an_item(**first, weight=60), "credentialing")]
        + [(a_completion(**first), "credentialing")],
        [(an_item(**second, due_at=late, money_at_stake_cents=250_000), "credentialing")],
        [(an_item(**third), "housing"), (a_withdrawal(**third), "housing")],
    ]


def _beside(n: str) -> list[Queue]:
    ids = {"assignment_id": f"asg_{n}"}
    paid = {**ids, "clinician_id": f"cln_{n}"}
    second = {**paid, "pay_statement_id": f"pst_{n}b"}
    far = Address(street="9 High Road", city="Golden", state="CO", zip="80401")
    shift = ShiftWorked(
        **ids,
        shift_id=f"shf_{n}",
        terms_version=2,
        work_date=date(2025, 12, 15),
        started_at=datetime(2025, 12, 15, 13, tzinfo=UTC),
        ended_at=datetime(2025, 12, 16, 1, tzinfo=UTC),
        worked_minutes=690,
    )
    return [
        [(a_facility(facility_id=f"fac_{n}"), "assignments")],
        [(a_facility(facility_id=f"far_{n}", address=far, time_zone="America/Denver"), "assignments")],
        [(ClearanceGranted(**ids, terms_version=2, valid_through=date(2027, 1, 31)), "credentialing")],
        [(shift, "timekeeping")],
        [(a_statement(**{**paid, "pay_statement_id": f"pst_{n}a"}), "payroll")],
        [(a_statement(**second, pay_date=date(2026, 1, 9)), "payroll"), (a_correction(**second), "payroll")],
    ]


def story(n: str) -> list[Queue]:
    """One assignment's story, as queues that each keep their order."""
    return [_assignment(n), *_work(n), *_beside(n)]


def shuffled(queues: list[Queue], chance: Random) -> Queue:
    """One order of all events in which each queue keeps its own."""
    left = [list(queue) for queue in queues]
    order: Queue = []
    while left:
        queue = chance.choice(left)
        order.append(queue.pop(0))
        left = [one for one in left if one]
    return order


async def end_of(house: House, n: str) -> Sequence[Sequence[Mapping[str, Any]]]:
    """Every row of the story, without the name that tells it from the others."""
    return [
        sorted(
            (_plain(row, n) for row in await rows(house, table, assignment_id=f"asg_{n}")),
            key=lambda row: sorted((name, str(value)) for name, value in row.items()),
        )
        for table in TABLES
    ]


def _plain(row: Mapping[str, Any], n: str) -> Mapping[str, Any]:
    return {
        name: value.replace(n, "") if isinstance(value, str) else value
        for name, value in row.items()
        if name not in OF_THE_WAY
    }


async def test_every_interleaving_has_the_same_end(house: House) -> None:
    """INVARIANT: the read model does not depend on the order in which topics are read.

    What breaks it: a handler that forgets what came before its assignment, or does not look at what is there.
    """
    await tell(house, [said for queue in story("Q00") for said in queue])
    expected = await end_of(house, "Q00")
    assert [len(each) for each in expected] == [1, 2, 2, 3, 24]
    for seed in SEEDS:
        chance, n = Random(seed), f"Q{seed + 1:02}"
        waiting = shuffled(story(n), chance)
        while waiting:
            size = chance.choice((1, 1, 3, 8, 30))
            await tell(house, waiting[:size])
            waiting = waiting[size:]
        assert await end_of(house, n) == expected, f"seed {seed}"
