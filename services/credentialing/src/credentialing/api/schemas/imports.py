"""Bodies of profiles that come in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self

from pydantic import ConfigDict

from credentialing.api.schemas.profile_example import PROFILE
from credentialing.api.schemas.profiles import (
    NPI_SYSTEM,
    DocumentReference,
    Practitioner,
    ProfileBundle,
    Qualification,
    VerificationResult,
)
from credentialing.app.import_profile import ImportProfile
from credentialing.domain.held import Shown
from credentialing.domain.profile.importing import Assertion, Brought, Fate, Imported, Told, Word
from credentialing.domain.profile.papers import Listed
from credentialing.domain.requirement import Partition
from shared.errors import Finding, Invalid
from shared.http.bodies import RequestBody, ResponseBody, Text

_LINE: dict[str, Any] = {
    "place": 0,
    "code": "CERT-BLS",
    "subject": "",
    "fate": "taken",
    "because": None,
    "credential_id": "crd_01m8095ps8e00rc1kcn27y03zt",
    "document_id": "doc_01m8095ps8e00axqcgn5qrg12p",
}
_PAPER: dict[str, Any] = {
    "place": 2,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "partition": "personnel",
    "code": "CERT-BLS",
    "fate": "taken",
    "because": None,
    "detail": None,
    "document_id": "doc_01m8095ps8e00axqcgn5qrg12p",
}
_ASSERTION: dict[str, Any] = {
    "assertion_id": "ast_01m8095ps8e00rc1kcn27y03zu",
    "clinician_id": "cln_01m8095ps8e00rc1kcn27y03zg",
    "credential_id": "crd_01m8095ps8e00rc1kcn27y03zt",
    "code": "CERT-BLS",
    "subject": "",
    "sender": "Northwind Staffing",
    "source": "AHA",
    "verified_by": "per_01m8095ps8e00rc1kcn27y03zk",
    "verified_at": "2025-12-20T16:30:00Z",
    "is_issuer": True,
    "brought_at": "2026-01-05T15:00:00Z",
    "accepted_by": None,
    "accepted_at": None,
}


def _example(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(frozen=True, from_attributes=True, json_schema_extra={"examples": [example]})


class ImportIn(RequestBody):
    """A profile in the open format, and which system it comes from."""

    model_config = _example({"sender": "Northwind Staffing", "profile": PROFILE})

    sender: Text
    profile: ProfileBundle

    def command(self, clinician_id: str) -> ImportProfile:
        """Its credentials, each with its newest good verification and the hash of its document.

        Raises Invalid where the profile is not of one clinician.
        """
        parts = [one.resource for one in self.profile.entry]
        person = self.person
        words = _words([one for one in parts if isinstance(one, VerificationResult)])
        hashes = {f"#{one.id}": one.attachment.sha256 for one in parts if isinstance(one, DocumentReference)}
        return ImportProfile(
            clinician_id=clinician_id,
            sender=self.sender,
            told=Told(
                name=person.name[0].text if person.name else "",
                npi=next((one.value for one in person.identifier if one.system == NPI_SYSTEM), None),
            ),
            brought=tuple(_brought(one, words.get(f"#{one.id}")) for one in person.qualification),
            hashes=tuple(hashes.get((one.document and one.document.reference) or "") for one in person.qualification),
        )

    @property
    def person(self) -> Practitioner:
        """Whose profile it is. Raises Invalid where that is not one person."""
        people = [one.resource for one in self.profile.entry if isinstance(one.resource, Practitioner)]
        if len(people) != 1:
            message = "A profile is of one Practitioner."
            raise Invalid(findings=(Finding(pointer="/profile/entry", code="not_one_person", message=message),))
        return people[0]

    def listed(self) -> tuple[Listed, ...]:
        """The documents that it names, each with the items of the credentials that name it."""
        backed: dict[str, list[str]] = {}
        for one in self.person.qualification:
            if one.document and one.document.reference:
                backed.setdefault(one.document.reference, []).append(one.code.code)
        return tuple(
            _listed(place, one.resource, backs=tuple(backed.get(f"#{one.resource.id}", ())))
            for place, one in enumerate(self.profile.entry)
            if isinstance(one.resource, DocumentReference)
        )


class LineOut(ResponseBody):
    """What comes of the credential at this place of the profile or table, and why."""

    model_config = _example(_LINE)

    place: int
    code: str
    subject: str
    fate: Fate
    because: str | None
    credential_id: str | None
    document_id: str | None


class PaperOut(ResponseBody):
    """What comes of the document that part `place` of the profile names, and why.

    The same document may have a line for each part of the file that it goes to.
    """

    model_config = _example(_PAPER)

    place: int
    sha256: str
    partition: Partition | None
    code: str | None
    fate: Fate
    because: str | None
    detail: str | None
    document_id: str | None


class ImportOut(ResponseBody):
    """What came of each credential, in the profile's order, and of each document that came along.

    The counts are of credentials; in a preview the ids are those of nothing.

    `doubts` (`npi_differs`, `name_differs`): look whose profile it is before you take it in.
    """

    model_config = _example(
        {
            "taken": 1,
            "known": 0,
            "conflicts": 0,
            "refused": 0,
            "doubts": [],
            "lines": [_LINE],
            "documents": [_PAPER],
        }
    )

    taken: int
    known: int
    conflicts: int
    refused: int
    doubts: tuple[str, ...]
    lines: tuple[LineOut, ...]
    documents: tuple[PaperOut, ...]

    @classmethod
    def of(cls, imported: Imported) -> Self:
        """The lines, counted."""
        lines = imported.lines
        count = {fate: sum(one.fate is fate for one in lines) for fate in Fate}
        return cls(
            taken=count[Fate.TAKEN],
            known=count[Fate.KNOWN],
            conflicts=count[Fate.CONFLICT],
            refused=count[Fate.REFUSED],
            doubts=imported.doubts,
            lines=tuple(LineOut.model_validate(one) for one in lines),
            documents=tuple(PaperOut.model_validate(one) for one in imported.papers),
        )


class AssertionOut(ResponseBody):
    """What another system says it verified; `is_issuer`: whether its source issued the credential."""

    model_config = _example(_ASSERTION)

    assertion_id: str
    clinician_id: str
    credential_id: str
    code: str
    subject: str
    sender: str
    source: str
    verified_by: str
    verified_at: datetime
    is_issuer: bool
    brought_at: datetime
    accepted_by: str | None
    accepted_at: datetime | None

    @classmethod
    def of(cls, assertion: Assertion) -> Self:
        """The assertion as it stands."""
        own = {"source": "source", "verified_by": "by", "verified_at": "at"}
        plain = {name: getattr(assertion, name) for name in cls.model_fields if name not in own}
        return cls(**plain, **{name: getattr(assertion.word, field) for name, field in own.items()})


class AssertionList(ResponseBody):
    """What other systems say of a clinician, in the order it came."""

    model_config = _example({"items": [_ASSERTION]})

    items: tuple[AssertionOut, ...]


def _words(said: Sequence[VerificationResult]) -> dict[str, Word]:
    good = [one for one in said if one.status == "validated"]
    ordered = sorted(good, key=lambda one: one.primary_source.validation_date)
    return {
        one.target.reference or "": Word(
            source=one.primary_source.who.display or "",
            by=one.attestation.display or "",
            at=one.primary_source.validation_date,
        )
        for one in ordered
    }


def _listed(place: int, one: DocumentReference, *, backs: tuple[str, ...]) -> Listed:
    attachment = one.attachment
    return Listed(
        place=place,
        path=attachment.url,
        sha256=attachment.sha256,
        size=attachment.size,
        media_type=attachment.content_type,
        category=one.category,
        code=one.code.code if one.code else None,
        backs=backs,
    )


def _brought(one: Qualification, word: Word | None) -> Brought:
    return Brought(
        code=one.code.code,
        subject=one.licence.state if one.licence else one.subject,
        word=word,
        shown=Shown(
            issued_on=one.period.start,
            expires_on=one.period.end,
            number=one.identifier[0].value if one.identifier else None,
            issuer=one.issuer.display if one.issuer else None,
            panel=one.panel,
            lookback_years=one.lookback_years,
            licence=one.licence.licence() if one.licence else None,
            immunity=one.immunity.evidence() if one.immunity else None,
        ),
    )
