"""A clinician's documents: the list, an upload, a review beside what is recorded."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response

from portal.clients.services import Services
from services.portal.tests.api.answering import services_at
from services.portal.tests.api.pages import page_of

LIST = "/assignments/asg_1/documents"
ONE = f"{LIST}/doc_1"
DOCUMENT: dict[str, Any] = {
    "document_id": "doc_1",
    "partition": "personnel",
    "code": "CERT-BLS",
    "media_type": "application/pdf",
    "size": 183402,
    "sha256": "9f" * 32,
    "pages": 2,
    "status": "ready",
    "refused_because": None,
    "active": ["javascript"],
    "replaced_by": None,
    "uploaded_at": "2026-01-05T15:00:00Z",
    "source": "link",
    "file_name": "BLS <b>card</b>.pdf",
    "proposal": {
        "number": {"value": "245012345678", "words": "eCard Code: 245012345678", "confidence": "high"},
        "issued_on": None,
        "expires_on": {"value": "2027-01-31", "words": "Renew by 01/31/2027", "confidence": "low"},
        "name": None,
    },
}
CARD = {"code": "CERT-BLS", "name": "Basic Life Support", "is_met": False, "partition": "personnel"}
FILE = {"file_id": "fil_1", "items": [CARD, {"partition": "health", "is_met": True}]}
TYPED = {"code": "CERT-BLS", "number": "2450", "issued_on": "2025-01-05", "expires_on": "2027-01-31"}
KEY = {"idempotency_key": "k-0123456789abcdef"}


class Credentialing:
    """Keeps what it was asked and sent; `refusal` is what it answers to commands."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.refusal: tuple[int, dict[str, Any]] | None = None
        self.app = FastAPI()
        self.app.get("/v1/files")(self._files)
        self.app.get("/v1/files/fil_1")(self._file)
        self.app.get("/v1/clinicians/{clinician_id}/documents")(self._documents)
        self.app.post("/v1/clinicians/{clinician_id}/documents")(self._upload)
        self.app.get("/v1/documents/doc_1")(self._document)
        self.app.get("/v1/documents/doc_1/pages/1")(self._page)
        self.app.post("/v1/files/fil_1/items/{command}")(self._receive)

    def services(self) -> Services:
        """The portal's way to it."""
        return services_at(self.app)

    async def _files(self) -> dict[str, Any]:
        return {"items": [{"file_id": "fil_1"}]}

    async def _file(self) -> JSONResponse:
        return JSONResponse(FILE, headers={"ETag": '"7"'})

    async def _documents(self) -> dict[str, Any]:
        return {"items": [DOCUMENT]}

    async def _document(self) -> dict[str, Any]:
        return DOCUMENT

    async def _page(self) -> Response:
        return Response(b"\x89PNG", media_type="image/png")

    async def _upload(self, request: Request) -> JSONResponse:
        sent = {"query": dict(request.query_params), "body": await request.body()}
        named = {name: request.headers[name] for name in ("content-type", "file-name")}
        self.asked.append({**sent, **named})
        return self._answered(DOCUMENT)

    async def _receive(self, command: str, request: Request) -> JSONResponse:
        self.asked.append({"command": command, "if_match": request.headers.get("if-match"), **await request.json()})
        return self._answered(FILE)

    def _answered(self, body: dict[str, Any]) -> JSONResponse:
        return JSONResponse(self.refusal[1], self.refusal[0]) if self.refusal else JSONResponse(body)


@pytest.fixture
def credentialing() -> Credentialing:
    return Credentialing()


@pytest.fixture
def choose(browser):
    """Sends a chosen file as a browser does."""

    async def sent(content: bytes, name: str = "BLS card.pdf", **fields: str) -> httpx.Response:
        files = {"file": (name, content, "application/pdf")}
        answer: httpx.Response = await browser.client.post(
            LIST, files=files, data=fields, headers=browser._headers(False)
        )
        return answer

    return sent


async def test_the_list_shows_each_document_and_offers_the_items_that_are_open(browser):
    page = await browser.open(LIST)

    assert "CERT-BLS PDF, 2 pages Personnel Ready" in page.one("tr", id="doc_1").text
    options = [one.get("value") for one in page.one("select", id="f-code").all("option")]
    assert options == ["", "CERT-BLS"]


async def test_a_file_goes_on_to_credentialing_as_it_is_and_its_review_opens(choose, credentialing):
    answer = await choose(b"%PDF-1.7 " + b"x" * 200_000, name="Karte für Ana.pdf", code="CERT-BLS", partition="")

    assert (answer.status_code, answer.headers["location"]) == (303, ONE)
    [sent] = credentialing.asked
    assert sent["query"] == {"code": "CERT-BLS"}
    assert len(sent["body"]) == 200_009
    assert sent["content-type"] == "application/pdf"
    assert sent["file-name"] == "Karte%20f%C3%BCr%20Ana.pdf"


async def test_a_file_that_is_refused_is_said_at_its_field_and_what_was_chosen_stays(choose, credentialing):
    credentialing.refusal = (
        415,
        {"code": "document_type_refused", "title": "No", "detail": "The file is a ZIP <file>."},
    )

    refused = await choose(b"PK", code="CERT-BLS", partition="health")
    nothing = await choose(b"", name="")
    large = await choose(bytes(25 * 1024 * 1024 + 1))

    page = page_of(refused)
    assert [answer.status_code for answer in (refused, nothing, large)] == [422, 422, 422]
    assert page.one("p", id="f-file-error").text == "Error: The file is a ZIP <file>."
    assert page.one("input", id="f-file").get("aria-describedby") == "f-file-hint f-file-error"
    for name, value in (("code", "CERT-BLS"), ("partition", "health")):
        assert "selected" in page.one("select", id=f"f-{name}").one("option", value=value).attributes
    assert "Choose a file first." in page_of(nothing).one("p", id="f-file-error").text
    assert "25 MB are taken" in page_of(large).one("p", id="f-file-error").text
    assert len(credentialing.asked) == 1


async def test_silence_of_credentialing_is_said_above_the_form(choose, credentialing):
    credentialing.refusal = (503, {"code": "unavailable", "title": "Unavailable", "detail": "x"})

    page = page_of(await choose(b"%PDF-1.7"))

    assert page.all("p", id="f-file-error") == []
    assert "That was not done" in page.text


async def test_a_review_shows_pages_beside_what_was_read_and_is_filled_in(browser):
    page = await browser.open(ONE)

    assert [one.get("src") for one in page.all("img", loading="lazy")] == [
        "/documents/doc_1/pages/1",
        "/documents/doc_1/pages/2",
    ]
    assert "“Renew by 01/31/2027”" in page.one("section", id="proposed").text
    assert page.one("input", id="f-number").get("value") == "245012345678"
    assert page.one("input", id="f-expires_on").get("value") == "2027-01-31"
    assert "could act by itself (javascript)" in page.text
    assert "BLS <b>card</b>.pdf" in page.one("h1").text


async def test_what_a_person_read_is_recorded_for_the_item_with_the_document(browser, credentialing):
    answer = await browser.send(ONE, is_htmx=False, **KEY, **TYPED)

    assert (answer.status_code, answer.headers["location"]) == (303, "/assignments/asg_1/file/CERT-BLS")
    assert credentialing.asked == [
        {
            "command": "CERT-BLS:receive",
            "if_match": None,
            "number": "2450",
            "issued_on": "2025-01-05",
            "expires_on": "2027-01-31",
            "document_id": "doc_1",
        }
    ]


async def test_a_refusal_comes_back_at_its_field_and_keeps_what_was_typed(browser, credentialing):
    finding = {"pointer": "/issued_on", "code": "x", "message": "It is dated after today."}
    credentialing.refusal = (422, {"code": "invalid", "title": "Invalid", "errors": [finding]})
    refused = await browser.send(ONE, is_htmx=False, **KEY, **TYPED)
    chosen = await browser.send(ONE, is_htmx=False, **KEY, **{**TYPED, "code": ""})

    page = page_of(refused)
    assert refused.status_code == 422
    assert "It is dated after today." in page.one("p", id="f-issued_on-error").text
    assert page.one("input", id="f-number").get("value") == "2450"
    assert "Choose the item that it is for." in page_of(chosen).text


async def test_pages_come_as_pictures_that_may_do_nothing(browser):
    picture = await browser.get("/documents/doc_1/pages/1")

    assert picture.content == b"\x89PNG"
    assert picture.headers["content-security-policy"].startswith("sandbox")
    assert picture.headers["cache-control"] == "no-store"
    assert (await browser.get("/documents/doc_1/pages/2")).status_code == 404
