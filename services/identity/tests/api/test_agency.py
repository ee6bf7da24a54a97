"""The agency's settings over HTTP."""

import asyncio

import pytest

from shared.contracts.identity import SettingsChanged

LEVEL = {"kind": "choose_unit", "business_hours": 16}


async def put(api, body, *, version, role="administrator"):
    headers = {"Authorization": f"Bearer {api.issuer.token(role)}", "If-Match": f'"{version}"'}
    return await api.client.put("/v1/settings", json=body, headers=headers)


@pytest.fixture
async def defaults(api):
    return (await api.get("/v1/settings")).json()


async def test_there_are_defaults_before_anybody_said_anything(api):
    answer = await api.get("/v1/settings", role="auditor")
    departments = [calendar["department"] for calendar in answer.json()["calendars"]]
    assert (answer.status_code, answer.headers["etag"]) == (200, '"0"')
    assert departments == ["credentialing", "payroll", "housing", "timekeeping"]


async def test_a_change_is_told_whole_and_only_when_it_is_one(api, house, defaults):
    wanted = defaults | {"agency_name": "Meadowlark Staffing", "service_levels": [LEVEL]}
    answers = [await put(api, wanted, version=0), await put(api, wanted, version=1)]
    [said] = await house.said(SettingsChanged)
    assert [(answer.status_code, answer.headers["etag"]) for answer in answers] == [(200, '"1"')] * 2
    assert (await api.get("/v1/settings")).json() == wanted
    assert (said.agency_name, said.service_levels[0].business_hours) == ("Meadowlark Staffing", 16)


async def test_a_change_of_what_has_changed_is_refused(api, house, defaults):
    await put(api, defaults | {"agency_name": "First"}, version=0)
    refused = await put(api, defaults | {"agency_name": "Second"}, version=0)
    unseen = await api.put("/v1/settings", defaults | {"agency_name": "Third"}, role="administrator")
    assert (refused.status_code, unseen.status_code) == (412, 428)
    assert ((await api.get("/v1/settings")).json()["agency_name"], len(await house.said(SettingsChanged))) == (
        "First",
        1,
    )


async def test_of_two_first_changes_at_once_one_wins(api, house, defaults):
    names = ("First", "Second")
    answers = await asyncio.gather(*(put(api, defaults | {"agency_name": name}, version=0) for name in names))
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert len(await house.said(SettingsChanged)) == 1


async def test_all_faults_are_named_and_nothing_changes(api, house, defaults):
    first, *rest = defaults["calendars"]
    wrong = first | {"time_zone": "Mars/Base", "closes_at": "07:00:00"}
    refused = await put(api, defaults | {"calendars": [wrong, *rest], "service_levels": [LEVEL, LEVEL]}, version=0)
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [
        ("/calendars/0/time_zone", "unknown_time_zone"),
        ("/calendars/0/closes_at", "closes_before_opening"),
        ("/service_levels/1/kind", "repeated"),
    ]
    assert (await house.said(SettingsChanged), (await api.get("/v1/settings")).headers["etag"]) == ([], '"0"')


@pytest.mark.parametrize(
    ("case", "changes", "pointer"),
    [
        ("no weekday", {"weekdays": []}, "/calendars/0/weekdays"),
        ("a time with an offset", {"opens_at": "08:00:00Z"}, "/calendars/0/opens_at"),
        ("no time", {"opens_at": "25:00"}, "/calendars/0/opens_at"),
        ("a day long gone", {"days_off": ["1999-12-31"]}, "/calendars/0/days_off/0"),
        ("a zone that is none", {"time_zone": "x" * 61}, "/calendars/0/time_zone"),
    ],
)
async def test_faults_of_form_are_named(api, defaults, case, changes, pointer):
    first, *rest = defaults["calendars"]
    refused = await put(api, defaults | {"calendars": [first | changes, *rest]}, version=0)
    assert (refused.status_code, [fault["pointer"] for fault in refused.json()["errors"]]) == (422, [pointer])


@pytest.mark.parametrize("role", ["lead", "operator", "coordinator"])
async def test_only_administrators_change_them(api, house, defaults, role):
    assert (await put(api, defaults, version=0, role=role)).status_code == 403
    assert await house.said(SettingsChanged) == []
