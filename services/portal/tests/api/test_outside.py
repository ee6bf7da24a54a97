"""The pages of somebody outside: asked by a link without an account, answered once, refused in words."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from portal import main
from portal.clients.services import Services
from portal.settings import Settings
from services.portal.tests.api.pages import Node, page_of
from shared.contracts.identity import SettingsChanged
from shared.runtime.definition import Service
from shared.testing.api import Api
from shared.testing.house import House

PAGE, ANSWER, THANKS = "/l/outside", "/l/outside/answer", "/l/outside/thanks"
SECRET = "fs_outside_of_a_test_that_is_long"
QUESTIONS = [
    {"name": "supervised", "words": "Did you?", "shape": "choice", "is_required": True, "choices": ["yes", "no"]},
    {"name": "from", "words": "First day", "shape": "day", "is_required": True, "choices": []},
    {"name": "remarks", "words": "Anything <else>", "shape": "text", "is_required": False, "choices": []},
]
OPENED = {
    "kind": "supervisor",
    "clinician": "Ana <b>Example</b>",
    "claimed": "ICU, 2021 to 2023",
    "expires_on": "2026-02-05",
    "questions": QUESTIONS,
}
GOOD = {"answer_supervised": "yes", "answer_from": "2021-03-01", "answer_remarks": ""}
MISSING = {"pointer": "/answers/from", "code": "answer_missing", "message": "Answer this: First day."}


class Credentialing:
    """Opens and answers one request; `trouble` is (status, code, findings) of every answer, `is_away` of nothing."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.trouble: tuple[int, str, list[dict[str, str]]] | None = None
        self.is_away = False
        self.app = FastAPI()
        self.app.post("/v1/outside-requests:open")(self._open)
        self.app.post("/v1/outside-requests:answer")(self._answer)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if self.is_away:
            raise httpx.ConnectError("nobody listens")
        await self.app(scope, receive, send)

    async def _open(self, request: Request) -> JSONResponse:
        said = await request.json()
        return JSONResponse(OPENED) if said["secret"] == SECRET else _problem(404, "outside_link_invalid", [])

    async def _answer(self, request: Request) -> JSONResponse:
        self.heard.append(await request.json())
        return _problem(*self.trouble) if self.trouble else JSONResponse({"state": "answered"})


def _problem(status: int, code: str, errors: list[dict[str, str]]) -> JSONResponse:
    return JSONResponse({"title": code, "detail": f"It says {code}.", "code": code, "errors": errors}, status)


@pytest.fixture
def credentialing() -> Credentialing:
    return Credentialing()


@pytest.fixture
def definition(environment: dict[str, Any], credentialing: Credentialing) -> Service:
    transports = {"credentialing": httpx.ASGITransport(app=credentialing)}
    services = Services({"credentialing": "http://credentialing.test"}, transports=transports)
    return main.service(Settings(**{**environment, "rate_limit_unknown_per_minute": 30}), services=services)


@pytest.fixture
async def post(house: House, api: Api, definition: Service):
    """Sends a form as the browser of somebody without an account does."""
    await house.say(
        SettingsChanged(settings_id="agency", agency_name="Harbor Staffing", calendars=(), service_levels=())
    )

    async def sent(path: str, *, token: str = SECRET, **fields: str) -> httpx.Response:
        headers = {"Sec-Fetch-Site": "same-origin"}
        return await api.client.post(path, data={"token": token, **fields}, headers=headers)

    return sent


def _field(page: Node, name: str) -> Node:
    return page.all(name=name)[0]


async def test_the_page_says_who_asks_about_whom_and_why_and_asks_each_question(post):
    page = page_of(await post(PAGE))

    assert page.one("h1").text == "A reference for Ana <b>Example</b>"
    assert "Harbor Staffing is about to place Ana <b>Example</b> with a hospital or clinic" in page.text
    assert "supervised their work" in page.text
    assert "ICU, 2021 to 2023" in page.text
    assert "good through Wednesday, 4 February 2026" in page.text
    assert [one.get("value") for one in page.all("input", name="answer_supervised")] == ["yes", "no"]
    assert _field(page, "answer_from").get("type") == "date"
    assert _field(page, "answer_remarks").tag == "textarea"
    assert "Anything <else> optional" in page.text


async def test_the_secret_goes_on_in_the_body_alone(post, api):
    answer = await post(PAGE, token=f"https://portal.example/l/outside#{SECRET}")
    page = page_of(answer)

    assert page.one("input", name="token").get("value") == SECRET
    addresses = [one.get("href") or one.get("action") or "" for one in page.all()]
    assert not [one for one in addresses if SECRET in one]
    assert answer.headers["cache-control"] == "no-store"


async def test_the_page_that_opens_links_opens_these_too(post):
    assert page_of(await post("/l")).one("h1").text == "A reference for Ana <b>Example</b>"


async def test_answers_go_on_and_what_was_left_empty_does_not(post, api, credentialing):
    sent = await post(ANSWER, do="answer", **GOOD)

    assert (sent.status_code, sent.headers["location"]) == (303, THANKS)
    answers = {"supervised": "yes", "from": "2021-03-01"}
    assert credentialing.heard == [{"secret": SECRET, "answers": answers}]
    assert "nothing left for you to do" in page_of(await api.client.get(THANKS)).text


async def test_somebody_may_decline_and_say_why(post, api, credentialing):
    sent = await post(ANSWER, do="decline", because="I do not give references.", **GOOD)

    assert credentialing.heard == [{"secret": SECRET, "declines": True, "because": "I do not give references."}]
    assert "says nothing about the clinician" in page_of(await api.client.get(sent.headers["location"])).text


async def test_what_is_wrong_stands_at_its_question_and_what_was_typed_stays(post, credentialing):
    credentialing.trouble = (422, "invalid", [MISSING])
    answer = await post(ANSWER, do="answer", answer_supervised="no", answer_remarks="She was <fine>", because="x")
    page = page_of(answer)

    assert answer.status_code == 422
    summary = page.one("div", class_="error-summary")
    assert [(one.get("href"), one.text) for one in summary.all("a")] == [("#f-answer_from", "First day: answer this.")]
    assert _field(page, "answer_from").get("aria-invalid") == "true"
    ticked = [one.get("value") for one in page.all("input", name="answer_supervised") if "checked" in one.attributes]
    assert ticked == ["no"]
    assert _field(page, "answer_remarks").text == "She was <fine>"
    assert "open" in page.one("details").attributes


async def test_a_link_that_opens_nothing_says_what_to_do(post):
    for token in ("fs_outside_of_nothing_at_all_here", "", "x" * 300):
        answer = await post(PAGE, token=token)
        assert answer.status_code == 404
        assert "ask for another link" in page_of(answer).text


async def test_guesses_are_counted_and_held_back(post):
    answers = [await post(PAGE, token=f"fs_outside_guess_{number:020}") for number in range(40)]

    assert answers[0].status_code == 404
    assert answers[-1].status_code == 429
    assert (await post(PAGE)).status_code == 200, "a link that opens something is not held back"


async def test_another_answer_is_refused_in_words(post, credentialing):
    credentialing.trouble = (409, "outside_answer_changed", [])
    answer = await post(ANSWER, do="answer", **GOOD)

    assert answer.status_code == 409
    assert "Your first answer stands" in page_of(answer).text


async def test_nothing_is_lost_while_credentialing_is_away(post, credentialing):
    credentialing.is_away = True
    page = page_of(await post(ANSWER, do="answer", answer_supervised="yes", answer_remarks="Long <text>"))

    assert "Credentialing does not answer" in page.text
    form = page.one("form")
    kept = {one.get("name"): one.get("value") for one in form.all("input", type="hidden")}
    assert (form.get("action"), kept) == (
        ANSWER,
        {"token": SECRET, "do": "answer", "answer_supervised": "yes", "answer_remarks": "Long <text>"},
    )


async def test_another_site_cannot_answer(api):
    headers = {"Origin": "https://elsewhere.example"}
    for path in (PAGE, ANSWER):
        assert (await api.client.post(path, data={"token": SECRET}, headers=headers)).status_code == 403
