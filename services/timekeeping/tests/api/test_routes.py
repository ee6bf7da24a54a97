"""Timekeeping over HTTP: who may, what is answered, what a refusal leaves behind."""

from datetime import date
from typing import Any

import pytest

from services.timekeeping.tests.builders import a_facility, an_end, an_offer, days_12, some_terms
from shared.contracts.assignments import State
from shared.contracts.terms import Weekday
from shared.contracts.timekeeping import ShiftMissed, ShiftWorked
from shared.contracts.workstreams import Status, WorkItemCompleted, WorkstreamChanged
from shared.http.access import calls_in_threads, routes_without_policy, unused_actions
from shared.http.app import operations_without_examples
from shared.runtime.process import Process
from shared.testing.api import Api
from shared.testing.house import House

TERMS = some_terms(start_date=date(2026, 2, 2), end_date=date(2026, 5, 3))
LEE = {"reference": "con_4711", "display_name": "Avery Lee"}
ROSS = {"reference": "con_4712", "display_name": "Jo Ross"}
WORKED = {
    "started_at": "2026-02-02T06:55:00-06:00",
    "ended_at": "2026-02-02T19:40:00-06:00",
    "unpaid_meal_minutes": 30,
}


@pytest.fixture
async def plan(house: House, api: Api) -> str:
    """The path of the one open plan."""
    await house.say(a_facility(), an_offer(terms=TERMS))
    (line,) = (await api.get("/v1/plans?assignment_id=asg_1&is_open=true&starts_before=2026-02-03")).json()["items"]
    return f"/v1/plans/{line['plan_id']}"


def shift_of(shown: dict[str, Any], day: str) -> dict[str, Any]:
    [shift] = [shift for shift in shown["shifts"] if shift["work_date"] == day]
    return dict(shift)


async def test_a_plan_shows_its_shifts_and_planned_beside_guaranteed_hours(api: Api, plan: str) -> None:
    answer = await api.get(plan)
    shown = answer.json()
    assert (answer.status_code, answer.headers["etag"]) == (200, '"1"')
    assert (len(shown["shifts"]), shown["more_shifts_from"], len(shown["weeks"])) == (39, None, 14)
    assert shift_of(shown, "2026-02-02")["expected"]["starts_at"] == "2026-02-02T13:00:00Z"
    assert shown["weeks"][0] == {
        "starts_on": "2026-02-01",
        "first_day": "2026-02-02",
        "last_day": "2026-02-07",
        "shifts": 3,
        "planned_hours": "36.00",
        "guaranteed_hours": "36",
    }


async def test_a_long_plan_is_shown_in_parts(api: Api, house: House) -> None:
    daily = days_12(shifts_per_week=7, weekdays=tuple(Weekday))
    terms = some_terms(start_date=date(2026, 2, 2), end_date=date(2026, 6, 1), shift_pattern=daily)
    await house.say(a_facility(), an_offer(terms=terms))
    path = f"/v1/plans/{(await api.get('/v1/plans')).json()['items'][0]['plan_id']}"
    first = (await api.get(path)).json()
    rest = (await api.get(f"{path}?shifts_from={first['more_shifts_from']}")).json()
    assert (len(first["shifts"]), len(rest["shifts"]), rest["more_shifts_from"]) == (100, 20, None)
    assert rest["shifts"][0]["work_date"] == first["more_shifts_from"] == "2026-05-13"
    assert rest["weeks"][0]["starts_on"] == "2026-05-10"


async def test_clock_and_approvers_make_timekeeping_ready(api: Api, house: House, plan: str) -> None:
    registered = await api.post(f"{plan}:register-clock", role="coordinator")
    named = await api.post(f"{plan}:name-approvers", {"approver": LEE, "backup": ROSS}, role="timekeeping_specialist")
    assert (registered.json()["clock_registered_on"], named.json()["approver"]) == ("2026-01-05", LEE)
    assert (named.json()["standing"]["status"], named.headers["etag"]) == ("ready", '"3"')
    assert (await house.said(WorkstreamChanged))[-1].status is Status.READY
    assert [done.kind for done in await house.said(WorkItemCompleted)] == ["register_clock", "name_approvers"]


async def test_a_shift_is_recorded_as_worked_and_said_in_utc(api: Api, house: House, plan: str) -> None:
    answer = await api.post(f"{plan}/shifts/2026-02-02:record-worked", WORKED)
    shift = shift_of(answer.json(), "2026-02-02")
    (said,) = await house.said(ShiftWorked)
    assert (answer.status_code, shift["state"], shift["uncleared"]) == (200, "worked", True)
    assert shift["worked"] == {
        "started_at": "2026-02-02T12:55:00Z",
        "ended_at": "2026-02-03T01:40:00Z",
        "unpaid_meal_minutes": 30,
        "hours": "12.25",
    }
    assert (said.shift_id, said.worked_minutes) == (shift["shift_id"], 735)
    assert said.started_at.isoformat() == "2026-02-02T12:55:00+00:00"


async def test_a_shift_is_recorded_as_missed(api: Api, house: House, plan: str) -> None:
    answer = await api.post(f"{plan}/shifts/2026-02-03:record-missed", {"reason": "facility_cancelled"})
    shift = shift_of(answer.json(), "2026-02-03")
    assert (answer.status_code, shift["state"], shift["missed_because"]) == (200, "missed", "facility_cancelled")
    assert [missed.shift_id for missed in await house.said(ShiftMissed)] == [shift["shift_id"]]


@pytest.mark.parametrize(
    ("case", "path", "body", "status", "code", "pointers"),
    [
        (
            "instants without offset",
            "/shifts/2026-02-02:record-worked",
            {"started_at": "2026-02-02T06:55:00", "ended_at": "2026-02-02T19:40:00"},
            422,
            "invalid_request",
            {"/started_at": "not_an_instant", "/ended_at": "not_an_instant"},
        ),
        (
            "instants beyond every calendar",
            "/shifts/2026-02-02:record-worked",
            {"started_at": "0001-01-01T00:00:00+14:00", "ended_at": "9999-12-31T23:59:59-12:00"},
            422,
            "invalid_request",
            {"/started_at": "not_an_instant", "/ended_at": "not_an_instant"},
        ),
        (
            "a number for an instant",
            "/shifts/2026-02-02:record-worked",
            {**WORKED, "started_at": 1770036900},
            422,
            "invalid_request",
            {"/started_at": "not_an_instant"},
        ),
        ("another day", "/shifts/2026-02-03:record-worked", WORKED, 422, "work_date_differs", {}),
        (
            "no such reason",
            "/shifts/2026-02-02:record-missed",
            {"reason": "weather"},
            422,
            "invalid_request",
            {"/reason": "not_one_of"},
        ),
        ("a free day", "/shifts/2026-02-05:record-missed", {"reason": "no_show"}, 409, "no_shift_expected", {}),
        ("one person twice", ":name-approvers", {"approver": LEE, "backup": LEE}, 422, "same_approver", {}),
        (
            "an address",
            ":name-approvers",
            {"approver": {**LEE, "email": "lee@example.com"}, "backup": ROSS},
            422,
            "invalid_request",
            {"/approver/email": "unknown_field"},
        ),
    ],
)
async def test_a_refused_command_changes_nothing(
    case: str,
    path: str,
    body: dict[str, Any],
    status: int,
    code: str,
    pointers: dict[str, str],
    api: Api,
    house: House,
    plan: str,
) -> None:
    refused = await api.post(f"{plan}{path}", body)
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (status, code)
    assert {finding["pointer"]: finding["code"] for finding in problem["errors"]} == pointers
    assert (await api.get(plan)).headers["etag"] == '"1"'
    assert [*await house.said(ShiftWorked), *await house.said(ShiftMissed)] == []


async def test_hours_are_recorded_once_and_repeated_commands_have_no_second_effect(
    api: Api, house: House, plan: str
) -> None:
    path = f"{plan}/shifts/2026-02-02:record-worked"
    first, again = [await api.post(path, WORKED, key="punch-1") for _ in range(2)]
    other = await api.post(path, WORKED)
    assert (again.json(), other.status_code, other.json()["code"]) == (first.json(), 409, "shift_overlaps")
    assert len(await house.said(ShiftWorked)) == 1


async def test_after_the_end_hours_are_still_recorded_and_the_rest_is_refused(
    api: Api, house: House, plan: str
) -> None:
    await house.say(an_end(State.FELL_OFF, date(2026, 1, 6)))
    worked = await api.post(f"{plan}/shifts/2026-02-02:record-worked", WORKED)
    clock = await api.post(f"{plan}:register-clock")
    assert (worked.status_code, shift_of(worked.json(), "2026-02-02")["unscheduled"]) == (200, True)
    assert (clock.status_code, clock.json()["code"]) == (409, "plan_closed")
    assert (await api.get(plan)).headers["etag"] == worked.headers["etag"]


@pytest.mark.parametrize("role", ["recruiter", "housing_specialist"])
async def test_only_who_works_with_hours_or_with_what_blocks_shifts_reads_plans(api: Api, plan: str, role: str) -> None:
    assert (await api.get(plan, role=role)).status_code == 403


@pytest.mark.parametrize("role", ["payroll_specialist", "credentialing_specialist"])
async def test_payroll_and_credentialing_read_shifts_and_record_none(
    api: Api, house: House, plan: str, role: str
) -> None:
    read, recorded = (
        await api.get(plan, role=role),
        await api.post(f"{plan}/shifts/2026-02-02:record-worked", WORKED, role=role),
    )
    assert (read.status_code, recorded.status_code, await house.said(ShiftWorked)) == (200, 403, [])


async def test_a_preview_answers_by_the_same_rules_and_writes_nothing(api: Api, house: House) -> None:
    await house.say(a_facility(facility_id=f"fac_{'0' * 26}"))
    terms = {
        "version": 1,
        "facility_id": f"fac_{'0' * 26}",
        "unit": "ICU",
        "discipline": "RN",
        "specialty": "ICU",
        "start_date": "2026-02-02",
        "end_date": "2026-05-03",
        "shift_pattern": {"shifts_per_week": 3, "starts_at": "19:00:00", "ends_at": "07:30:00"},
        "guaranteed_hours_per_week": "36",
        "pay_package": {"hourly_rates": {"REG": "40.00"}},
    }
    answer = await api.post("/v1/previews", {"clinician_id": f"cln_{'0' * 26}", "terms": terms}, role="recruiter")
    assert (answer.status_code, answer.json()["service"]) == (200, "timekeeping")
    assert answer.json()["effects"][0] == "39 shifts, 468.00 planned hours; guaranteed 36.00 of 36.00 a week"
    assert (await api.get("/v1/plans")).json()["items"] == []


async def test_every_route_has_a_policy_and_an_example(process: Process) -> None:
    app = process.app(with_worker=False)
    assert (routes_without_policy(app), unused_actions(app), operations_without_examples(app)) == ([], [], [])
    assert calls_in_threads(app) == []
