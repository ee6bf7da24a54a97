"""What each kind of private value takes, how it is written down once for all ways to write it, and how it is masked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import Invalid
from shared.vault.kinds import BANK_ACCOUNT, BANK_ROUTING, BIRTH_DATE, MEDICAL_NOTE, SSN, PrivateKind

TODAY = date(2026, 1, 5)
KINDS = (SSN, BANK_ROUTING, BANK_ACCOUNT, BIRTH_DATE, MEDICAL_NOTE)


@pytest.mark.parametrize(
    ("kind", "written", "normalised", "masked"),
    [
        (SSN, "900-12-3456", "900123456", "***-**-3456"),
        (SSN, "000 12 3456", "000123456", "***-**-3456"),
        (SSN, "666123456", "666123456", "***-**-3456"),
        (BANK_ROUTING, "0110-0001-5", "011000015", "••••0015"),
        (BANK_ACCOUNT, "0001 2345 6789", "000123456789", "••••6789"),
        (BANK_ACCOUNT, "12345678901234567", "12345678901234567", "••••4567"),
        (BANK_ACCOUNT, "123456", "123456", "••••56"),
        (BANK_ACCOUNT, "1234", "1234", "••••"),
        (BIRTH_DATE, " 1990-04-17 ", "1990-04-17", "****-**-**"),
        (BIRTH_DATE, "1916-01-01", "1916-01-01", "****-**-**"),
        (MEDICAL_NOTE, " Latex allergy.\n", "Latex allergy.", "recorded"),
        (MEDICAL_NOTE, "x" * 2000, "x" * 2000, "recorded"),
    ],
)
def test_a_value_is_normalised_and_masked(kind: PrivateKind, written: str, normalised: str, masked: str):
    found = kind.normalised(written, TODAY)
    assert (found, kind.masked(found)) == (normalised, masked)


@pytest.mark.parametrize(
    ("kind", "written", "code"),
    [
        (SSN, "90012345", "not_an_ssn"),
        (SSN, "9001234567", "not_an_ssn"),
        (SSN, "90012345A", "not_an_ssn"),
        (SSN, "٩٠٠١٢٣٤٥٦", "not_an_ssn"),
        (BANK_ROUTING, "01100001", "not_a_routing_number"),
        (BANK_ROUTING, "011000016", "wrong_check_digit"),
        (BANK_ROUTING, "101000015", "wrong_check_digit"),
        (BANK_ACCOUNT, "123", "not_an_account_number"),
        (BANK_ACCOUNT, "123456789012345678", "not_an_account_number"),
        (BIRTH_DATE, "17.04.1990", "not_a_date"),
        (BIRTH_DATE, "2026-01-05", "not_a_birth_date"),
        (BIRTH_DATE, "1915-12-31", "not_a_birth_date"),
        (MEDICAL_NOTE, "   ", "missing"),
        (MEDICAL_NOTE, "x" * 2001, "too_long"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_without_being_repeated(kind: PrivateKind, written: str, code: str):
    with pytest.raises(Invalid) as refused:
        kind.normalised(written, TODAY)
    (finding,) = refused.value.findings
    assert (finding.pointer, finding.code) == ("/value", code)
    assert len(written) < 4 or written not in finding.message


@given(digits=st.from_regex(r"[0-9]{4,17}", fullmatch=True))
def test_a_mask_of_an_account_hides_at_least_four_digits(digits: str):
    shown = BANK_ACCOUNT.masked(digits).removeprefix("••••")
    assert digits.endswith(shown)
    assert len(shown) <= min(4, len(digits) - 4)


@given(first_eight=st.from_regex(r"[0-9]{8}", fullmatch=True))
def test_of_ten_routing_numbers_with_the_same_start_one_is_right(first_eight: str):
    """Source: ANSI X9.100-160; any single wrong digit is noticed."""

    def fits(digit: int) -> bool:
        try:
            return bool(BANK_ROUTING.normalised(f"{first_eight}{digit}", TODAY))
        except Invalid:
            return False

    assert sum(fits(digit) for digit in range(10)) == 1


def test_examples_fit_and_only_numbers_that_are_many_are_compared():
    assert all(kind.normalised(kind.example, TODAY) for kind in KINDS)
    assert [kind.name for kind in KINDS if kind.is_indexed] == ["ssn", "bank_account"]
