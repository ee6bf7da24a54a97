"""Packets of a file: what one would hold today, what was built, sent and said."""

from typing import Any

import pytest
from fastapi import FastAPI
from starlette.responses import Response

from portal.clients.services import Services
from services.portal.tests.api.answering import services_at

PAGE = "/assignments/asg_1/packets"
ITEM: dict[str, Any] = {
    "code": "CERT-BLS",
    "name": "Basic <b>Life</b> Support",
    "partition": "personnel",
    "handling": "enclosed",
    "valid_through": "2027-01-31",
    "papers": [{"pages": 2}, {"pages": 1}],
}
FINDING = {"pointer": "/items/CERT-ACLS", "code": "document_missing", "message": "Receive it with its document."}
PREVIEW = {"items": [ITEM], "findings": [FINDING], "to_follow": ["EMP-I9"]}
SENT = {
    "recipient": "Staffing office",
    "channel": "portal_upload",
    "reference": "UP-2",
    "sent_at": "2026-01-05T16:00:00Z",
}
REJECTED = {"code": "CERT-BLS", "verdict": "rejected", "reason": "No code."}
SAID = {
    "decided_by": "R. Alvarez",
    "verdict": None,
    "reason": None,
    "items": [REJECTED],
    "at": "2026-01-06T15:00:00Z",
}
PACKET: dict[str, Any] = {
    "packet_id": "pkt_1",
    "number": 1,
    "state": "rejected",
    "is_stale": True,
    "changed": ["CERT-BLS"],
    "due_on": "2026-01-26",
    "files": [{"name": "Credentials.pdf", "pages": 3}],
    "transmittals": [SENT],
    "decisions": [SAID],
    "faults": [],
}


class Credentialing:
    """Answers about the packets of one file."""

    def __init__(self) -> None:
        self.packets: list[dict[str, Any]] = [PACKET]
        self.app = FastAPI()
        self.app.get("/v1/files")(self._files)
        self.app.get("/v1/files/fil_1/packet-preview")(self._preview)
        self.app.get("/v1/files/fil_1/packets")(self._listed)
        self.app.get("/v1/files/fil_1/packets/pkt_1")(self._one)
        self.app.get("/v1/files/fil_1/packets/pkt_1/files/0/content")(self._content)

    def services(self) -> Services:
        """The portal's way to it."""
        return services_at(self.app)

    async def _files(self) -> dict[str, Any]:
        return {"items": [{"file_id": "fil_1"}]}

    async def _preview(self) -> dict[str, Any]:
        return PREVIEW

    async def _listed(self) -> dict[str, Any]:
        return {"items": self.packets}

    async def _one(self) -> dict[str, Any]:
        return PACKET

    async def _content(self) -> Response:
        return Response(b"%PDF-", media_type="application/pdf")


@pytest.fixture
def credentialing() -> Credentialing:
    return Credentialing()


async def test_it_shows_what_a_packet_would_hold_today_and_what_is_missing(browser):
    preview = (await browser.open(PAGE)).one("section", id="preview")

    assert "CERT-ACLS: Receive it with its document." in preview.text
    row = preview.one("table", id="preview-table").all("tr")[1].text
    assert row == "Basic <b>Life</b> Support CERT-BLS · Personnel Enclosed Sun 31 Jan 2027 3"
    assert "To follow after the start: EMP-I9" in preview.text
    build = preview.all("a", class_="button-primary")[0]
    assert "path=%2Fv1%2Ffiles%2Ffil_1%2Fpackets&" in (build.get("href") or "")


async def test_a_packet_says_where_it_went_what_was_said_and_what_is_next(browser):
    packet = (await browser.open(PAGE)).one("section", id="pkt_1").text

    assert "Rejected" in packet
    assert "Another by now: CERT-BLS" in packet
    assert "Sent to Staffing office, by portal upload, UP-2" in packet
    assert "R. Alvarez: CERT-BLS rejected: No code." in packet
    assert "Note what the client said" in packet


async def test_its_pdf_is_downloaded_and_never_shown(browser):
    href = (await browser.open(PAGE)).one("section", id="pkt_1").all("a")[0].get("href")

    assert href == f"{PAGE}/pkt_1/0"
    answer = await browser.get(href)
    assert answer.content == b"%PDF-"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert (await browser.get(f"{PAGE}/pkt_1/1")).status_code == 404


async def test_only_who_sends_packets_sees_them(browser):
    assert (await browser.as_("coordinator").get(PAGE)).status_code == 403
