"""What is done through the API leaves an entry, and an auditor finds it."""

import pytest

from services.housing.tests.builders import a_facility, an_offer
from shared.contracts.assignments import AssignmentConfirmed

AGREED = {"terms_version": 1}


@pytest.fixture
async def path(house, api):
    """A case in an agency's unit, with nothing arranged yet."""
    await house.say(a_facility(), an_offer(), AssignmentConfirmed(assignment_id="asg_1", terms_version=1))
    [line] = (await api.get("/v1/cases")).json()["items"]
    return f"/v1/cases/{line['case_id']}"


async def entries(api, **asked):
    answer = await api.get("/v1/audit-entries", role="auditor", params=asked)
    assert answer.status_code == 200, answer.json()
    return [(one["actor"], one["action"], one["object"], one["reason"]) for one in answer.json()["items"]]


async def test_a_command_is_an_entry_with_its_reason(api, path):
    case_id = path.rpartition("/")[2]
    await api.post(f"{path}:record-agreement", AGREED, role="coordinator")
    unit = {"reference": "unit-7", "name": "Harbor View 7", "rent_per_week": "420.00"}
    await api.post(f"{path}:choose-unit", unit, role="housing_specialist")
    await api.post(f"{path}:release", {"reason": "unfit"})
    assert await entries(api, object_id=case_id) == [
        ("per_lead", "cases.release", case_id, "unfit"),
        ("per_housing_specialist", "cases.choose_unit", case_id, None),
        ("per_coordinator", "cases.record_agreement", case_id, None),
    ]


async def test_what_was_refused_repeated_or_rehearsed_is_no_second_entry(api, path):
    refused = await api.post(f"{path}:book", {"booking_reference": "HV-100"})
    assert refused.status_code == 409
    for _ in range(2):
        await api.post(f"{path}:record-agreement", AGREED, key="once")
    await api.post(f"{path}:record-agreement?validate_only=true", AGREED)
    assert [action for _, action, _, _ in await entries(api)] == ["cases.record_agreement"]


async def test_reading_the_audit_is_an_entry(api, path):
    assert await entries(api, actor="per_auditor") == []
    assert await entries(api, actor="per_auditor") == [("per_auditor", "audit.read", "per_auditor", None)]


@pytest.mark.parametrize("role", ["lead", "operator", "administrator", "housing_specialist"])
async def test_nobody_else_reads_it(api, role):
    assert (await api.get("/v1/audit-entries", role=role)).status_code == 403
