"""What would come of a profile from elsewhere: taken in, known already, in conflict with what is held, or refused.

Nothing that comes in counts as confirmed: what the other system says it verified is kept as its assertion.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from credentialing.domain.documents.document import Document, DocumentStatus
from credentialing.domain.held import Held, HeldStatus, Shown
from credentialing.domain.profile.errors import AssertionOver, SourceNotIssuer
from credentialing.domain.requirement import PROFESSIONS, BoundTo, Partition
from credentialing.domain.rulebook.catalogue.whole import CATALOGUE
from shared.contracts.assignments import ClinicianChanged


class Fate(StrEnum):
    """What comes of one credential."""

    TAKEN = "taken"
    KNOWN = "known"
    """It is held already, by number and last day."""
    CONFLICT = "conflict"
    """It contradicts what is held; a person records which is right."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Who is said to have verified a credential, when, and by whose hand."""

    source: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A credential from elsewhere; in `shown` the number is in clear, `mark` is the same for the same digits."""

    code: str
    subject: str
    shown: Shown
    mark: str | None = None
    word: Word | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What comes of the credential at a place, and why.

    `credential_id` is the one made, or the one held already; `document_id` what the one made is tied to.
    """

    place: int
    code: str
    subject: str
    fate: Fate
    because: str | None = None
    credential_id: str | None = None
    document_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """What comes of a document that came along, in a part of the file, and why; `detail`: the words of a refusal.

    `place` is that of its part in the profile.
    """

    place: int
    sha256: str
    fate: Fate
    partition: Partition | None = None
    code: str | None = None
    because: str | None = None
    detail: str | None = None
    document_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Who the other system says the profile is of; without a name it does not say."""

    name: str | None
    npi: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of each credential and document, and what makes it doubtful that the profile is of this clinician."""

    lines: tuple[Line, ...]
    doubts: tuple[str, ...]
    papers: tuple[PaperLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """What another system says it verified about a claim, kept as it was said."""

    assertion_id: str
    clinician_id: str
    credential_id: str
    code: str
    subject: str
    sender: str
    word: Word
    is_issuer: bool
    brought_by: str
    brought_at: datetime
    accepted_by: str | None = None
    accepted_at: datetime | None = None
    version: int = 0


def plan(brought: Sequence[Brought], held: Sequence[Held], *, today: date) -> tuple[Line, ...]:
    """What comes of each, in their order; of two alike in the profile the second is known."""
    standing = [one for one in held if one.status is not HeldStatus.REJECTED]
    lines: list[Line] = []
    for place, one in enumerate(brought):
        line = _line(place, one, standing, today)
        if line.fate is Fate.TAKEN:
            standing.append(_as_held(one, today))
        lines.append(line)
    return tuple(lines)


def doubts(told: Told, clinician: ClinicianChanged) -> tuple[str, ...]:
    """Why a person should look whose profile it is: another NPI, or a name that shares no last name."""
    is_other_npi = None not in (told.npi, clinician.npi) and told.npi != clinician.npi
    is_other_name = told.name is not None and _last_name(told.name) != _last_name(clinician.name)
    found = {"npi_differs": is_other_npi, "name_differs": is_other_name}
    return tuple(doubt for doubt, is_so in found.items() if is_so)


def paper_line(place: int, kept: Document, *, is_new: bool) -> PaperLine:
    """What came of a document that is here now, or was before; one that was refused then stays so."""
    line = PaperLine(
        place=place,
        sha256=kept.sha256,
        fate=Fate.TAKEN if is_new else Fate.KNOWN,
        partition=kept.partition,
        code=kept.code,
        because=None if is_new else "held_already",
        document_id=kept.document_id,
    )
    is_refused = kept.status in (DocumentStatus.REFUSED, DocumentStatus.INFECTED)
    return replace(line, fate=Fate.REFUSED, because="refused_before") if is_refused else line


def is_issuer(word: Word, shown: Shown) -> bool:
    """Whether who verified it is named as who issued it."""
    return shown.issuer is not None and word.source.casefold().strip() == shown.issuer.casefold().strip()


def accept(assertion: Assertion, *, by: str, at: datetime) -> Assertion:
    """The assertion after a lead took the issuer's word. Raises AssertionOver and SourceNotIssuer."""
    if assertion.accepted_at is not None:
        raise AssertionOver(assertion_id=assertion.assertion_id)
    if not assertion.is_issuer:
        raise SourceNotIssuer(source=assertion.word.source)
    return replace(assertion, accepted_by=by, accepted_at=at)


def _last_name(name: str) -> list[str]:
    return name.casefold().split()[-1:]


def _line(place: int, one: Brought, held: Sequence[Held], today: date) -> Line:
    line = Line(place=place, code=one.code, subject=one.subject, fate=Fate.TAKEN)
    fault = _fault(one, today)
    if fault is not None:
        return replace(line, fate=Fate.REFUSED, because=fault)
    for other in (other for other in held if (other.code, other.subject) == (one.code, one.subject)):
        found = _against(one, other)
        if found is not None:
            fate = Fate.KNOWN if found == "held_already" else Fate.CONFLICT
            return replace(line, fate=fate, because=found, credential_id=other.credential_id or None)
    return line


def _fault(one: Brought, today: date) -> str | None:
    entry, shown = CATALOGUE.get(one.code), one.shown
    if entry is None:
        return "item_unknown"
    faults = {
        "not_carried_over": one.code.startswith("EXC-") or entry.bound_to is BoundTo.ASSIGNMENT,
        "licence_missing": one.code in PROFESSIONS and shown.licence is None,
        "not_a_licence": one.code not in PROFESSIONS and shown.licence is not None,
        "issued_in_future": shown.issued_on > today,
        "expires_before_issued": shown.expires_on is not None and shown.expires_on < shown.issued_on,
        "verified_in_future": one.word is not None and one.word.at.date() > today,
        "expiry_missing": entry.validity.printed_expiry and shown.expires_on is None,
    }
    return next((fault for fault, is_so in faults.items() if is_so), None)


def _against(one: Brought, held: Held) -> str | None:
    shown, life = one.shown, held.life
    are_numbered = one.mark is not None and held.mark is not None
    is_same_number = one.mark == held.mark if are_numbered else shown.issued_on == life.issued_on
    if is_same_number and shown.expires_on == life.expires_on:
        return "held_already"
    if are_numbered and not is_same_number and (shown.issued_on, shown.expires_on) == (life.issued_on, life.expires_on):
        return "other_number"
    if is_same_number and shown.issued_on == life.issued_on:
        return "other_last_day"
    return None


def _as_held(one: Brought, today: date) -> Held:
    return Held(
        credential_id="",
        clinician_id="",
        code=one.code,
        subject=one.subject,
        issued_on=one.shown.issued_on,
        received_on=today,
        expires_on=one.shown.expires_on,
        mark=one.mark,
    )
