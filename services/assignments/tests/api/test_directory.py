"""The directory over HTTP: entered under the source's own references, told once for each change."""

import pytest

from assignments.api.schemas.examples import CLIENT, CLINICIAN, FACILITY
from shared.contracts.assignments import ClientChanged, ClinicianChanged, FacilityChanged

CLINICIAN_PATH = "/v1/clinicians/ats/C-1"


@pytest.fixture
async def filled(api):
    """A client, its facility and a clinician, as the recruiter system enters them."""
    paths = {"/v1/clients/ats/K-1": CLIENT, "/v1/facilities/ats/F-1": FACILITY, CLINICIAN_PATH: CLINICIAN}
    return [await api.put(path, body, role="recruiter") for path, body in paths.items()]


async def test_entries_are_new_once_and_told_to_all(filled, house):
    assert [answer.status_code for answer in filled] == [201, 201, 201]
    assert [answer.headers["etag"] for answer in filled] == ['"1"', '"1"', '"1"']
    (client,) = await house.said(ClientChanged)
    (facility,) = await house.said(FacilityChanged)
    (clinician,) = await house.said(ClinicianChanged)
    assert (facility.client_id, clinician.npi) == (client.client_id, CLINICIAN["npi"])


async def test_equal_content_is_told_no_second_time_and_each_change_once(filled, api, house):
    again = await api.put(CLINICIAN_PATH, CLINICIAN, role="recruiter")
    moved = await api.put(CLINICIAN_PATH, {**CLINICIAN, "phone": "+1 614 555 0199"}, role="recruiter")
    assert [(one.status_code, one.headers["etag"]) for one in (again, moved)] == [(200, '"1"'), (200, '"2"')]
    versions = await house.versions_said("assignments.clinician.v1")
    assert versions == {moved.json()["clinician_id"]: [1, 2]}


async def test_entries_are_found_by_id_by_reference_and_by_the_start_of_their_name(filled, api):
    clinician = filled[2].json()
    assert (await api.get(f"/v1/clinicians/{clinician['clinician_id']}")).json() == clinician
    for query, count in {"source=ats&source_reference=C-1": 1, "name_prefix=avery": 1, "name_prefix=quill": 0}.items():
        assert len((await api.get(f"/v1/clinicians?{query}")).json()["items"]) == count, query
    assert (await api.get("/v1/facilities/fac_none")).status_code == 404


async def test_every_fault_of_an_entry_is_told_at_once_and_nothing_is_stored(filled, api, house):
    faulty = {
        "client_reference": "K-9",
        "name": "Nowhere Hospital",
        "address": {"street": "1 Main St", "city": "Austin", "state": "ZZ", "zip": 78701},
        "time_zone": "America/Nowhere",
        "units": ["ICU", "icu"],
        "workweek_starts": "someday",
        "bed_count": 12,
    }
    answer = await api.put("/v1/facilities/ats/F-2", faulty)
    found = {(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]}
    assert (answer.status_code, found) == (
        422,
        {
            ("/client_reference", "unknown_client"),
            ("/address/state", "unknown_state"),
            ("/address/zip", "wrong_type"),
            ("/time_zone", "unknown_time_zone"),
            ("/units/1", "named_twice"),
            ("/workweek_starts", "not_one_of"),
            ("/holiday_calendar", "missing"),
            ("/bed_count", "unknown_field"),
        },
    )
    assert "Nowhere" not in answer.text and len(await house.said(FacilityChanged)) == 1


async def test_what_others_collect_is_refused_by_name(api, house):
    answer = await api.put(CLINICIAN_PATH, {**CLINICIAN, "ssn": "900-00-0000", "bank": {"iban": "X"}})
    found = [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]
    assert found == [("/ssn", "private_field"), ("/bank", "private_field")]
    assert "900-00" not in answer.text and await house.said(ClinicianChanged) == []


@pytest.mark.parametrize(("role", "read", "written"), [("payroll_specialist", 200, 403), ("operator", 403, 403)])
async def test_who_may_read_and_write_the_directory(filled, api, role, read, written):
    assert (await api.get("/v1/clinicians", role=role)).status_code == read
    assert (await api.put(CLINICIAN_PATH, CLINICIAN, role=role)).status_code == written
