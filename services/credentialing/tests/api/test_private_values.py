"""Credentialing's private values: its own kinds, under its own key, for its own people."""

from datetime import date, timedelta

import pytest

from credentialing.domain.rulebook.retention import RETENTION
from services.credentialing.tests.builders import some_offer
from shared.contracts.assignments import Address, ClinicianChanged
from shared.contracts.terms import Discipline
from shared.vault.retention import Engagement, keep_until

VALUES = "/v1/clinicians/cln_ana/private-values"
HELD = {"ssn": "900-65-4321", "birth_date": "1990-04-17", "medical_note": "Latex allergy; nitrile gloves only."}
WHY = {"reason": "The screening firm asked for it again."}


@pytest.fixture
async def known(house):
    """The clinician of the offer."""
    await house.say(
        ClinicianChanged(
            clinician_id="cln_ana",
            source="demo",
            source_reference="C-1",
            name="Ana Example",
            email="ana@example.org",
            phone="555-0100",
            home=Address(street="1 Elm St", city="Denver", state="CO", zip="80202"),
            discipline=Discipline.RN,
            specialties=("ICU",),
        )
    )


async def test_its_kinds_are_masked_and_revealed_one_by_one(api, known):
    for kind, value in HELD.items():
        await api.put(f"{VALUES}/{kind}", {"value": value}, role="credentialing_specialist")
    listed = (await api.get(VALUES, role="credentialing_specialist")).json()["items"]
    assert [(line["kind"], line["field_class"], line["masked"], line["also_held_by"]) for line in listed] == [
        ("birth_date", "identity", "****-**-**", None),
        ("medical_note", "medical", "recorded", None),
        ("ssn", "identity", "***-**-4321", 0),
    ]
    token = api.issuer.token("credentialing_specialist", signed_in_minutes_ago=0)
    shown = await api.post(f"{VALUES}/medical_note:reveal", WHY, Authorization=f"Bearer {token}")
    assert shown.json()["value"] == HELD["medical_note"]


async def test_bank_numbers_are_none_of_its_kinds(api, known):
    refused = await api.put(f"{VALUES}/bank_account", {"value": "000123456789"})
    assert (refused.status_code, refused.json()["code"]) == (404, "kind_not_held")


@pytest.mark.parametrize("role", ["recruiter", "coordinator", "payroll_specialist", "operator"])
async def test_only_credentialing_sees_them(api, known, role):
    token = api.issuer.token(role, signed_in_minutes_ago=0)
    answers = [
        await api.put(f"{VALUES}/ssn", {"value": HELD["ssn"]}, role=role),
        await api.get(VALUES, role=role),
        await api.post(f"{VALUES}/ssn:reveal", WHY, Authorization=f"Bearer {token}"),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_the_law_keeps_form_i9_and_medical_records():
    """By hand: hired 30 November 2026, ended 27 February 2027. Sources: 8 CFR 274a.2(b)(2); 29 CFR 1910.1020(d)."""
    start, end = some_offer().terms.start_date, some_offer().terms.end_date
    assert (start, end) == (date(2026, 11, 30), date(2027, 2, 27))
    i9 = date(2029, 11, 30)
    assert keep_until(RETENTION, [Engagement(started_on=start, ended_on=end)]) == {
        "ssn": i9,
        "birth_date": i9,
        "medical_note": date(2057, 2, 27),
    }
    long = keep_until(RETENTION, [Engagement(started_on=start, ended_on=i9 + timedelta(days=1))])
    assert long["ssn"] == date(2030, 12, 1)
