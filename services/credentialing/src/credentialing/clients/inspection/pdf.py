"""What a PDF holds: its pages, what in it could act by itself, and what its text seems to say."""

import re
import signal
import zlib
from collections.abc import Iterator
from io import BytesIO
from types import FrameType
from typing import Any

from pypdf import PasswordType, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from credentialing.domain.documents.inspection import Active, Bounds, Fault, Inspection
from credentialing.domain.documents.proposal import LONGEST_TEXT, Proposal, propose

TEXT_PAGES = 3
TEXT_SECONDS = 5
END_BYTES = 1024
"""How near its end a PDF says that it ends; one that does not was cut off."""

UNREADABLE = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What pypdf raises over files that are not as they should be."""

_BY_KEY = {
    "/JS": Active.JAVASCRIPT,
    "/JavaScript": Active.JAVASCRIPT,
    "/XFA": Active.JAVASCRIPT,
    "/EF": Active.EMBEDDED_FILE,
    "/EmbeddedFiles": Active.EMBEDDED_FILE,
}
_BY_VALUE = {
    "/JavaScript": Active.JAVASCRIPT,
    "/Launch": Active.LAUNCH,
    "/SubmitForm": Active.FORM_SUBMISSION,
    "/ImportData": Active.FORM_SUBMISSION,
    "/EmbeddedFile": Active.EMBEDDED_FILE,
    "/FileAttachment": Active.EMBEDDED_FILE,
    "/GoToE": Active.EMBEDDED_FILE,
    "/Rendition": Active.RICH_MEDIA,
    "/RichMedia": Active.RICH_MEDIA,
    "/RichMediaExecute": Active.RICH_MEDIA,
    "/Screen": Active.RICH_MEDIA,
    "/Movie": Active.RICH_MEDIA,
    "/Sound": Active.RICH_MEDIA,
    "/3D": Active.RICH_MEDIA,
}
"""Source: ISO 32000-2, 12.6.4 (actions), 12.5.6 (annotations), 7.11.4 (embedded files), Annex K (XFA)."""

_SAYS_WHAT_IT_IS = ("/S", "/Type", "/Subtype")
_PLAIN = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|SubmitForm|RichMedia)(?![A-Za-z0-9])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


class _TooLong(Exception):
    """Text that takes this long is not worth it."""


def inspect_pdf(content: bytes, bounds: Bounds) -> Inspection:
    """Opens it as a lenient reader does, so that what readers show is what is looked at."""
    if b"%%EOF" not in content[-END_BYTES:]:
        return Inspection(fault=Fault.DAMAGED)
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            return Inspection(fault=Fault.PASSWORD_PROTECTED)
        pages = len(reader.pages)
        if pages > bounds.most_pages:
            return Inspection(fault=Fault.TOO_MANY_PAGES)
        is_whole = pages > 0 and all(page.mediabox.width > 0 for page in reader.pages)
        active = tuple(sorted(_active(reader) | _plainly_active(content)))
    except UNREADABLE:
        return Inspection(fault=Fault.DAMAGED)
    if not is_whole:
        return Inspection(fault=Fault.DAMAGED)
    return Inspection(pages=pages, active=active, proposal=_proposal(reader))


def _active(reader: PdfReader) -> set[Active]:
    """Of every object in the file, reachable from a page or not."""
    found: set[Active] = set()
    for one in _objects(reader):
        waiting = [one]
        while waiting:
            part = waiting.pop()
            if isinstance(part, DictionaryObject):
                found |= _said_by(part)
                waiting += part.values()
            elif isinstance(part, ArrayObject):
                waiting += part
    return found


def _said_by(part: DictionaryObject) -> set[Active]:
    by_key = {_BY_KEY[key] for key in part if key in _BY_KEY}
    said = [part.raw_get(key) for key in _SAYS_WHAT_IT_IS if key in part]
    return by_key | {_BY_VALUE[name] for name in said if isinstance(name, str) and name in _BY_VALUE}


def _objects(reader: PdfReader) -> Iterator[Any]:
    yield reader.trailer
    numbered = [(number, generation) for generation, places in reader.xref.items() for number in places]
    numbered += [(number, 0) for number in reader.xref_objStm]
    for number, generation in numbered:
        try:
            yield reader.get_object(IndirectObject(number, generation, reader))
        except UNREADABLE:
            continue  # readers pass over it, too; the plain search has seen its bytes


def _plainly_active(content: bytes) -> set[Active]:
    """What the bytes say outside of compressed streams, also in objects that the file's table leaves out."""
    plain = _ESCAPED.sub(lambda match: bytes((int(match[1], 16),)), content)
    names = {"/" + match[1].decode() for match in _PLAIN.finditer(plain)}
    return {active for name in names if (active := _BY_VALUE.get(name) or _BY_KEY.get(name))}


def _proposal(reader: PdfReader) -> Proposal | None:
    """What the text of the first pages seems to say; nothing for scans, and for text that cannot be read in time."""

    def give_up(_: int, __: FrameType | None) -> None:
        raise _TooLong

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(TEXT_SECONDS)
    try:
        text = "\n".join(page.extract_text()[:LONGEST_TEXT] for page in reader.pages[:TEXT_PAGES])
        proposal = propose(text)
    except (*UNREADABLE, _TooLong):
        return None
    finally:
        signal.alarm(0)
    return None if proposal.is_empty else proposal
