"""What an image holds: its size is judged by its header, before anything of it is decoded."""

import struct
import warnings
import zlib
from io import BytesIO

from PIL import Image

from credentialing.domain.documents.inspection import Bounds, Fault, Inspection
from credentialing.domain.documents.media import MediaType

FORMATS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG", MediaType.TIFF: "TIFF"}
UNREADABLE = (OSError, ValueError, SyntaxError, LookupError, TypeError, EOFError, struct.error, zlib.error)
"""What Pillow raises over files that are not as they should be."""


def inspect_image(content: bytes, media_type: MediaType, *, bounds: Bounds) -> Inspection:
    """Decodes every page; of a JPEG or PNG the picture itself, not previews or animations beside it."""
    Image.MAX_IMAGE_PIXELS = None  # our own bound says which image is too large
    warnings.simplefilter("ignore")
    try:
        with Image.open(BytesIO(content), formats=[FORMATS[media_type]]) as image:
            pages = getattr(image, "n_frames", 1) if media_type is MediaType.TIFF else 1
            if pages > bounds.most_pages:
                return Inspection(fault=Fault.TOO_MANY_PAGES)
            for page in range(pages):
                image.seek(page)
                if is_too_large(*image.size, bounds=bounds):
                    return Inspection(fault=Fault.TOO_MANY_PIXELS)
                image.load()
    except UNREADABLE:
        return Inspection(fault=Fault.DAMAGED)
    return Inspection(pages=pages)


def is_too_large(width: int, height: int, *, bounds: Bounds) -> bool:
    """Whether decoding it is refused."""
    return width * height > bounds.most_pixels or max(width, height) > bounds.longest_side
