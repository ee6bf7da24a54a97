"""Check digits of NPI and DEA numbers. Golden values: CMS's worked example and the field's test vectors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.domain.identifiers import (
    DeaFault,
    NameInitial,
    NpiFault,
    Registrant,
    dea,
    is_npi,
    npi_fault,
)

ANYTHING = st.one_of(st.none(), st.text(), st.text(alphabet="0123456789AZ9 -", max_size=12))


@pytest.mark.parametrize("number", ["1234567893", "1972902351", "2000000002"])
def test_an_npi_with_the_right_check_digit_can_be_one(number: str) -> None:
    assert npi_fault(number) is None


@pytest.mark.parametrize(
    ("case", "number", "fault"),
    [
        ("wrong check digit", "1234567898", NpiFault.CHECK_DIGIT),
        ("right only without the prefix", "1275576930", NpiFault.CHECK_DIGIT),
        ("begins with 0", "0608337260", NpiFault.FIRST_DIGIT),
        ("begins with 3", "3000000001", NpiFault.FIRST_DIGIT),
        ("filler of the exclusion list", "0000000000", NpiFault.FILLER),
        ("filler of nines", "9999999999", NpiFault.FILLER),
        ("nine digits", "123456789", NpiFault.NOT_TEN_DIGITS),
        ("eleven digits", "12345678930", NpiFault.NOT_TEN_DIGITS),
        ("a letter", "123456789X", NpiFault.NOT_TEN_DIGITS),
        ("spaces around", " 1234567893", NpiFault.NOT_TEN_DIGITS),
        ("a line end", "1234567893\n", NpiFault.NOT_TEN_DIGITS),
        ("hyphens", "1234-567-893", NpiFault.NOT_TEN_DIGITS),
        ("digits of another script", "١٢٣٤٥٦٧٨٩٣", NpiFault.NOT_TEN_DIGITS),
        ("nothing", "", NpiFault.MISSING),
        ("blank", "   ", NpiFault.MISSING),
        ("none", None, NpiFault.MISSING),
    ],
)
def test_what_is_no_npi_says_why(case: str, number: str | None, fault: NpiFault) -> None:
    assert npi_fault(number) is fault, case


@given(st.from_regex(r"\A[12][0-9]{8}\Z"))
def test_exactly_one_check_digit_makes_nine_digits_an_npi(nine: str) -> None:
    assert sum(is_npi(f"{nine}{digit}") for digit in range(10)) == 1


@given(st.from_regex(r"\A[12][0-9]{8}\Z"), st.integers(1, 8), st.integers(1, 9))
def test_one_digit_typed_wrong_is_always_noticed(nine: str, place: int, by: int) -> None:
    npi = next(f"{nine}{digit}" for digit in range(10) if is_npi(f"{nine}{digit}"))
    wrong = npi[:place] + str((int(npi[place]) + by) % 10) + npi[place + 1 :]
    assert not is_npi(wrong)


@pytest.mark.parametrize(
    ("number", "name", "fault", "initial", "registrant"),
    [
        ("AP5836727", "Perez", None, NameInitial.MATCH, Registrant.PRACTITIONER),
        ("ap5836727", "perez", None, NameInitial.MATCH, Registrant.PRACTITIONER),
        ("AB1234567", "Brown", DeaFault.CHECK_DIGIT, NameInitial.MATCH, Registrant.PRACTITIONER),
        ("F91234563", "Clinic LLC", None, NameInitial.BUSINESS, Registrant.PRACTITIONER),
        ("AJ5184279", "Smith", None, NameInitial.MISMATCH, Registrant.PRACTITIONER),
        ("MO5836727", "O'Neill", None, NameInitial.MATCH, Registrant.MID_LEVEL),
        ("FK5836727", "Ķirsis", None, NameInitial.MATCH, Registrant.PRACTITIONER),
        ("FA5836727", "A\u0301vila", None, NameInitial.MATCH, Registrant.PRACTITIONER),
        ("PA5836727", "Ávila", None, NameInitial.MATCH, Registrant.DISTRIBUTOR),
        ("XH5836727", "'t Hooft", None, NameInitial.MISMATCH, Registrant.OTHER),
        ("AP5836727", None, None, None, Registrant.PRACTITIONER),
        ("AP5836727", " ", None, None, Registrant.PRACTITIONER),
        ("AP583672", "Perez", DeaFault.FORM, NameInitial.MATCH, Registrant.PRACTITIONER),
        ("AP58367270", "Perez", DeaFault.FORM, NameInitial.MATCH, Registrant.PRACTITIONER),
        ("A15836727", "Perez", DeaFault.FORM, None, Registrant.PRACTITIONER),
        ("9P5836727", "Perez", DeaFault.FORM, NameInitial.MATCH, None),
        ("AP 5836727", "Perez", DeaFault.FORM, NameInitial.MATCH, Registrant.PRACTITIONER),
        ("", "Perez", DeaFault.MISSING, None, None),
        (None, None, DeaFault.MISSING, None, None),
    ],
)
def test_a_dea_number_is_read_with_the_name_beside_it(
    number: str | None, name: str | None, fault: DeaFault, initial: NameInitial, registrant: Registrant
) -> None:
    found = dea(number, name)
    assert (found.fault, found.name_initial, found.registrant) == (fault, initial, registrant)
    assert found.is_checksum_valid == (fault is None)


@given(st.from_regex(r"\A[0-9]{6}\Z"))
def test_exactly_one_check_digit_makes_a_dea_number(six: str) -> None:
    assert sum(dea(f"AB{six}{digit}").is_checksum_valid for digit in range(10)) == 1


@given(ANYTHING, ANYTHING)
def test_no_input_breaks_the_checks(number: str | None, name: str | None) -> None:
    assert is_npi(number) == (npi_fault(number) is None)
    assert dea(number, name).is_checksum_valid == (dea(number).fault is None)
