"""What sources answer, read: their errors, their drift, and the words that nobody has judged yet."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.domain.sources.answer import (
    Confirmed,
    NotFound,
    Pending,
    Refuted,
    RequestError,
    Trouble,
    Unclear,
)
from credentialing.domain.sources.background import judge_work, read_progress
from credentialing.domain.sources.json_values import day_of, instant_of
from credentialing.domain.sources.licence_status import LicenceStanding, standing_of
from credentialing.domain.sources.licences import BLOCKED_SECONDS, is_same_number, read_answer, read_taken
from credentialing.domain.sources.names import agree, first_and_last
from credentialing.domain.sources.nppes import provider_of, read_nppes
from credentialing.domain.sources.question import Question
from credentialing.domain.sources.sam import SamPage, asked_name, read_page

NPI = "1234567893"
NAME = "Ana Example"

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "results number basic Errors status licences answers complete data record disciplines person id"
                " totalRecords excludedEntity other_names created_epoch expires_on problems result".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def an_entry(**overrides: Any) -> dict[str, Any]:
    basic = {"first_name": "ANA", "last_name": "EXAMPLE", "sex": "F", "status": "A", "enumeration_date": "2005-09-22"}
    entry = {"number": NPI, "enumeration_type": "NPI-1", "basic": basic | overrides.pop("basic", {})}
    return {**entry, **overrides}


def looked_up(entry: dict[str, Any], name: str = NAME) -> Any:
    return read_nppes(200, {"result_count": 1, "results": [entry]}, number=NPI, name=name)


def a_licence(**overrides: Any) -> dict[str, Any]:
    licence = {"kind": "RN", "jurisdiction": "CO", "number": "RN.0123456", "active": True, "status": "Active"}
    return {**licence, "expires_on": "2027-09-30", "disciplines": [], **overrides}


QUESTION = Question(
    inquiry_id="inq_1",
    code="LIC-RN",
    today=date(2026, 11, 9),
    name=NAME,
    number="RN 123456",
    jurisdiction="CO",
    reference="trx_1",
)


def registered(*licences: dict[str, Any], person: Any = None) -> Any:
    answer = {"record": "inq_1", "problems": [], "person": person or {}, "licences": list(licences)}
    return read_answer(200, {"complete": True, "answers": [answer]}, question=QUESTION, kind="RN")


class TestTheNpiRegistry:
    def test_errors_come_with_status_200_and_are_not_asked_again(self):
        body = {"Errors": [{"description": "NPI must be 10 digits", "field": "number", "number": "06"}]}
        assert read_nppes(200, body, number=NPI, name=NAME) == RequestError(why="NPI must be 10 digits")

    def test_nothing_found_is_an_empty_list_with_status_200(self):
        assert isinstance(read_nppes(200, {"result_count": 0, "results": []}, number=NPI, name=NAME), NotFound)

    @pytest.mark.parametrize(
        ("entry", "kind"),
        [
            (an_entry(), Confirmed),
            (an_entry(number=int(NPI)), Confirmed),
            (an_entry(basic={"last_name": "MARRIED"}), Unclear),
            (
                an_entry(basic={"last_name": "MARRIED"}, other_names=[{"first_name": "Ana", "last_name": "Example"}]),
                Confirmed,
            ),
            (an_entry(basic={"status": "D"}), Refuted),
            (an_entry(basic={"deactivation_date": "2025-06-30"}), Refuted),
            (an_entry(basic={"deactivation_date": "2024-01-31", "reactivation_date": "2024-03-01"}), Confirmed),
            (an_entry(basic={"status": None}), Unclear),
            (an_entry(enumeration_type="NPI-2"), Refuted),
            (an_entry(number="1999999984"), Trouble),
        ],
    )
    def test_an_entry_is_judged_by_status_kind_number_and_names(self, entry, kind):
        assert isinstance(looked_up(entry), kind)

    def test_both_years_shapes_are_the_same_entry(self):
        new = an_entry(created_epoch="1127347200000", last_updated_epoch="1556841600000")
        old = an_entry(number=int(NPI), created_epoch=1127347200, last_updated_epoch=1556841600)
        old["basic"] = {**old["basic"], "gender": old["basic"].pop("sex"), "name": "ANA EXAMPLE"}
        assert provider_of(old) == provider_of(new)
        assert provider_of(new).created_at == datetime(2005, 9, 22, tzinfo=UTC)

    @pytest.mark.parametrize("body", [None, [], "maintenance", {}, {"result": []}])
    def test_an_answer_that_is_none_is_trouble(self, body):
        assert isinstance(read_nppes(200, body, number=NPI, name=NAME), Trouble)

    @pytest.mark.parametrize(("status", "kind"), [(500, Trouble), (503, Trouble), (429, Trouble), (400, RequestError)])
    def test_the_status_counts_where_the_body_says_nothing(self, status, kind):
        assert isinstance(read_nppes(status, None, number=NPI, name=NAME), kind)


class TestALicenceRegister:
    @pytest.mark.parametrize(
        ("licence", "kind"),
        [
            (a_licence(), Confirmed),
            (a_licence(number="rn-123456"), Confirmed),
            (a_licence(active=1, expires_on="09/30/2027"), Confirmed),
            (a_licence(active="Y", expires_on="Sep-30-2027"), Confirmed),
            (a_licence(status="Active - See Remarks"), Unclear),
            (a_licence(status=None), Unclear),
            (a_licence(active=False), Unclear),
            (a_licence(status="Expired"), Refuted),
            (a_licence(status="SUSPENDED."), Refuted),
            (a_licence(status="Probation"), Unclear),
            (a_licence(expires_on="2026-11-08"), Refuted),
            (a_licence(expires_on="2026-11-09"), Confirmed),
            (a_licence(expires_on=None), Unclear),
            (a_licence(disciplines=[{"taken_on": "2025-11-03", "against_privilege": True}]), Unclear),
            (a_licence(number="RN.1234567"), NotFound),
            (a_licence(jurisdiction="AZ"), NotFound),
            (a_licence(kind="PN"), NotFound),
        ],
    )
    def test_one_licence_is_judged_by_number_words_dates_and_actions(self, licence, kind):
        assert isinstance(registered(licence), kind)

    def test_a_number_that_only_begins_alike_is_passed_over(self):
        found = registered(a_licence(number="RN.01234567", status="Revoked"), a_licence())
        assert isinstance(found, Confirmed)
        assert found.facts.number == "RN.0123456"

    def test_another_name_leaves_it_to_a_person(self):
        other = {"first_name": "Mavis", "last_name": "Otherwise"}
        assert isinstance(registered(a_licence(), person=other), Unclear)
        former = {**other, "other_names": [{"first_name": "Ana", "last_name": "Example"}]}
        assert isinstance(registered(a_licence(), person=former), Confirmed)

    def test_an_answer_about_another_question_is_trouble(self):
        body = {"complete": True, "answers": [{"record": "inq_2", "licences": [a_licence()]}]}
        assert isinstance(read_answer(200, body, question=QUESTION, kind="RN"), Trouble)

    def test_what_is_not_complete_is_waited_for(self):
        found = read_answer(200, {"complete": "false"}, question=QUESTION, kind="RN")
        assert isinstance(found, Pending)
        assert found.reference == "trx_1"

    def test_whoever_asks_too_often_asks_nothing_for_half_an_hour(self):
        found = read_taken(403, None)
        assert isinstance(found, Trouble)
        assert (found.again_in_seconds, found.is_for_all) == (BLOCKED_SECONDS, True)

    @pytest.mark.parametrize("words", ["Activ", "Active?maybe", "Active pending audit", "", None, "A", "Not active"])
    def test_words_that_nobody_knows_are_not_active(self, words):
        assert standing_of(words) in (LicenceStanding.UNKNOWN, LicenceStanding.ENDED)

    @pytest.mark.parametrize(
        ("one", "other", "is_same"),
        [
            ("RN.0123456", "rn 123456", True),
            ("123456", "RN-123456", True),
            ("RN123456", "PN123456", False),
            ("1234567", "123456", False),
            ("", "", False),
            (None, "123456", False),
        ],
    )
    def test_numbers_are_compared_by_every_digit_and_by_letters_that_both_have(self, one, other, is_same):
        assert is_same_number(one, other) is is_same


class TestABackgroundVendor:
    @pytest.mark.parametrize(
        ("thing", "kind"),
        [
            ({"status": "complete", "result": "clear"}, Confirmed),
            ({"status": "complete", "result": "consider"}, Unclear),
            ({"status": "complete", "result": "consider", "adjudication": "engaged"}, Confirmed),
            ({"status": "complete", "result": "consider", "adjudication": "post_adverse_action"}, Refuted),
            ({"object": "drug_screening", "status": "complete", "disposition": "positive"}, Unclear),
            ({"status": "suspended"}, Pending),
            ({"object": "invitation", "status": "expired"}, Unclear),
            ({"object": "invitation", "status": "completed"}, Pending),
            ({"status": "a new word"}, Unclear),
            ({}, Unclear),
        ],
    )
    def test_only_a_person_refutes(self, thing, kind):
        assert isinstance(judge_work(thing, reference="can_1"), kind)

    def test_the_newest_report_counts(self):
        old = {"status": "canceled", "created_at": "2026-11-01T10:00:00Z"}
        new = {"status": "complete", "result": "clear", "created_at": "2026-11-05T10:00:00Z"}
        assert isinstance(read_progress(200, {"data": [new, old]}, reference="can_1"), Confirmed)

    def test_an_order_that_nobody_answered_yet_is_waited_for(self):
        assert isinstance(read_progress(200, {"data": []}, reference="can_1"), Pending)


class TestSamExclusions:
    def test_a_name_is_asked_without_what_the_interface_forbids_or_obeys(self):
        assert asked_name('O&Brien | "Zo^e" {x} ~y* \\z') == "O Brien Zo e x y z"

    def test_a_page_without_a_list_is_no_empty_list(self):
        assert read_page(200, {"totalRecords": 0}) == SamPage(total=0, records=())
        assert isinstance(read_page(200, {}), Trouble)
        assert isinstance(read_page(429, None), Trouble)
        assert isinstance(read_page(400, {"message": "size"}), RequestError)


@given(body=JSON, status=st.sampled_from([200, 202, 400, 403, 404, 429, 500]))
def test_no_answer_of_any_source_breaks_a_reading(body, status):
    read_nppes(status, body, number=NPI, name=NAME)
    read_taken(status, body)
    read_answer(status, body, question=QUESTION, kind="RN")
    read_progress(status, body, reference="can_1")
    read_page(status, body)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-02-03", date(2026, 2, 3)),
        ("2026-02-03T23:59:59Z", date(2026, 2, 3)),
        ("02/03/2026", date(2026, 2, 3)),
        ("02-03-2026", date(2026, 2, 3)),
        ("Feb-03-2026", date(2026, 2, 3)),
        ("February 3, 2026", date(2026, 2, 3)),
        ("20260203", date(2026, 2, 3)),
        ("Indefinite", None),
        ("2026-02-30", None),
        ("00000000", None),
        ("2026-02-031", None),
        (20260203, date(2026, 2, 3)),
        (True, None),
    ],
)
def test_days_are_read_in_every_way_that_registers_write_them(text, day):
    assert day_of({"on": text}, "on") == day


@pytest.mark.parametrize(
    ("value", "year"),
    [(1127347200, 2005), ("1127347200000", 2005), ("2005-09-22T00:00:00Z", 2005), ("2005-09-22T00:00:00", None)],
)
def test_instants_are_seconds_milliseconds_or_text_with_an_offset(value, year):
    found = instant_of({"at": value}, "at")
    assert (found.year if found else None) == year


@pytest.mark.parametrize(
    ("name", "other", "is_same"),
    [
        ("Ana Example", "EXAMPLE, ANA", True),
        ("Zoë Núñez", "ZOE NUNEZ", True),
        ("Ana Maria Example", "Ana Example", True),
        ("Ana Example-Smith", "Ana Smith", True),
        ("Ana Example", "Ana Other", False),
        ("Ana Example", "", False),
        ("", "Ana Example", False),
    ],
)
def test_names_agree_by_two_words_whatever_their_order(name, other, is_same):
    assert agree(name, [other]) is is_same


def test_forms_get_a_given_and_a_family_name():
    assert first_and_last("Ana Maria Example") == ("Ana", "Example")
    assert first_and_last("Cher") == ("Cher", "Cher")
