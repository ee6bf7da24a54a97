"""Whether a row is about a person."""

from datetime import date

import pytest

from credentialing.domain.screening.entry import EntryKind
from credentialing.domain.screening.names import NameKind, PersonName
from services.credentialing.tests.domain.screening.rows_of_lists import TODAY, a_person, an_entry, match

NPI, OTHER_NPI = "1234567893", "1245319599"


def said(found):
    return found.verdict.value, list(found.reasons)


@pytest.mark.parametrize(
    ("person", "row", "verdict", "reasons"),
    [
        ({}, {}, "block", ["name_exact", "dob_exact"]),
        ({}, {"last": "Delgado Jr"}, "block", ["name_exact", "dob_exact"]),
        ({"last": "Delgádo", "first": "María"}, {}, "block", ["name_exact", "dob_exact"]),
        ({"first": "Maria Ann"}, {"middle": "ANN"}, "block", ["name_exact", "dob_exact"]),
        ({"middle": "A"}, {"middle": "ANN"}, "block", ["name_exact", "dob_exact"]),
        ({"middle": "B"}, {"middle": "ANN"}, "review", ["name_exact", "middle_conflict", "dob_exact"]),
        ({"first": "Mary"}, {}, "block", ["nickname", "dob_exact"]),
        ({"last": "Delgado-Ruiz"}, {}, "block", ["hyphen_part", "dob_exact"]),
        ({}, {"last": "RUIZ DELGADO"}, "block", ["hyphen_part", "dob_exact"]),
        ({}, {"last": "MARIA", "first": "DELGADO"}, "block", ["name_transposed", "dob_exact"]),
        ({"last": "Delgada"}, {}, "review", ["name_fuzzy", "dob_exact"]),
        ({"first": "M"}, {}, "review", ["name_fuzzy", "dob_exact"]),
        ({}, {"birth_date": date(1984, 11, 3)}, "review", ["name_exact", "dob_swapped"]),
        ({}, {"birth_date": date(1984, 3, 12)}, "clear", ["dob_conflict"]),
        ({"first": "Mary"}, {"birth_date": date(1984, 3, 12)}, "clear", ["nickname", "dob_conflict"]),
        ({}, {"birth_date": None}, "review", ["name_exact", "dob_missing"]),
        ({"birth_date": None}, {}, "review", ["name_exact", "dob_missing"]),
        ({"last": "Delgada"}, {"birth_date": None}, "review", ["name_fuzzy", "dob_missing"]),
        ({"last": "Reyes"}, {}, "clear", ["name_different"]),
    ],
)
def test_name_and_birth_date_decide_together(person, row, verdict, reasons):
    assert said(match(a_person(**person), an_entry(**row))) == (verdict, reasons)


@pytest.mark.parametrize(
    ("case", "last", "row", "verdict", "reasons"),
    [
        ("parts turned round", "Smith-Jones", {"last": "JONES-SMITH"}, "block", ["hyphen_part", "dob_exact"]),
        ("the same without a birth date", "Smith-Jones", {"last": "JONES SMITH", "birth_date": None}, "review",
         ["hyphen_part", "dob_missing"]),
        ("one part in common", "Smith-Jones", {"last": "JONES BROWN"}, "block", ["hyphen_part", "dob_exact"]),
        ("half a double name is no name by itself", "Smith-Jones", {"last": "JONES BROWN", "birth_date": None},
         "clear", ["name_different"]),
        ("nor is a particle", "de la Cruz", {"last": "DE LA ROSA"}, "clear", ["name_different"]),
        ("a slip in a part", "Smith-Jones", {"last": "JONS"}, "review", ["hyphen_part", "name_fuzzy", "dob_exact"]),
        ("a slip in a part, no birth date", "Smith-Jones", {"last": "JONS", "birth_date": None}, "clear",
         ["name_different"]),
        ("a part fills the field", "Smith-Wolfeschlegelsteinhausen",
         {"last": "WOLFESCHLEGELSTEINHA", "last_may_be_truncated": True, "birth_date": None}, "review",
         ["hyphen_part", "truncated_prefix", "dob_missing"]),
        ("the second part was cut", "Featherstonehaugh",
         {"last": "MONTGOMERY-FEATHERST", "last_may_be_truncated": True}, "block",
         ["hyphen_part", "truncated_prefix", "dob_exact"]),
        ("too little of it is left", "Featherstonehaugh",
         {"last": "MONTGOMERY-SMITH-FEA", "last_may_be_truncated": True}, "clear", ["name_different"]),
        ("a saint", "St. John", {"last": "SAINT JOHN"}, "block", ["name_exact", "dob_exact"]),
        ("a generation", "Delgado V", {}, "block", ["name_exact", "dob_exact"]),
    ],
)  # fmt: skip
def test_a_last_name_is_looked_for_by_its_parts(case, last, row, verdict, reasons):
    """OIG's advice for searching: each part of a double name (field facts, section 5)."""
    assert said(match(a_person(last=last), an_entry(**row))) == (verdict, reasons), case


@pytest.mark.parametrize(
    ("person", "row", "verdict", "reasons"),
    [
        ({"first": "Thi Hoa", "last": "Nguyen"}, {"first": "HOA", "middle": "THI", "last": "NGUYEN"}, "block",
         ["name_transposed", "dob_exact"]),
        ({"first": "Nguyen", "last": "Thi Hoa"}, {"first": "HOA", "middle": "THI", "last": "NGUYEN"}, "block",
         ["name_transposed", "dob_exact"]),
        ({"first": "Mohamed"}, {"first": "MUHAMMAD"}, "review", ["name_fuzzy", "dob_exact"]),
        ({"first": "Mohamed"}, {"first": "MUHAMMAD", "birth_date": None}, "review", ["name_fuzzy", "dob_missing"]),
        ({"first": "Mohamed"}, {"first": "MARK"}, "clear", ["name_different"]),
    ],
)  # fmt: skip
def test_words_in_another_order_and_other_spellings_are_found(person, row, verdict, reasons):
    assert said(match(a_person(**person), an_entry(**row))) == (verdict, reasons)


@pytest.mark.parametrize(
    ("born", "verdict", "reasons"),
    [
        (date(1984, 3, 11), "review", ["name_unreadable", "dob_exact"]),
        (date(1984, 11, 3), "review", ["name_unreadable", "dob_swapped"]),
        (date(1984, 3, 12), "clear", ["name_different"]),
        (None, "clear", ["name_different"]),
    ],
)
def test_a_name_in_letters_that_no_list_has_clears_nobody_born_that_day(born, verdict, reasons):
    person = a_person(first="Мария", last="Дельгадо")
    assert said(match(person, an_entry(birth_date=born))) == (verdict, reasons)
    latin = a_person(first="Мария", last="Дельгадо", others=(PersonName(first="Mariya", last="Delgado"),))
    assert said(match(latin, an_entry(last="REYES"))) == ("clear", ["name_different"])


@pytest.mark.parametrize(
    ("person", "row", "verdict", "reasons"),
    [
        ({"npi": NPI}, {"npi": NPI}, "block", ["npi_exact", "name_exact", "dob_exact"]),
        ({"npi": NPI}, {"npi": NPI, "birth_date": None}, "block", ["npi_exact", "name_exact", "dob_missing"]),
        ({"npi": NPI}, {"npi": NPI, "last": "REYES"}, "block", ["npi_exact", "dob_exact"]),
        (
            {"npi": NPI},
            {"npi": NPI, "last": "REYES", "birth_date": date(1950, 1, 1)},
            "review",
            ["npi_exact", "dob_conflict"],
        ),
        (
            {"npi": NPI},
            {"npi": NPI, "birth_date": date(1950, 1, 1)},
            "review",
            ["npi_exact", "name_exact", "dob_conflict"],
        ),
        ({"npi": NPI}, {"npi": OTHER_NPI}, "block", ["npi_conflict", "name_exact", "dob_exact"]),
        ({"npi": "1234567890"}, {"npi": None}, "block", ["name_exact", "dob_exact"]),
        ({"npi": "0000000000", "last": "Reyes"}, {"npi_is_filler": True}, "clear", ["npi_filler_ignored"]),
    ],
)
def test_a_number_counts_when_it_can_be_one(person, row, verdict, reasons):
    assert said(match(a_person(**person), an_entry(**row))) == (verdict, reasons)


@pytest.mark.parametrize(("kind", "reason"), [(NameKind.FORMER, "former_name"), (NameKind.ALIAS, "alias")])
def test_other_names_are_searched_and_the_present_one_goes_first(kind, reason):
    others = (PersonName(first="Maria", last="Osgood", kind=kind),)
    person = a_person(others=others)
    assert said(match(person, an_entry(last="OSGOOD"))) == ("block", [reason, "dob_exact"])
    assert said(match(person, an_entry())) == ("block", ["name_exact", "dob_exact"])


def test_a_name_that_fills_its_field_may_be_the_beginning_of_a_longer_one():
    long = a_person(last="Wolfeschlegelsteinhausenberger")
    cut = {"last": "WOLFESCHLEGELSTEINHA"}
    assert said(match(long, an_entry(**cut, last_may_be_truncated=True))) == (
        "block",
        ["truncated_prefix", "dob_exact"],
    )
    assert said(match(long, an_entry(**cut))) == ("clear", ["name_different"])


@pytest.mark.parametrize(
    ("row", "verdict", "reasons"),
    [
        ({"reinstated_on": TODAY}, "clear", ["reinstated"]),
        ({"reinstated_on": date(2026, 12, 1)}, "block", ["name_exact", "dob_exact"]),
        ({"ends_on": date(2026, 11, 19)}, "clear", ["exclusion_ended"]),
        ({"ends_on": TODAY}, "block", ["name_exact", "dob_exact"]),
        ({"excluded_on": date(2026, 12, 1)}, "review", ["name_exact", "not_yet_effective", "dob_exact"]),
        ({"kind": EntryKind.ENTITY, "last": "", "business": "DELGADO LLC"}, "clear", ["entity_row"]),
    ],
)
def test_what_a_row_says_of_itself_counts(row, verdict, reasons):
    assert said(match(a_person(), an_entry(**row))) == (verdict, reasons)


def test_a_waiver_counts_in_its_state_alone():
    row = an_entry(waived_on=date(2022, 1, 1), waiver_state="OH")
    here, elsewhere = a_person(work_states=frozenset({"OH"})), a_person(work_states=frozenset({"OH", "CO"}))
    assert said(match(here, row)) == ("review", ["name_exact", "waiver_state", "dob_exact"])
    assert said(match(elsewhere, row)) == ("block", ["name_exact", "dob_exact"])


def test_a_row_that_stands_in_another_list_is_left_to_it():
    row = an_entry(overlaps="leie", birth_date=None)
    assert said(match(a_person(), row, in_use=frozenset({"leie"}))) == ("clear", ["overlaps_leie"])
    assert said(match(a_person(), row)) == ("review", ["name_exact", "dob_missing"])
