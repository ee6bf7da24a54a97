"""What an image holds: its size is judged by its header, before anything of it is decoded."""

import struct
import warnings
import zlib
from io import BytesIO

import pi_heif  # type: ignore[import-untyped]
from PIL import Image

from credentialing.domain.documents.inspection import Bounds, Fault, Inspection
from credentialing.domain.documents.media import MediaType

pi_heif.register_heif_opener(thumbnails=False, decode_threads=1)

FORMATS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG", MediaType.TIFF: "TIFF", MediaType.HEIC: "HEIF"}
"""What Pillow calls them. HEIC is decoded by libheif, which has bounds of its own; one thread, as each would claim
address space."""

UNREADABLE = (OSError, ValueError, SyntaxError, LookupError, TypeError, EOFError, struct.error, zlib.error)
"""What Pillow raises over files that are not as they should be."""


def inspect_image(content: bytes, media_type: MediaType, *, bounds: Bounds) -> Inspection:
    """Decodes every page; of other images than TIFF the picture itself, not previews or animations beside it."""
    try:
        with opened(content, media_type) as image:
            pages = pages_in(image, media_type)
            if pages > bounds.most_pages:
                return Inspection(fault=Fault.TOO_MANY_PAGES)
            for page in range(pages):
                turn_to(image, page)
                if is_too_large(*image.size, bounds=bounds):
                    return Inspection(fault=Fault.TOO_MANY_PIXELS)
                decode(image)
    except UNREADABLE:
        return Inspection(fault=Fault.DAMAGED)
    return Inspection(pages=pages)


def opened(content: bytes, media_type: MediaType) -> Image.Image:
    """The image, of which nothing is decoded yet. Raises what is in UNREADABLE."""
    Image.MAX_IMAGE_PIXELS = None  # our own bound says which image is too large
    warnings.simplefilter("ignore")
    return Image.open(BytesIO(content), formats=[FORMATS[media_type]])


def pages_in(image: Image.Image, media_type: MediaType) -> int:
    """How many pages it has: only a TIFF has more than one."""
    return getattr(image, "n_frames", 1) if media_type is MediaType.TIFF else 1


def turn_to(image: Image.Image, page: int) -> None:
    """Its page of this number, counted from 0; the first is the one it opens at, which need not be its first image."""
    if page:
        image.seek(page)


def decode(image: Image.Image) -> None:
    """Decodes the page. Raises what is in UNREADABLE."""
    try:
        image.load()
    except RuntimeError as error:  # what libheif says of a picture over its own bounds
        raise OSError("the picture does not open") from error


def is_too_large(width: int, height: int, *, bounds: Bounds) -> bool:
    """Whether decoding it is refused."""
    return width * height > bounds.most_pixels or max(width, height) > bounds.longest_side
