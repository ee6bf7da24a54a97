"""Pages of documents as pictures."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from services.credentialing.tests.builders import some_facility, some_offer
from services.credentialing.tests.clients import papers
from shared.ids import new_uuid

DOCUMENTS = "/v1/clinicians/cln_ana/documents"
SPECIALIST = "credentialing_specialist"


@pytest.fixture
def upload(api, house):
    """Sends a file for Ana and gives its address."""

    async def sent(content: bytes, kind: str, partition: str = "personnel") -> str:
        await house.say(papers.ana(), some_facility(), some_offer())
        headers = {
            "Authorization": f"Bearer {api.issuer.token(SPECIALIST)}",
            "Idempotency-Key": str(new_uuid()),
            "Content-Type": kind,
        }
        answer = await api.client.post(DOCUMENTS, params={"partition": partition}, content=content, headers=headers)
        assert answer.status_code == 201, answer.text
        return str(answer.headers["location"])

    return sent


def drawn(answer: Any) -> Image.Image:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/png"
    return Image.open(BytesIO(answer.content))


async def test_a_page_of_a_pdf_is_drawn_as_wide_as_asked_and_is_not_blank(api, upload):
    place = await upload(papers.a_pdf(), "application/pdf")

    page = drawn(await api.get(f"{place}/pages/1?width=600", role=SPECIALIST))

    assert abs(page.width - 600) <= 1
    assert len(set(page.convert("L").tobytes())) > 10


async def test_a_picture_is_drawn_too_and_never_larger_than_it_is(api, upload):
    picture = BytesIO()
    Image.new("RGB", (300, 200), "navy").save(picture, "JPEG")
    place = await upload(picture.getvalue(), "image/jpeg")

    assert drawn(await api.get(f"{place}/pages/1?width=150", role=SPECIALIST)).size == (150, 100)
    assert drawn(await api.get(f"{place}/pages/1", role=SPECIALIST)).size == (300, 200)


async def test_a_photo_of_a_telephone_is_drawn_upright(api, upload):
    place = await upload(papers.a_heic(), "image/heic")

    page = drawn(await api.get(f"{place}/pages/1", role=SPECIALIST))

    assert page.size == (64, 96)
    red, _, blue = page.split()
    assert (red.getpixel((50, 10)), blue.getpixel((50, 10))) == (200, 30)
    assert (red.getpixel((10, 10)), blue.getpixel((50, 90))) == (255, 255)
    assert (await api.get(f"{place}/pages/2", role=SPECIALIST)).status_code == 404


async def test_a_page_that_is_not_there_is_not_found(api, upload):
    place = await upload(papers.a_pdf(), "application/pdf")

    missing = await api.get(f"{place}/pages/2", role=SPECIALIST)

    assert (missing.status_code, missing.json()["code"]) == (404, "page_not_drawn")


async def test_who_may_not_read_it_sees_no_picture_of_it_either(api, upload):
    place = await upload(papers.a_pdf(), "application/pdf", partition="health")

    assert (await api.get(f"{place}/pages/1", role="coordinator")).status_code == 403
    assert (await api.get(f"{place}/pages/1", role=SPECIALIST)).status_code == 200
