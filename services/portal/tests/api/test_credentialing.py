"""What credentialing watches: what runs out, and exclusion cases, as credentialing answers."""

from typing import Any

import pytest
from fastapi import FastAPI, Request

from portal.clients.services import Services
from services.portal.tests.api.answering import services_at
from services.portal.tests.builders import a_clinician, a_facility

CLINICIAN = a_clinician().clinician_id
FACILITY = a_facility().facility_id
TOUCH = {"assignment_id": "asg_1", "facility_id": FACILITY, "first_shift_on": "2026-05-01"}
LICENCE: dict[str, Any] = {
    "clinician_id": CLINICIAN,
    "code": "LIC-RN",
    "subject": "CO",
    "name": "Registered <i>nurse</i> licence",
    "partition": "personnel",
    "expires_on": "2026-04-30",
    "renewal": "received",
    "touches": [TOUCH],
}
HIDDEN = {**LICENCE, "code": None, "subject": None, "name": None, "partition": "health", "renewal": None, "touches": []}
CALENDAR = {
    "first": "2026-04-01",
    "last": "2026-06-30",
    "weeks": [{"first": "2026-04-27", "count": 2}],
    "lines": [LICENCE, HIDDEN],
    "is_whole": True,
}
CASE: dict[str, Any] = {
    "case_id": "exc_1",
    "clinician_id": CLINICIAN,
    "assignment_id": "asg_1",
    "facility_id": FACILITY,
    "list_name": "leie",
    "state": "open",
    "verdict": "block",
    "reasons": ["name_exact", "dob_exact"],
    "opened_at": "2026-01-05T15:00:00Z",
    "found": None,
    "reason": None,
    "document_id": None,
    "decided_by": None,
    "approved_by": None,
}
ENTRY = {
    "last": "DELGADO",
    "first": "MARIA",
    "middle": "",
    "business": "",
    "npi": None,
    "has_birth_date": True,
    "exclusion_type": "1128b4",
    "excluded_on": "2021-06-20",
    "reinstated_on": None,
    "waived_on": None,
    "waiver_state": None,
    "state": "OH",
}
NAME = {"first": "Maria", "middle": "", "last": "Delgado", "kind": "former"}
LEIE = {
    "list_name": "leie",
    "title": "OIG",
    "release": {"period": "2026-01"},
    "active": 12,
    "screened": 9,
    "overdue": 3,
}


class Credentialing:
    """Answers about expirables and cases, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.case = CASE
        self.app = FastAPI()
        self.app.get("/v1/expirables")(self._calendar)
        self.app.get("/v1/exclusion-cases")(self._cases)
        self.app.get("/v1/exclusion-cases/exc_1")(self._case)
        self.app.get("/v1/exclusion-lists")(self._lists)

    def services(self) -> Services:
        """The portal's way to it."""
        return services_at(self.app)

    async def _calendar(self, request: Request) -> dict[str, Any]:
        self.asked.append(dict(request.query_params))
        return CALENDAR

    async def _cases(self, request: Request) -> dict[str, Any]:
        self.asked.append(dict(request.query_params))
        return {"items": [self.case], "next_cursor": "c2"}

    async def _case(self) -> dict[str, Any]:
        return {**self.case, "entry": ENTRY, "names": [NAME]}

    async def _lists(self) -> dict[str, Any]:
        return {"items": [LEIE]}


@pytest.fixture
def credentialing() -> Credentialing:
    return Credentialing()


async def test_what_runs_out_names_the_person_the_day_and_the_assignment_that_needs_it_longer(browser, credentialing):
    page = await browser.open("/credentialing?days=30")

    first, hidden = page.one("table", id="expiring-table").all("tr")[1:]
    assert "Registered <i>nurse</i> licence LIC-RN · CO Ines Calloway" in first.text
    assert "Came in, to be confirmed" in first.text
    assert first.all("a")[-1].get("href") == "/assignments/asg_1/file/LIC-RN"
    assert hidden.text.startswith("Health Ines Calloway")
    assert "27 Apr – 3 May 2" in page.one("section", id="weeks").text
    assert credentialing.asked[0].keys() == {"from", "to"}


async def test_a_span_that_is_not_offered_is_refused(browser):
    assert (await browser.get("/credentialing?days=31")).status_code == 422


async def test_cases_say_what_fits_and_how_far_the_lists_are(browser, credentialing):
    page = await browser.open("/credentialing/exclusions")

    row = page.one("tr", id="exc_1").text
    assert "Ines Calloway" in row
    assert "name exact, dob exact" in row
    assert "OIG LEIE 2026-01 9 of 12 screened, 3 overdue" in page.text
    assert page.one("a", rel="next").get("href") == "/credentialing/exclusions?cursor=c2"
    await browser.open("/credentialing/exclusions?all=yes")
    assert credentialing.asked == [{"is_open": "true"}, {}]


async def test_a_case_shows_the_person_beside_the_row_and_the_next_step(browser, credentialing):
    page = await browser.open("/credentialing/exclusions/exc_1")

    assert "Former name Maria Delgado" in page.one("section", id="person").text
    assert "MARIA DELGADO" in page.one("section", id="row").text
    assert "on the list" in page.one("section", id="row").text
    assert [link.text for link in page.all("a", class_="button-primary")] == ["Say what the source showed"]
    credentialing.case = {**CASE, "state": "awaits_approval", "found": "not_the_person", "decided_by": "per_1"}
    waiting = await browser.open("/credentialing/exclusions/exc_1")
    assert [link.text for link in waiting.all("a", class_="button-primary")] == ["Agree as second person"]


async def test_coordinators_see_what_runs_out_and_no_case(browser):
    coordinator = browser.as_("coordinator")

    assert "Exclusion cases" not in (await coordinator.open("/credentialing")).text
    assert (await coordinator.get("/credentialing/exclusions")).status_code == 403
    assert (await coordinator.get("/credentialing/exclusions/exc_1")).status_code == 403
