"""The body of a credential that came in: what its kind has to say, besides its dates."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from credentialing.domain.authority.licence import BoardAction, Licence, LicenceScope, LicenceStatus
from credentialing.domain.held import Shown
from credentialing.domain.immunity import ImmunityEvidence
from shared.http.bodies import RequestBody, Text

RECEIVE: dict[str, Any] = {"issued_on": "2025-06-01", "expires_on": "2027-05-31", "number": "12345"}

State = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Name = Annotated[str, Field(min_length=1, max_length=60)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]
"""A day of this age: months and deadlines can be added to it."""

Few = Annotated[tuple[Day, ...], Field(max_length=20)]
Names = Annotated[tuple[Name, ...], Field(max_length=40)]


class ActionIn(RequestBody):
    """A board's action in a state; both days inclusive, no end while it is in force."""

    state: State
    effective: Day
    ended: Day | None = None


class LicenceIn(RequestBody):
    """What a licence says besides its dates; `state` is whose licence it is, wherever it is to be used."""

    state: State
    type: Name
    scope: LicenceScope = LicenceScope.SINGLE_STATE
    status: LicenceStatus = LicenceStatus.ACTIVE
    deactivated_on: Day | None = None
    actions: Annotated[tuple[ActionIn, ...], Field(max_length=20)] = ()

    def licence(self) -> Licence:
        """The licence as the rules of authority read it."""
        return Licence(
            state=self.state,
            type=self.type,
            scope=self.scope,
            status=self.status,
            deactivated_on=self.deactivated_on,
            actions=tuple(
                BoardAction(state=one.state, effective=one.effective, ended=one.ended) for one in self.actions
            ),
        )


class ImmunityIn(RequestBody):
    """What a record, a laboratory or a provider says; diseases as `measles`, `mumps`, `rubella`, `varicella`."""

    doses: Few = ()
    dose_count: Annotated[int, Field(ge=0, le=20)] | None = None
    titres: Names = ()
    confirmed: Names = ()
    diagnosed: Names = ()
    anti_hbs: Annotated[Decimal, Field(ge=0, max_digits=8, decimal_places=2)] | None = None
    has_tdap: bool = False
    is_presumed: bool = False
    blood_negative: bool | None = None
    skin_negatives: Few = ()
    is_prior_positive: bool = False
    xray_clear: bool | None = None
    symptom_free: bool | None = None

    def evidence(self) -> ImmunityEvidence:
        """The evidence as the rules of immunity read it."""
        return ImmunityEvidence(
            doses=self.doses,
            dose_count=self.dose_count,
            titres=frozenset(self.titres),
            confirmed=frozenset(self.confirmed),
            diagnosed=frozenset(self.diagnosed),
            anti_hbs=self.anti_hbs,
            has_tdap=self.has_tdap,
            is_presumed=self.is_presumed,
            blood_negative=self.blood_negative,
            skin_negatives=self.skin_negatives,
            is_prior_positive=self.is_prior_positive,
            xray_clear=self.xray_clear,
            symptom_free=self.symptom_free,
        )


class ReceiveIn(RequestBody):
    """What was shown: the day it was issued (or tested, searched, given), its number and printed last day if any.

    What is not stated (issuer, panel, look-back) is taken to be what the item asks. `instead`: the code of what does
    instead of the item.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [RECEIVE]})

    issued_on: Day
    expires_on: Day | None = None
    number: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    issuer: Text | None = None
    panel: Names = ()
    lookback_years: Annotated[int, Field(ge=0, le=100)] | None = None
    document_id: Annotated[str, Field(pattern=r"^doc_[0-9a-z]{1,40}$")] | None = None
    licence: LicenceIn | None = None
    immunity: ImmunityIn | None = None
    worked_through: Day | None = None
    instead: Annotated[str, Field(min_length=1, max_length=40)] | None = None

    def shown(self) -> Shown:
        """What came in, as the rules read it."""
        return Shown(
            issued_on=self.issued_on,
            expires_on=self.expires_on,
            number=self.number,
            issuer=self.issuer,
            panel=self.panel,
            lookback_years=self.lookback_years,
            document_id=self.document_id,
            licence=self.licence.licence() if self.licence else None,
            immunity=self.immunity.evidence() if self.immunity else None,
            worked_through=self.worked_through,
            instead=self.instead,
        )
