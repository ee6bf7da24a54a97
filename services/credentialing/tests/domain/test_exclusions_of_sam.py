"""What SAM.gov is asked about somebody, and what its records mean where its extract is not loaded."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.domain.screening.matching import Person
from credentialing.domain.screening.names import NameKind, PersonName, readings_of
from credentialing.domain.sources.answer import Confirmed, Unclear
from credentialing.domain.sources.exclusions import SHOWN, Search, judge_records, searches
from credentialing.domain.sources.question import Screened

NPI, OTHER_NPI = "1234567893", "1972902351"
TODAY = date(2026, 11, 20)
BORN = date(1984, 3, 11)


def person(name: str = "Maria Delgado", *others: PersonName, **fields: Any) -> Person:
    return Person(**{"names": (*readings_of(name), *others), "birth_date": BORN, **fields})


def record(first: str = "MARIA", last: str = "DELGADO", *, agency: str = "DOJ", **named: Any) -> dict[str, Any]:
    action = {"activateDate": "12-12-2011", "terminationDate": named.pop("until", None)}
    return {
        "exclusionDetails": {"classificationType": named.pop("kind", "Individual"), "excludingAgencyCode": agency},
        "exclusionIdentification": {"firstName": first, "lastName": last, **named},
        "exclusionActions": {"listOfActions": [action]},
    }


def judged(*records: Any, whom: Person | None = None, lists: tuple[str, ...] = (), left: int = 0) -> Any:
    screened = Screened(person=whom or person(), lists_in_use=frozenset(lists))
    return judge_records(records, screened, left=left, today=TODAY)


def former(first: str, last: str) -> PersonName:
    return PersonName(first=first, last=last, kind=NameKind.FORMER)


@pytest.mark.parametrize(
    ("whom", "asked"),
    [
        (person(), ["DELGADO MARIA"]),
        (person("María Ana Delgádo"), ["DELGADO MARIA"]),
        (person("Delgado, Maria Ana"), ["DELGADO MARIA"]),
        (person("Maria Delgado Jr."), ["DELGADO MARIA"]),
        (person("M. Delgado"), ["DELGADO"]),
        (person("Maria Delgado-Ruiz"), ["DELGADO MARIA", "RUIZ MARIA"]),
        (person("Ana de la Cruz"), ["CRUZ ANA"]),
        (person("Maria Delgado", former("Maria", "Reyes")), ["DELGADO MARIA", "REYES MARIA"]),
        (person("Maria Delgado", former("Maria Ann", "Delgado")), ["DELGADO MARIA"]),
        (person("Maria Delgado", former("Maria", "Lopez Delgado")), ["DELGADO MARIA", "LOPEZ MARIA"]),
        (person("Maria Delgado-Ruiz", former("Maria", "Delgado")), ["DELGADO MARIA", "RUIZ MARIA"]),
        (person("Maria Lopez Delgado"), ["DELGADO MARIA"]),
    ],
)
def test_a_name_is_asked_once_and_so_that_a_record_without_the_middle_name_is_found(whom, asked):
    assert searches(whom) == tuple(Search(name=name) for name in asked)


def test_the_number_is_asked_first_if_it_can_be_one():
    assert searches(person(npi=NPI)) == (Search(npi=NPI), Search(name="DELGADO MARIA"))
    assert searches(person(npi="0000000000")) == searches(person(npi="1234567890")) == (Search(name="DELGADO MARIA"),)


@pytest.mark.parametrize("name", ["", "…", "Jr."])
def test_a_number_without_a_name_is_no_search_of_the_person(name):
    assert searches(Person(names=readings_of(name), npi=NPI)) == ()


def test_nobody_listed_confirms_and_says_where_to_look():
    found = judged()
    assert isinstance(found, Confirmed)
    assert (found.facts.status_text, found.facts.url) == ("no active exclusion", "https://sam.gov/search/")
    assert found.facts.notes == ("Searched by 1 name: 0 records, none of the clinician",)
    many = judged(whom=person("Maria Delgado-Ruiz", npi=NPI)).facts.notes
    assert many == ("Searched by the NPI and 2 names: 0 records, none of the clinician",)


@pytest.mark.parametrize(
    "other",
    [
        record("MARIA", "QUENNELL"),
        record("OTTOKAR", "DELGADO"),
        record(until="11-19-2026"),
        record("", "", entityName="DELGADO MARIA LLC", kind="Firm"),
    ],
)
def test_a_record_of_somebody_else_or_of_another_time_confirms(other):
    found = judged(other)
    assert isinstance(found, Confirmed)
    assert found.facts.notes == ("Searched by 1 name: 1 record, none of the clinician",)


@pytest.mark.parametrize("name", ["Maria Delgado", "Mary Delgado", "Maria Delgado-Ruiz", "Delgado Maria"])
def test_a_name_alone_is_for_a_person_to_look_at_and_refutes_nobody(name):
    found = judged(record(), whom=person(name))
    assert isinstance(found, Unclear)
    assert found.why == (
        "SAM.gov lists 1 active exclusion that may be of the clinician: a person (DOJ, from 2011-12-12 without an"
        " end). A person must look at sam.gov whether it is them."
    )
    assert (found.facts.url, found.needs_adjudication) == ("https://sam.gov/search/", False)


def test_the_same_number_is_told_and_refutes_nobody_either():
    """There a row of the extract is a stop: here a person looks first, since the number may be masked there."""
    same, other = record(npi=NPI), record("OTTOKAR", "QUENNELL", npi=NPI, until="06-30-2027")
    found = judged(same, other, whom=person(npi=NPI))
    assert isinstance(found, Unclear)
    assert "a person (DOJ, from 2011-12-12 without an end, with the clinician's NPI)" in found.why
    assert "a person (DOJ, from 2011-12-12 through 2027-06-30, with the clinician's NPI)" in found.why


def test_rows_of_hhs_are_left_to_the_leie_only_where_that_is_loaded():
    hhs, doj = record(agency="HHS"), record(agency="DOJ")
    assert isinstance(judged(hhs), Unclear)
    assert isinstance(judged(hhs, lists=("sam", "state-co")), Unclear)
    left = judged(hhs, lists=("leie",))
    assert isinstance(left, Confirmed)
    assert "1 left to the LEIE" in left.facts.notes[0]
    assert isinstance(judged(hhs, doj, lists=("leie",)), Unclear)


def test_a_record_that_two_searches_found_is_told_once_and_many_are_counted():
    found = judged(*[record()] * 2, *(record(middleName=letter) for letter in "ABCDEFG"))
    assert isinstance(found, Unclear)
    assert found.why.startswith("SAM.gov lists 8 active exclusions") and "; 3 more." in found.why
    assert found.why.count("a person (DOJ") == SHOWN and "DELGADO" not in found.why


def test_a_record_that_cannot_be_compared_is_looked_at():
    assert "a record without a name (DOJ)" in judged(record("", "")).why
    assert "a record without a name (no agency)" in judged({}).why


def test_what_was_not_searched_yet_is_told_beside_what_was_found():
    assert judged(record(), left=2).facts.notes == ("2 searches not made yet when this was found.",)
    assert judged(record(), left=0).facts.notes == ()


PARTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["listOfActions", "lastName", "firstName", "activateDate", "npi"]), inner)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*record()]), PARTS))
def test_no_record_breaks_the_judgement(sent):
    assert isinstance(judged(sent, record("OTTOKAR", "QUENNELL")), Confirmed | Unclear)
