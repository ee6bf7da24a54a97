"""Papers as people send them, made here: PDFs by typst and pypdf, pictures by Pillow."""

from base64 import b64decode
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


_HEIC = b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAaFtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRp"
    "bG9jAAAAAERAAAIAAQAAAAABxQABAAAAAAAAAGMAAgAAAAACKAABAAAAAAAAACQAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABo"
    "dmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA4GlwcnAAAADAaXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA"
    "/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoDCBBZbqSSmubgIaDAgAAAMA"
    "yAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABgAAAAQAAAABBwaXhpAAAAAAMICAgAAAAJ"
    "aXJvdAMAAAAYaXBtYQAAAAAAAAABAAEFgQIDBIUAAAAaaXJlZgAAAAAAAAAOY2RzYwACAAEAAQAAAI9tZGF0AAAAXygBrxmAuRi7FHq7"
    "YyFN//3+Mf9fav+KYOciZCE5v92ppU3PQxudO5fF7CDD4BlxLxuVRxKqiNQbnN2W4VrKDC8zCQ/4sspMseKfKhRSHh4r7pxHXiIQAjO4"
    "WKQkvBGAAAAABkV4aWYAAE1NACoAAAAIAAEBEgADAAAAAQAGAAAAAAAA"
)
"""White, red in a corner, taken on its side as telephones do: coded 96 wide and 64 high, seen 64 wide and 96 high with
the red at the top right. Made with libheif and x265, as nothing that is installed here can write such files."""


def a_heic(says: tuple[int, int] = (96, 64), *, brand: bytes = b"heic") -> bytes:
    """A photo of a telephone. `says`: the size that it claims to have."""
    size = b"".join(side.to_bytes(4, "big") for side in says)
    found = _HEIC.index(b"ispe") + 8
    changed = _HEIC[:found] + size + _HEIC[found + 8 :]
    return changed[:8] + brand + changed[12:]
