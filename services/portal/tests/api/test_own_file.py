"""The clinician's own page: what is left of their file, a file sent from a telephone, and what became of it."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from portal.clients.services import Services
from services.portal.tests.api.answering import services_at
from services.portal.tests.api.pages import Browser, Node, page_of
from services.portal.tests.builders import a_blocker, a_clinician, a_facility, a_workstream, an_offer, some_terms
from shared.testing.api import Api, Issuer
from shared.testing.house import House

START = "/l/own"
OWN = "/l/own/asg_1"
HOSTILE = '<script>alert("1")</script> & Sons'


def an_item(code: str = "CERT-BLS", **overrides: Any) -> dict[str, Any]:
    """The Basic Life Support card, of which nothing came in yet."""
    valid: dict[str, Any] = {
        "code": code,
        "name": "Basic Life Support",
        "status": "missing",
        "is_met": False,
        "waits_for": "clinician",
        "owner": "clinician",
        "partition": "personnel",
        "due_on": "2025-12-12",
        "lack": "not_presented",
        "confirmed_by": "source",
    }
    return valid | overrides


def a_document(code: str = "CERT-BLS", **overrides: Any) -> dict[str, Any]:
    valid: dict[str, Any] = {
        "document_id": "doc_1",
        "code": code,
        "status": "ready",
        "refused_because": None,
        "replaced_by": None,
        "uploaded_at": "2025-12-01T15:00:00Z",
    }
    return valid | overrides


def a_claim(**overrides: Any) -> dict[str, Any]:
    return {"document_id": None, "received_on": "2025-11-20", "rejected_because": None, **overrides}


class Credentialing:
    """Has these items, documents and claims, and keeps what it was sent; `answer` is what it says to a file."""

    def __init__(self) -> None:
        self.items: list[dict[str, Any]] = []
        self.documents: list[dict[str, Any]] = []
        self.claims: dict[str, list[dict[str, Any]]] = {}
        self.answer: tuple[int, dict[str, Any]] = (201, a_document())
        self.is_away = False
        self.asked: list[str] = []
        self.sent: list[dict[str, Any]] = []
        self.app = FastAPI()
        self.app.get("/v1/files")(self._files)
        self.app.get("/v1/files/fil_1")(self._file)
        self.app.get("/v1/files/fil_1/items/{code}")(self._item)
        self.app.get("/v1/clinicians/{clinician_id}/documents")(self._documents)
        self.app.post("/v1/clinicians/{clinician_id}/documents")(self._upload)

    def services(self) -> Services:
        """The portal's way to it."""
        return services_at(self)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if self.is_away:
            raise httpx.ConnectError("nobody listens")
        await self.app(scope, receive, send)

    async def _files(self, assignment_id: str) -> dict[str, Any]:
        self.asked.append(assignment_id)
        return {"items": [{"file_id": "fil_1"}]}

    async def _file(self) -> dict[str, Any]:
        return {"file_id": "fil_1", "items": self.items}

    async def _item(self, code: str) -> dict[str, Any]:
        return {"claims": self.claims.get(code, [])}

    async def _documents(self, clinician_id: str) -> dict[str, Any]:
        self.asked.append(clinician_id)
        return {"items": self.documents}

    async def _upload(self, clinician_id: str, request: Request) -> JSONResponse:
        kind, name = request.headers["content-type"], request.headers["file-name"]
        sent = {"code": request.query_params.get("code"), "body": await request.body()}
        self.sent.append({"clinician_id": clinician_id, "kind": kind, "name": name, **sent})
        return JSONResponse(self.answer[1], self.answer[0])


@pytest.fixture
def credentialing() -> Credentialing:
    return Credentialing()


@pytest.fixture
async def browser(house: House, api: Api, issuer: Issuer) -> Browser:
    """The clinician of asg_1, whom a link let in; asg_2 is somebody else's."""
    bls = a_blocker(code="CERT-BLS:missing", owner="clinician")
    pay = a_blocker(code="w4_missing", owner="clinician")
    await house.say(
        a_facility(),
        a_clinician(),
        a_clinician(clinician_id="cln_2", source_reference="C-2", name="Jon Abara"),
        an_offer(),
        an_offer(assignment_id="asg_2", source_reference="O-2", clinician_id="cln_2"),
    )
    await house.say(a_workstream(blockers=(bls,)), publisher="credentialing")
    await house.say(a_workstream(blockers=(pay,)), publisher="payroll")
    return Browser(api.client, issuer, role="clinician", subject="lnk_1", claims={"clinician_id": "cln_1"})


@pytest.fixture
def send(browser: Browser) -> Callable[..., Any]:
    """Sends a chosen file as a telephone does."""

    async def sent(content: bytes, name: str = "card.jpg", to: str = OWN, code: str = "CERT-BLS") -> httpx.Response:
        files = {"file": (name, content, "image/jpeg")}
        return await browser.client.post(to, files=files, data={"code": code}, headers=browser._headers(False))

    return sent


def papers(page: Node, part: str) -> list[str]:
    """The items of a part of the page, as they are read out."""
    return [one.text for one in page.all("li", data_paper=part)]


async def test_what_is_left_stands_by_its_day_with_a_button_for_each_also_of_confidential_parts(browser, credentialing):
    credentialing.items = [
        an_item("HLT-TB", name="TB test", partition="health", due_on="2025-12-20", lack="too_old_for_start"),
        an_item("LIC-RN", name="Nurse licence", due_on="2025-11-28", lack=None, status="due_later"),
        an_item(),
    ]
    page = await browser.open(OWN)

    late, card, test = papers(page, "left")
    assert late.startswith("Nurse licence Was due Friday, 28 November 2025")
    assert card.startswith("Basic Life Support By Friday, 12 December 2025")
    assert test.startswith("TB test What we have is too old for your first day. By Saturday, 20 December 2025")
    chosen = page.one("input", id="f-HLT-TB")
    assert chosen.get("accept") == "image/jpeg,image/png,image/heic,image/tiff,application/pdf"
    assert chosen.get("capture") is None
    assert page.one("label", for_="f-HLT-TB").text == "Photo or PDF of TB test"
    form = next(one for one in page.all("form") if one.all("input", value="HLT-TB"))
    assert (form.get("method"), form.get("action")) == ("post", f"{OWN}#own-HLT-TB")
    assert form.get("enctype") == "multipart/form-data"
    assert form.one("button").get("aria-label") == "Send: TB test"


async def test_steps_of_other_departments_stay_and_the_files_own_are_said_once(browser, credentialing):
    credentialing.items = [an_item()]
    page = await browser.open(START)

    assert "We still need Form W-4." in page.text
    assert "We still need your Basic Life Support card." not in page.text
    assert "Your first day is Monday, 5 January 2026." in page.text
    assert credentialing.asked == ["asg_1", "cln_1"]


async def test_what_others_check_is_one_line_and_what_is_accepted_is_ticked_with_its_last_day(browser, credentialing):
    waits = {"waits_for": "source", "owner": "specialist", "lack": None}
    done = {"status": "verified", "is_met": True, "waits_for": None}
    credentialing.items = [
        an_item("EXC-OIG", name="OIG look-up", **waits),
        an_item("EXC-SAM", name="SAM look-up", **waits),
        an_item("CERT-ACLS", name="Advanced Life Support", valid_through="2027-01-31", **done),
        an_item("ID", name="Photo ID", **done),
        an_item("FIT", name="Fit test", status="waived", is_met=True, waits_for=None),
        an_item("FLU", name="Flu", status="not_asked", is_met=True, waits_for=None),
    ]
    page = await browser.open(OWN)

    assert "2 things are being checked by us." in page.text
    assert "OIG look-up" not in page.text
    assert "Flu" not in page.text
    ticked = [one.text for one in page.one("details").all("li")]
    assert len(page.one("details").all("svg", aria_label="Accepted")) == len(ticked)
    assert ticked == [
        "Advanced Life Support: good through Sunday, 31 January 2027",
        "Fit test: not asked of you",
        "Photo ID: has no last day",
    ]


async def test_a_file_goes_on_as_it_is_and_the_page_opens_at_its_item(send, credentialing):
    answer = await send(b"\xff\xd8\xff" + b"x" * 200_000, name="Karte für Inés.jpg")

    assert (answer.status_code, answer.headers["location"]) == (303, f"{OWN}#own-CERT-BLS")
    [sent] = credentialing.sent
    assert (sent["clinician_id"], sent["code"], len(sent["body"])) == ("cln_1", "CERT-BLS", 200_003)
    assert sent["kind"] == "application/octet-stream", "the content says what it is, not the telephone"
    assert sent["name"] == "Karte%20f%C3%BCr%20In%C3%A9s.jpg"


async def test_what_came_in_is_said_to_be_checked_with_its_issuer(browser, credentialing):
    credentialing.items = [
        an_item(),
        an_item("HLT-TB", name="TB test", confirmed_by="specialist"),
        an_item("LIC-RN", name="Nurse licence", status="received", waits_for="source", lack=None),
    ]
    credentialing.documents = [a_document(), a_document("HLT-TB", document_id="doc_2", status="checking")]
    page = await browser.open(OWN)

    assert papers(page, "left") == []
    card, test, licence = papers(page, "received")
    assert card.startswith(
        "Basic Life Support Received Received; we check it with its issuer. Send another one instead"
    )
    assert test.startswith("TB test Being looked into Received; we check it. Send another one instead")
    assert licence == "Nurse licence Being confirmed Received; we check it with its issuer."
    assert "being checked by us" not in page.text, "what is named is not counted once more"


async def test_a_refused_document_says_why_and_asks_for_another(browser, credentialing):
    credentialing.items = [an_item()]
    credentialing.documents = [
        a_document(document_id="doc_2", status="refused", refused_because="illegible"),
        a_document(),
    ]
    page = await browser.open(OWN)

    [card] = papers(page, "left")
    assert card.startswith("Basic Life Support Not accepted It cannot be read. Please send another one.")
    assert page.one("li", id="own-CERT-BLS").one("button").get("aria-label") == "Send another: Basic Life Support"


async def test_a_refused_claim_says_why_in_the_specialists_words_until_another_came_in(browser, credentialing):
    credentialing.items = [an_item(status="rejected", lack=None, credential_id="crd_1")]
    credentialing.claims = {"CERT-BLS": [a_claim(document_id="doc_1", rejected_because=f"It names {HOSTILE}.")]}
    credentialing.documents = [a_document()]
    refused = await browser.open(OWN)
    credentialing.documents = [a_document(document_id="doc_2"), a_document()]
    sent = await browser.open(OWN)

    [card] = papers(refused, "left")
    assert f"Not accepted It names {HOSTILE}. Please send another one." in card
    assert papers(refused, "received") == []
    assert papers(sent, "left") == []
    assert "Received; we check it with its issuer." in papers(sent, "received")[0]


async def test_a_document_from_before_the_claim_does_not_answer_what_is_wrong_with_it(browser, credentialing):
    credentialing.items = [an_item(lack="expires_before_end", credential_id="crd_1")]
    credentialing.claims = {"CERT-BLS": [a_claim(received_on="2025-12-01")]}
    credentialing.documents = [a_document(uploaded_at="2025-11-30T15:00:00Z")]
    page = await browser.open(OWN)

    assert "What we have runs out before your last day." in papers(page, "left")[0]


async def test_what_is_to_be_renewed_says_until_when_it_holds_and_when_shifts_stop(browser, credentialing):
    credentialing.items = [
        an_item(status="verified", is_met=True, valid_through="2026-02-28", blocks_shifts_from="2026-03-01", lack=None)
    ]
    page = await browser.open(OWN)

    [card] = papers(page, "left")
    assert "What we have is good through Saturday, 28 February 2026. Send the new one." in card
    assert "Without it, there are no shifts from Sunday, 1 March 2026 on." in card
    assert "What is accepted" not in page.text


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (415, "document_type_refused", "The file is a ZIP <archive>; a document is a PDF."),
        (422, "password_protected", "The PDF opens with a password only."),
        (422, "document_damaged", "The file is damaged."),
    ],
)
async def test_a_refusal_stands_above_the_button_in_credentialings_words(send, credentialing, status, code, words):
    credentialing.items = [an_item(), an_item("ID", name="Photo ID")]
    credentialing.answer = (status, {"code": code, "title": "No", "detail": words})
    refused = await send(b"PK")

    page = page_of(refused)
    assert refused.status_code == 422
    assert page.one("p", id="f-CERT-BLS-error").text == f"Error: {words}"
    assert page.one("input", id="f-CERT-BLS").get("aria-describedby") == "f-CERT-BLS-error"
    assert page.one("input", id="f-ID").get("aria-invalid") is None
    assert page.one("a", href="#f-CERT-BLS").text == words


async def test_a_file_that_is_too_large_is_refused_in_words_for_people(send, credentialing):
    credentialing.items = [an_item()]
    detail = "The body is larger than 26214400 bytes, the most that is accepted here."
    credentialing.answer = (413, {"code": "body_too_large", "title": "Too large", "detail": detail})
    refused = page_of(await send(b"x"))
    known = page_of(await send(b"x" * (25 * 1024 * 1024 + 1)))

    for page in (refused, known):
        assert "25 MB are taken" in page.one("p", id="f-CERT-BLS-error").text
        assert "26214400" not in page.text
    assert len(credentialing.sent) == 1


async def test_more_than_any_document_is_not_kept_and_said_on_the_page(send, credentialing):
    credentialing.items = [an_item()]
    answer = await send(b"x" * (40 * 1024 * 1024 + 1))

    assert answer.status_code == 422
    assert "25 MB are taken" in page_of(answer).text
    assert credentialing.sent == []


async def test_the_same_file_for_another_item_or_after_a_refusal_is_not_said_to_be_new(send, credentialing):
    credentialing.items = [an_item()]
    credentialing.answer = (200, a_document("CERT-ACLS"))
    other = await send(b"x")
    credentialing.answer = (200, a_document(status="refused", refused_because="wrong_person"))
    again = await send(b"x")

    assert "for something else, and we have it" in page_of(other).one("p", id="f-CERT-BLS-error").text
    assert "was not accepted. It names somebody else." in page_of(again).one("p", id="f-CERT-BLS-error").text


async def test_nothing_chosen_or_for_no_item_is_said_and_nothing_is_sent(send, credentialing):
    credentialing.items = [an_item()]
    nothing, nowhere = await send(b"", name=""), await send(b"x", code="../<b>")

    assert page_of(nothing).one("p", id="f-CERT-BLS-error").text == "Error: Choose a file first."
    assert "Choose the item that the file is for." in page_of(nowhere).text
    assert (nothing.status_code, nowhere.status_code, credentialing.sent) == (422, 422, [])


async def test_while_credentialing_is_away_the_page_says_so_and_the_rest_of_it_holds(browser, send, credentialing):
    credentialing.is_away = True
    page = await browser.open(OWN)
    sent = await send(b"x")

    assert "You cannot send documents at the moment" in page.text
    assert "We still need your Basic Life Support card." in page.text
    assert "We still need Form W-4." in page.text
    assert "Your first day is Monday, 5 January 2026." in page.text
    assert page.all("input", type="file") == []
    assert sent.status_code == 422
    assert "Credentialing does not answer." in page_of(sent).text


async def test_names_and_reasons_are_shown_as_they_are_written(browser, credentialing):
    credentialing.items = [
        an_item(name=HOSTILE, client_reason=HOSTILE),
        an_item("ID", name=HOSTILE, status="verified", is_met=True, waits_for=None),
        an_item("LIC-RN", name=HOSTILE, status="received", waits_for="source"),
    ]
    answer = await browser.get(OWN)
    page = await browser.open(OWN)

    assert "<script>alert" not in answer.text
    assert page.one("li", id="own-CERT-BLS").one("button").get("aria-label") == f"Send another: {HOSTILE}"
    assert f"The client did not take it: {HOSTILE}" in papers(page, "left")[0]
    assert papers(page, "received")[0].startswith(HOSTILE)
    assert HOSTILE in page.one("details").text


async def test_nobody_sends_or_sees_anything_for_somebody_elses_assignment(browser, send, credentialing):
    credentialing.items = [an_item()]
    seen = await browser.get("/l/own/asg_2")
    sent = await send(b"x", to="/l/own/asg_2")
    coordinator = browser.as_("coordinator")
    files = {"file": ("card.jpg", b"x", "image/jpeg")}
    as_other = await browser.client.post(OWN, files=files, data={"code": "ID"}, headers=coordinator._headers(False))

    assert (seen.status_code, sent.status_code, as_other.status_code) == (404, 404, 403)
    assert (credentialing.asked, credentialing.sent) == ([], [])


async def test_with_several_open_assignments_each_is_opened_to_send(browser, house, credentialing):
    credentialing.items = [an_item()]
    other = some_terms(facility_id="fac_2")
    await house.say(
        a_facility(facility_id="fac_2", source_reference="F-2", name="Harbor View"),
        an_offer(assignment_id="asg_3", source_reference="O-3", terms=other),
    )
    page = await browser.open(START)

    assert page.one("a", href="/l/own/asg_3").text == "Harbor View: send documents"
    assert (page.all("input", type="file"), credentialing.asked) == ([], [])
    assert papers(await browser.open("/l/own/asg_3"), "left") != []
