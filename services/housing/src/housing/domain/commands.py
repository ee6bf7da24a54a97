"""What a housing coordinator decides in a case. Each returns the new case, or refuses and changes nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from housing.domain.arrangement import Booking, OwnHousing, Unit
from housing.domain.case import Case
from housing.domain.changes import give_up_unit
from housing.domain.errors import (
    AgreementAheadOfTerms,
    AlreadyBooked,
    AmountInvalid,
    CaseClosed,
    MoneyNotYetCommitted,
    NobodyToCheckOut,
    NoLiabilityToCheck,
    NotAnAgencyUnit,
    NotAStipend,
    NoUnitChosen,
    RentInvalid,
    UnitForOtherNights,
    ZipInvalid,
)
from housing.domain.nights import in_words
from housing.domain.rulebook.steps import StepName
from housing.domain.steps import commitment_findings, is_done
from shared.contracts.terms import HousingMode
from shared.money import Money


def record_agreement(case: Case, terms_version: int) -> Case:
    """The clinician signed these terms; an older agreement than the known one changes nothing."""
    _must_be_open(case)
    if terms_version > case.terms.version:
        raise AgreementAheadOfTerms(known=case.terms.version)
    return replace(case, agreement_version=max(case.agreement_version, terms_version))


def confirm_own_housing(case: Case, zip_code: str, *, today: date) -> Case:
    """The clinician has a place of their own for all nights of the stay; of it only the ZIP code is kept."""
    _must_be_open(case)
    if case.mode is not HousingMode.STIPEND:
        raise NotAStipend
    if len(zip_code) != 5 or not (zip_code.isascii() and zip_code.isdigit()):
        raise ZipInvalid
    return replace(case, own_housing=OwnHousing(zip=zip_code, nights=case.stay, confirmed_on=today))


def choose_unit(case: Case, reference: str, *, name: str, rent_per_week: Decimal, today: date) -> Case:
    """This unit is held for the present nights; no money is committed yet.

    The same unit chosen again keeps its booking, which is then to be made anew for the new nights; another
    unit gives up the one before.
    """
    _must_house(case)
    if rent_per_week < 0 or rent_per_week * 100 % 1:
        raise RentInvalid
    chosen = Unit(reference=reference, name=name, rent_per_week=rent_per_week, nights=case.stay)
    if case.unit is not None and case.unit.reference == reference:
        return replace(case, unit=replace(chosen, booking=case.unit.booking))
    return replace(give_up_unit(case, reason="replaced", on=today), unit=chosen)


def book(case: Case, booking_reference: str) -> Case:
    """Money is committed for the chosen unit: only for the present nights, once confirmed and signed."""
    unit = _must_have_unit(case)
    if not is_done(case, StepName.UNIT_CHOSEN):
        raise UnitForOtherNights(chosen=in_words(unit.nights), needed=in_words(case.stay))
    if is_done(case, StepName.UNIT_BOOKED):
        raise AlreadyBooked
    if findings := commitment_findings(case):
        raise MoneyNotYetCommitted(findings=findings)
    return replace(case, unit=replace(unit, booking=Booking(reference=booking_reference, nights=case.stay)))


def release(case: Case, reason: str, *, today: date) -> Case:
    """The unit is given up, whether held or booked; another may be chosen. `reason` is a stable code."""
    _must_have_unit(case)
    return give_up_unit(case, reason=reason, on=today)


def record_liability(case: Case, number: int, *, owed: Money) -> Case:
    """What is still owed for the booking of release `number` (1, 2, 3 …); also possible after the end."""
    if not 1 <= number <= len(case.releases) or not case.releases[number - 1].is_unchecked:
        raise NoLiabilityToCheck(number=number)
    if owed < Money(0):
        raise AmountInvalid
    checked = replace(case.releases[number - 1], owed=owed)
    return replace(case, releases=(*case.releases[: number - 1], checked, *case.releases[number:]))


def check_out(case: Case, on: date) -> Case:
    """The clinician left the agency's unit on this day, after the end of the assignment."""
    if not case.is_closed or case.unit is None or case.checked_out_on is not None:
        raise NobodyToCheckOut
    return replace(case, checked_out_on=on)


def _must_be_open(case: Case) -> None:
    if case.is_closed:
        raise CaseClosed(ended_on=case.ended_on)


def _must_house(case: Case) -> None:
    _must_be_open(case)
    if case.mode is not HousingMode.AGENCY_UNIT:
        raise NotAnAgencyUnit


def _must_have_unit(case: Case) -> Unit:
    _must_house(case)
    if case.unit is None:
        raise NoUnitChosen
    return case.unit
