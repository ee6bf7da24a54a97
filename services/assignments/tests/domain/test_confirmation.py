from datetime import date, time
from decimal import Decimal

import pytest

from assignments.domain.confirmation import ConfirmedShift, ConfirmedTerms, differences
from assignments.domain.course import confirm
from assignments.domain.errors import InvalidTransition, TermsMismatch
from services.assignments.tests.builders import START, an_assignment, an_offer, some_terms
from shared.contracts.assignments import State
from shared.contracts.terms import Weekday

AS_OFFERED = ConfirmedTerms(
    unit="ICU 4",
    start_date=START,
    guaranteed_hours_per_week=Decimal("36"),
    shift_pattern=ConfirmedShift(shifts_per_week=3, starts_at=time(19)),
    bill_rates={"REG": Decimal("81")},
)


@pytest.mark.parametrize(
    ("name", "confirmed", "pointers"),
    [
        ("nothing is said", ConfirmedTerms(), []),
        ("everything said matches", AS_OFFERED, []),
        (
            "everything differs",
            ConfirmedTerms(
                unit="ICU 5",
                start_date=date(2026, 2, 9),
                guaranteed_hours_per_week=Decimal(0),
                shift_pattern=ConfirmedShift(ends_at=time(7), weekdays=(Weekday.MON,)),
                bill_rates={"REG": Decimal("79.50"), "OT": Decimal("119.25")},
            ),
            [
                "/confirmed/unit",
                "/confirmed/start_date",
                "/confirmed/guaranteed_hours_per_week",
                "/confirmed/shift_pattern/ends_at",
                "/confirmed/shift_pattern/weekdays",
                "/confirmed/bill_rates/OT",
                "/confirmed/bill_rates/REG",
            ],
        ),
        ("an offered rate is left out", ConfirmedTerms(bill_rates={}), ["/confirmed/bill_rates/REG"]),
    ],
)
def test_every_difference_from_the_offer_is_found(name: str, confirmed: ConfirmedTerms, pointers: list[str]) -> None:
    found = differences(some_terms(), confirmed)
    assert [finding.pointer for finding in found] == pointers, name
    assert {finding.code for finding in found} <= {"differs_from_offer"}


def test_a_confirmation_that_differs_is_refused_with_all_differences() -> None:
    with pytest.raises(TermsMismatch) as caught:
        confirm(an_assignment(), confirmed=ConfirmedTerms(unit="ICU 5", specialty="TELE"))
    assert [finding.pointer for finding in caught.value.findings] == [
        "/confirmed/unit",
        "/confirmed/specialty",
    ]


def test_a_confirmation_that_matches_begins_onboarding() -> None:
    assert confirm(an_assignment(), confirmed=AS_OFFERED).assignment.state is State.ONBOARDING


def test_an_offer_nobody_accepted_cannot_be_confirmed_whatever_the_client_says() -> None:
    with pytest.raises(InvalidTransition):
        confirm(an_offer(), confirmed=ConfirmedTerms(unit="ICU 5"))
