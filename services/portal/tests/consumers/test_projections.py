"""What the read model knows after each event."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from portal.storage.tables import assignment, facility, terms, work_item, workstream
from services.portal.tests.builders import (
    DUE,
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
from services.portal.tests.consumers.telling import row, rows, tell
from shared.clock import FixedClock
from shared.contracts.assignments import (
    AgreementSigned,
    AssignmentCleared,
    AssignmentConfirmed,
    AssignmentEnded,
    AssignmentReady,
    AssignmentReopened,
    AssignmentStarted,
    State,
)
from shared.contracts.catalogue import DEPARTMENTS
from shared.contracts.workstreams import Status
from shared.messaging.delivery import Delivery
from shared.testing.house import House

HAPPENED = datetime(2026, 1, 5, 15, tzinfo=UTC)
"""When the events of the tests happened."""


async def test_an_accepted_offer_is_an_assignment_with_its_first_terms(house: House) -> None:
    await house.say(a_facility(), an_offer())
    known = await row(house, assignment)
    assert (known["state"], known["is_open"], known["risk"]) == ("accepted", True, "on_track")
    assert (known["clinician_id"], known["client_id"], known["facility_id"]) == ("cln_1", "cli_1", "fac_1")
    assert (known["work_state"], known["time_zone"], known["unit"]) == ("MN", "America/Chicago", "ICU")
    assert (known["first_start_date"], known["start_date"]) == (date(2026, 1, 5), date(2026, 1, 5))
    assert (known["accepted_at"], known["terms_version"]) == (HAPPENED, 1)
    assert known["weekly_value_cents"] == 331_200  # 36 hours at 92.00
    version = await row(house, terms)
    assert (version["why"], version["effective_on"], version["actor"]) == (None, date(2026, 1, 5), "system:assignments")
    assert json.loads(version["body"])["guaranteed_hours_per_week"] == "36"


async def test_without_a_regular_bill_rate_a_week_has_no_value(house: House) -> None:
    await house.say(an_offer(terms=some_terms(bill_rates={"OT": Decimal(120)})))
    assert (await row(house, assignment))["weekly_value_cents"] is None


async def test_a_push_moves_the_start_but_not_the_promise(house: House) -> None:
    await house.say(
        a_facility(), an_offer(), AssignmentReady(assignment_id="asg_1", terms_version=1, state=State.ACCEPTED)
    )
    await house.say(a_change())
    known = await row(house, assignment)
    assert (known["first_start_date"], known["start_date"]) == (date(2026, 1, 5), date(2026, 1, 12))
    assert (known["state"], known["terms_version"], known["ready_at"]) == ("onboarding", 2, None)
    first, second = await rows(house, terms)
    assert (second["why"], json.loads(second["changed"])) == ("start_pushed", ["start_date", "end_date"])
    assert json.loads(first["body"])["start_date"] == "2026-01-05"


async def test_each_step_keeps_its_instant(house: House) -> None:
    await house.say(
        an_offer(),
        AgreementSigned(assignment_id="asg_1", terms_version=1, document_sha256="9f" * 32),
        AssignmentConfirmed(assignment_id="asg_1", terms_version=1),
        AssignmentCleared(assignment_id="asg_1", terms_version=1, valid_through=date(2027, 1, 31)),
        AssignmentReady(assignment_id="asg_1", terms_version=1, state=State.CLEARED),
        AssignmentStarted(assignment_id="asg_1", terms_version=1, started_on=date(2026, 1, 5)),
    )
    known = await row(house, assignment)
    assert [known[f"{step}_at"] for step in ("confirmed", "cleared", "ready")] == [HAPPENED] * 3
    assert (known["signed_version"], known["cleared_through"]) == (1, date(2027, 1, 31))
    assert (known["state"], known["started_on"], known["is_open"]) == ("active", date(2026, 1, 5), True)


async def test_lost_clearance_takes_clearance_and_readiness_back(house: House) -> None:
    await house.say(
        an_offer(),
        AssignmentCleared(assignment_id="asg_1", terms_version=1, valid_through=date(2027, 1, 31)),
        AssignmentReady(assignment_id="asg_1", terms_version=1, state=State.CLEARED),
        AssignmentReopened(assignment_id="asg_1", terms_version=1, reason="license_expired", state=State.ONBOARDING),
    )
    known = await row(house, assignment)
    assert (known["state"], known["cleared_at"], known["cleared_through"], known["ready_at"]) == (
        "onboarding",
        None,
        None,
        None,
    )


async def test_an_end_closes_the_assignment_and_says_why(house: House) -> None:
    end = AssignmentEnded(
        assignment_id="asg_1", terms_version=1, ended_on=date(2025, 12, 20), state=State.FELL_OFF, reason="withdrew"
    )
    await house.say(an_offer(), end)
    known = await row(house, assignment)
    assert (known["state"], known["is_open"], known["risk"]) == ("fell_off", False, "over")
    assert (known["ended_on"], known["end_reason"]) == (date(2025, 12, 20), "withdrew")


async def test_four_answers_are_four_lights_and_a_forecast(house: House) -> None:
    await house.say(a_facility(), an_offer())
    days = dict(zip(DEPARTMENTS, range(10, 14), strict=True))
    said = [(a_workstream(expected_ready_on=date(2025, 12, day)), department) for department, day in days.items()]
    await tell(house, said)
    await tell(house, [(a_workstream(status=Status.READY, done=3), "timekeeping")])
    known = await row(house, assignment)
    assert [known[department] for department in DEPARTMENTS] == ["open", "open", "open", "ready"]
    assert (known["expected_ready_on"], known["risk"]) == (date(2025, 12, 12), "on_track")  # timekeeping's 13th is done
    assert [each["done"] for each in await rows(house, workstream)] == [1, 1, 1, 3]


async def test_an_answer_to_older_terms_is_no_light(house: House) -> None:
    await house.say(an_offer())
    await tell(house, [(a_workstream(status=Status.BLOCKED), "payroll"), (a_change(), "assignments")])
    known = await row(house, assignment)
    assert (known["payroll"], known["risk"]) == (None, "on_track")
    await tell(house, [(a_workstream(status=Status.AT_RISK, terms_version=2), "payroll")])
    known = await row(house, assignment)
    assert (known["payroll"], known["risk"]) == ("at_risk", "at_risk")


async def test_an_answer_that_was_late_is_new_to_whoever_looked_before(house: House, clock: FixedClock) -> None:
    """What somebody missed is found by when the portal heard of it, not by when it happened."""
    await house.say(an_offer())
    clock.advance(timedelta(days=365))  # the answer is of 5 January
    await tell(house, [(a_workstream(), "payroll")])
    said = await row(house, workstream)
    assert (said["since"], said["changed_at"]) == (datetime(2026, 1, 5, 15, tzinfo=UTC), clock.now())


async def test_a_status_said_again_keeps_since_when(house: House) -> None:
    await tell(house, [(a_workstream(status=Status.BLOCKED), "payroll")])
    await tell(house, [(a_workstream(status=Status.BLOCKED, done=2, blockers=(a_blocker(),)), "payroll")])
    known = await row(house, workstream)
    assert (known["since"], known["done"], known["department"]) == (HAPPENED, 2, "payroll")
    assert json.loads(known["blockers"])[0]["work_item_id"] == "wki_1"


async def test_an_item_stands_where_its_assignment_is(house: House) -> None:
    await house.say(a_facility(), an_offer())
    await tell(house, [(an_item(money_at_stake_cents=331_200, playbook="verify-license"), "credentialing")])
    item = await row(house, work_item)
    assert (item["department"], item["status"], item["is_open"]) == ("credentialing", "open", True)
    assert (item["facility_id"], item["clinician_id"], item["source"]) == ("fac_1", "cln_1", "demo")
    assert (item["start_date"], item["due_at"]) == (date(2026, 1, 5), DUE)
    assert item["rank_at"] == DUE - timedelta(hours=12)  # 3 × 1,000 dollars
    assert json.loads(item["rank_reasons"]) == [{"code": "money", "minutes": 720, "fact": "331200"}]
    assert json.loads(item["actions"])[0]["name"] == "verify"
    assert (await row(house, assignment))["open_items"] == 1


async def test_an_item_said_anew_keeps_who_does_it(house: House) -> None:
    await tell(house, [(an_item(), "credentialing")])
    async with house.works.engine.begin() as connection:
        await connection.execute(work_item.update().values(owner_id="per_1", owned_at=HAPPENED))
    await tell(house, [(an_item(due_at=DUE + timedelta(days=1), weight=60), "credentialing")])
    item = await row(house, work_item)
    assert (item["owner_id"], item["due_at"], item["weight"]) == ("per_1", DUE + timedelta(days=1), 60)
    assert item["rank_at"] == item["due_at"]


@pytest.mark.parametrize(
    ("end", "status", "why"), [(a_completion(), "completed", None), (a_withdrawal(), "withdrawn", "terms_changed")]
)
async def test_a_closed_item_leaves_the_queue(house: House, end: object, status: str, why: str | None) -> None:
    await house.say(an_offer())
    await tell(house, [(an_item(), "payroll"), (an_item(work_item_id="wki_2"), "payroll"), (end, "payroll")])  # type: ignore[list-item]
    item = await row(house, work_item, work_item_id="wki_1")
    assert (item["is_open"], item["status"], item["closed_why"], item["open_of"]) == (False, status, why, None)
    assert (item["closed_at"], item["closed_by"]) == (HAPPENED, "system:payroll")
    assert (await row(house, assignment))["open_items"] == 1


async def test_an_item_that_holds_up_a_blocked_department_comes_a_day_forward(house: House) -> None:
    await house.say(a_facility(), an_offer())
    blocked = a_workstream(status=Status.BLOCKED, blockers=(a_blocker("wki_1"),))
    said = [(an_item(), "credentialing"), (an_item(work_item_id="wki_2"), "credentialing"), (blocked, "credentialing")]
    await tell(house, said)
    first, second = await rows(house, work_item)
    assert (first["rank_at"], second["rank_at"]) == (DUE - timedelta(days=1), DUE)
    await tell(house, [(a_workstream(), "credentialing")])
    assert (await row(house, work_item, work_item_id="wki_1"))["rank_at"] == DUE


async def test_a_start_brought_near_brings_the_items_forward(house: House) -> None:
    await house.say(a_facility(), an_offer())
    near = replace(some_terms(), version=2, start_date=date(2025, 12, 8))
    await tell(house, [(an_item(), "payroll"), (a_change(near), "assignments")])
    item = await row(house, work_item)
    assert (item["rank_at"], item["start_date"]) == (datetime(2025, 12, 7, 15, tzinfo=UTC), date(2025, 12, 8))
    await house.say(AssignmentStarted(assignment_id="asg_1", terms_version=2, started_on=date(2025, 12, 8)))
    item = await row(house, work_item)
    assert (item["rank_at"], item["start_date"]) == (DUE, None)


async def test_a_facility_that_moves_its_clocks_ranks_its_items_anew(house: House) -> None:
    late = an_item(due_at=datetime(2026, 1, 10, 15, tzinfo=UTC))
    await house.say(an_offer())
    await tell(house, [(late, "payroll")])
    assert (await row(house, work_item))["rank_at"] == late.due_at  # nobody knows where the facility lies
    await house.say(a_facility())
    assert (await row(house, work_item))["rank_at"] == datetime(2026, 1, 4, 15, tzinfo=UTC)
    await house.say(a_facility(time_zone="America/New_York"))
    assert (await row(house, work_item))["rank_at"] == datetime(2026, 1, 4, 14, tzinfo=UTC)
    assert (await row(house, facility))["time_zone"] == "America/New_York"
    assert (await row(house, assignment))["time_zone"] == "America/New_York"


async def test_the_first_statement_is_the_one_with_the_earliest_pay_date(house: House) -> None:
    later = a_statement(pay_statement_id="pst_2", pay_date=date(2026, 1, 23))
    await house.say(an_offer(), later, a_statement())
    known = await row(house, assignment)
    assert (known["first_paid_on"], known["is_paid_right"]) == (date(2026, 1, 16), True)
    await house.say(a_correction(pay_statement_id="pst_2"))
    assert (await row(house, assignment))["is_paid_right"] is True
    await house.say(a_correction())
    assert (await row(house, assignment))["is_paid_right"] is False


async def test_the_same_events_again_change_nothing(house: House) -> None:
    said = [(an_offer(), "assignments"), (an_item(), "payroll"), (a_workstream(), "payroll")]
    await tell(house, said)
    before = [await rows(house, table) for table in (assignment, work_item, workstream)]
    house.versions.clear()
    await tell(house, said)
    assert [await rows(house, table) for table in (assignment, work_item, workstream)] == before


async def test_what_waited_for_a_gap_is_applied_by_itself(house: House) -> None:
    opened, completed = house._record(an_item(), "payroll"), house._record(a_completion(), "payroll")
    delivery = Delivery(house.works, house.handlers)
    await delivery.deliver([completed])
    assert [reason for reason, _ in await house.parked()] == ["gap"]
    await delivery.deliver([opened])
    await house.settle()
    assert await house.parked() == []
    assert (await row(house, work_item))["status"] == "completed"
    assert (await row(house, assignment))["open_items"] == 0


async def test_terms_that_came_before_their_offer_are_taken_whole(house: House) -> None:
    await house.say(a_facility())
    offer, change = house._record(an_offer(), "assignments"), house._record(a_change(), "assignments")
    delivery = Delivery(house.works, house.handlers)
    await delivery.deliver([change])
    await delivery.deliver([offer])
    await house.settle()
    known = await row(house, assignment)
    assert (known["terms_version"], known["time_zone"], known["start_date"]) == (
        2,
        "America/Chicago",
        date(2026, 1, 12),
    )
