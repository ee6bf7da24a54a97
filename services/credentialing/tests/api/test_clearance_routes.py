"""Over HTTP: why not yet, what was decided, what lies behind an item, and where somebody lives."""

import pytest
from sqlalchemy import select, text

from services.credentialing.tests.builders import held_for, some_facility, some_offer
from services.credentialing.tests.consumers.test_consumers import holds
from shared.db.tables import audit_entry
from shared.principal import Principal

SHOWN = {"issued_on": "2025-06-01", "expires_on": "2028-05-31", "number": "RN.7654321"}
TEXAN = {"state": "TX", "type": "RN", "scope": "multistate"}


@pytest.fixture
async def path(house, api):
    """The one open file."""
    await house.say(some_facility(), some_offer())
    (line,) = (await api.get("/v1/files")).json()["items"]
    return f"/v1/files/{line['file_id']}"


async def test_why_not_yet_names_every_blocker_and_counts_confidential_ones_for_coordinators(api, path):
    whole = (await api.get(f"{path}/why-not", role="credentialing_specialist")).json()
    reduced = (await api.get(f"{path}/why-not", role="coordinator")).json()
    assert {one["partition"] for one in whole["blockers"]} >= {"personnel", "health", "background"}
    assert whole["hidden"] == []
    assert {one["partition"] for one in (*reduced["blockers"], *reduced["later"])} == {"personnel"}
    hidden = {one["partition"]: one["blockers"] for one in reduced["hidden"]}
    assert hidden["health"] == sum(one["partition"] == "health" for one in whole["blockers"])
    assert hidden["i9"] == 0
    assert (whole["is_cleared"], whole["earliest_on"]) == (False, reduced["earliest_on"])


async def test_a_decision_shows_its_inputs_and_to_a_coordinator_only_personnel_ones(api, house, works):
    await holds(works, held_for())
    await house.say(some_facility(), some_offer())
    (line,) = (await api.get("/v1/files")).json()["items"]
    path = f"/v1/files/{line['file_id']}/decisions"
    (whole,) = (await api.get(path)).json()["items"]
    (reduced,) = (await api.get(path, role="coordinator")).json()["items"]
    assert (whole["outcome"], whole["terms_version"], whole["number"]) == ("granted", 1, 1)
    assert len(whole["inputs"]) == len(held_for())
    assert {one["partition"] for one in reduced["inputs"]} == {"personnel"}


async def test_an_item_shows_its_claims_with_the_end_of_their_number_alone(api, path):
    body = {**SHOWN, "licence": TEXAN, "issuer": "Texas Board of Nursing"}
    answer = await api.post(f"{path}/items/LIC-RN:receive", body, role="coordinator")
    assert answer.status_code == 200, answer.text
    shown = (await api.get(f"{path}/items/LIC-RN")).json()
    (claim,) = shown["claims"]
    assert (claim["subject"], claim["status"], claim["end"]) == ("TX", "pending", "4321")
    assert claim["licence"]["scope"] == "multistate"
    assert claim["received_by"] == "per_coordinator"
    assert "7654321" not in str(shown)
    assert shown["item"]["waits_for"] == "source"


async def test_an_item_names_the_source_that_answers_questions_about_it_where_there_is_one(api, path):
    licence, card = [(await api.get(f"{path}/items/{code}")).json() for code in ("LIC-RN", "CERT-BLS")]
    assert (licence["asked_of"], card["asked_of"]) == ("licence_source", None)


async def test_a_number_is_sealed_where_it_is_kept_and_shown_whole_for_a_reason_alone(api, path, works, engine):
    await api.post(f"{path}/items/LIC-RN:receive", {**SHOWN, "licence": TEXAN}, role="coordinator")
    async with engine.connect() as connection:
        for table in ("credential", "source_result", "inquiry", "file"):
            rows = (await connection.execute(text(f"SELECT * FROM {table}"))).all()
            assert "7654321" not in str(rows), table
    (claim,) = (await api.get(f"{path}/items/LIC-RN")).json()["claims"]
    asked = {"credential_id": claim["credential_id"], "reason": "The board's form asks for it."}
    shown = await api.post(f"{path}/items/LIC-RN:reveal-number", asked, role="credentialing_specialist")
    assert (shown.status_code, shown.json()["number"]) == (200, "RN.7654321"), shown.text
    assert (await api.post(f"{path}/items/LIC-RN:reveal-number", asked, role="coordinator")).status_code == 403
    elsewhere = await api.post(f"{path}/items/CERT-BLS:reveal-number", asked, role="credentialing_specialist")
    assert elsewhere.status_code == 404
    async with works.begin(Principal(subject="reader")) as work:
        noted = await work.session.execute(select(audit_entry).where(audit_entry.c.action == "numbers.reveal"))
        (entry,) = noted.all()
    assert (entry.object, entry.reason) == (claim["credential_id"], asked["reason"])


async def test_a_confidential_item_is_not_there_for_a_coordinator(api, path):
    assert (await api.get(f"{path}/items/DRUG-10", role="coordinator")).json()["code"] == "item_not_in_file"
    assert (await api.get(f"{path}/items/DRUG-10", role="credentialing_specialist")).status_code == 200


async def test_evidence_that_proves_nothing_is_refused_by_name(api, path):
    doses = {"issued_on": "2026-01-02", "immunity": {"doses": ["1996-05-01", "1996-05-21"]}}
    await api.post(f"{path}/items/IMM-MMR:receive", doses, role="coordinator")
    refused = await api.post(f"{path}/items/IMM-MMR:verify", {"source": "Registry"})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_of_the_kind")


async def test_a_skills_checklist_is_confirmed_by_somebody_else(api, path):
    await api.post(f"{path}/items/COMP-SKILLS:receive", {"issued_on": "2026-01-02"}, role="credentialing_specialist")
    source = {"source": "Checklist"}
    same = await api.post(f"{path}/items/COMP-SKILLS:verify", source, role="credentialing_specialist")
    assert (same.status_code, same.json()["code"]) == (403, "same_person")
    assert (await api.post(f"{path}/items/COMP-SKILLS:verify", source, role="lead")).status_code == 200


async def test_a_waiver_for_every_assignment_at_a_facility_has_an_end(api, path):
    waiver = {"party": "facility", "reason": "Course is booked.", "at_facility": True}
    refused = await api.post(f"{path}/items/CERT-BLS:waive", waiver)
    assert (refused.status_code, refused.json()["code"]) == (422, "waiver_without_end")
    nothing = {**waiver, "through": "2028-01-31", "document_id": "doc_none"}
    refused = await api.post(f"{path}/items/CERT-BLS:waive", nothing)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/document_id")
    waived = await api.post(f"{path}/items/CERT-BLS:waive", {**waiver, "through": "2028-01-31"})
    assert {one["code"]: one["status"] for one in waived.json()["items"]}["CERT-BLS"] == "waived"
    behind = (await api.get(f"{path}/items/CERT-BLS")).json()["waiver"]
    assert (behind["facility_id"], behind["through"], behind["by"]) == ("fac_mesa", "2028-01-31", "per_lead")


async def test_residences_are_declared_and_decide_where_a_licence_is_good(api, path):
    await api.post(f"{path}/items/LIC-RN:receive", {**SHOWN, "licence": TEXAN}, role="coordinator")
    await api.post(f"{path}/items/LIC-RN:verify", {"source": "Register"})
    before = (await api.get(f"{path}/items/LIC-RN")).json()["item"]
    assert (before["status"], before["lack"]) == ("missing", "not_authorized")
    home = "/v1/clinicians/cln_ana/residences"
    declared = await api.put(home, {"residences": [{"state": "TX", "proofs": ["TX"]}]}, role="credentialing_specialist")
    assert (declared.status_code, declared.headers["etag"]) == (200, '"1"'), declared.text
    after = (await api.get(f"{path}/items/LIC-RN")).json()["item"]
    assert (after["status"], after["basis"]) == ("verified", "multistate_privilege")
    assert [one["state"] for one in (await api.get(home)).json()["residences"]] == ["TX"]
