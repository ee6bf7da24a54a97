"""Questions on their way: waits, what vendors' words mean, news of a licence, and checks by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.domain.source_result import Outcome
from credentialing.domain.sources.answer import Confirmed, Facts, Judged, NotFound, Pending, Refuted, Trouble, Unclear
from credentialing.domain.sources.catalogue import ROUTES, SOURCES
from credentialing.domain.sources.guides import guide_for
from credentialing.domain.sources.inquiry import (
    LONGEST_WAIT_SECONDS,
    TRIES_BEFORE_PEOPLE,
    About,
    Inquiry,
    State,
    after_answer,
    after_pending,
    after_trouble,
    asked_again,
    wait_seconds,
)
from credentialing.domain.sources.manual_check import ManualCheck, Wanted, faults, judge
from credentialing.domain.sources.notice import judge_notice, licence_named, meant_by
from credentialing.domain.sources.result import Provenance, result_of
from credentialing.domain.sources.vendor_event import read_event
from credentialing.domain.sources.vendor_status import VendorStatus, VendorWords, internal_status

TODAY = date(2026, 11, 9)
NOW = datetime(2026, 11, 9, 18, tzinfo=UTC)
ABOUT = About(
    clinician_id="cln_ana", code="LIC-RN", subject="CO", credential_id="crd_1", number="RN.123456", jurisdiction="CO"
)
INQUIRY = Inquiry(inquiry_id="inq_1", about=ABOUT, asked_of="licence_source", opened_at=NOW)
CHECK = ManualCheck(
    source="Nursys QuickConfirm",
    checked_on=TODAY,
    url="https://www.nursys.com/LQC/LQCSearch.aspx",
    number="RN 123456",
    status="Active",
    expires_on=date(2027, 9, 30),
)
LICENCE = Wanted(number="RN.123456", issued_on=date(2019, 6, 14), is_licence=True, must_show_expiry=True)


class TestAnInquiry:
    def test_trouble_never_ends_it_and_tells_people_after_a_few_tries(self):
        told = []
        inquiry = INQUIRY
        for _ in range(40):
            inquiry = after_trouble(inquiry, Trouble(why="It answers with 503."), at=NOW)
            told.append(inquiry.needs_people)
        assert told == [False] * (TRIES_BEFORE_PEOPLE - 1) + [True] * (41 - TRIES_BEFORE_PEOPLE)
        assert (inquiry.state, inquiry.last_trouble) == (State.WAITING, "It answers with 503.")

    def test_whoever_answers_again_is_trusted_anew(self):
        tired = replace(INQUIRY, attempts=9, last_trouble="away")
        pending = after_pending(tired, Pending(reference="trx_1", again_in_seconds=300))
        assert (pending.attempts, pending.state, pending.needs_people) == (0, State.PENDING, False)
        again = asked_again(after_trouble(pending, Trouble(why="away"), at=NOW))
        assert (again.reference, again.state, again.attempts) == ("trx_1", State.PENDING, 0)

    @given(attempts=st.integers(1, 10_000), jitter=st.integers(0, 999))
    def test_waits_grow_to_six_hours_and_lose_at_most_a_quarter_to_chance(self, attempts, jitter):
        wait = wait_seconds(attempts, jitter_thousandths=jitter)
        whole = min(60 * 2 ** min(attempts - 1, 20), LONGEST_WAIT_SECONDS)
        assert whole * 3 // 4 <= wait <= whole

    def test_only_a_source_that_knows_better_refutes(self):
        facts = Facts()
        answers: list[Judged] = [
            Confirmed(facts=facts),
            Refuted(facts=facts, why="x"),
            NotFound(why="x"),
            Unclear(facts=facts, why="x"),
        ]
        found = [
            result_of(one, ABOUT, provenance=Provenance(result_id="res_1", source="nppes", at=NOW, by="system"))
            for one in answers
        ]
        assert [one.outcome for one in found] == [
            Outcome.CONFIRMED,
            Outcome.REFUTED,
            Outcome.UNCLEAR,
            Outcome.UNCLEAR,
        ]
        assert after_answer(INQUIRY, answers[2], result_id="res_1").last_trouble == "x"

    def test_every_route_leads_to_a_source(self):
        assert {route.source for route in ROUTES.values()} == set(SOURCES)


STATUSES = ["pending", "suspended", "paused", "complete", "canceled", "dispute", "expired", "odd", None]
RESULTS = ["clear", "consider", "positive", "negative", "odd", None]
ADJUDICATIONS = ["engaged", "pre_adverse_action", "post_adverse_action", "odd", None]


class TestVendorStatus:
    @pytest.mark.parametrize(
        ("words", "status"),
        [
            (("complete", "clear", None), VendorStatus.CLEAR),
            (("complete", "consider", None), VendorStatus.NEEDS_ADJUDICATION),
            (("complete", "consider", "engaged"), VendorStatus.CLEAR),
            (("complete", "consider", "pre_adverse_action"), VendorStatus.PRE_ADVERSE),
            (("complete", "consider", "post_adverse_action"), VendorStatus.ADVERSE),
            (("complete", None, None), VendorStatus.UNKNOWN),
            (("complete", "positive", None), VendorStatus.NEEDS_ADJUDICATION),
            (("complete", "negative", None), VendorStatus.CLEAR),
            (("complete", "canceled", None), VendorStatus.CANCELED),
            (("clear", None, None), VendorStatus.CLEAR),
            (("Complete", "Clear", ""), VendorStatus.CLEAR),
            (("pending", "clear", None), VendorStatus.PENDING),
            (("suspended", None, None), VendorStatus.NEEDS_CANDIDATE),
            (("dispute", "clear", "engaged"), VendorStatus.DISPUTED),
            (("canceled", None, None), VendorStatus.CANCELED),
        ],
    )
    def test_words_mean_one_status(self, words, status):
        said = VendorWords(status=words[0], result=words[1], adjudication=words[2])
        assert internal_status(said) is status

    def test_the_worse_of_result_and_assessment_counts(self):
        eligible = VendorWords(status="complete", result="consider", assessment="eligible")
        escalated = VendorWords(status="complete", result="clear", assessment="escalated")
        assert {internal_status(eligible), internal_status(escalated)} == {VendorStatus.NEEDS_ADJUDICATION}

    def test_nobody_is_clear_before_the_work_is_done_or_against_what_people_decided(self):
        for status, result, adjudication in product(STATUSES, RESULTS, ADJUDICATIONS):
            said = VendorWords(status=status, result=result, adjudication=adjudication)
            if internal_status(said) is VendorStatus.CLEAR:
                is_found_clear = adjudication is None and result in ("clear", "negative")
                assert (status, is_found_clear or adjudication == "engaged") == ("complete", True)
            if internal_status(said) is VendorStatus.ADVERSE:
                assert adjudication == "post_adverse_action"


class TestNews:
    def event(self, **licence):
        news = {"jurisdiction": "CO", "number": "RN.123456", "kind": "RN", "status": "Active", **licence}
        body = {"id": "evt_1", "type": "licence.changed", "data": {"licence": {"expires_on": "2027-09-30", **news}}}
        event = read_event("licence_source", body)
        assert event is not None
        return event

    @pytest.mark.parametrize(
        "licence",
        [
            {"status": "Suspended"},
            {"status": "Words that nobody knows"},
            {"status": "Probation"},
            {"disciplines": [{"taken_on": "2026-11-01"}]},
            {"expires_on": "2026-01-31"},
            {"active": False},
        ],
    )
    def test_bad_news_refutes_at_once(self, licence):
        assert isinstance(judge_notice(self.event(**licence), on=TODAY), Refuted)

    def test_good_news_proves_nothing_by_itself(self):
        assert judge_notice(self.event(), on=TODAY) is None

    def test_news_is_matched_by_jurisdiction_number_and_kind(self):
        matches = [self.event(), self.event(kind=None), self.event(number="123456")]
        others = [self.event(kind="PN"), self.event(number="PN123456"), self.event(number="1234567")]
        assert [meant_by(one, ABOUT) for one in (*matches, *others)] == [True] * 3 + [False] * 3
        named = [licence_named(one) for one in matches]
        assert {one.looked_up for one in named if one} == {"CO:123456"} == {ABOUT.looked_up}
        assert licence_named(self.event(number=None)) is None


class TestACheckByHand:
    @pytest.mark.parametrize(
        ("changes", "kind"),
        [
            ({}, Confirmed),
            ({"status": "ACTIVE - UNENCUMBERED"}, Confirmed),
            ({"status": "Expired"}, Refuted),
            ({"status": "Revoked"}, Refuted),
            ({"status": "Current??"}, Confirmed),
            ({"status": "On the watch list"}, Unclear),
            ({"discipline": True}, Unclear),
            ({"number": "RN 654321"}, Unclear),
            ({"expires_on": TODAY - timedelta(days=1)}, Refuted),
            ({"expires_on": TODAY}, Confirmed),
        ],
    )
    def test_what_was_read_is_judged_as_a_source_would_be(self, changes, kind):
        assert isinstance(judge(replace(CHECK, **changes), LICENCE), kind)

    def test_other_sources_have_good_words_of_their_own_or_none(self):
        card = Wanted(number="2055")
        answers = [
            judge(replace(CHECK, number="2055", status=words), card) for words in ("No record", None, "Hit", "Expired")
        ]
        assert [type(one) for one in answers] == [Confirmed, Confirmed, Unclear, Refuted]

    @pytest.mark.parametrize(
        ("changes", "pointers"),
        [
            ({}, []),
            ({"checked_on": TODAY + timedelta(days=1)}, ["/checked_on"]),
            ({"checked_on": TODAY - timedelta(days=32)}, ["/checked_on"]),
            ({"issued_on": TODAY + timedelta(days=1)}, ["/issued_on"]),
            ({"expires_on": date(2019, 6, 13)}, ["/expires_on"]),
            ({"expires_on": None, "number": " ", "status": None}, ["/expires_on", "/number", "/status"]),
            ({"url": "http://nursys.example"}, ["/url"]),
            ({"url": None}, ["/document_id"]),
            ({"url": None, "document_id": "doc_1"}, []),
        ],
    )
    def test_every_fault_is_named_at_once(self, changes, pointers):
        assert [one.pointer for one in faults(replace(CHECK, **changes), LICENCE, today=TODAY)] == pointers

    def test_everybody_is_told_where_to_look(self):
        assert guide_for("LIC-RN", state="CO").source == "Nursys QuickConfirm"
        assert guide_for("LIC-PT", state="CA").url == "https://search.dca.ca.gov/"
        assert "status" in guide_for("LIC-PT", state="WY").fields
        assert guide_for("CERT-TNCC").fields


def test_an_event_has_a_name_and_a_kind():
    body: dict[str, Any] = {"id": "evt_1", "type": "report.completed", "created_at": "2026-11-09T10:00:00Z"}
    body["data"] = {"object": {"id": "rep_1", "candidate_id": "can_1", "status": "complete"}}
    event = read_event("background_vendor", body, event_id="msg_9")
    assert event is not None
    assert (event.event_id, event.reference, event.thing["id"]) == ("msg_9", "can_1", "rep_1")
    odd: list[object] = [{}, [], None, {"id": "evt_1"}, {"type": "x"}]
    assert [read_event("background_vendor", one) for one in odd] == [None] * 5
