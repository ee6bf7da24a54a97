"""A discipline is read by its name on every page and in every file; addresses and choices keep the code."""

from dataclasses import replace

import pytest

from services.portal.tests.api.pages import Browser
from services.portal.tests.builders import a_change, a_client, a_clinician, a_facility, an_offer, some_terms
from shared.contracts.terms import Discipline
from shared.testing.api import Api, Issuer
from shared.testing.house import House

NAME, CODE = "Surgical technologist", "SURG_TECH"
ASSIGNMENT = "/assignments/asg_1"
ONLY = f"discipline={CODE}"
EVER = "first=2025-01&last=2026-12"


@pytest.fixture
async def lead(house: House, api: Api, issuer: Issuer) -> Browser:
    technologist = {"discipline": Discipline.SURG_TECH, "specialty": "OR"}
    await house.say(a_facility(), a_client(), a_clinician(discipline=Discipline.SURG_TECH, specialties=("OR",)))
    await house.say(an_offer(terms=some_terms(**technologist)))
    await house.say(a_change(replace(some_terms(**technologist), version=2, unit="OR 2")))
    return Browser(api.client, issuer, role="lead")


@pytest.mark.parametrize(
    "path",
    [
        "/clinicians",
        f"/clinicians?{ONLY}",
        "/clinicians/cln_1",
        "/facilities/fac_1",
        "/assignments",
        *(ASSIGNMENT, f"{ASSIGNMENT}/terms", f"{ASSIGNMENT}/timeline"),
        *("/board?days=60", f"/board?days=60&by=state&{ONLY}"),
        *(f"/funnel?by=discipline&{EVER}", f"/funnel?{ONLY}", f"/funnel/rows?stage=accepted&{ONLY}&{EVER}"),
    ],
)
async def test_on_a_page_it_is_read_by_its_name(lead, path):
    page = await lead.open(path)

    assert NAME in page.text
    assert CODE not in page.text


@pytest.mark.parametrize("path", ["/clinicians", "/board?days=60", "/funnel"])
async def test_a_filter_offers_the_name_and_asks_by_the_code(lead, path):
    page = await lead.open(path)

    offered = {one.text: one.get("value") for one in page.one("select", name="discipline").all("option")}
    assert offered[NAME] == CODE


@pytest.mark.parametrize(
    "path", ["/clinicians?", "/assignments?", "/board?days=60&", f"/funnel/rows?stage=accepted&{EVER}&"]
)
async def test_a_file_has_its_name(lead, path):
    answer = await lead.get(f"{path}format=csv")

    assert answer.status_code == 200
    assert NAME in answer.text
    assert CODE not in answer.text
