"""A clinician's profile given out in the open format, and one from another system taken in."""

import json
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from jsonschema import Draft202012Validator

from credentialing import main
from credentialing.api.schemas.profiles import ProfileBundle
from credentialing.settings import Settings
from credentialing.storage import credentials
from services.credentialing.tests.builders import some_facility, some_offer
from services.credentialing.tests.clients import papers
from services.credentialing.tests.consumers.test_consumers import stored
from shared.ids import new_uuid
from shared.principal import Principal
from shared.runtime.definition import Service

PROFILE = "/v1/clinicians/cln_ana/profile"
IMPORT = f"{PROFILE}:import"
SPECIALIST = "credentialing_specialist"
BLS = {"issued_on": "2026-01-05", "expires_on": "2027-12-31", "number": "245012345678", "issuer": "AHA"}


@pytest.fixture
def definition(environment: dict[str, Any]) -> Service:
    return main.service(Settings(**environment))


@pytest.fixture(autouse=True)
async def ana(house, clock):
    """The clinician with a file."""
    clock.instant = clock.instant.replace(year=2026, month=11, day=2)
    await house.say(papers.ana(), some_facility(), some_offer())


@pytest.fixture
async def paper(api):
    """A document of hers, in the part of the file for cards."""
    answer = await api.client.post(
        "/v1/clinicians/cln_ana/documents?partition=personnel",
        content=papers.a_pdf(),
        headers={"Authorization": f"Bearer {api.issuer.token(SPECIALIST)}", "Idempotency-Key": str(new_uuid())},
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture
async def card(api, works, paper):
    """Her BLS card, recorded from the document and confirmed."""
    path = f"/v1/files/{(await stored(works)).file_id}/items/CERT-BLS"
    received = await api.post(f"{path}:receive", {**BLS, "document_id": paper["document_id"]}, role=SPECIALIST)
    assert received.status_code == 200, received.text
    verified = await api.post(f"{path}:verify", {"source": "AHA"}, role=SPECIALIST)
    assert verified.status_code == 200, verified.text
    return paper


def qualification(**changes: Any) -> dict[str, Any]:
    plain = {
        "id": "crd_theirs",
        "code": {"system": "urn:firstshift:item", "code": "CERT-BLS"},
        "period": {"start": BLS["issued_on"], "end": BLS["expires_on"]},
        "identifier": [{"system": "urn:firstshift:number", "value": BLS["number"]}],
        "issuer": {"display": "AHA"},
    }
    return {**plain, **changes}


def bundle(*held: dict[str, Any], source: str = "AHA", documents: tuple[Any, ...] = ()) -> dict[str, Any]:
    person = {
        "resourceType": "Practitioner",
        "id": "x-1",
        "name": [{"text": "Ana M. Example"}],
        "qualification": list(held),
    }
    said = [
        {
            "resourceType": "VerificationResult",
            "id": f"res_{place}",
            "target": {"reference": f"#{one['id']}"},
            "status": "validated",
            "statusDate": "2026-10-01T12:00:00Z",
            "primarySource": {"who": {"display": source}, "validationDate": "2026-10-01T12:00:00Z"},
            "attestation": {"display": "Jo of Northwind"},
        }
        for place, one in enumerate(held)
    ]
    head = {"resourceType": "Bundle", "type": "collection", "formatVersion": 1, "timestamp": "2026-11-01T00:00:00Z"}
    return {**head, "entry": [{"resource": one} for one in (person, *said, *documents)]}


@pytest.fixture
def take(api):
    async def taken(profile: Any, query: str = ""):
        return await api.post(f"{IMPORT}{query}", {"sender": "Northwind", "profile": profile}, role=SPECIALIST)

    return taken


async def item(works):
    return (await stored(works)).item("CERT-BLS")


def parts(profile: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one["resource"] for one in profile["entry"] if one["resource"]["resourceType"] == kind]


async def test_a_profile_holds_what_is_held_with_its_number_and_documents_by_hash(api, card):
    answer = await api.get(PROFILE, role=SPECIALIST)
    profile = answer.json()
    Draft202012Validator(ProfileBundle.model_json_schema(by_alias=True)).validate(profile)
    (person,) = parts(profile, "Practitioner")
    (held,) = person["qualification"]
    assert person["name"] == [{"text": "Ana Example"}]
    assert (held["code"]["code"], held["period"]["end"]) == ("CERT-BLS", BLS["expires_on"])
    assert [one["value"] for one in held["identifier"]] == [BLS["number"]]
    (document,) = parts(profile, "DocumentReference")
    assert document["attachment"]["sha256"] == card["sha256"]
    assert held["document"]["reference"] == f"#{document['id']}"


async def test_the_archive_holds_the_profile_and_the_documents_as_they_were(api, card):
    answer = await api.get(f"{PROFILE}/archive", role=SPECIALIST)
    assert answer.status_code == 200, answer.text
    with ZipFile(BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        profile = json.loads(archive.read("profile.json"))
        (document,) = parts(profile, "DocumentReference")
        content = archive.read(document["attachment"]["url"])
    assert content == papers.a_pdf()
    assert sha256(content).hexdigest() == document["attachment"]["sha256"]
    ProfileBundle.model_validate_json(json.dumps(profile))


async def test_coordinators_have_no_profile_and_nobody_has_one_of_an_unknown(api):
    assert (await api.get(PROFILE, role="coordinator")).status_code == 403
    assert (await api.get("/v1/clinicians/cln_nobody/profile", role=SPECIALIST)).status_code == 404


async def test_a_preview_says_what_would_come_and_changes_nothing(api, works, take):
    shown = await take(bundle(qualification()), "?validate_only=true")
    assert (shown.status_code, shown.json()["taken"], shown.json()["doubts"]) == (200, 1, [])
    assert (await item(works)).status == "missing"
    assert (await api.get("/v1/clinicians/cln_ana/assertions", role=SPECIALIST)).json() == {"items": []}


async def test_what_comes_in_is_received_and_an_issuers_word_counts_once_a_lead_takes_it(api, works, take):
    taken = await take(bundle(qualification()))
    assert (taken.status_code, taken.json()["taken"]) == (200, 1), taken.text
    assert (await item(works)).status == "received"
    (said,) = (await api.get("/v1/clinicians/cln_ana/assertions", role=SPECIALIST)).json()["items"]
    assert (said["verified_by"], said["verified_at"], said["is_issuer"]) == (
        "Jo of Northwind",
        "2026-10-01T12:00:00Z",
        True,
    )
    path = f"/v1/assertions/{said['assertion_id']}:accept"
    assert (await api.post(path, role=SPECIALIST)).status_code == 403
    assert (await api.post(path)).json()["accepted_by"] == "per_lead"
    assert (await item(works)).status == "verified"
    again = await api.post(path)
    assert (again.status_code, again.json()["code"]) == (409, "assertion_over")


async def test_the_word_of_who_did_not_issue_it_is_not_taken(api, works, take):
    await take(bundle(qualification(), source="Northwind Staffing"))
    (said,) = (await api.get("/v1/clinicians/cln_ana/assertions", role=SPECIALIST)).json()["items"]
    refused = await api.post(f"/v1/assertions/{said['assertion_id']}:accept")
    assert (refused.status_code, refused.json()["code"]) == (403, "source_not_issuer")
    assert (await item(works)).status == "received"


async def test_what_is_held_already_is_not_taken_twice_and_a_conflict_is_shown(card, take):
    other = qualification(id="b", identifier=[{"system": "n", "value": "999999999999"}])
    renewed = qualification(id="c", period={"start": "2026-06-01", "end": "2028-06-30"})
    strange = qualification(id="d", code={"system": "s", "code": "NO-SUCH"})
    screened = qualification(id="e", code={"system": "s", "code": "EXC-LEIE"})
    answer = (await take(bundle(qualification(), other, renewed, dict(renewed, id="f"), strange, screened))).json()
    assert [(one["fate"], one["because"]) for one in answer["lines"]] == [
        ("known", "held_already"),
        ("conflict", "other_number"),
        ("taken", None),
        ("known", "held_already"),
        ("refused", "item_unknown"),
        ("refused", "not_carried_over"),
    ]
    assert [answer[name] for name in ("taken", "known", "conflicts", "refused")] == [1, 2, 1, 2]


async def test_a_document_sent_before_is_found_by_its_hash(works, paper, take):
    reference = {
        "resourceType": "DocumentReference",
        "id": "doc_theirs",
        "category": "personnel",
        "date": "2026-10-01T12:00:00Z",
        "attachment": {"contentType": "application/pdf", "size": 1, "sha256": paper["sha256"], "url": "a.pdf"},
    }
    held = qualification(document={"reference": "#doc_theirs"})
    (line,) = (await take(bundle(held, documents=(reference,)))).json()["lines"]
    async with works.begin(Principal(subject="reader")) as work:
        (claim,) = await credentials.of_clinician(work.session, "cln_ana")
    assert (line["fate"], claim.credential_id) == ("taken", line["credential_id"])
    assert claim.document_id == paper["document_id"]


async def test_what_one_clinicians_profile_says_another_system_reads_back(api, card, take):
    given = (await api.get(PROFILE, role=SPECIALIST)).json()
    answer = (await take(given)).json()
    assert [(one["fate"], one["because"]) for one in answer["lines"]] == [("known", "held_already")]


async def test_a_profile_of_nobody_or_of_two_is_refused(take):
    twice = bundle(qualification())
    twice["entry"].append(twice["entry"][0])
    refused = await take(twice)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "not_one_person")


async def test_a_profile_under_another_name_is_doubted(take):
    other = bundle(qualification())
    other["entry"][0]["resource"]["name"] = [{"text": "Bo Other"}]
    answer = await take(other, "?validate_only=true")
    assert answer.json()["doubts"] == ["name_differs"]
