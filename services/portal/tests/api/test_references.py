"""Whom we asked outside: the list, asking somebody, the link shown once, and judging an answer."""

from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from portal import main
from portal.clients.services import Services
from portal.settings import Settings
from services.portal.tests.api.pages import Browser, Node, page_of
from services.portal.tests.builders import a_client, a_clinician, a_facility, a_person, an_offer
from shared.runtime.definition import Service
from shared.testing.api import Api, Issuer
from shared.testing.house import House

PAGE = "/assignments/asg_1/references"
ONE = f"{PAGE}/out_1"
ITEM = {"code": "REF-2", "name": "Two <b>references</b>", "status": "missing", "is_met": False}
SECRET = "fs_outside_secret_of_a_test"
ASKED = {"about": "supervisor:REF-2", "name": "Rosa Keller", "email": "rosa@example.org", "claimed": "ICU, 2021"}


def a_request(**changes: Any) -> dict[str, Any]:
    """One that was just sent."""
    usual: dict[str, Any] = {
        "request_id": "out_1",
        "clinician_id": "cln_1",
        "code": "REF-2",
        "kind": "supervisor",
        "state": "asked",
        "asked_by": "per_1",
        "asked_on": "2026-01-05",
        "due_on": "2026-01-08",
        "expires_on": "2026-02-05",
        "reminded_on": [],
        "ended_on": None,
        "counts": None,
        "waits_for_judgement": False,
    }
    return usual | changes


def an_answered(**changes: Any) -> dict[str, Any]:
    ended = {"state": "answered", "due_on": None, "ended_on": "2026-01-06"}
    return a_request(**ended, waits_for_judgement=True) | changes


WHOLE = {
    "name": "Rosa <i>Keller</i>",
    "email": "rosa@example.org",
    "claimed": "ICU, 2021",
    "answers": None,
    "judged_by": None,
    "judged_because": None,
}
AGAINST = {"supervised": "yes", "clinical_skill": "2", "concerns": "no", "remarks": "<Slow>"}


class Credentialing:
    """Has these requests, and keeps what was done to them; `refusal` is (status, code, findings) of every command."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = [a_request()]
        self.answers: dict[str, str] | None = None
        self.names: dict[str, str | None] = {}
        self.opened: list[str] = []
        self.done: list[dict[str, Any]] = []
        self.refusal: tuple[int, str, list[dict[str, str]]] | None = None
        self.secret: str | None = SECRET
        self.app = FastAPI()
        self.app.get("/v1/files")(self._files)
        self.app.get("/v1/files/fil_1")(self._file)
        self.app.get("/v1/clinicians/{clinician_id}/outside-requests")(self._listed)
        self.app.post("/v1/clinicians/{clinician_id}/outside-requests")(self._ask)
        self.app.get("/v1/outside-requests/{request_id}")(self._one)
        self.app.post("/v1/outside-requests/{command}")(self._act)

    async def _files(self) -> dict[str, Any]:
        return {"items": [{"file_id": "fil_1"}]}

    async def _file(self) -> dict[str, Any]:
        return {"file_id": "fil_1", "items": [ITEM, {"status": "missing"}]}

    async def _listed(self, clinician_id: str) -> dict[str, Any]:
        return {"items": self.requests}

    async def _one(self, request_id: str, opens_answer: bool = True) -> JSONResponse:
        self.opened += [request_id] if opens_answer else []
        found = next(one for one in self.requests if one["request_id"] == request_id)
        name = self.names.get(request_id, WHOLE["name"])
        whole = {**found, **WHOLE, "name": name, "answers": self.answers if opens_answer else None}
        return JSONResponse(whole, headers={"ETag": '"3"'})

    async def _ask(self, clinician_id: str, request: Request) -> JSONResponse:
        return await self._answered("ask", request, clinician_id=clinician_id)

    async def _act(self, command: str, request: Request) -> JSONResponse:
        return await self._answered(command, request, version=request.headers.get("if-match"))

    async def _answered(self, command: str, request: Request, **more: Any) -> JSONResponse:
        self.done.append({"command": command, "body": await request.json(), **more})
        if self.refusal:
            status, code, errors = self.refusal
            return JSONResponse({"title": code, "detail": f"It says {code}.", "code": code, "errors": errors}, status)
        return JSONResponse({**a_request(), "secret": self.secret}, 201)


@pytest.fixture
def credentialing() -> Credentialing:
    return Credentialing()


@pytest.fixture
def definition(environment: dict[str, Any], credentialing: Credentialing) -> Service:
    transports = {"credentialing": httpx.ASGITransport(app=credentialing.app)}
    services = Services({"credentialing": "http://credentialing.test"}, transports=transports)
    return main.service(Settings(**environment, portal_address="https://portal.example"), services=services)


@pytest.fixture
async def browser(house: House, api: Api, issuer: Issuer) -> Browser:
    await house.say(a_facility(), a_clinician(), a_client(), an_offer(), a_person())
    return Browser(api.client, issuer, role="credentialing_specialist")


def _row(page: Node, request_id: str) -> str:
    return page.one("tr", id=request_id).text


async def test_the_list_says_whom_about_what_how_far_and_what_comes_next(browser, credentialing):
    reminded = a_request(request_id="out_2", state="reminded", reminded_on=["2026-01-08"], due_on="2026-01-15")
    last = a_request(request_id="out_3", state="reminded", reminded_on=["2026-01-08"] * 4, due_on="2026-02-05")
    credentialing.requests += [reminded, last, an_answered(request_id="out_4"), an_answered(request_id="out_5")]
    credentialing.names |= {"out_4": "Tom Vale", "out_5": None}
    page = await browser.open(PAGE)

    assert _row(page, "out_1") == (
        "Rosa <i>Keller</i> Supervisor Two <b>references</b> Asked Mon 5 Jan 2026 Next reminder Thu 8 Jan 2026"
    )
    assert "Reminder 1 due" in _row(page, "out_2")
    assert "Reminder 4 due" in _row(page, "out_3")
    assert "Expires Thu 5 Feb" in _row(page, "out_3")
    assert _row(page, "out_4").startswith("Tom Vale Supervisor Two")
    assert "Answered To be judged" in _row(page, "out_4")
    assert _row(page, "out_5").startswith("Supervisor Two"), "erased, or not shown to this reader"
    assert credentialing.opened == [], "a list opens no answer, for that is noted"


async def test_it_says_what_the_answers_come_to(browser, credentialing):
    credentialing.requests = [an_answered(counts=True, waits_for_judgement=False)]
    page = await browser.open(PAGE)

    assert page.one("li", id="tally-REF-2").text == "Two <b>references</b> Missing 1 answer counts, 2 needed"
    assert "Counts" in _row(page, "out_1")


async def test_somebody_is_asked_and_the_link_is_shown_with_a_mail_to_write(browser, credentialing):
    answer = await browser.send(PAGE, is_htmx=False, idempotency_key="k1", **ASKED)
    page = page_of(answer)

    said = {"kind": "supervisor", "code": "REF-2", "name": "Rosa Keller"}
    body = {**said, "email": "rosa@example.org", "claimed": "ICU, 2021"}
    assert credentialing.done == [{"command": "ask", "body": body, "clinician_id": "cln_1"}]
    link = page.one("input", id="made-link").get("value")
    assert link == f"https://portal.example/l/outside#{SECRET}"
    mail = unquote(page.one("section", id="made").all("a")[0].get("href") or "")
    assert mail.startswith("mailto:rosa@example.org?subject=A few questions about ")
    assert link in mail
    assert "Dear Rosa Keller" in mail
    assert "good through Wednesday, 4 February 2026" in mail
    assert page.one("input", id="f-name").get("value") == "", "the next one is asked with an empty form"


async def test_a_link_that_was_shown_before_is_not_shown_again(browser, credentialing):
    credentialing.secret = None
    page = page_of(await browser.send(PAGE, is_htmx=False, idempotency_key="k1", **ASKED))

    assert "shown once and is not kept" in page.one("section", id="made").text
    assert not page.all("input", id="made-link")


async def test_a_form_that_lacks_something_comes_back_with_what_was_typed(browser, credentialing):
    answer = await browser.send(PAGE, is_htmx=False, idempotency_key="k1", **{**ASKED, "about": "", "name": ""})
    page = page_of(answer)

    assert (answer.status_code, credentialing.done) == (422, [])
    assert len(page.one("div", class_="error-summary").all("li")) == 2
    assert page.one("select", id="f-about").get("aria-invalid") == "true"
    assert page.one("input", id="f-email").get("value") == "rosa@example.org"


async def test_a_refusal_stands_at_its_field(browser, credentialing):
    fault = {"pointer": "/email", "code": "invalid", "message": "This is no address."}
    credentialing.refusal = (422, "invalid_request", [fault])
    answer = await browser.send(PAGE, is_htmx=False, idempotency_key="k1", **ASKED)

    assert answer.status_code == 422
    assert "This is no address." in page_of(answer).one("p", id="f-email-error").text


async def test_one_request_shows_its_answer_and_what_speaks_against(browser, credentialing):
    credentialing.requests, credentialing.answers = [an_answered()], AGAINST
    page = await browser.open(ONE)

    assert page.one("h1").text == "Rosa <i>Keller</i>"
    answers = page.one("section", id="answer").one("dl").all("div")
    pairs = [(one.one("dt").text, one.one("dd").text) for one in answers]
    assert ("Clinical skill", "2 speaks against") in pairs
    assert ("Knows of a risk to patients", "No") in pairs
    assert ("Anything else", "<Slow>") in pairs
    assert "Asked by Tomas Okafor-Lind" in page.one("section", id="request").text


async def test_an_answer_that_is_not_this_readers_is_not_shown(browser, credentialing):
    credentialing.requests = [an_answered()]

    assert "may read this part of the file" in (await browser.open(ONE)).one("section", id="answer").text


async def test_an_answer_is_judged_with_a_reason(browser, credentialing):
    credentialing.requests = [an_answered()]
    empty = await browser.send(ONE, is_htmx=False, do="judge", counts="no", because="", idempotency_key="k")
    assert (empty.status_code, credentialing.done) == (422, [])
    assert page_of(empty).one("p", id="f-because-error").text == "Error: Write why."

    done = await browser.send(
        ONE, is_htmx=False, do="judge", counts="no", because="Called her.", version="3", idempotency_key="k"
    )
    assert (done.status_code, done.headers["location"]) == (303, ONE)
    body = {"counts": False, "because": "Called her."}
    assert credentialing.done == [{"command": "out_1:judge", "body": body, "version": '"3"'}]


async def test_another_link_is_made_and_a_request_taken_back(browser, credentialing):
    renewed = page_of(await browser.send(ONE, is_htmx=False, do="renew-link", version="3", idempotency_key="k1"))
    taken = await browser.send(ONE, is_htmx=False, do="withdraw", version="3", idempotency_key="k2")

    assert (renewed.one("input", id="made-link").get("value") or "").endswith(f"#{SECRET}")
    assert (taken.status_code, taken.headers["location"]) == (303, ONE)
    assert [one["command"] for one in credentialing.done] == ["out_1:renew-link", "out_1:withdraw"]


async def test_what_credentialing_refuses_is_said(browser, credentialing):
    credentialing.refusal = (409, "outside_request_over", [])
    page = page_of(await browser.send(ONE, is_htmx=False, do="withdraw", version="3", idempotency_key="k"))

    assert "It says outside_request_over." in page.text


async def test_a_request_about_somebody_else_is_not_there(browser, credentialing):
    credentialing.requests = [a_request(clinician_id="cln_2")]

    assert (await browser.get(ONE)).status_code == 404
    sent = await browser.send(ONE, do="withdraw", idempotency_key="k")
    assert (sent.status_code, credentialing.done) == (404, [])


async def test_only_who_works_with_files_sees_whom_we_asked(browser):
    coordinator = browser.as_("coordinator")

    assert (await coordinator.get(PAGE)).status_code == 403
    assert (await coordinator.send(PAGE, idempotency_key="k", **ASKED)).status_code == 403
