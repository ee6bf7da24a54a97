"""Exclusion lists are decided by screening; while no file of a list is loaded, people search it and print that."""

import pytest

from services.credentialing.tests.api.test_screening import ana, item_of
from services.credentialing.tests.builders import NOW, some_facility, some_offer
from services.credentialing.tests.domain.screening.rows_of_lists import leie_file, leie_line

SPECIALIST = "credentialing_specialist"
OTHERS = [leie_line(LASTNAME=f"OTHER{letter}", FIRSTNAME="GAIL", DOB="19550404") for letter in "ABCDEFGH"]
SEARCHED = {"source": "OIG exclusions search", "checked_on": "2026-11-09", "status": "No results"}


@pytest.fixture
async def file(house, api, clock):
    """The one open file, three weeks before its start."""
    clock.instant = NOW
    await house.say(ana(), some_facility(), some_offer())
    (line,) = (await api.get("/v1/files")).json()["items"]
    return line


async def test_a_list_without_a_file_is_searched_at_its_source_with_the_printout(api, file, evidence):
    place = f"/v1/files/{file['file_id']}/items/EXC-LEIE"
    by_address = await api.post(f"{place}:check", {**SEARCHED, "url": "https://exclusions.oig.hhs.gov/"})
    assert (by_address.status_code, by_address.json()["errors"][0]["pointer"]) == (422, "/document_id")
    printed = await api.post(f"{place}:check", {**SEARCHED, "document_id": evidence}, role=SPECIALIST)
    assert (printed.status_code, printed.json()["outcome"], await item_of(api, file)) == (200, "confirmed", "verified")


async def test_a_refused_printout_proves_nothing(api, file, evidence):
    await api.post(f"/v1/documents/{evidence}:refuse", {"because": "illegible"}, role=SPECIALIST)
    place = f"/v1/files/{file['file_id']}/items/EXC-LEIE"
    refused = await api.post(f"{place}:check", {**SEARCHED, "document_id": evidence}, role=SPECIALIST)
    assert (refused.status_code, refused.json()["code"]) == (409, "document_not_usable")
    assert await item_of(api, file) == "missing"


async def test_a_list_that_is_loaded_is_decided_by_screening_alone(load, screen, api, file, evidence):
    await load(leie_file(*OTHERS))
    place = f"/v1/files/{file['file_id']}/items"
    await api.post(f"{place}/EXC-LEIE:receive", {"issued_on": "2026-11-09"})
    commands = {
        "EXC-LEIE:check": {**SEARCHED, "document_id": evidence},
        "EXC-LEIE:verify": {"source": "oig.hhs.gov"},
        "EXC-SAM:verify": {"source": "sam.gov"},
    }
    refused = [await api.post(f"{place}/{path}", body) for path, body in commands.items()]
    assert [(one.status_code, one.json()["code"]) for one in refused] == [(409, "screening_decides")] * 3
    assert await item_of(api, file) != "verified"
    other = await api.post(f"{place}/EXC-SAM:check", {**SEARCHED, "document_id": evidence}, role=SPECIALIST)
    assert (other.status_code, await item_of(api, file, "EXC-SAM")) == (200, "verified")
    await screen()
    assert await item_of(api, file) == "verified"
