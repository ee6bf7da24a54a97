"""Skills checklists over HTTP: filled by the clinician, reviewed by a second person, good for one unit."""

import time
from typing import Any

import pytest
from joserfc import jwt

from credentialing.domain.skills.forms.every import FORMS
from services.credentialing.tests.builders import some_facility, some_offer
from services.credentialing.tests.clients import papers
from services.credentialing.tests.consumers.test_consumers import stored
from shared.ids import new_uuid

OF_ANA = "/v1/clinicians/cln_ana/checklists"
SPECIALIST = "credentialing_specialist"
RATINGS = [{"skill_id": one.skill_id, "rating": 4, "frequency": "weekly"} for one in FORMS["ICU"].skills]


@pytest.fixture(autouse=True)
async def ana(house, clock):
    """The clinician with a file for an ICU; today is within every window before its start."""
    clock.instant = clock.instant.replace(year=2026, month=11, day=2)
    await house.say(papers.ana(), some_facility(), some_offer())


@pytest.fixture
def by_link(api):
    """Sends a command as the clinician who came by a link."""

    async def sent(path: str, content: Any = None, *, clinician_id: str = "cln_ana"):
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": "firstshift-local",
            "aud": "firstshift",
            "sub": "lnk_1",
            "roles": ["clinician"],
        }
        claims |= {"clinician_id": clinician_id, "iat": now, "nbf": now, "exp": now + 300}
        pair = api.issuer.pair
        token = jwt.encode({"alg": "Ed25519", "kid": pair.kid, "typ": "at+jwt"}, claims, pair, algorithms=["Ed25519"])
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(new_uuid())}
        return await api.client.post(path, json=content or {}, headers=headers)

    return sent


async def item(works):
    return (await stored(works)).item("COMP-SKILLS")


async def test_a_checklist_filled_by_link_and_reviewed_satisfies_the_unit(api, works, by_link):
    begun = await by_link(OF_ANA, {"unit": "ICU", "ratings": RATINGS[:3]})
    assert (begun.status_code, begun.json()["state"]) == (201, "draft")
    again = await by_link(OF_ANA, {"unit": "ICU", "ratings": RATINGS})
    assert (again.status_code, again.json()["checklist_id"]) == (200, begun.json()["checklist_id"])
    path = f"/v1/checklists/{begun.json()['checklist_id']}"
    signed = await by_link(f"{path}:sign")
    assert (signed.status_code, signed.json()["proficient_per_mille"]) == (200, 1000)
    assert (await item(works)).status == "received"
    reviewed = await api.post(f"{path}:review", {"accepts": True, "note": "Seen."}, role=SPECIALIST)
    assert (reviewed.status_code, reviewed.json()["state"]) == (200, "accepted")
    assert (await item(works)).status == "verified"
    (listed,) = (await api.get(OF_ANA, role=SPECIALIST)).json()["items"]
    assert (listed["unit"], listed["state"]) == ("ICU", "accepted")


async def test_one_for_another_unit_does_not(api, works, by_link):
    ratings = [{"skill_id": one.skill_id, "rating": 3, "frequency": "monthly"} for one in FORMS["MS"].skills]
    begun = await by_link(OF_ANA, {"unit": "MS", "ratings": ratings})
    path = f"/v1/checklists/{begun.json()['checklist_id']}"
    await by_link(f"{path}:sign")
    assert (await api.post(f"{path}:review", {"accepts": True, "note": "Seen."})).status_code == 200
    assert (await item(works)).status == "missing"


async def test_one_that_is_sent_back_does_not_and_another_may_be_begun(api, works, by_link):
    begun = await by_link(OF_ANA, {"unit": "ICU", "ratings": RATINGS})
    path = f"/v1/checklists/{begun.json()['checklist_id']}"
    await by_link(f"{path}:sign")
    returned = await api.post(f"{path}:review", {"accepts": False, "note": "All fours: please look again."})
    assert returned.json()["state"] == "returned"
    assert (await item(works)).status == "rejected"
    another = await by_link(OF_ANA, {"unit": "ICU", "ratings": RATINGS})
    assert (another.status_code, another.json()["checklist_id"] != begun.json()["checklist_id"]) == (201, True)


async def test_half_a_checklist_is_not_signed_and_faults_are_named(by_link):
    begun = await by_link(OF_ANA, {"unit": "ICU", "ratings": RATINGS[1:]})
    path = f"/v1/checklists/{begun.json()['checklist_id']}"
    refused = await by_link(f"{path}:sign")
    assert (refused.status_code, refused.json()["code"]) == (409, "checklist_incomplete")
    bad = await by_link(OF_ANA, {"unit": "ICU", "ratings": [{**RATINGS[0], "skill_id": "no.such"}]})
    assert [one["code"] for one in bad.json()["errors"]] == ["skill_unknown"]
    unknown = await by_link(OF_ANA, {"unit": "4 West"})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "skills_form_unknown")


async def test_whoever_filled_it_does_not_review_it_and_specialists_do_not_sign(api, by_link):
    begun = await api.post(OF_ANA, {"unit": "ICU", "ratings": RATINGS}, role=SPECIALIST)
    path = f"/v1/checklists/{begun.json()['checklist_id']}"
    assert (await api.post(f"{path}:sign", role=SPECIALIST)).status_code == 403
    assert (await by_link(f"{path}:sign")).status_code == 200
    refused = await api.post(f"{path}:review", {"accepts": True, "note": "Mine."}, role=SPECIALIST)
    assert (refused.status_code, refused.json()["code"]) == (403, "reviewer_filled_it")


async def test_a_clinician_reaches_only_their_own(by_link):
    begun = await by_link(OF_ANA, {"unit": "ICU", "ratings": RATINGS})
    path = f"/v1/checklists/{begun.json()['checklist_id']}"
    assert (await by_link(OF_ANA, {"unit": "ICU"}, clinician_id="cln_bo")).status_code == 404
    assert (await by_link(f"{path}:sign", clinician_id="cln_bo")).status_code == 404


async def test_the_forms_are_shown(api):
    shown = (await api.get("/v1/skills-forms", role="coordinator")).json()
    assert {one["unit"] for one in shown["items"]} == set(FORMS)
