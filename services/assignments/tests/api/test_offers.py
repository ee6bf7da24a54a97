"""An offer over HTTP: accepted, repeated, wrong, rehearsed."""

import asyncio
from datetime import date

import pytest

from assignments.api.schemas.examples import OFFER
from shared.contracts.assignments import OfferAccepted
from shared.contracts.previews import Preview
from shared.errors import Finding
from shared.testing.statements import noted_statements

OFFERS = "/v1/assignments"
MOST_STATEMENTS = 6
"""The key claimed and kept; the name held, three look-ups; two rows, the event and its notice."""


@pytest.fixture
async def posted(api, directory):
    """The answer to a fresh accepted offer."""
    return await api.post(OFFERS, OFFER, role="recruiter", key="k-1")


async def known(api) -> int:
    return len((await api.get(f"{OFFERS}?source=ats&source_reference=O-1")).json()["items"])


async def test_an_accepted_offer_is_an_assignment_with_four_lights_to_come(posted, api, house):
    made = posted.json()
    assert (posted.status_code, posted.headers["etag"], made["state"]) == (201, '"1"', "accepted")
    assert {light["status"] for light in made["readiness"]["lights"].values()} == {"unknown"}
    found = await api.get(posted.headers["location"], role="housing_specialist")
    assert (found.json(), found.headers["etag"]) == (made, '"1"')
    assert [event.assignment_id for event in await house.said(OfferAccepted)] == [made["assignment_id"]]
    assert made["terms"]["pay_package"]["hourly_rates"]["REG"] == "32.50"


async def test_an_offer_asks_the_database_no_more_often_than_it_must(api, directory, process):
    offer = {**OFFER, "source_reference": "first"}
    assert (await api.post(OFFERS, offer, role="recruiter")).status_code == 201  # the driver asks for types once
    with noted_statements(process.engine) as statements:
        assert (await api.post(OFFERS, OFFER, role="recruiter")).status_code == 201
    assert len(statements) <= MOST_STATEMENTS, statements


async def test_the_same_command_has_the_same_answer_and_no_second_effect(posted, api, house):
    again = await api.post(OFFERS, OFFER, role="recruiter", key="k-1")
    assert (again.status_code, again.content, again.headers["idempotent-replayed"]) == (201, posted.content, "true")
    other = await api.post(OFFERS, {**OFFER, "unit": "Step-down 2"}, role="recruiter", key="k-1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert len(await house.said(OfferAccepted)) == 1


async def test_the_same_offer_under_another_key_leads_to_the_assignment_it_is(posted, api, house):
    again = await api.post(OFFERS, {**OFFER, "unit": "Nowhere"}, role="recruiter")
    assert (again.status_code, again.json()["code"]) == (409, "offer_already_known")
    assert again.headers["location"] == f"{OFFERS}/{posted.json()['assignment_id']}"
    assert posted.json()["assignment_id"] in again.json()["detail"]
    assert len(await house.said(OfferAccepted)) == 1


async def test_of_two_offers_at_once_one_is_accepted_and_the_other_is_told(directory, api):
    answers = await asyncio.gather(*(api.post(OFFERS, OFFER) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert await known(api) == 1


async def test_every_fault_of_an_offer_is_told_at_once_and_nothing_is_stored(directory, api, house):
    faulty = {
        **OFFER,
        "facility_reference": "F-404",
        "clinician_reference": 7,
        "end_date": "2026-01-01",
        "time_zone": "America/Nowhere",
        "pay_package": {**OFFER["pay_package"], "hourly_rates": {"REG": "-32.00", "OT": "much"}, "ssn": "900-00-0000"},
        "shift_pattern": {"shifts_per_week": 3, "starts_at": "19:00:00Z", "ends_at": "07:30:00"},
        "signing_bonus": "100",
        "worker_type": "1099",
    }
    del faulty["unit"]
    answer = await api.post(OFFERS, faulty)
    found = sorted((fault["pointer"], fault["code"]) for fault in answer.json()["errors"])
    assert (answer.status_code, found) == (
        422,
        [
            ("/clinician_reference", "wrong_type"),
            ("/end_date", "end_before_start"),
            ("/facility_reference", "unknown_facility"),
            ("/pay_package/hourly_rates/OT", "not_a_decimal"),
            ("/pay_package/hourly_rates/REG", "not_positive"),
            ("/pay_package/ssn", "private_field"),
            ("/shift_pattern/starts_at", "not_a_wall_clock_time"),
            ("/signing_bonus", "unknown_field"),
            ("/time_zone", "unknown_time_zone"),
            ("/unit", "missing"),
            ("/worker_type", "independent_contractor"),
        ],
    )
    assert not [secret for secret in ("Nowhere", "-32", "900-00") if secret in answer.text]
    assert (await known(api), await house.said(OfferAccepted)) == (0, [])


async def test_an_empty_body_and_a_list_are_told_what_is_missing(directory, api):
    empty, a_list = await api.post(OFFERS, {}), await api.post(OFFERS, [])
    missing = {fault["pointer"] for fault in empty.json()["errors"]}
    assert {"/source", "/source_reference", "/clinician_id", "/facility_id", "/pay_package"} <= missing
    assert [fault["pointer"] for fault in a_list.json()["errors"]] == [""]


async def test_a_rehearsal_asks_the_four_and_writes_nothing(directory, api, previews, house):
    finding = Finding(pointer="/terms/pay_package", code="below_minimum_wage", message="Raise the rate.")
    previews.answers = {
        "payroll": Preview(service="payroll", findings=(finding,), expected_ready_on=date(2026, 1, 20)),
        "housing": Preview(service="housing", expected_ready_on=date(2026, 1, 28), effects=("92 nights.",)),
    }
    answer = await api.post(f"{OFFERS}?validate_only=true", OFFER, role="recruiter")
    shown = {preview["service"]: preview for preview in answer.json()["previews"]}
    assert (answer.status_code, answer.headers["validate-only"]) == (200, "true")
    assert {name: one["answered"] for name, one in shown.items()} == {
        "credentialing": False,
        "payroll": True,
        "housing": True,
        "timekeeping": False,
    }
    assert shown["payroll"]["findings"][0]["code"] == "below_minimum_wage"
    assert shown["housing"]["effects"] == ["92 nights."]
    assert answer.json()["expected_ready_on"] is None
    assert (await known(api), await house.said(OfferAccepted), len(previews.asked)) == (0, [], 1)


async def test_a_faulty_offer_is_not_rehearsed(directory, api, previews):
    answer = await api.post(f"{OFFERS}?validate_only=true", {**OFFER, "unit": "ER"})
    assert (answer.status_code, answer.json()["errors"][0]["code"], previews.asked) == (422, "unknown_unit", [])


async def test_an_open_offer_is_accepted_or_declined_later(directory, api, house):
    made = await api.post(OFFERS, {**OFFER, "state": "offered"}, role="recruiter")
    path = f"{OFFERS}/{made.json()['assignment_id']}"
    assert (made.headers["etag"], await house.said(OfferAccepted)) == ('"0"', [])
    accepted = await api.post(f"{path}:accept", role="recruiter", if_match="0")
    assert (accepted.json()["state"], accepted.headers["etag"]) == ("accepted", '"1"')
    assert len(await house.said(OfferAccepted)) == 1


LISTS = {
    "state=accepted": 1,
    "state=active": 0,
    "starts_from=2026-02-02&starts_before=2026-02-03": 1,
    "starts_from=2026-02-03": 0,
    "is_ready=false&source=ats": 1,
    "is_ready=true": 0,
    "clinician_id=cln_other": 0,
}


async def test_assignments_are_found_by_what_people_look_for(posted, api):
    found = {query: len((await api.get(f"{OFFERS}?{query}")).json()["items"]) for query in LISTS}
    assert found == LISTS
