"""Credentialing's rules: the list, the editor, what a rule would change."""

from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from portal.clients.services import Services
from services.portal.tests.api.answering import services_at
from services.portal.tests.api.pages import page_of
from services.portal.tests.builders import a_clinician, a_facility

FACILITY = a_facility().facility_id
RULE: dict[str, Any] = {
    "rule_id": "facility-mesa",
    "version": 2,
    "rule_set": 7,
    "is_shipped": False,
    "level": "facility",
    "title": "Mesa <i>drug</i> screen",
    "source": "contract, exhibit B",
    "when": {"facility": [FACILITY], "state": ["CO"]},
    "require": {"DRUG-10": {"window_before_start": 30}},
    "exempt": [],
    "effective_from": "2030-01-07",
    "effective_to": None,
}
EFFECT = {
    "file_id": "fil_1",
    "assignment_id": "asg_1",
    "clinician_id": a_clinician().clinician_id,
    "facility_id": FACILITY,
    "start_date": "2030-02-04",
    "is_cleared": True,
    "added": ["DRUG-10"],
    "dropped": [],
    "reopened": [],
    "newly_met": [],
}
PREVIEW = {
    "looked_at": 40,
    "is_whole": True,
    "counts": {"files": 1, "cleared_files": 1, "added": 1, "dropped": 0, "reopened": 0, "newly_met": 0},
    "files": [EFFECT],
}
TYPED = {
    "title": "Mesa drug screen",
    "level": "facility",
    "source": "contract",
    "effective_from": "2030-01-07",
    "when_facility": FACILITY,
    "when_state": "CO, NM",
    "require": "DRUG-10 window_before_start=30",
}
PATH = "/credentialing/rules/facility-mesa"


class Rulebook:
    """Keeps what it was asked; `findings` are what it refuses with."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.findings: list[dict[str, str]] = []
        self.app = FastAPI()
        self.app.get("/v1/rules")(self._listed)
        self.app.get("/v1/rules/facility-mesa")(self._one)
        self.app.post("/v1/rules/{rule_id}:preview")(self._preview)
        self.app.put("/v1/rules/{rule_id}")(self._write)

    def services(self) -> Services:
        """The portal's way to it."""
        return services_at(self.app)

    async def _listed(self, request: Request) -> dict[str, Any]:
        self.asked.append(dict(request.query_params))
        return {"on": "2030-01-07", "rule_set": 7, "items": [RULE]}

    async def _one(self) -> JSONResponse:
        body = {"rule_id": "facility-mesa", "versions": [{**RULE, "version": 1, "is_shipped": True}, RULE]}
        return JSONResponse(body, headers={"ETag": '"2"'})

    async def _preview(self, rule_id: str, request: Request) -> JSONResponse:
        self.asked.append({"preview": rule_id, **await request.json()})
        return self._answer(PREVIEW)

    async def _write(self, rule_id: str, request: Request) -> JSONResponse:
        self.asked.append({"write": rule_id, "if_match": request.headers.get("if-match")})
        return self._answer(RULE)

    def _answer(self, body: dict[str, Any]) -> JSONResponse:
        if not self.findings:
            return JSONResponse(body)
        refused = {"code": "invalid", "title": "Invalid", "detail": "", "errors": self.findings}
        return JSONResponse(refused, 422, media_type="application/problem+json")


@pytest.fixture
def rulebook() -> Rulebook:
    return Rulebook()


@pytest.fixture
def credentialing(rulebook: Rulebook) -> Rulebook:
    return rulebook


async def test_the_list_says_who_asks_what_of_whom(lead, rulebook):
    row = (await lead.open("/credentialing/rules?level=facility&code=drug-10")).one("tr", id="rule-facility-mesa").text

    assert "Mesa <i>drug</i> screen contract, exhibit B Facility own" in row
    assert "facility Prairie Lake Hospital; state CO DRUG-10" in row
    assert rulebook.asked == [{"level": "facility", "code": "DRUG-10"}]


async def test_a_rule_opens_in_its_editor_with_its_versions(lead):
    page = await lead.open(PATH)

    assert page.one("textarea", id="f-require").text == "DRUG-10 window_before_start=30"
    assert page.one("input", name="version").get("value") == "2"
    assert len(page.one("table", id="versions-table").all("tr")) == 3


async def test_what_it_would_change_is_shown_before_it_is_written(lead, rulebook):
    answer = await lead.send(PATH, is_htmx=False, idempotency_key="k-0123456789abcdef", do="preview", **TYPED)

    effects = page_of(answer).one("section", id="effects").text
    assert "1 open file of 40 would change; 1 of them cleared now; 1 asked in addition" in effects
    assert "Ines Calloway" in effects
    [asked] = rulebook.asked
    assert asked["preview"] == "facility-mesa"
    assert asked["when"] == {"facility": [FACILITY], "state": ["CO", "NM"]}
    assert asked["require"] == {"DRUG-10": {"window_before_start": 30}}
    assert page_of(answer).one("input", id="f-title").get("value") == "Mesa drug screen"


async def test_it_is_written_with_the_version_that_was_seen(lead, rulebook):
    answer = await lead.send(
        PATH, is_htmx=False, idempotency_key="k-0123456789abcdef", version="2", do="write", **TYPED
    )

    assert (answer.status_code, answer.headers["location"]) == (303, PATH)
    assert rulebook.asked == [{"write": "facility-mesa", "if_match": '"2"'}]


async def test_a_new_rule_is_named_after_its_level_and_title(lead, rulebook):
    sent = {"is_htmx": False, "idempotency_key": "k-0123456789abcdef", "version": "0", "do": "write", **TYPED}

    answer = await lead.send("/credentialing/rules/new", **sent)

    assert answer.headers["location"] == "/credentialing/rules/facility-mesa-drug-screen"
    assert rulebook.asked == [{"write": "facility-mesa-drug-screen", "if_match": '"0"'}]


async def test_what_is_wrong_comes_back_at_its_field_with_all_that_was_typed(lead, rulebook):
    sent = {"is_htmx": False, "idempotency_key": "k-0123456789abcdef", "do": "preview"}
    rulebook.findings = [
        {"pointer": "/require/DRUG-10/mode", "code": "x", "message": "Write strict or renew_by."},
        {"pointer": "/when/state", "code": "x", "message": "Not a state."},
    ]
    refused = page_of(await lead.send(PATH, **sent, **TYPED))
    unread = await lead.send(PATH, **sent, **{**TYPED, "require": "DRUG-10 thirty"})

    assert "DRUG-10 mode: Write strict or renew_by." in refused.one("p", id="f-require-error").text
    assert "Not a state." in refused.one("p", id="f-when_state-error").text
    assert refused.one("input", id="f-when_state").get("value") == "CO, NM"
    assert unread.status_code == 422
    assert "Line 1: “thirty” is no value" in page_of(unread).text
    assert len(rulebook.asked) == 1


async def test_only_leads_write(lead):
    specialist = lead.as_("credentialing_specialist")

    assert "A lead writes rules." in (await specialist.open(PATH)).text
    assert (await specialist.send(PATH, do="write", **TYPED)).status_code == 403
