"""Papers as clinicians and vendors send them: real PDFs and pictures of invented people, made when they are needed."""

from functools import cache
from io import BytesIO
from typing import Any

import typst
from PIL import Image

PDF, JPEG = "application/pdf", "image/jpeg"
MARKUP = str.maketrans({mark: f"\\{mark}" for mark in "#@$*_<>[]`\\"})


@cache
def a_pdf(*lines: str) -> bytes:
    """One page with these lines."""
    made: Any = typst.compile(" \\\n".join(line.translate(MARKUP) for line in lines).encode())
    return bytes(made)


@cache
def a_photograph() -> bytes:
    """A picture such as a telephone takes, of nothing."""
    target = BytesIO()
    Image.new("RGB", (640, 480), "white").save(target, "JPEG")
    return target.getvalue()
