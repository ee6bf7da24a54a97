"""Papers as people send them, made here: PDFs by typst and pypdf, pictures by Pillow."""

from functools import cache
from io import BytesIO
from typing import Any

import typst
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, EncodedStreamObject, NameObject, TextStringObject

from shared.contracts.assignments import Address, ClinicianChanged
from shared.contracts.terms import Discipline

CARD = (
    "Basic Life Support Provider",
    "Name: Ana Maria Example",
    "Date of birth: 04/17/1990",
    "Issue date: 01/05/2025",
    "Renew by: January 31, 2027",
    "eCard code: 245012345678",
)
"""A course card of an invented person."""


def ana() -> ClinicianChanged:
    """The clinician whose documents these are, as the directory tells of her."""
    return ClinicianChanged(
        clinician_id="cln_ana",
        source="demo",
        source_reference="C-1",
        name="Ana Example",
        email="ana@example.org",
        phone="555-0100",
        home=Address(street="1 Elm St", city="Denver", state="CO", zip="80202"),
        discipline=Discipline.RN,
        specialties=("ICU",),
    )


@cache
def a_pdf(lines: tuple[str, ...] = CARD) -> bytes:
    """One page with these lines."""
    text = " \\\n".join(line.replace("#", "\\#").replace("@", "\\@") for line in lines)
    made: Any = typst.compile(text.encode())
    return bytes(made)


def changed_pdf(change: Any) -> bytes:
    """The card after `change` was done to its PdfWriter."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(a_pdf())))
    change(writer)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def locked_pdf(password: str) -> bytes:
    """Opens with this password; with an empty one, by anybody."""
    return changed_pdf(
        lambda writer: writer.encrypt(user_password=password, owner_password="the owner's", algorithm="AES-256")
    )


def pdf_with_action(kind: str) -> bytes:
    """Does something when it is opened."""

    def act(writer: PdfWriter) -> None:
        action = DictionaryObject(
            {NameObject("/S"): NameObject(kind), NameObject("/JS"): TextStringObject("app.beep()")}
        )
        if kind != "/JavaScript":
            del action["/JS"]
        writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)

    return changed_pdf(act)


def pdf_with_text(packed: bytes) -> bytes:
    """One page, whose text is this stream as it was packed by zlib."""

    def write(writer: PdfWriter) -> None:
        stream = EncodedStreamObject()
        stream[NameObject("/Filter")] = NameObject("/FlateDecode")
        stream._data = packed
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)

    return changed_pdf(write)


def many_pages(count: int) -> bytes:
    """As many empty pages."""
    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(width=200, height=200)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def an_image(form: str, size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    """A picture of one colour in this format of Pillow's."""
    target = BytesIO()
    Image.new("RGB", size, "white").save(target, form, **options)
    return target.getvalue()


def a_heic(size: tuple[int, int] = (4032, 3024), *, brand: bytes = b"heic") -> bytes:
    """The boxes of a HEIC file, with nothing in them that could be decoded."""

    def box(kind: bytes, content: bytes) -> bytes:
        return (len(content) + 8).to_bytes(4, "big") + kind + content

    width, height = size
    spatial = box(b"ispe", bytes(4) + width.to_bytes(4, "big") + height.to_bytes(4, "big"))
    properties = box(b"iprp", box(b"ipco", spatial))
    kind = box(b"ftyp", brand + bytes(4) + b"mif1heic")
    return kind + box(b"meta", bytes(4) + properties) + box(b"mdat", b"\x01" * 64)
