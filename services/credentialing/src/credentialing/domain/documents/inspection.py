"""What looking into a file found: a fault that refuses it, or its pages, what in it could act, and its text's sense."""

from dataclasses import dataclass
from enum import StrEnum

from credentialing.domain.documents.errors import (
    DocumentDamaged,
    DocumentTooComplex,
    ImageTooLarge,
    PasswordProtected,
    TooManyPages,
)
from credentialing.domain.documents.media import MediaType
from credentialing.domain.documents.proposal import Proposal
from shared.errors import Refused

MILLION = 1_000_000


class Fault(StrEnum):
    """Why a file is refused."""

    DAMAGED = "damaged"
    PASSWORD_PROTECTED = "password_protected"  # noqa: S105  # a fault, not a password
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_COMPLEX = "too_complex"


class Active(StrEnum):
    """What in a PDF could act by itself. Such a file is kept as evidence and never shown inside a page."""

    JAVASCRIPT = "javascript"
    LAUNCH = "launch"
    EMBEDDED_FILE = "embedded_file"
    FORM_SUBMISSION = "form_submission"
    RICH_MEDIA = "rich_media"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much an image or a PDF may hold. `most_pixels` of one image, `longest_side` in pixels."""

    most_pixels: int = 60 * MILLION
    longest_side: int = 20_000
    most_pages: int = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What was found; without a fault the rest counts."""

    fault: Fault | None = None
    pages: int = 0
    active: tuple[Active, ...] = ()
    proposal: Proposal | None = None

    def refusal(self, media_type: MediaType, bounds: Bounds) -> Refused | None:
        """What the sender is told; None for a good file."""
        match self.fault:
            case None:
                return None
            case Fault.DAMAGED:
                return DocumentDamaged(found=media_type.name)
            case Fault.PASSWORD_PROTECTED:
                return PasswordProtected()
            case Fault.TOO_MANY_PIXELS:
                return ImageTooLarge(megapixels=bounds.most_pixels // MILLION)
            case Fault.TOO_MANY_PAGES:
                return TooManyPages(limit=bounds.most_pages)
            case Fault.TOO_COMPLEX:
                return DocumentTooComplex()
