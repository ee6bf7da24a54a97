"""Payroll over HTTP: who may, what is answered, what a refusal leaves behind."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.payroll.tests.builders import an_offer, some_facility, terms_paying
from shared.http.access import calls_in_threads, routes_without_policy, unused_actions
from shared.http.app import operations_without_examples
from shared.runtime.process import Process

FACILITY = f"fac_{'0' * 26}"
TERMS = {
    "version": 1,
    "facility_id": FACILITY,
    "unit": "ICU",
    "discipline": "RN",
    "specialty": "ICU",
    "start_date": "2026-02-02",
    "end_date": "2026-05-02",
    "shift_pattern": {"shifts_per_week": 3, "starts_at": "19:00:00", "ends_at": "07:30:00"},
    "guaranteed_hours_per_week": "36",
    "pay_package": {"hourly_rates": {"REG": "12.00"}},
}
CAME = {"received_on": "2026-01-02"}
PREVIEW = {"clinician_id": f"cln_{'0' * 26}", "terms": TERMS}


@pytest.fixture
async def profile(house, api):
    """The one open profile, with a doubtful lodging stipend, as a list shows it."""
    await house.say(some_facility(), an_offer(terms_paying(lodging_per_week=Decimal("900.00"))))
    (line,) = (await api.get("/v1/profiles")).json()["items"]
    return line


@pytest.fixture
def path(profile):
    return f"/v1/profiles/{profile['profile_id']}"


async def test_a_profile_shows_what_is_found_asked_and_planned(api, path):
    answer = await api.get(path)
    shown = answer.json()
    assert (answer.status_code, answer.headers["etag"]) == (200, '"1"')
    assert shown["weekly_pay"] == {
        "hours": "36.00",
        "taxable": "864.00",
        "untaxed_stipends": "1320.00",
        "total": "2184.00",
    }
    assert [(one["code"], one["blocks_pay"], one["is_accepted"]) for one in shown["findings"]] == [
        ("check_per_diem_of_locality", False, False)
    ]
    assert (len(shown["pay_periods"]), shown["first_pay_date"]) == (13, "2026-02-13")
    assert {piece["status"] for piece in shown["pieces"]} == {"missing"}


async def test_a_profile_becomes_ready_by_doing_what_its_tasks_say(api, path):
    bodies = {"accept": {"note": "The locality's rate is 191 a night."}, "record": CAME}
    for task in (await api.get(path)).json()["standing"]["tasks"]:
        (action,) = task["actions"]
        answer = await api.post(action["path"], bodies[action["name"]], role="payroll_specialist")
        assert answer.status_code == 200
    shown = answer.json()
    assert (shown["standing"]["status"], shown["standing"]["tasks"], answer.headers["etag"]) == ("ready", [], '"6"')
    assert [one["accepted_by"] for one in shown["acceptances"]] == ["per_payroll_specialist"]


async def test_refused_commands_change_nothing(api, path):
    await api.post(f"{path}/pieces/w4:record", CAME)
    refused = [
        await api.post(f"{path}/pieces/w4:record", CAME),
        await api.post(f"{path}/pieces/state_withholding_ca:record", CAME),
        await api.post(f"{path}/pieces/pay_method:record", {"received_on": "2026-01-06"}),
        await api.post(f"{path}:accept-package", {"note": "  "}),
        await api.post(f"{path}:accept-package", {"note": "fine", "ssn": "078-05-1120"}),
        await api.post("/v1/profiles/prf_none/pieces/w4:record", CAME),
    ]
    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [
        (409, "piece_already_received"),
        (404, "piece_not_needed"),
        (422, "piece_received_in_future"),
        (422, "invalid_request"),
        (422, "invalid_request"),
        (404, "not_found"),
    ]
    assert "078" not in refused[4].text
    assert (await api.get(path)).headers["etag"] == '"2"'


async def test_a_package_that_breaks_a_law_cannot_be_accepted_and_every_fault_is_named(api, house):
    await house.say(some_facility(), an_offer(terms_paying(hourly_rates={"REG": Decimal("5.00"), "OT": Decimal(5)})))
    (line,) = (await api.get("/v1/profiles")).json()["items"]
    path = f"/v1/profiles/{line['profile_id']}"
    refused = await api.post(f"{path}:accept-package", {"note": "fine"})
    assert (refused.status_code, refused.json()["code"]) == (409, "package_blocked")
    assert [fault["code"] for fault in refused.json()["errors"]] == [
        "rate_below_minimum_wage",
        "rate_below_minimum_wage",
        "overtime_rate_too_low",
    ]
    assert (await api.get(path)).headers["etag"] == '"1"'


@pytest.mark.parametrize("role", ["recruiter", "coordinator", "credentialing_specialist", "operator"])
async def test_only_payroll_reads_and_changes_profiles(api, path, role):
    answers = [
        await api.get(path, role=role),
        await api.get("/v1/profiles", role=role),
        await api.post(f"{path}/pieces/w4:record", CAME, role=role),
        await api.post(f"{path}:accept-package", {"note": "fine"}, role=role),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403, 403]


async def test_a_list_answers_what_was_asked(api, house, profile):
    later = an_offer(assignment_id="asg_2", clinician_id="cln_2")
    await house.say(replace(later, terms=replace(later.terms, start_date=later.terms.end_date)))
    asked = ("", "?is_open=false", "?clinician_id=cln_2", "?assignment_id=asg_1", "?starts_before=2026-02-03")
    found = [(await api.get(f"/v1/profiles{query}")).json()["items"] for query in asked]
    assert [[line["assignment_id"] for line in lines] for lines in found] == [
        ["asg_1", "asg_2"],
        [],
        ["asg_2"],
        ["asg_1"],
        ["asg_1"],
    ]


async def test_a_preview_answers_by_the_same_rules_and_writes_nothing(api, house):
    await house.say(some_facility(facility_id=FACILITY))
    answer = await api.post("/v1/previews", PREVIEW, role="recruiter")
    shown = answer.json()
    assert (answer.status_code, shown["service"]) == (200, "payroll")
    assert [(finding["pointer"], finding["code"]) for finding in shown["findings"]] == [
        ("/terms/pay_package/hourly_rates/REG", "rate_below_minimum_wage"),
        ("/terms/bill_rates/REG", "bill_rate_missing"),
    ]
    assert shown["effects"][0] == "First pay date 2026-02-13; 13 pay periods"
    assert (await api.get("/v1/profiles")).json()["items"] == []


async def test_a_preview_of_an_assignment_says_what_would_move(api, house):
    assignment_id = f"asg_{'0' * 26}"
    await house.say(some_facility(), some_facility(facility_id=FACILITY), an_offer(assignment_id=assignment_id))
    pushed = {**TERMS, "start_date": "2026-02-16"}
    answer = await api.post("/v1/previews", {**PREVIEW, "terms": pushed, "assignment_id": assignment_id})
    assert answer.json()["effects"][0] == "First pay date moves from 2026-02-13 to 2026-02-27"
    (line,) = (await api.get("/v1/profiles")).json()["items"]
    assert line["start_date"] == "2026-02-02"


async def test_a_preview_at_an_unknown_facility_is_refused(api):
    answer = await api.post("/v1/previews", PREVIEW)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_every_route_has_a_policy_and_an_example(process: Process):
    app = process.app(with_worker=False)
    assert (routes_without_policy(app), unused_actions(app), operations_without_examples(app)) == ([], [], [])
    assert calls_in_threads(app) == []
