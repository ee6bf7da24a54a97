"""The program that puts packets together: what is left of a document, the same bytes for the same, no half packets."""

import json
import subprocess
import sys
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from credentialing.clients.inspection.pdf import inspect_pdf
from credentialing.domain.documents.inspection import Bounds
from services.credentialing.tests.clients.papers import a_heic, a_pdf, an_image, changed_pdf, locked_pdf, many_pages

PDF, JPEG, PNG, TIFF, HEIC = "application/pdf", "image/jpeg", "image/png", "image/tiff", "image/heic"
MEGABYTE = 1024 * 1024


def name(text: str) -> NameObject:
    return NameObject(text)


def numbers(*figures: float) -> ArrayObject:
    return ArrayObject(FloatObject(one) for one in figures)


def a_script() -> DictionaryObject:
    return DictionaryObject({name("/S"): name("/JavaScript"), name("/JS"): TextStringObject("app.beep()")})


def filled_form(*, flags: int = 4, turn: ArrayObject | None = None) -> bytes:
    """A card with a filled field, a link, scripts, an attachment, and notes about who made it."""

    def fill(writer: PdfWriter) -> None:
        font = {name("/Type"): name("/Font"), name("/Subtype"): name("/Type1"), name("/BaseFont"): name("/Helvetica")}
        fonts = DictionaryObject({name("/F0"): DictionaryObject(font)})
        look = DecodedStreamObject()
        look.set_data(b"BT /F0 12 Tf 2 2 Td (FILLED) Tj ET")
        look.update(
            {
                name("/Type"): name("/XObject"),
                name("/Subtype"): name("/Form"),
                name("/BBox"): numbers(0, 0, 100, 20),
                name("/Resources"): DictionaryObject({name("/Font"): fonts}),
                name("/PieceInfo"): DictionaryObject({name("/Maker"): TextStringObject("Jane at her desk")}),
                **({name("/Matrix"): turn} if turn else {}),
            }
        )
        field = DictionaryObject(
            {
                name("/Type"): name("/Annot"),
                name("/Subtype"): name("/Widget"),
                name("/F"): NumberObject(flags),
                name("/Rect"): numbers(100, 100, 300, 140),
                name("/AP"): DictionaryObject({name("/N"): writer._add_object(look)}),
                name("/AA"): DictionaryObject({name("/K"): a_script()}),
            }
        )
        page = writer.pages[0]
        page[name("/Annots")] = ArrayObject([writer._add_object(field)])
        page[name("/AA")] = DictionaryObject({name("/O"): a_script()})
        writer.add_attachment("secret.txt", b"an attachment")
        writer.add_metadata({"/Author": "Jane at her desk"})

    return changed_pdf(fill)


def assembled(*files: tuple[str, bytes], sheet: str | None = "cover", memory: int = 1536 * MEGABYTE) -> Any:
    """What the program answers and the PDFs that it made, one item a file; its exit code when it says nothing."""
    rows = [
        {"name": f"Item {n}", "how": "enclosed", "source": "–", "confirmed": "–", "valid": "–", "place": n}
        for n in range(len(files))
    ]
    data = {
        "title": "Credential packet",
        "agency": "Meadowlark #strong[Staffing]",
        "fields": [["Clinician", "Ana *Example* $x$"]],
        "rows": rows,
        "notes": ["Tested."],
    }
    items = [
        {"title": f"Item {n}", "papers": [{"media_type": kind, "size": len(content)}]}
        for n, (kind, content) in enumerate(files)
    ]
    volumes = [{"sheet": sheet, "data": data, "items": items}]
    asked = json.dumps({"memory_bytes": memory, "seconds": 60, "volumes": volumes}).encode()
    done = subprocess.run(
        [sys.executable, "-I", "-m", "credentialing.clients.assembly"],
        input=asked + b"\n" + b"".join(content for _, content in files),
        capture_output=True,
        check=False,
        env={},
    )
    if done.returncode:
        return done.returncode, None
    told, _, pdf = done.stdout.partition(b"\n")
    return json.loads(told), pdf


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def test_what_a_form_shows_stays_and_what_acts_is_attached_or_tells_of_its_maker_goes():
    told, pdf = assembled((PDF, filled_form()))
    page = read(pdf).pages[1]
    assert told["volumes"] == [{"size": len(pdf), "sha256": sha256(pdf).hexdigest(), "pages": 2}]
    assert "FILLED" in page.extract_text()
    assert "Basic Life Support" in page.extract_text()
    assert "/Annots" not in page
    assert "/AA" not in page
    assert inspect_pdf(pdf, Bounds()).active == ()
    assert not read(pdf).attachments
    whole = b"".join(one.get_object().__repr__().encode() for one in read(pdf).pages) + pdf
    for left in (b"JavaScript", b"Jane", b"secret.txt", b"an attachment", b"CreationDate", b"ModDate", b"Typst"):
        assert left not in whole
    assert read(pdf).metadata == {"/Title": "Credential packet", "/Producer": "Firstshift"}


def test_a_hidden_field_stays_hidden():
    _, pdf = assembled((PDF, filled_form(flags=2)))
    assert "FILLED" not in read(pdf).pages[1].extract_text()


def test_a_turned_look_comes_to_its_place():
    _, pdf = assembled((PDF, filled_form(turn=numbers(0, 1, -1, 0, 20, 0))))
    assert "FILLED" in read(pdf).pages[1].extract_text().replace("\n", "")


def test_the_same_files_give_the_same_bytes():
    files = ((PDF, a_pdf()), (JPEG, an_image("JPEG", (900, 600))), (PDF, filled_form()), (PDF, many_pages(2)))
    first, again = assembled(*files), assembled(*files)
    assert first == again
    other = assembled(files[1], files[0], *files[2:])
    assert other[0]["volumes"][0]["sha256"] != first[0]["volumes"][0]["sha256"]


def test_pages_are_labelled_bookmarked_and_listed_where_they_are():
    _, pdf = assembled((PDF, many_pages(3)), (PDF, a_pdf()), (PNG, an_image("PNG")))
    made = read(pdf)
    assert made.page_labels == ["i", "1", "2", "3", "4", "5"]
    outline: Any = made.outline
    assert [(one.title, made.get_destination_page_number(one)) for one in outline] == [
        ("Cover and index", 0),
        ("Item 0", 1),
        ("Item 1", 4),
        ("Item 2", 5),
    ]
    lines = made.pages[0].extract_text().splitlines()
    assert [line.split()[-1] for line in lines if line[:1].isdigit()] == ["1", "4", "5"]


def test_the_cover_is_tagged_text_that_says_what_it_was_given_and_runs_nothing_of_it():
    _, pdf = assembled((PDF, a_pdf()))
    made = read(pdf)
    text, root = made.pages[0].extract_text(), dict[str, Any](made.root_object)
    assert "Meadowlark #strong[Staffing]" in text
    assert "Ana *Example* $x$" in text
    assert "/StructTreeRoot" in root
    assert root["/MarkInfo"].get_object()["/Marked"]
    assert root["/Lang"] == "en-US"


def test_without_a_cover_there_are_the_documents_alone():
    _, pdf = assembled((PDF, many_pages(2)), sheet=None)
    assert read(pdf).page_labels == ["1", "2"]


def a_photograph() -> bytes:
    """Taken with a camera held sideways, that notes where it was."""
    target, notes = BytesIO(), Image.Exif()
    notes[0x0112] = 6
    notes[0x010F] = "Camera of Jane"
    Image.new("RGB", (400, 200), "white").save(target, "JPEG", exif=notes)
    return target.getvalue()


def test_a_photograph_stands_upright_on_a_page_and_says_nothing_of_its_camera():
    _, pdf = assembled((JPEG, a_photograph()), sheet=None)
    page = read(pdf).pages[0]
    (picture,) = page.images
    assert (float(page.mediabox.width), float(page.mediabox.height)) == (612, 792)
    assert picture.image is not None
    assert picture.image.size == (200, 400)
    assert b"Camera of Jane" not in pdf
    assert b"Exif" not in pdf


def test_a_photo_of_a_telephone_stands_upright_on_a_page():
    told, pdf = assembled((HEIC, a_heic()), sheet=None)
    (picture,) = read(pdf).pages[0].images
    assert told["volumes"][0]["pages"] == 1
    assert picture.image is not None
    assert picture.image.size == (64, 96)


def test_a_large_picture_is_made_as_large_as_its_page_shows_it():
    _, pdf = assembled((JPEG, an_image("JPEG", (6000, 4000))), sheet=None)
    (picture,) = read(pdf).pages[0].images
    assert picture.image is not None
    assert picture.image.size == (1500, 1000)


def test_each_page_of_a_fax_is_a_page():
    pages = [Image.new("1", (100, 120), number % 2) for number in range(3)]
    target = BytesIO()
    pages[0].save(target, "TIFF", save_all=True, append_images=pages[1:])
    told, _ = assembled((TIFF, target.getvalue()), sheet=None)
    assert told["volumes"][0]["pages"] == 3


def test_a_document_that_opens_by_an_empty_password_is_put_in_open():
    _, pdf = assembled((PDF, locked_pdf("")))
    assert not read(pdf).is_encrypted
    assert "Basic Life Support" in read(pdf).pages[1].extract_text()


@pytest.mark.parametrize(
    "broken",
    [(PDF, a_pdf()[:-900]), (PDF, b""), (PDF, locked_pdf("secret")), (JPEG, b"\xff\xd8\xff nothing"), (PNG, a_pdf())],
    ids=["cut", "empty", "locked", "no picture", "no PNG"],
)
def test_what_does_not_open_is_named_and_nothing_is_made(broken):
    told, pdf = assembled((PDF, a_pdf()), broken, (PDF, a_pdf()))
    assert told == {"volumes": [], "faulty": [1]}
    assert pdf == b""


def test_a_program_without_memory_dies_and_makes_nothing():
    code, pdf = assembled((PDF, a_pdf()), memory=64 * MEGABYTE)
    assert code != 0
    assert pdf is None
