"""Every refusal about profiles from elsewhere.

AssertionOver       it was accepted before
SourceNotIssuer     who is said to have verified it is not who issued it
ArchiveUnreadable   what is sent is no archive, or one over a bound
ArchiveDiffers      the archive does not hold just what its profile lists
EntryDamaged        a part of the archive cannot be unpacked
TableUnreadable     what is sent is no table
"""

from shared.errors import Kind, Refused


class AssertionOver(Refused):
    """Assertion {assertion_id} was accepted before."""

    code = "assertion_over"


class SourceNotIssuer(Refused):
    """{source} did not issue it, so that its word is not taken: have the source asked."""

    code = "source_not_issuer"
    kind = Kind.FORBIDDEN


class ArchiveUnreadable(Refused):
    """The archive is not taken: {fault}. Nothing of it was kept.

    Send the zip as the other system gives it out: profile.json, and the documents that it names.
    """

    code = "archive_unreadable"
    kind = Kind.INVALID


class ArchiveDiffers(Refused):
    """The archive does not hold just what its profile lists; each difference is listed in errors. Nothing was kept."""

    code = "archive_differs"
    kind = Kind.INVALID


class EntryDamaged(Refused):
    """The profile in the archive cannot be unpacked. Nothing was kept. Send the archive again."""

    code = "entry_damaged"
    kind = Kind.INVALID


class TableUnreadable(Refused):
    """The table is not taken: {fault}. Nothing of it was kept.

    In a spreadsheet, save it as "CSV UTF-8".
    """

    code = "table_unreadable"
    kind = Kind.INVALID
