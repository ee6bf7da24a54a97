"""The credentialing file of an assignment, as credentialing answers it."""

from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse

from portal.clients.services import Services
from services.portal.tests.api.answering import services_at
from services.portal.tests.api.pages import Browser

PAGE = "/assignments/asg_1/file"
HOSTILE = "<b>Licence</b>"
LICENCE: dict[str, Any] = {
    "partition": "personnel",
    "is_met": False,
    "code": "LIC-RN",
    "name": HOSTILE,
    "status": "missing",
    "waits_for": "clinician",
    "due_on": "2025-12-01",
    "lack": "not_presented",
    "waivable": "never",
    "confirmed_by": "source",
    "rules": ["state:LIC-RN"],
}
CARD = {**LICENCE, "code": "CERT-BLS", "name": "Basic Life Support", "status": "verified", "is_met": True}
HIDDEN = {"partition": "health", "is_met": True}
FILE: dict[str, Any] = {
    "file_id": "fil_1",
    "assignment_id": "asg_1",
    "start_date": "2026-01-05",
    "cleared_through": None,
    "is_open": True,
    "items": [CARD, LICENCE, HIDDEN],
}
FIX = {"name": "receive", "method": "POST", "path": "/v1/files/fil_1/items/LIC-RN:receive"}
WHY: dict[str, Any] = {
    "is_cleared": False,
    "earliest_on": "2026-02-03",
    "blockers": [{**LICENCE, "reasons": ["license_single_state"], "earliest_on": "2026-02-03", "fix": FIX}],
    "later": [],
}
FORECAST = {
    "expected_on": "2026-01-19",
    "likely_by": "2026-02-27",
    "odds_by_start": 124,
    "critical_path": ["LIC-RN", "FAC-PACKET"],
}
DECISION = {"outcome": "granted", "at": "2026-01-02T17:00:00Z", "by": "per_1", "reason": None, "rule_set": 3}
CLAIM = {
    "status": "rejected",
    "issued_on": "2024-06-01",
    "rejected_because": "Another <i>name</i>",
    "number_ends": "4567",
}
QUESTION = {
    "code": "LIC-RN",
    "asked_of": "licence_source",
    "state": "pending",
    "opened_at": "2026-01-02T17:00:00Z",
    "last_trouble": "The register <i>asks</i> for patience.",
}
SHIFTS = [
    {"work_date": "2026-01-12", "blocked": False},
    *({"work_date": f"2026-01-{day}", "blocked": True} for day in range(13, 21)),
]
PLAN = {"plan_id": "pln_1", "shifts": SHIFTS, "more_shifts_from": None}
RESULT = {"source": "licence_source", "outcome": "refuted", "checked_at": "2026-01-01T15:00:00Z", "checked_by": "per_1"}


class Credentialing:
    """Answers about one file, and as timekeeping about its plan; `silent` are the paths that it refuses."""

    def __init__(self) -> None:
        self.files: list[dict[str, Any]] = [{"file_id": "fil_1"}]
        self.silent: set[str] = set()
        self.plan: dict[str, Any] = {**PLAN, "shifts": []}
        self.answers: dict[str, Any] = {
            "": FILE,
            "/why-not": WHY,
            "/forecast": FORECAST,
            "/decisions": {"items": [DECISION]},
            "/inquiries": {"items": [QUESTION, {**QUESTION, "state": "answered"}, {**QUESTION, "code": "ID-NPI"}]},
            "/items/CERT-BLS": {"item": CARD, "asked_of": None, "claims": [], "results": []},
            "/items/LIC-RN": {
                "item": LICENCE,
                "asked_of": "licence_source",
                "claims": [CLAIM],
                "results": [{**RESULT, "discipline": True}],
            },
        }
        self.app = FastAPI()
        self.app.get("/v1/files")(self._listed)
        self.app.get("/v1/files/fil_1{part:path}")(self._part)
        self.app.get("/v1/plans")(self._plans)
        self.app.get("/v1/plans/pln_1")(self._plan)

    def services(self) -> Services:
        """The portal's way to it."""
        return services_at(self.app, "credentialing", "timekeeping")

    async def _listed(self) -> dict[str, Any]:
        return {"items": self.files}

    async def _plans(self, assignment_id: str) -> dict[str, Any]:
        return {"items": [{"plan_id": "pln_1"}] if assignment_id == "asg_1" else []}

    async def _plan(self, shifts_from: date) -> dict[str, Any]:
        return {**self.plan, "shifts": [one for one in self.plan["shifts"] if one["work_date"] >= str(shifts_from)]}

    async def _part(self, part: str) -> JSONResponse:
        if part in self.silent:
            return JSONResponse({"code": "forbidden", "title": "No", "detail": "No."}, 403)
        return JSONResponse(self.answers[part])


@pytest.fixture
def credentialing() -> Credentialing:
    return Credentialing()


@pytest.fixture
def browser(browser: Browser) -> Browser:
    """A coordinator at the same portal."""
    return browser.as_("coordinator")


async def test_a_file_says_what_is_in_the_way_whose_move_it_is_and_how_likely_the_start_is(browser):
    page = await browser.open(PAGE)

    blocker = page.one("li", id="blocker-LIC-RN").text
    assert "Nothing came in yet – License single state" in blocker
    assert "Clinician" in blocker
    assert "earliest Tue 3 Feb" in blocker
    assert "2 of 3 met" in page.one("section", id="why-not").text
    assert "Health 1 of 1 met" in page.one("section", id="why-not").text
    assert "12 %" in page.one("section", id="forecast").text
    assert f"{HOSTILE} → FAC-PACKET" in page.one("section", id="forecast").text
    assert "rule set 3" in page.one("section", id="decisions").text


async def test_the_button_leads_to_the_commands_form_and_back_to_the_file(browser):
    fix = (await browser.open(PAGE)).one("li", id="blocker-LIC-RN").one("a", class_="button")

    assert fix.text == "Receive"
    assert fix.get("href") == (
        "/assignments/asg_1/do?service=credentialing&path=%2Fv1%2Ffiles%2Ffil_1%2Fitems%2FLIC-RN%3Areceive"
        "&method=POST&back=%2Fassignments%2Fasg_1%2Ffile"
    )


async def test_what_needs_somebody_stands_before_what_is_met(browser):
    rows = (await browser.open(PAGE)).one("table", id="items-table").all("tr")

    assert [row.get("id") for row in rows[1:]] == ["item-LIC-RN", "item-CERT-BLS"]


async def test_an_item_shows_claims_results_and_what_a_role_may_do(browser):
    specialist = await browser.as_("credentialing_specialist").open(f"{PAGE}/LIC-RN")
    lead = await browser.as_("lead").open(f"{PAGE}/LIC-RN")

    assert "Refused: Another <i>name</i>" in specialist.one("section", id="claims").text
    assert "… 4567" in specialist.one("section", id="claims").text
    assert "Licence source" in specialist.one("section", id="results").text
    assert "reported" in specialist.one("section", id="results").text
    assert "Waive" not in [link.text for link in specialist.all("a")]
    assert "Waive" in [link.text for link in lead.all("a")]


async def test_a_source_can_be_asked_where_there_is_one_and_what_it_was_asked_is_said(browser):
    specialist = browser.as_("credentialing_specialist")
    licence, card = await specialist.open(f"{PAGE}/LIC-RN"), await specialist.open(f"{PAGE}/CERT-BLS")

    assert "Ask its source" in [link.text for link in licence.all("a")]
    assert "Ask its source" not in [link.text for link in card.all("a")]
    said = licence.one("section", id="results").text
    assert said.count("Asked, not answered yet Licence source") == 1
    assert "The register <i>asks</i> for patience." in said
    assert "No source was asked yet." in card.one("section", id="results").text


async def test_who_may_not_see_the_questions_sees_the_rest_of_the_item(browser, credentialing):
    credentialing.silent = {"/inquiries"}
    page = await browser.open(f"{PAGE}/LIC-RN")

    assert "Asked, not answered yet" not in page.text
    assert "Licence source" in page.one("section", id="results").text
    assert "Ask its source" not in [link.text for link in page.all("a")]


async def test_shifts_that_no_clearance_covers_are_named_to_who_reads_plans(browser, credentialing):
    credentialing.plan = PLAN
    card = (await browser.as_("lead").open(PAGE)).one("section", id="blocked-shifts")

    assert card.one("span", class_="card-note").text == "8"
    days = [one.text for one in card.all("li")]
    assert (days[0], days[-1], len(days)) == ("Tue 13 Jan 2026", "Sun 18 Jan 2026", 6)
    assert "2 after these." in card.text
    specialist = browser.as_("credentialing_specialist")
    assert (await specialist.open(PAGE)).one("section", id="blocked-shifts").text == card.text
    credentialing.plan = {**PLAN, "more_shifts_from": "2026-01-21"}
    assert "8 or more" in (await browser.as_("lead").open(PAGE)).one("section", id="blocked-shifts").text
    credentialing.plan = {**PLAN, "shifts": SHIFTS[:1]}
    assert (await browser.as_("lead").open(PAGE)).all("section", id="blocked-shifts") == []


async def test_a_cleared_file_is_not_forecast_and_what_counts_until_its_day_is_not_overdue(browser, credentialing):
    runs_out = {**CARD, "blocks_shifts_from": "2026-03-02", "earliest_on": "2026-02-03", "due_on": "2025-11-01"}
    cleared = {**WHY, "is_cleared": True, "blockers": [], "later": [{**runs_out, "fix": None}]}
    credentialing.answers["/why-not"] = cleared
    page = await browser.open(PAGE)

    assert page.all("section", id="forecast") == []
    said = page.one("li", id="blocker-CERT-BLS").text
    assert "blocks shifts from Mon 2 Mar" in said
    assert "overdue" not in said and "due Sat" not in said


async def test_names_are_escaped(browser):
    answer = await browser.get(PAGE)

    assert HOSTILE not in answer.text
    assert "&lt;b&gt;Licence" in answer.text


async def test_what_credentialing_refuses_is_left_out_or_said(browser, credentialing):
    credentialing.silent = {"/forecast"}
    without = await browser.open(PAGE)
    credentialing.silent = {""}
    refused = await browser.open(PAGE)

    assert "In the way" in without.text
    assert without.all("section", id="forecast") == []
    assert "Your role may not do this" in refused.text


async def test_an_assignment_without_a_file_says_so(browser, credentialing):
    credentialing.files = []

    assert "No file yet" in (await browser.open(PAGE)).text


async def test_only_who_works_on_files_sees_the_tab(browser):
    assert "Credentials" in [link.text for link in (await browser.open("/assignments/asg_1")).all("a")]
    payroll = browser.as_("payroll_specialist")
    assert "Credentials" not in [link.text for link in (await payroll.open("/assignments/asg_1")).all("a")]
    assert (await payroll.get(PAGE)).status_code == 403
