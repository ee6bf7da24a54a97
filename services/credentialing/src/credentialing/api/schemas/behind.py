"""Bodies of the answers about what lies behind one item: its claims, what sources said, where somebody lives."""

from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field

from credentialing.api.schemas.claims import Day, State
from credentialing.api.schemas.files import ItemOut
from credentialing.app.queries.clearance import Behind
from credentialing.domain.authority.licence import LicenceScope, LicenceStatus
from credentialing.domain.authority.residence import Residence
from credentialing.domain.held import Held, HeldStatus
from credentialing.domain.home import Home
from credentialing.domain.requirement import Party
from credentialing.domain.source_result import Outcome
from credentialing.domain.sources.catalogue import route_of
from shared.http.bodies import RequestBody, ResponseBody, Text

_CLAIM: dict[str, Any] = {
    "credential_id": "crd_01m8095ps8e00axqcgn5qrg12p",
    "code": "LIC-RN",
    "subject": "TX",
    "status": "verified",
    "end": "4567",
    "issued_on": "2024-06-01",
    "expires_on": "2027-05-31",
    "source_expires_on": "2027-05-31",
    "outcome": "confirmed",
    "source": "licence_source",
    "licence": {"state": "TX", "type": "RN", "scope": "multistate", "status": "active"},
}
_RESULT: dict[str, Any] = {
    "result_id": "res_01m8095ps8e00axqcgn5qrg12p",
    "credential_id": "crd_01m8095ps8e00axqcgn5qrg12p",
    "source": "licence_source",
    "outcome": "confirmed",
    "checked_at": "2026-01-12T15:00:00Z",
    "checked_by": "system:credentialing",
    "expires_on": "2027-05-31",
    "discipline": False,
}
_HOME: dict[str, Any] = {"residences": [{"state": "TX", "first": None, "last": None, "applied_on": None, "proofs": []}]}


def _example(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(frozen=True, from_attributes=True, json_schema_extra={"examples": [example]})


class LicenceOut(ResponseBody):
    """What a licence says besides its dates."""

    state: str
    type: str
    scope: LicenceScope
    status: LicenceStatus
    deactivated_on: date | None = None


class ClaimOut(ResponseBody):
    """A credential as it was read, and what its source said last. Of its number the end is shown."""

    credential_id: str
    code: str
    subject: str
    status: HeldStatus
    end: str | None = Field(None, description="what is shown of its number")
    issued_on: date
    expires_on: date | None = None
    issuer: str | None = None
    panel: tuple[str, ...] = ()
    lookback_years: int | None = None
    document_id: str | None = None
    received_on: date | None = None
    received_by: str | None = None
    verified_on: date | None = None
    verified_by: str | None = None
    source: str | None = None
    source_issued_on: date | None = None
    source_expires_on: date | None = None
    result_id: str | None = None
    outcome: Outcome | None = None
    is_disciplined: bool = False
    rejected_because: str | None = None
    licence: LicenceOut | None = None

    @classmethod
    def of(cls, held: Held) -> Self:
        """The claim as it is shown."""
        return cls.model_validate({name: getattr(held, name) for name in cls.model_fields})


class ResultOut(ResponseBody):
    """One answer of one source, with its evidence."""

    result_id: str
    credential_id: str | None = None
    source: str
    outcome: Outcome
    checked_at: datetime
    checked_by: str
    issued_on: date | None = None
    expires_on: date | None = None
    status_text: str | None = None
    discipline: bool | None = None
    url: str | None = None
    document_id: str | None = None
    release: str | None = None
    reference: str | None = None


class WaiverOut(ResponseBody):
    """Who lifted the requirement, on which side, why and on what evidence, until when, and for which facility's all."""

    by: str
    party: Party
    reason: str
    on: date
    through: date | None
    facility_id: str | None
    document_id: str | None


class BehindOut(ResponseBody):
    """An item with its waiver, the claims that answer it and what sources said about them, each newest first.

    `asked_of` is the source that answers our questions about it; null where people check it.
    """

    model_config = _example(
        {"item": {"partition": "personnel", "is_met": True}, "claims": [_CLAIM], "results": [_RESULT]}
    )

    item: ItemOut
    waiver: WaiverOut | None = None
    asked_of: str | None = None
    claims: tuple[ClaimOut, ...]
    results: tuple[ResultOut, ...]

    @classmethod
    def of(cls, behind: Behind) -> Self:
        """What is shown of an item."""
        route = route_of(behind.item.code)
        return cls(
            item=ItemOut.of(behind.item),
            waiver=WaiverOut.model_validate(behind.item.waiver) if behind.item.waiver else None,
            asked_of=route.source if route else None,
            claims=tuple(ClaimOut.of(one) for one in behind.claims),
            results=tuple(ResultOut.model_validate(one) for one in behind.results),
        )


class RevealIn(RequestBody):
    """Which credential's number, and why it has to be seen."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"credential_id": _CLAIM["credential_id"], "reason": "The board's form asks for it."}]
        }
    )

    credential_id: Annotated[str, Field(pattern=r"^crd_[0-9a-z_]{1,40}$")]
    reason: Text


class NumberOut(ResponseBody):
    """The number of a credential in clear."""

    model_config = _example({"credential_id": _CLAIM["credential_id"], "number": "RN.1234567"})

    credential_id: str
    number: str = Field(repr=False)


class ResidenceIn(RequestBody):
    """A time of primary residence, both days inclusive; an open end is null.

    `applied_on`: when a licence of this state was applied for after moving there. `proofs`: the states proofs name.
    """

    state: State
    first: Day | None = None
    last: Day | None = None
    applied_on: Day | None = None
    proofs: Annotated[tuple[State, ...], Field(max_length=10)] = ()

    def residence(self) -> Residence:
        """The residence as the nurse compact's rules read it."""
        return Residence(
            state=self.state, first=self.first, last=self.last, applied_on=self.applied_on, proofs=self.proofs
        )


class DeclareIn(RequestBody):
    """All times of primary residence that are known, in order; they replace what was known before."""

    model_config = ConfigDict(json_schema_extra={"examples": [_HOME]})

    residences: Annotated[tuple[ResidenceIn, ...], Field(min_length=1, max_length=30)]


class ResidenceOut(ResponseBody):
    """A time of primary residence, both days inclusive; an open end is null."""

    state: str
    first: date | None
    last: date | None
    applied_on: date | None
    proofs: tuple[str, ...]


class HomeOut(ResponseBody):
    """Where a clinician lives and lived, in order; empty when nothing is known."""

    model_config = _example(_HOME)

    residences: tuple[ResidenceOut, ...]

    @classmethod
    def of(cls, home: Home) -> Self:
        """The home as it is shown."""
        return cls(residences=tuple(ResidenceOut.model_validate(one) for one in home.residences))
