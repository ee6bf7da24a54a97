"""The open format of a clinician's profile: a bundle in the manner of FHIR R5, and nothing that is only ours.

The same bodies are given out and taken in. `docs/domain/clinician-profile.schema.json` is made from them.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from credentialing.api.schemas.claims import ImmunityIn, LicenceIn
from credentialing.api.schemas.profile_example import PROFILE
from credentialing.domain.documents.document import Document
from credentialing.domain.immunity import ImmunityEvidence
from credentialing.domain.profile.profile import VERSION, Carried, Confirmed, Profile, confirmed
from credentialing.domain.source_result import Outcome, SourceResult
from shared.http.bodies import RequestBody

ITEM_SYSTEM = "urn:firstshift:item"
NUMBER_SYSTEM = "urn:firstshift:number"
NPI_SYSTEM = "http://hl7.org/fhir/sid/us-npi"
STATUS = {Outcome.CONFIRMED: "validated", Outcome.REFUTED: "val-fail", Outcome.UNCLEAR: "in-process"}

Word = Annotated[str, Field(max_length=500)]
Few = 20


class Part(RequestBody):
    """A part of the bundle; names are written as FHIR writes them."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
    )


class Identifier(Part):
    """A number and who gives such numbers."""

    system: Word
    value: Word


class Coded(Part):
    """A code of a system; of items, the codes of docs/domain/requirements.md."""

    system: Word
    code: Word


class Named(Part):
    """Somebody or something by name, or by reference to another part of the bundle."""

    display: Word | None = None
    reference: Word | None = None


class Period(Part):
    """From the day of issue to the last day."""

    start: date
    end: date | None = None


class Qualification(Part):
    """One credential. `subject` is the state or unit that it is good for, empty for all.

    `category` is the part of the file that it belongs to.
    """

    id: Word
    code: Coded
    subject: Word = ""
    category: Word = "personnel"
    period: Period
    identifier: Annotated[tuple[Identifier, ...], Field(max_length=1)] = ()
    issuer: Named | None = None
    panel: Annotated[tuple[Word, ...], Field(max_length=50)] = ()
    lookback_years: Annotated[int, Field(ge=0, le=100)] | None = None
    licence: LicenceIn | None = None
    immunity: ImmunityIn | None = None
    document: Named | None = None


class Text(Part):
    """A name as it is written."""

    text: Word


class Address(Part):
    """Where somebody lives, no closer than the state."""

    state: Word


class Practitioner(Part):
    """The clinician and what they hold."""

    resource_type: Literal["Practitioner"]
    id: Word
    identifier: Annotated[tuple[Identifier, ...], Field(max_length=Few)] = ()
    name: Annotated[tuple[Text, ...], Field(max_length=Few)]
    address: Annotated[tuple[Address, ...], Field(max_length=Few)] = ()
    qualification: Annotated[tuple[Qualification, ...], Field(max_length=500)] = ()


class PrimarySource(Part):
    """Who said it, and when."""

    who: Named
    validation_date: datetime


class VerificationResult(Part):
    """What a source said of a qualification; `target` names that as `#id`, `attestation` who asked."""

    resource_type: Literal["VerificationResult"]
    id: Word
    target: Named
    status: Literal["validated", "val-fail", "in-process", "attested"]
    status_date: datetime
    primary_source: PrimarySource
    attestation: Named


class Attachment(Part):
    """A file by its hash; in the archive it lies under `url`."""

    content_type: Word
    size: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    url: Word


class DocumentReference(Part):
    """A file that backs a qualification, by its hash."""

    resource_type: Literal["DocumentReference"]
    id: Word
    category: Word
    date: datetime
    code: Coded | None = None
    attachment: Attachment


Resource = Annotated[Practitioner | VerificationResult | DocumentReference, Field(discriminator="resource_type")]


class Entry(Part):
    """One part of the bundle."""

    resource: Resource


class ProfileBundle(Part):
    """A clinician's profile: one Practitioner first, then what sources said, then documents."""

    model_config = ConfigDict(json_schema_extra={"examples": [PROFILE]})

    resource_type: Literal["Bundle"]
    type: Literal["collection"]
    format_version: Literal[1]
    timestamp: datetime
    entry: Annotated[tuple[Entry, ...], Field(min_length=1, max_length=2000)]

    @classmethod
    def of(cls, profile: Profile, now: datetime) -> Self:
        """The profile in the open format."""
        parts: list[Practitioner | VerificationResult | DocumentReference] = [_practitioner(profile)]
        parts += [_verification(one, each) for one in profile.carried for each in one.results]
        parts += [_own_word(one, said) for one in profile.carried if (said := confirmed(one))]
        parts += [_document(one) for one in profile.documents]
        entries = tuple(Entry(resource=one) for one in parts)
        return cls(resource_type="Bundle", type="collection", format_version=VERSION, timestamp=now, entry=entries)


def paper_path(document: Document) -> str:
    """Where a document lies in the archive."""
    return f"documents/{document.document_id}{document.media_type.ending}"


def _practitioner(profile: Profile) -> Practitioner:
    known = profile.clinician
    return Practitioner(
        resource_type="Practitioner",
        id=known.clinician_id,
        identifier=(Identifier(system=NPI_SYSTEM, value=known.npi),) if known.npi else (),
        name=(Text(text=known.name),),
        address=(Address(state=known.home.state),),
        qualification=tuple(_qualification(one, profile) for one in profile.carried),
    )


def _qualification(carried: Carried, profile: Profile) -> Qualification:
    held, life = carried.held, carried.held.life
    is_there = held.document_id in {one.document_id for one in profile.documents}
    return Qualification(
        id=held.credential_id,
        code=Coded(system=ITEM_SYSTEM, code=held.code),
        subject=held.subject,
        category=carried.partition,
        period=Period(start=life.issued_on, end=life.expires_on),
        identifier=(Identifier(system=NUMBER_SYSTEM, value=carried.number),) if carried.number else (),
        issuer=Named(display=held.issuer) if held.issuer else None,
        panel=held.panel,
        lookback_years=held.lookback_years,
        licence=_licence(carried),
        immunity=_immunity(held.immunity) if held.immunity else None,
        document=Named(reference=f"#{held.document_id}") if is_there else None,
    )


def _licence(carried: Carried) -> LicenceIn | None:
    licence = carried.held.licence
    if licence is None:
        return None
    actions = [{name: getattr(one, name) for name in ("state", "effective", "ended")} for one in licence.actions]
    plain: dict[str, Any] = {name: getattr(licence, name) for name in LicenceIn.model_fields}
    return LicenceIn(**{**plain, "actions": tuple(actions)})


def _immunity(evidence: ImmunityEvidence) -> ImmunityIn:
    plain: dict[str, Any] = {name: getattr(evidence, name) for name in ImmunityIn.model_fields}
    sets = {name: tuple(sorted(value)) for name, value in plain.items() if isinstance(value, frozenset)}
    return ImmunityIn(**{**plain, **sets})


def _verification(carried: Carried, result: SourceResult) -> VerificationResult:
    return VerificationResult.model_validate(
        {
            "resource_type": "VerificationResult",
            "id": result.result_id,
            "target": Named(reference=f"#{carried.held.credential_id}"),
            "status": STATUS[result.outcome],
            "status_date": result.checked_at,
            "primary_source": PrimarySource(who=Named(display=result.source), validation_date=result.checked_at),
            "attestation": Named(display=result.checked_by),
        }
    )


def _own_word(carried: Carried, said: Confirmed) -> VerificationResult:
    credential_id = carried.held.credential_id
    return VerificationResult.model_validate(
        {
            "resource_type": "VerificationResult",
            "id": f"{credential_id}-confirmed",
            "target": Named(reference=f"#{credential_id}"),
            "status": STATUS[Outcome.CONFIRMED],
            "status_date": said.at,
            "primary_source": PrimarySource(who=Named(display=said.source), validation_date=said.at),
            "attestation": Named(display=said.by),
        }
    )


def _document(document: Document) -> DocumentReference:
    return DocumentReference(
        resource_type="DocumentReference",
        id=document.document_id,
        category=document.partition,
        date=document.uploaded_at,
        code=Coded(system=ITEM_SYSTEM, code=document.code) if document.code else None,
        attachment=Attachment(
            content_type=document.media_type.value,
            size=document.size,
            sha256=document.sha256,
            url=paper_path(document),
        ),
    )
