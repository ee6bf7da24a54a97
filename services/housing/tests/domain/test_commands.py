from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from housing.domain.case import Case
from housing.domain.changes import close
from housing.domain.commands import (
    book,
    check_out,
    choose_unit,
    confirm_own_housing,
    record_agreement,
    record_liability,
    release,
)
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
from services.housing.tests.builders import (
    TODAY,
    a_booked_case,
    a_case,
    a_held_case,
    adapted,
    an_end,
    some_pay,
    stipend_terms,
)
from shared.contracts.assignments import State
from shared.errors import Refused
from shared.money import Money


def _choose(case: Case, reference: str = "unit-8", rent: str = "500.00") -> Case:
    return choose_unit(case, reference, name="Mill Street 8", rent_per_week=Decimal(rent), today=TODAY)


_OVER = close(a_held_case(), an_end(State.FELL_OFF, TODAY))


@pytest.mark.parametrize(
    ("case", "refusal", "command"),
    [
        ("unit on a stipend", NotAnAgencyUnit, lambda: _choose(a_case(stipend_terms()))),
        ("own housing in a unit", NotAStipend, lambda: confirm_own_housing(a_case(), "55802", today=TODAY)),
        (
            "a short ZIP",
            ZipInvalid,
            lambda: confirm_own_housing(a_case(stipend_terms()), "5580", today=TODAY),
        ),
        ("a street", ZipInvalid, lambda: confirm_own_housing(a_case(stipend_terms()), "1 Elm", today=TODAY)),
        ("a negative rent", RentInvalid, lambda: _choose(a_case(), rent="-1")),
        ("a rent of half a cent", RentInvalid, lambda: _choose(a_case(), rent="420.005")),
        ("booking no unit", NoUnitChosen, lambda: book(a_case(), "HV-100")),
        ("booking twice", AlreadyBooked, lambda: book(a_booked_case(), "HV-101")),
        (
            "booking for moved nights",
            UnitForOtherNights,
            lambda: book(adapted(a_held_case(), end_date=date(2026, 5, 3)), "HV-100"),
        ),
        ("releasing no unit", NoUnitChosen, lambda: release(a_case(), "unfit", today=TODAY)),
        ("an agreement from the future", AgreementAheadOfTerms, lambda: record_agreement(a_case(), 2)),
        ("liability of a hold", NoLiabilityToCheck, lambda: record_liability(_OVER, 1, owed=Money(0))),
        (
            "liability without a release",
            NoLiabilityToCheck,
            lambda: record_liability(a_case(), 0, owed=Money(0)),
        ),
        (
            "a negative liability",
            AmountInvalid,
            lambda: record_liability(release(a_booked_case(), "unfit", today=TODAY), 1, owed=Money(-1)),
        ),
        ("checking out before the end", NobodyToCheckOut, lambda: check_out(a_booked_case(), TODAY)),
        ("choosing after the end", CaseClosed, lambda: _choose(_OVER)),
        ("signing after the end", CaseClosed, lambda: record_agreement(_OVER, 1)),
    ],
)
def test_what_the_rules_forbid_is_refused(case: str, refusal: type[Refused], command: Any) -> None:
    with pytest.raises(refusal):
        command()


@pytest.mark.parametrize(
    ("case", "given", "missing"),
    [
        (
            "neither",
            {"assignment_state": State.ACCEPTED, "agreement_version": 0},
            ["not_confirmed", "agreement_not_signed"],
        ),
        ("unsigned", {"agreement_version": 0}, ["agreement_not_signed"]),
        ("unconfirmed", {"assignment_state": State.ACCEPTED}, ["not_confirmed"]),
        ("fallen back to accepted", {"assignment_state": State.OFFERED}, ["not_confirmed"]),
    ],
)
def test_money_is_committed_only_after_confirmation_and_signature(
    case: str, given: dict[str, Any], missing: list[str]
) -> None:
    """INVARIANT: no booking exists before the client confirmed and the clinician signed.

    What breaks it: a path to a booking that skips commitment_findings, or a state in CLIENT_CONFIRMED that does
    not follow the client's confirmation.
    """
    held = a_held_case(**given)
    with pytest.raises(MoneyNotYetCommitted) as refused:
        book(held, "HV-100")
    assert [finding.code for finding in refused.value.findings] == missing
    assert held.unit is not None
    assert held.unit.booking is None


def test_an_agreement_to_the_old_housing_does_not_cover_the_new() -> None:
    signed = record_agreement(a_case(stipend_terms()), 1)
    assert signed.has_agreement
    package = some_pay(lodging_per_week=Decimal(800))
    raised = adapted(signed, pay_package=package)
    assert not raised.has_agreement
    assert record_agreement(raised, 2).has_agreement
    assert record_agreement(raised, 1) == raised


def test_an_agreement_holds_through_terms_that_leave_housing_alone() -> None:
    assert adapted(a_held_case(), end_date=date(2026, 5, 3)).has_agreement


def test_another_unit_gives_up_the_one_before_and_asks_what_is_owed() -> None:
    swapped = _choose(a_booked_case())
    assert swapped.unit is not None
    assert (swapped.unit.reference, swapped.unit.booking) == ("unit-8", None)
    assert [(gone.unit.reference, gone.reason, gone.is_unchecked) for gone in swapped.releases] == [
        ("unit-7", "replaced", True)
    ]


def test_a_checked_liability_is_recorded_even_after_the_end() -> None:
    over = close(a_booked_case(), an_end(State.FELL_OFF, TODAY))
    checked = record_liability(over, 1, owed=Money.of("840.00"))
    assert [gone.owed for gone in checked.releases] == [Money.of("840.00")]
    with pytest.raises(NoLiabilityToCheck):
        record_liability(checked, 1, owed=Money(0))


def test_the_clinician_checks_out_once() -> None:
    over = close(a_booked_case(assignment_state=State.ACTIVE), an_end(State.COMPLETED, date(2026, 4, 5)))
    gone = check_out(over, date(2026, 4, 6))
    assert gone.checked_out_on == date(2026, 4, 6)
    with pytest.raises(NobodyToCheckOut):
        check_out(gone, date(2026, 4, 7))
