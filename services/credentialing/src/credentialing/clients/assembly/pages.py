"""The pages of a document as they go into a packet: nothing in them acts, nothing is attached, nothing tells of its
maker. What a form or a remark shows is drawn onto the page; the form itself, links and all else is left behind.
"""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps
from pypdf import PageObject, PdfReader, PdfWriter, Transformation

from credentialing.clients.assembly.drawing import draw_annotations
from credentialing.clients.inspection.images import decode, opened, pages_in, turn_to
from credentialing.clients.inspection.pdf import UNREADABLE
from credentialing.domain.documents.media import MediaType

LETTER = (612, 792)
"""Points of a page of American letter paper."""

MARGIN = 36
DOTS = 200
"""Dots per inch that a picture keeps on its page."""

QUALITY = 88
KEPT = frozenset(
    ("/Type", "/Parent", "/Resources", "/Contents", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group")
)
"""What a page is left of (ISO 32000-2, table 31): not its actions, annotations, files, threads or private data."""


class Unplaceable(Exception):
    """The file does not open, though it did when it came in."""


def pages_of(content: bytes, media_type: MediaType) -> list[PageObject]:
    """The pages, in order. Raises Unplaceable."""
    try:
        pages = _of_pdf(content) if media_type is MediaType.PDF else _of_image(content, media_type)
    except (*UNREADABLE, SyntaxError, struct.error, zlib.error):
        raise Unplaceable from None
    if not pages:
        raise Unplaceable
    return pages


def _of_pdf(content: bytes) -> list[PageObject]:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        reader.decrypt("")
    pages = list(reader.pages)
    for page in pages:
        draw_annotations(page)
        for key in [key for key in page if key not in KEPT]:
            del page[key]
        page.get_contents()  # what cannot be read is found now
    return pages


def _of_image(content: bytes, media_type: MediaType) -> list[PageObject]:
    with opened(content, media_type) as image:  # its size was judged when it came in
        return [_picture(image, number) for number in range(pages_in(image, media_type))]


def _picture(image: Image.Image, number: int) -> PageObject:
    """A frame upright on a page of its own, no larger than it can be seen there, and without its camera's notes."""
    turn_to(image, number)
    decode(image)
    upright = _flat(ImageOps.exif_transpose(image))
    width, height = (side - 2 * MARGIN for side in LETTER)
    upright.thumbnail((width * DOTS // 72, height * DOTS // 72))
    target = BytesIO()
    upright.save(target, "PDF", resolution=DOTS, quality=QUALITY)
    drawn = PdfReader(BytesIO(target.getvalue())).pages[0]
    scale = min(width / drawn.mediabox.width, height / drawn.mediabox.height, 1)
    left = (LETTER[0] - drawn.mediabox.width * scale) / 2
    bottom = (LETTER[1] - drawn.mediabox.height * scale) / 2
    page = PdfWriter().add_blank_page(*LETTER)
    page.merge_transformed_page(drawn, Transformation().scale(scale).translate(left, bottom))
    return page


def _flat(image: Image.Image) -> Image.Image:
    """In colours or greys, what can be seen through on white."""
    if image.mode in ("1", "L"):
        return image.convert("L")
    if "A" in image.getbands() or "transparency" in image.info:
        seen: Any = image.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        white.alpha_composite(seen)
        return white.convert("RGB")
    return image.convert("RGB")
