"""Why a document is not taken, not shown, or not changed.

Refused
├── DocumentEmpty, DocumentTypeRefused, DeclaredTypeDiffers          what came in is no document
├── DocumentInfected                                                 a scanner knows it, or it says so itself
├── DocumentDamaged, PasswordProtected, ImageTooLarge,
│   TooManyPages, DocumentTooComplex                                 what looking into it found
├── PartitionMissing, PartitionDiffers                               where it belongs is not known, or is elsewhere
├── ContentWithheld                                                  not looked into yet, or infected
├── PageNotDrawn                                                     no such page, or no picture of it
├── DocumentNotUsable                                                it may not back a credential
└── AlreadyRefused                                                   somebody was quicker
"""

from shared.errors import Kind, NotFound, Refused


class DocumentEmpty(Refused):
    """The file is empty. Choose it again, and send it as the body of the request."""

    code = "document_empty"
    kind = Kind.INVALID


class DocumentTypeRefused(Refused):
    """The file is {found}; a document is a PDF, JPEG, PNG, TIFF or HEIC file.

    What a file is, is told by its content, not by its name. Word processors and telephones can save a PDF.
    """

    code = "document_type_refused"
    kind = Kind.UNSUPPORTED


class DeclaredTypeDiffers(Refused):
    """The file is sent as {declared}, but its content is {found}.

    Send the header Content-Type that fits the content, or application/octet-stream: then the content alone decides.
    """

    code = "declared_type_differs"
    kind = Kind.UNSUPPORTED


class DocumentInfected(Refused):
    """The file carries what a virus scanner knows. Nothing of it was kept.

    Have the device looked at on which it was made, and send the document from another one.
    """

    code = "document_infected"
    kind = Kind.INVALID


class DocumentDamaged(Refused):
    """The file is damaged and does not open as {found}. Save or scan it again."""

    code = "document_damaged"
    kind = Kind.INVALID


class PasswordProtected(Refused):
    """The PDF opens with a password only. Save it without one; here it is kept sealed."""

    code = "password_protected"
    kind = Kind.INVALID


class ImageTooLarge(Refused):
    """The image has more than {megapixels} megapixels, or is longer than any page. Take it with a smaller size."""

    code = "image_too_large"
    kind = Kind.INVALID


class TooManyPages(Refused):
    """The file has more than {limit} pages. Send the pages that are asked for."""

    code = "too_many_pages"
    kind = Kind.INVALID


class DocumentTooComplex(Refused):
    """Looking into the file takes more time or memory than a document needs. Print it to a new PDF, or scan it."""

    code = "document_too_complex"
    kind = Kind.INVALID


class PartitionMissing(Refused):
    """Say by `partition` where the document belongs: personnel, health, background or i9.

    It may be left out where `code` names an item of one of the clinician's files.
    """

    code = "partition_missing"
    kind = Kind.INVALID


class PartitionDiffers(Refused):
    """What {item} asks for is kept in another part of the file than the one named.

    Leave out `partition`, or name the part that the item shows.
    """

    code = "partition_differs"


class ContentWithheld(Refused):
    """The content is not given out: the document is {status}."""

    code = "content_withheld"


class PageNotDrawn(NotFound):
    """Page {page} is not there, or cannot be drawn as a picture; download the document to see it."""

    code = "page_not_drawn"


class DocumentNotUsable(Refused):
    """Document {document_id} is {status}; only one that is ready may back a credential."""

    code = "document_not_usable"


class AlreadyRefused(Refused):
    """Document {document_id} was refused before, or carries a virus."""

    code = "already_refused"
