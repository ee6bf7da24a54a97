"""Bodies of the commands on an assignment."""

from typing import Annotated, Any

from pydantic import AwareDatetime, Field

from assignments.api.schemas.examples import FACILITY_ID, PAY, SHIFT, shown
from assignments.api.schemas.fields import Day, Rates, WallClock, Words
from assignments.api.schemas.offers import PayIn, ShiftIn
from assignments.domain.assignment import Agreement, Signature, SignerRole
from assignments.domain.confirmation import ConfirmedShift, ConfirmedTerms
from assignments.domain.revision import Revision
from assignments.domain.terms_change import TermsChange
from shared.contracts.terms import (
    Bonus,
    Discipline,
    HousingMode,
    PayPackage,
    Reimbursement,
    ShiftPattern,
    Weekday,
)
from shared.http.bodies import Amount, Id, RequestBody, Text

_REVISION: dict[str, Any] = {"unit": "Step-down 2", "pay_package": PAY}


class ReasonIn(RequestBody):
    """Why."""

    model_config = shown({"reason": "Unit closed."})

    reason: Text


class DeclineIn(RequestBody):
    """Why, if it was said."""

    model_config = shown({"reason": "Took another offer."})

    reason: Text | None = None


class ConfirmedShiftIn(RequestBody):
    """The shift as the client states it."""

    shifts_per_week: int | None = None
    starts_at: WallClock | None = None
    ends_at: WallClock | None = None
    unpaid_meal_minutes: int | None = None
    weekdays: Annotated[tuple[Weekday, ...], Field(max_length=7)] | None = None


class ConfirmedIn(RequestBody):
    """The client's side of the terms; what it says nothing about is left out."""

    facility_id: Id | None = None
    unit: Words | None = None
    discipline: Discipline | None = None
    specialty: Words | None = None
    start_date: Day | None = None
    end_date: Day | None = None
    guaranteed_hours_per_week: Amount | None = None
    shift_pattern: ConfirmedShiftIn | None = None
    bill_rates: Rates | None = None

    def value(self) -> ConfirmedTerms:
        """The same as the rules take it."""
        shift = self.shift_pattern
        said = {name: getattr(self, name) for name in type(self).model_fields if name != "shift_pattern"}
        return ConfirmedTerms(**said, shift_pattern=ConfirmedShift(**dict(shift)) if shift else None)


class ConfirmIn(RequestBody):
    """What the client wrote, to be compared with the offer; nothing when a person vouches for it."""

    model_config = shown({"confirmed": {"facility_id": FACILITY_ID, "unit": "ICU 4", "start_date": "2026-02-02"}})

    confirmed: ConfirmedIn | None = None


class SignerIn(RequestBody):
    """Who signed, by id, for whom, and when."""

    signer_id: Annotated[str, Field(max_length=80)]
    role: SignerRole
    signed_at: AwareDatetime


class AgreementIn(RequestBody):
    """The signed document by its SHA-256, the terms version it states, and its signers."""

    model_config = shown(
        {
            "document_sha256": "9f" * 32,
            "terms_version": 1,
            "signers": [{"signer_id": "per-1", "role": "clinician", "signed_at": "2026-01-05T15:00:00Z"}],
        }
    )

    document_sha256: Annotated[str, Field(max_length=64)]
    terms_version: Annotated[int, Field(ge=1, lt=2**31)]
    signers: Annotated[tuple[SignerIn, ...], Field(max_length=10)]

    def value(self) -> Agreement:
        """The same as the rules take it."""
        signatures = tuple(Signature(**dict(one)) for one in self.signers)
        return Agreement(document_sha256=self.document_sha256, terms_version=self.terms_version, signatures=signatures)


class NewStartIn(RequestBody):
    """The new first day; the last day moves along unless it is given."""

    model_config = shown({"new_start": "2026-02-16"})

    new_start: Day
    new_end: Day | None = None


class NewEndIn(RequestBody):
    """The new last day."""

    model_config = shown({"new_end": "2026-04-18"})

    new_end: Day


class RevisionIn(RequestBody):
    """What is different; what is left out stays. A shift pattern or pay package is given whole."""

    unit: Words | None = None
    specialty: Words | None = None
    shift_pattern: ShiftIn | None = None
    guaranteed_hours_per_week: Amount | None = None
    pay_package: PayIn | None = None
    bill_rates: Rates | None = None
    housing_mode: HousingMode | None = None

    def value(self) -> Revision:
        """The same as the rules take it; they judge it together with the terms it changes."""
        given = {name: getattr(self, name) for name in type(self).model_fields}
        shift, pay = self.shift_pattern, self.pay_package
        return Revision(
            **{
                **given,
                "shift_pattern": ShiftPattern(**dict(shift)) if shift else None,
                "pay_package": _package(pay) if pay else None,
            }
        )


class ExtendIn(RequestBody):
    """The new last day, whether the clinician accepted, and what else is agreed for the added days."""

    model_config = shown({"new_end": "2026-06-27", "clinician_accepted": True, "revision": {"pay_package": PAY}})

    new_end: Day
    clinician_accepted: bool
    revision: RevisionIn = RevisionIn()


class ChangeTermsIn(RequestBody):
    """What changes from a day on; `clinician_accepted` is left out when nobody asked."""

    model_config = shown({"effective_on": "2026-03-02", "revision": _REVISION, "clinician_accepted": True})

    effective_on: Day
    revision: RevisionIn
    clinician_accepted: bool | None = None

    def value(self) -> TermsChange:
        """The same as the rules take it."""
        return TermsChange(
            effective_on=self.effective_on,
            revision=self.revision.value(),
            clinician_accepted=self.clinician_accepted,
        )


class FloatIn(RequestBody):
    """The unit, and the first day there."""

    model_config = shown({"unit": "Step-down 2", "effective_on": "2026-03-02"})

    unit: Words
    effective_on: Day

    def value(self) -> TermsChange:
        """A float is a change of the unit."""
        return TermsChange(effective_on=self.effective_on, revision=Revision(unit=self.unit), under="")


class AmendIn(RequestBody):
    """What is different from the first day on, and the new last day, if there is one."""

    model_config = shown({"revision": {"shift_pattern": SHIFT}})

    revision: RevisionIn = RevisionIn()
    new_end: Day | None = None


class StartIn(RequestBody):
    """The facility's day on which the clinician arrived."""

    model_config = shown({"started_on": "2026-02-02"})

    started_on: Day


class TerminateIn(RequestBody):
    """The last day, and why."""

    model_config = shown({"on": "2026-03-14", "reason": "Did not keep to the unit's rules."})

    on: Day
    reason: Text


def _package(pay: PayIn) -> PayPackage:
    return PayPackage(
        hourly_rates=pay.hourly_rates,
        lodging_per_week=pay.lodging_per_week,
        meals_per_week=pay.meals_per_week,
        tax_home_declared=pay.tax_home_declared,
        bonuses=tuple(Bonus(**dict(one)) for one in pay.bonuses),
        reimbursements=tuple(Reimbursement(**dict(one)) for one in pay.reimbursements),
    )
