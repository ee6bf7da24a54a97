"""One PDF out of a sheet and pages: bookmarks, page labels, no more said about its making than its title."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

LEFT_BEHIND = (
    *("/AA", "/AF", "/EF", "/JS", "/JavaScript", "/Metadata", "/PieceInfo", "/OpenAction", "/LastModified"),
    *("/OPI", "/Ref", "/RichMediaContent", "/RichMediaSettings", "/Rendition", "/URI"),
)
"""What may hang on fonts, pictures and forms of a page and is no part of what is seen."""

OF_WHOLE = ("/Names", "/AcroForm", "/Outlines", "/Threads", "/OCProperties", "/Collection", "/DSS", "/Perms")


def bind(front: bytes | None, items: Sequence[tuple[str, Sequence[PageObject]]], *, title: str) -> bytes:
    """The sheet, which keeps its tags, then each item's pages. The same of the same."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(front))) if front else PdfWriter()
    for key in OF_WHOLE:
        writer.root_object.pop(key, None)
    sheets = len(writer.pages)
    begins = []
    for name, pages in items:
        begins.append((name, len(writer.pages)))
        for page in pages:
            writer.add_page(page)
    _clean(writer)
    _label(writer, sheets)
    if sheets:
        writer.add_outline_item(title="Cover and index", page_number=0)
    for name, first in begins:
        if first < len(writer.pages):
            writer.add_outline_item(title=name, page_number=first)
    writer.metadata = {"/Title": title, "/Producer": "Firstshift"}
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _clean(writer: PdfWriter) -> None:
    waiting: list[Any] = list(writer._objects)  # every object of the file; pypdf has no public way to them
    while waiting:
        part = waiting.pop()
        if isinstance(part, DictionaryObject):
            _strip(part)
            waiting += [value for value in part.values() if isinstance(value, DictionaryObject | ArrayObject)]
        elif isinstance(part, ArrayObject):
            waiting += [value for value in part if isinstance(value, DictionaryObject | ArrayObject)]
    writer.root_object[NameObject("/PageMode")] = NameObject("/UseOutlines")


def _strip(part: DictionaryObject) -> None:
    for key in LEFT_BEHIND:
        part.pop(key, None)


def _label(writer: PdfWriter, sheets: int) -> None:
    """i, ii … for the sheet; 1, 2 … for what it lists."""
    writer.root_object.pop("/PageLabels", None)
    if sheets:
        writer.set_page_label(0, sheets - 1, style=PageLabelStyle.LOWERCASE_ROMAN)
    if len(writer.pages) > sheets:
        writer.set_page_label(sheets, len(writer.pages) - 1, style=PageLabelStyle.DECIMAL)
