"""Names are brought into one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from credentialing.domain.screening.edits import are_within
from credentialing.domain.screening.names import NameKind, PersonName, readings, readings_of, shaped, split_name, words
from credentialing.domain.screening.nicknames import are_one_name
from credentialing.domain.screening.spellings import are_spellings


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("José", ("JOSE",)),
        ("Jose\u0301", ("JOSE",)),
        ("Łukasz", ("LUKASZ",)),
        ("Weiß", ("WEISS",)),
        ("Lǚ", ("LU",)),
        ("Nguyễn Thị", ("NGUYEN", "THI")),
        ("Ķirsis", ("KIRSIS",)),
        ("Đorđević", ("DORDEVIC",)),
        ("Brontë Ðæl", ("BRONTE", "DAEL")),
        ("Gal·la", ("GALLA",)),
        ("O´Brien", ("OBRIEN",)),
        ("Kaʻiulani", ("KAIULANI",)),
        ("Ｌｅｅ", ("LEE",)),
        ("Иванов", ()),
        ("O'Brien", ("OBRIEN",)),
        ("O’Brien", ("OBRIEN",)),
        ("St. John", ("ST", "JOHN")),
        ("Smith-Jones", ("SMITH", "JONES")),
        ("  de  la   Cruz ", ("DE", "LA", "CRUZ")),
        ("", ()),
    ],
)
def test_case_accents_and_punctuation_do_not_count(written, plain):
    assert words(written) == plain


@pytest.mark.parametrize(
    ("written", "last"),
    [("Smith Jr", "SMITH"), ("Smith, Jr.", "SMITH"), ("SMITH III", "SMITH"), ("Smith 2nd", "SMITH"), ("Do", "DO"),
     ("Smith V", "SMITH"), ("V", "V"), ("Smith, LPN", "SMITH"), ("Smith CRNA", "SMITH")],
)  # fmt: skip
def test_a_suffix_is_no_part_of_a_last_name(written, last):
    assert shaped("Ann", written).last == last


@pytest.mark.parametrize("written", ["St. Pierre", "ST PIERRE", "Saint-Pierre", "SAINTPIERRE", "StPierre"])
def test_a_saint_is_the_same_in_short_and_in_one_word(written):
    assert shaped("Ann", written).last == "STPIERRE"


@pytest.mark.parametrize(
    ("whole", "first", "middle", "last"),
    [
        ("Maria Delgado", "Maria", "", "Delgado"),
        ("Maria Ann Delgado", "Maria", "Ann", "Delgado"),
        ("Ana de la Cruz", "Ana", "", "de la Cruz"),
        ("Delgado, Maria Ann", "Maria", "Ann", "Delgado"),
        ("John Smith, Jr.", "John", "", "Smith"),
        ("John Smith V", "John", "", "Smith"),
        ("Smith V", "Smith", "", "V"),
        ("Maria Delgado RN", "Maria", "", "Delgado"),
        ("Madonna", "", "", "Madonna"),
    ],
)
def test_a_whole_name_is_taken_apart(whole, first, middle, last):
    name = split_name(whole)
    assert (name.first, name.middle, name.last) == (first, middle, last)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ROBERT", "BOB"), ("BOB", "ROB"), ("ELIZABETH", "BETTY"), ("KATHLEEN", "KATHY"), ("BETO", "ALBERTO")],
)
def test_nicknames_are_one_name_both_ways(one, other):
    assert are_one_name(one, other)
    assert are_one_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("MOHAMED", "MUHAMMAD"), ("YUSUF", "YOUSSEF"), ("ALEXANDER", "OLEKSANDR"), ("SEAN", "SHAWN")]
)
def test_a_name_has_its_spellings(one, other):
    assert are_spellings(one, other)
    assert are_spellings(other, one)
    assert not are_spellings(one, "GAIL")


def test_a_name_without_nicknames_is_nobody_elses():
    assert not are_one_name("ROBERT", "GAIL")
    assert not are_one_name("XIMENA", "YARA")


@given(st.text("ABC", max_size=9), st.text("ABC", max_size=9), st.integers(0, 3))
def test_slips_are_counted_as_a_library_counts_them(one, other, slips):
    assert are_within(one, other, slips=slips) == (OSA.distance(one, other) <= slips)


@pytest.mark.parametrize(
    ("whole", "lasts"),
    [
        ("Karen Osgood Whitfield", ["Whitfield", "Osgood Whitfield"]),
        ("Maria G Lopez", ["Lopez"]),
        ("Ana Maria Garcia Lopez", ["Lopez", "Garcia Lopez"]),
        ("Maria Delgado", ["Delgado"]),
    ],
)
def test_a_middle_name_may_be_a_last_name(whole, lasts):
    assert [name.last for name in readings_of(whole)] == lasts


def test_a_middle_name_given_by_itself_may_be_a_last_name_too():
    name = PersonName(first="Karen", middle="Ann Osgood", last="Whitfield", kind=NameKind.FORMER)
    assert readings(name) == (name, PersonName(first="Karen", middle="Ann", last="Osgood Whitfield", kind=name.kind))
    assert readings(PersonName(first="Maria", middle="G", last="Lopez"))[1:] == ()
