"""Credentialing over HTTP: who may, what is answered, what a refusal leaves behind."""

import pytest

from services.credentialing.tests.builders import some_facility, some_offer
from shared.http.access import calls_in_threads, routes_without_policy, unused_actions
from shared.http.app import operations_without_examples
from shared.runtime.process import Process

RECEIVED = {"issued_on": "2026-01-02", "expires_on": "2028-01-31", "number": "12345"}


@pytest.fixture
async def file(house, api):
    """The one open file, as a list shows it."""
    await house.say(some_facility(), some_offer())
    (line,) = (await api.get("/v1/files")).json()["items"]
    return line


async def test_a_file_shows_its_items_and_what_can_be_done(api, file):
    answer = await api.get(f"/v1/files/{file['file_id']}")
    shown = answer.json()
    assert (answer.status_code, answer.headers["etag"], shown["standing"]["done"]) == (200, '"1"', 0)
    assert {"LIC-RN", "CERT-BLS"} <= {item["code"] for item in shown["items"]}


async def test_a_credential_is_received_and_verified(api, file):
    path = f"/v1/files/{file['file_id']}/items/CERT-BLS"
    received = await api.post(f"{path}:receive", RECEIVED, role="coordinator")
    verified = await api.post(f"{path}:verify", {"source": "Red Cross"}, role="credentialing_specialist")
    items = {item["code"]: item["status"] for item in verified.json()["items"]}
    assert (received.status_code, verified.status_code, items["CERT-BLS"]) == (200, 200, "verified")


async def test_a_refused_command_changes_nothing(api, file):
    path = f"/v1/files/{file['file_id']}"
    refused = await api.post(f"{path}/items/CERT-BLS:verify", {"source": "Red Cross"})
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_verify")
    assert (await api.get(path)).headers["etag"] == '"1"'


async def test_a_command_on_what_was_changed_meanwhile_is_refused(api, file):
    path = f"/v1/files/{file['file_id']}/items/CERT-BLS"
    await api.post(f"{path}:receive", RECEIVED, if_match="1")
    late = await api.post(f"{path}:verify", {"source": "Red Cross"}, if_match="1")
    assert (late.status_code, late.json()["code"]) == (412, "version_mismatch")
    fresh = await api.post(f"{path}:verify", {"source": "Red Cross"}, if_match="2")
    assert (fresh.status_code, fresh.headers["etag"]) == (200, '"3"')


async def test_a_coordinator_sees_of_a_confidential_item_only_whether_it_is_met(api, file):
    shown = (await api.get(f"/v1/files/{file['file_id']}", role="coordinator")).json()["items"]
    hidden = [item for item in shown if item["partition"] != "personnel"]
    told = {name for item in hidden for name, value in item.items() if value not in (None, [])}
    assert told == {"partition", "is_met"}
    assert {item["code"] for item in shown if item["partition"] == "personnel"} >= {"LIC-RN", "CERT-BLS"}


async def test_a_coordinators_command_is_answered_without_confidential_items(api, file):
    path = f"/v1/files/{file['file_id']}/items/CERT-BLS:receive"
    shown = (await api.post(path, RECEIVED, role="coordinator")).json()["items"]
    assert {item["code"] for item in shown if item["partition"] != "personnel"} == {None}


@pytest.mark.parametrize("role", ["recruiter", "payroll_specialist", "housing_specialist"])
async def test_only_specialists_and_coordinators_read_files(api, file, role):
    assert (await api.get(f"/v1/files/{file['file_id']}", role=role)).status_code == 403


async def test_a_preview_answers_by_the_same_rules_and_writes_nothing(api, house):
    await house.say(some_facility(facility_id=f"fac_{'0' * 26}"))
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
    }
    answer = await api.post("/v1/previews", {"clinician_id": f"cln_{'0' * 26}", "terms": terms}, role="recruiter")
    assert (answer.status_code, answer.json()["service"]) == (200, "credentialing")
    assert answer.json()["effects"][0].endswith("open.")
    assert (await api.get("/v1/files")).json()["items"] == []


async def test_every_route_has_a_policy_and_an_example(process: Process):
    app = process.app(with_worker=False)
    assert (routes_without_policy(app), unused_actions(app), operations_without_examples(app)) == ([], [], [])
    assert calls_in_threads(app) == []
