"""Which kinds of files are documents, told by their first bytes."""

from enum import StrEnum

from credentialing.domain.documents.errors import DeclaredTypeDiffers

HEAD_BYTES = 512
"""How much of a file tells its kind."""


class MediaType(StrEnum):
    """What is taken."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    TIFF = "image/tiff"
    HEIC = "image/heic"

    @property
    def ending(self) -> str:
        """What names of such files end in."""
        return {self.PDF: ".pdf", self.JPEG: ".jpg", self.PNG: ".png", self.TIFF: ".tif"}.get(self, ".heic")


_OTHER_NAMES = {
    "application/x-pdf": MediaType.PDF,
    "image/jpg": MediaType.JPEG,
    "image/pjpeg": MediaType.JPEG,
    "image/heif": MediaType.HEIC,
    "image/tif": MediaType.TIFF,
}
_SAYS_NOTHING = frozenset({"", "application/octet-stream", "binary/octet-stream"})
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
UNHEARD_OF = "something else"
_WORDS = {
    "application/zip": "a ZIP archive",
    "application/x-zip-compressed": "a ZIP archive",
    "application/x-7z-compressed": "a 7-Zip archive",
    "application/vnd.rar": "a RAR archive",
    "application/x-rar-compressed": "a RAR archive",
    "application/gzip": "a compressed file",
    "application/msword": "a Word document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "a Word document",
    "application/vnd.ms-excel": "a spreadsheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "a spreadsheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "a presentation",
    "application/vnd.oasis.opendocument.text": "an OpenDocument text",
    "application/rtf": "an RTF text",
    "text/rtf": "an RTF text",
    "text/html": "a web page",
    "image/gif": "a GIF picture",
    "image/webp": "a WebP picture",
    "image/bmp": "a BMP picture",
    "image/avif": "an AVIF picture",
    "image/svg+xml": "an SVG drawing",
}
_FAMILIES = {
    "video/": "a video",
    "audio/": "a sound recording",
    "image/": "another kind of picture",
    "text/": "plain text",
}

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The test file that every scanner takes for a virus (EICAR, 2006); in parts, so that none takes this one for it."""


def media_type_of(head: bytes) -> MediaType | None:
    """What a file is whose first bytes (512, or all of a smaller one) these are; None for anything else.

    Source: ISO 32000-2, 7.5.2; ISO 10918-1, B.1.1.3; W3C PNG, 5.2; TIFF 6.0, section 2; ISO 14496-12, 4.3 and 23008-12,
    10.2. What may stand before a PDF's header in practice (line breaks, a byte-order mark) is passed over; anything
    else there would let the file be two things at once.
    """
    if head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t ").startswith(b"%PDF-"):
        return MediaType.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if head.startswith((b"II*\0", b"MM\0*")):
        return MediaType.TIFF
    return MediaType.HEIC if _is_heic(head) else None


def require_as_declared(content_type: str | None, found: MediaType) -> None:
    """A declared type is to be the true one; none, or `application/octet-stream`, declares nothing.

    Raises DeclaredTypeDiffers.
    """
    declared = (content_type or "").partition(";")[0].strip().lower()
    if declared in _SAYS_NOTHING or _OTHER_NAMES.get(declared, declared) == found:
        return
    raise DeclaredTypeDiffers(declared=words_of(declared), found=found.name)


def words_of(media_type: str) -> str:
    """What people call such files: PDF, a ZIP archive; "something else" for a type that few have heard of."""
    known = _OTHER_NAMES.get(media_type, media_type)
    named = {kind.value: kind.name for kind in MediaType} | _WORDS
    family = next((words for begin, words in _FAMILIES.items() if known.startswith(begin)), UNHEARD_OF)
    return named.get(known, family)


def _is_heic(head: bytes) -> bool:
    """A still image by its major brand; the general brand `mif1` only beside one of HEIC."""
    size = int.from_bytes(head[:4], "big")
    if head[4:8] != b"ftyp" or not 16 <= size <= len(head):
        return False
    brands = {head[place : place + 4] for place in (8, *range(16, size - 3, 4))}
    return head[8:12] in _HEIC_BRANDS and bool(brands & (_HEIC_BRANDS - {b"mif1"}))
