"""Housing over HTTP: who may, what is answered, what a refusal leaves behind."""

from datetime import date

import pytest

from services.housing.tests.builders import a_facility, an_end, an_offer, stipend_terms
from shared.contracts.assignments import AssignmentConfirmed, State
from shared.http.access import calls_in_threads, routes_without_policy, unused_actions
from shared.http.app import operations_without_examples
from shared.runtime.process import Process

CONFIRMED = AssignmentConfirmed(assignment_id="asg_1", terms_version=1)
UNIT = {"reference": "unit-7", "name": "Harbor View 7", "rent_per_week": "420.00"}
BOOKING = {"booking_reference": "HV-100"}


async def do(api, path, task, body):
    """Does a task by the path that the case itself names for it; the case as it is shown afterwards."""
    tasks = (await api.get(path)).json()["standing"]["tasks"]
    [action] = next(one["actions"] for one in tasks if one["kind"] == task)
    answer = await api.post(action["path"], body, role="housing_specialist")
    assert answer.status_code == 200, answer.json()
    return answer.json()


async def opened(house, api, **offer):
    """The path of the one case, opened by an offer."""
    await house.say(a_facility(), an_offer(**offer))
    [line] = (await api.get("/v1/cases")).json()["items"]
    return f"/v1/cases/{line['case_id']}"


@pytest.fixture
async def path(house, api):
    """A case in an agency's unit, with nothing arranged yet."""
    return await opened(house, api)


async def book_through(house, api, path):
    """Everything a person does until the unit is booked."""
    await house.say(CONFIRMED)
    await do(api, path, "record_agreement", {"terms_version": 1})
    await do(api, path, "choose_unit", UNIT)
    return await do(api, path, "book_unit", BOOKING)


async def test_a_case_shows_its_nights_and_what_can_be_done(api, path):
    answer = await api.get(path)
    shown = answer.json()
    assert (answer.status_code, answer.headers["etag"], shown["standing"]["status"]) == (200, '"1"', "open")
    assert (shown["arrival"], shown["departure"], shown["nights"]) == ("2026-01-04", "2026-04-06", 92)


async def test_a_case_in_a_unit_becomes_ready_by_the_tasks_it_names(house, api, path):
    shown = await book_through(house, api, path)
    assert (shown["standing"]["status"], shown["unit"]["booking_reference"]) == ("ready", "HV-100")
    assert [(cost["per_week"], cost["tax_treatment"]) for cost in shown["costs"]] == [("420.00", "not_wages")]


async def test_a_stipend_case_becomes_ready_by_the_tasks_it_names(house, api):
    path = await opened(house, api, terms=stipend_terms())
    await do(api, path, "record_agreement", {"terms_version": 1})
    shown = await do(api, path, "confirm_own_housing", {"zip": "55802"})
    assert (shown["standing"]["status"], shown["own_housing"]["zip"]) == ("ready", "55802")


async def test_a_released_unit_is_settled_and_another_may_be_chosen(house, api, path):
    await book_through(house, api, path)
    [released] = (await api.post(f"{path}:release", {"reason": "unfit"})).json()["releases"]
    assert (released["number"], released["at_stake"], released["owed"]) == (1, "5520.00", None)
    assert released["released_on"] == "2025-12-01"  # the day at the facility
    settled = await do(api, path, "check_liability", {"owed": "0.00"})
    assert (settled["releases"][0]["owed"], settled["unit"]) == ("0.00", None)
    assert "choose_unit" in {task["kind"] for task in settled["standing"]["tasks"]}


async def test_a_completed_assignment_is_checked_out_of(house, api, path):
    await book_through(house, api, path)
    await house.say(an_end(State.COMPLETED, date(2026, 4, 5)))
    shown = await do(api, path, "check_out", {"on": "2026-04-06"})
    assert (shown["checked_out_on"], shown["is_open"], shown["standing"]["tasks"]) == ("2026-04-06", False, [])


async def test_money_is_refused_with_every_reason_and_nothing_changes(api, path):
    await api.post(f"{path}:choose-unit", UNIT)
    refused = await api.post(f"{path}:book", BOOKING)
    assert (refused.status_code, refused.json()["code"]) == (409, "money_not_yet_committed")
    assert [fault["code"] for fault in refused.json()["errors"]] == ["not_confirmed", "agreement_not_signed"]
    after = await api.get(path)
    assert (after.headers["etag"], after.json()["unit"]["booking_reference"]) == ('"2"', None)


@pytest.mark.parametrize(
    ("command", "body", "pointer"),
    [
        (":choose-unit", UNIT | {"reference": " "}, "/reference"),
        (":choose-unit", UNIT | {"name": ""}, "/name"),
        (":choose-unit", UNIT | {"name": "x" * 121}, "/name"),
        (":book", {"booking_reference": ""}, "/booking_reference"),
        (":release", {"reason": "Ana did not like it"}, "/reason"),
        (":confirm-own-housing", {"zip": "1 Elm Street, Duluth"}, "/zip"),
        (":record-agreement", {"terms_version": 0}, "/terms_version"),
        ("/releases/1:record-liability", {"owed": "840.005"}, "/owed"),
    ],
)
async def test_faults_of_form_are_named_and_change_nothing(api, path, command, body, pointer):
    refused = await api.post(f"{path}{command}", body)
    assert (refused.status_code, [fault["pointer"] for fault in refused.json()["errors"]]) == (422, [pointer])
    assert (await api.get(path)).headers["etag"] == '"1"'


@pytest.mark.parametrize(
    ("role", "command", "body"),
    [
        ("recruiter", ":record-agreement", {"terms_version": 1}),
        ("payroll_specialist", ":choose-unit", UNIT),
        ("coordinator", ":book", BOOKING),
        ("coordinator", ":release", {"reason": "unfit"}),
        ("coordinator", "/releases/1:record-liability", {"owed": "0"}),
    ],
)
async def test_a_role_does_only_what_is_its_own(api, path, role, command, body):
    assert (await api.post(f"{path}{command}", body, role=role)).status_code == 403
    assert (await api.get(path)).headers["etag"] == '"1"'


async def test_others_do_not_read_cases(api, path):
    roles = ("recruiter", "credentialing_specialist", "timekeeping_specialist", "operator")
    answers = [(await api.get(one, role=role)).status_code for role in roles for one in (path, "/v1/cases")]
    assert answers == [403] * 8


async def test_cases_are_found_by_what_is_asked(api, path):
    asked = {
        "assignment_id=asg_1&mode=agency_unit&is_open=true&starts_before=2026-01-06": 1,
        "starts_before=2026-01-05": 0,
        "mode=stipend": 0,
        "is_open=false": 0,
        "clinician_id=cln_2": 0,
    }
    found = {query: len((await api.get(f"/v1/cases?{query}")).json()["items"]) for query in asked}
    assert found == asked


async def test_a_preview_answers_by_the_same_rules_and_writes_nothing(api, house):
    await house.say(a_facility(facility_id=f"fac_{'0' * 26}"))
    terms = {
        "version": 1,
        "facility_id": f"fac_{'0' * 26}",
        "unit": "ICU",
        "discipline": "RN",
        "specialty": "ICU",
        "start_date": "2026-02-02",
        "end_date": "2026-05-02",
        "shift_pattern": {"shifts_per_week": 3, "starts_at": "19:00:00", "ends_at": "07:30:00"},
        "guaranteed_hours_per_week": "36",
        "pay_package": {"hourly_rates": {"REG": "40.00"}},
        "housing_mode": "stipend",
    }
    answer = await api.post("/v1/previews", {"clinician_id": f"cln_{'0' * 26}", "terms": terms}, role="recruiter")
    shown = answer.json()
    assert (answer.status_code, shown["service"], shown["effects"]) == (
        200,
        "housing",
        ["91 nights from 2026-02-01 to 2026-05-03"],
    )
    assert [found["code"] for found in shown["findings"]] == ["stipend_amount_missing"]
    assert (await api.get("/v1/cases")).json()["items"] == []


async def test_every_route_has_a_policy_and_an_example(process: Process):
    app = process.app(with_worker=False)
    assert (routes_without_policy(app), unused_actions(app), operations_without_examples(app)) == ([], [], [])
    assert calls_in_threads(app) == []


@pytest.mark.parametrize("day", ["1", "1767600000", "2026-1-5", "2026-01-05T00:00:00", "20260105"])
async def test_a_day_is_written_as_one(api, day):
    """A number would be taken for seconds since 1970."""
    refused = await api.get("/v1/cases", params={"starts_before": day})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "not_a_date")
