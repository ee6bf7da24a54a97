"""What exclusion screening refuses.

ListUnknown             no such exclusion list is kept
ListFileUnusable        a file that cannot be taken, whole or not at all
├─ HeaderChanged        its columns are not those of this list
├─ ListFileTooSmall     it has far fewer rows than the last one
├─ ListFileFaulty       too many of its rows cannot be read
└─ ListFileOutdated     a newer release is here already
CaseDecided             the exclusion case has been decided
CaseNotDecided          nothing was found yet that a second person could approve
ApprovalNeedsAnother    whoever decided cannot approve it
EvidenceMissing         a decision without the printed check at the source
CaseStands              an item is not confirmed by hand while its case stands
ScreeningDecides        an item is not confirmed by hand where screening decides it
"""

from shared.errors import Kind, NotFound, Refused


class ListUnknown(NotFound):
    """There is no exclusion list {name}; there are leie, sam and state-xx for each state."""

    code = "exclusion_list_unknown"


class ListFileUnusable(Refused):
    """This file cannot be taken; nothing of it was stored."""

    code = "list_file_unusable"
    kind = Kind.INVALID


class HeaderChanged(ListFileUnusable):
    """The columns differ from those of this list: missing {missing}; not expected {unexpected}.

    Nothing was stored. Look whether the source has announced a new layout; the release in use stays in use.
    """

    code = "list_header_changed"


class ListFileTooSmall(ListFileUnusable):
    """The file has {rows} rows, the last release {before}: less than {percent} % of it. Nothing was stored.

    A full file replaces everything, so a file that was cut off would let excluded people through.
    """

    code = "list_file_too_small"


class ListFileFaulty(ListFileUnusable):
    """{faulty} of {rows} rows cannot be read, the first on line {line}. Nothing was stored."""

    code = "list_file_faulty"


class ListFileOutdated(ListFileUnusable):
    """The release posted on {newest} is here already, and this one was posted before it."""

    code = "list_file_outdated"
    kind = Kind.CONFLICT


class CaseDecided(Refused):
    """Exclusion case {case_id} has been decided."""

    code = "exclusion_case_decided"


class CaseNotDecided(Refused):
    """Exclusion case {case_id} awaits a finding, not an approval."""

    code = "exclusion_case_not_decided"


class ApprovalNeedsAnother(Refused):
    """Whoever found that this is not the person cannot approve it; a second person must."""

    code = "approval_needs_another"
    kind = Kind.FORBIDDEN


class EvidenceMissing(Refused):
    """Name the printed result of the check by Social Security number at the source."""

    code = "exclusion_evidence_missing"
    kind = Kind.INVALID


class CaseStands(Refused):
    """{item} is not confirmed by hand while an exclusion case about the clinician stands; decide the case."""

    code = "exclusion_case_stands"


class ScreeningDecides(Refused):
    """{item} is decided by screening against its list, and by two people where that finds something.

    Load the newest file of the list. While no file of it is loaded, check the person at the source by the guide, with
    the printout.
    """

    code = "screening_decides"
