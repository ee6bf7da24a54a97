"""The guided check by hand: what a person read at the source, field by field, and what follows from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from credentialing.domain.sources.answer import Confirmed, Facts, Judged, Refuted, Unclear
from credentialing.domain.sources.licence_status import LicenceStanding, standing_of
from credentialing.domain.sources.licences import is_same_number, plain_number
from shared.errors import Finding

OLDEST_DAYS = 31
"""A printout that is older shows another month."""

GOOD_WORDS = frozenset(
    ("", "clear", "no record", "no records found", "not listed", "no results", "eligible", "negative", "valid")
    + ("verified", "certified", "a", "authorized", "employment authorized")
)
"""What sources of other things than licences say of whom they stand behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualCheck:
    """What somebody read at a source, on which day, and the printout that shows it.

    `status` is in the source's words; empty where it shows none and lists only whom it stands behind. `discipline` is
    whether it reports an action.
    """

    source: str
    checked_on: date
    url: str | None = None
    number: str | None = None
    status: str | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    discipline: bool = False
    document_id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a check of this requirement must show, and the claim it is about, as far as there is one.

    `must_be_printed`: an address alone is no evidence. `is_look_up`: it is of the day of the look, which grows old.
    """

    number: str | None = None
    issued_on: date | None = None
    is_licence: bool = False
    must_show_expiry: bool = False
    must_be_printed: bool = False
    is_look_up: bool = False


def faults(check: ManualCheck, wanted: Wanted, *, today: date) -> tuple[Finding, ...]:
    """Everything that must be corrected before the check is taken."""
    return (*_faults_of_dates(check, wanted, today), *_faults_of_evidence(check, wanted))


def judge(check: ManualCheck, wanted: Wanted) -> Judged:
    """What the check means for the claim.

    What is known to be over refutes. An action, another number, and words that nobody has judged yet leave it unclear,
    for somebody else to look at.
    """
    facts = Facts(
        number=check.number,
        issued_on=check.checked_on if wanted.is_look_up else check.issued_on,
        expires_on=check.expires_on,
        status_text=check.status,
        discipline=check.discipline,
        url=check.url,
    )
    standing = _standing(check, wanted)
    if standing in (LicenceStanding.ENDED, LicenceStanding.TAKEN):
        return Refuted(facts=facts, why="The source says that it has ended or was taken.")
    if check.expires_on is not None and check.expires_on < check.checked_on:
        return Refuted(facts=facts, why="It had expired when it was checked.")
    doubt = _doubt(check, wanted, standing)
    return Unclear(facts=facts, why=doubt) if doubt else Confirmed(facts=facts)


def _standing(check: ManualCheck, wanted: Wanted) -> LicenceStanding:
    """Registers of other things than licences have good words of their own, or none at all."""
    is_good = not wanted.is_licence and (check.status or "").strip().lower() in GOOD_WORDS
    return LicenceStanding.ACTIVE if is_good else standing_of(check.status)


def _doubt(check: ManualCheck, wanted: Wanted, standing: LicenceStanding) -> str:
    if check.discipline or standing is LicenceStanding.RESTRICTED:
        return "The source reports discipline or terms; look what they are."
    if standing is LicenceStanding.UNKNOWN:
        return "The source's words are not known to mean that it is active."
    is_other = check.number and wanted.number and not is_same_number(check.number, wanted.number)
    return "The source shows another number than the claim." if is_other else ""


def _faults_of_dates(check: ManualCheck, wanted: Wanted, today: date) -> Iterator[Finding]:
    if check.checked_on > today:
        yield _fault("checked_on", "in_the_future", "Give the day on which you looked; it is still to come.")
    elif (today - check.checked_on).days > OLDEST_DAYS:
        yield _fault("checked_on", "too_old", f"Look again: a check counts for {OLDEST_DAYS} days.")
    if check.issued_on and check.issued_on > check.checked_on:
        yield _fault("issued_on", "after_the_check", "What was issued later cannot have been shown.")
    began = check.issued_on or wanted.issued_on
    if check.expires_on and began and check.expires_on < began:
        yield _fault("expires_on", "before_issue", "It cannot expire before it was issued.")
    if wanted.must_show_expiry and check.expires_on is None:
        yield _fault("expires_on", "missing", "Give the last day that the source shows.")


def _faults_of_evidence(check: ManualCheck, wanted: Wanted) -> Iterator[Finding]:
    if wanted.is_licence and not plain_number(check.number):
        yield _fault("number", "missing", "Give the number that the source shows.")
    if wanted.is_licence and not check.status:
        yield _fault("status", "missing", "Give the status in the source's own words.")
    if check.url and not check.url.startswith("https://"):
        yield _fault("url", "not_an_address", "Give the address of the page, beginning with https://.")
    if wanted.must_be_printed and not check.document_id:
        yield _fault("document_id", "missing", "Attach the printout: an address shows nobody what was found.")
    elif not (check.url or check.document_id):
        yield _fault("document_id", "missing", "Attach the printout, or give the address of the page.")


def _fault(name: str, code: str, message: str) -> Finding:
    return Finding(pointer=f"/{name}", code=code, message=message)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckByHand:
    """The check of item `code` of a file."""

    file_id: str
    code: str
    check: ManualCheck
