"""The program: bounds itself, reads, draws."""

import json
import sys
from io import BytesIO

import pypdfium2
from PIL import Image

from credentialing.clients.inspection.__main__ import bound
from credentialing.clients.inspection.images import decode, opened, pages_in, turn_to
from credentialing.domain.documents.media import MediaType


def main() -> None:
    """Draws the one page that is asked for."""
    asked = json.loads(sys.stdin.buffer.readline())
    bound(memory_bytes=asked["memory_bytes"], seconds=asked["seconds"])
    media_type, page = MediaType(asked["media_type"]), asked["page"]
    image = picture(sys.stdin.buffer.read(), media_type, page=page, width=asked["width"])
    if image is not None:
        drawn = BytesIO()
        image.convert("RGB").save(drawn, format="PNG")
        sys.stdout.buffer.write(drawn.getvalue())


def picture(content: bytes, media_type: MediaType, *, page: int, width: int) -> Image.Image | None:
    """The page, counted from 0, at most so many pixels wide; None where there is none, or it cannot be drawn here."""
    if media_type is MediaType.PDF:
        return _page_of_pdf(content, page=page, width=width)
    image = opened(content, media_type)  # it was measured when it came in
    if page >= pages_in(image, media_type):
        return None
    turn_to(image, page)
    decode(image)
    image.thumbnail((width, 4 * width))
    return image


def _page_of_pdf(content: bytes, *, page: int, width: int) -> Image.Image | None:
    """Drawn without forms, scripts and attachments: nothing in it acts."""
    with pypdfium2.PdfDocument(content) as document:
        if page >= len(document):
            return None
        sheet = document[page]
        scale = min(width / max(sheet.get_width(), 1), 4 * width / max(sheet.get_height(), 1))
        drawn: Image.Image = sheet.render(scale=scale, may_draw_forms=False).to_pil()
        return drawn


if __name__ == "__main__":
    main()
