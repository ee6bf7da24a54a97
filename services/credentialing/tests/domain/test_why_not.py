"""Why somebody is not cleared yet, and how a decision is kept."""

from dataclasses import replace
from datetime import date

from credentialing.domain.clearance import settle
from credentialing.domain.decision import Made, Outcome, counted, decision_of
from credentialing.domain.item import ItemStatus, WaitsFor, assess
from credentialing.domain.requirement import Partition
from credentialing.domain.validity import Need
from credentialing.domain.why_not import why_not
from services.credentialing.tests.builders import (
    NOW,
    TODAY,
    held_for,
    some_file,
    some_requirements,
    some_terms,
)

ASKED = {one.code: one for one in some_requirements()}


def test_each_blocker_names_who_moves_how_and_how_soon() -> None:
    found = why_not(some_file(held_for(but=["LIC-RN", "DRUG-10", "EMP-I9"])), NOW)
    blockers = {one.item.code: one for one in found.blockers}
    assert set(blockers) == {"LIC-RN", "DRUG-10"}
    licence = blockers["LIC-RN"]
    assert (licence.waits_for, licence.earliest_on) == (WaitsFor.CLINICIAN, date(2026, 12, 8))
    assert licence.fix is not None
    assert licence.fix.path == "/v1/files/fil_0001/items/LIC-RN:receive"
    assert found.earliest_on == date(2026, 12, 8)
    assert [one.item.code for one in found.later] == ["EMP-I9"]
    assert not found.is_cleared


def test_a_check_with_a_window_is_not_begun_before_it_opens() -> None:
    terms = some_terms(start_date=date(2027, 1, 25), end_date=date(2027, 4, 24))
    found = why_not(some_file(held_for(terms, but=["DRUG-10"]), terms=terms), NOW)
    drug = next(one for one in found.blockers if one.item.code == "DRUG-10")
    assert drug.earliest_on == date(2026, 12, 27)  # 30 days before the start, and a day to take it


def test_contradicting_rules_have_no_earliest_day_and_no_command() -> None:
    asked = replace(ASKED["CERT-BLS"], issuers=())
    item = assess(asked, (), need=Need(days=some_terms().period, on=TODAY), waiver=None)
    found = why_not(replace(some_file(), items=(item,)), NOW)
    assert found.earliest_on is None
    assert [(one.waits_for, one.fix) for one in found.blockers] == [(WaitsFor.SPECIALIST, None)]


def test_nothing_is_in_the_way_of_a_cleared_file() -> None:
    found = why_not(settle(some_file(held_for()), NOW).file, NOW)
    assert (found.is_cleared, found.blockers, found.later, found.earliest_on) == (True, (), (), None)


def test_a_decision_keeps_rules_terms_and_every_input() -> None:
    settled = settle(some_file(held_for(but=["EMP-I9"])), NOW)
    (event,) = settled.events
    made = decision_of(settled.file, event, made=Made(decision_id="dec_1", at=NOW, by="per_1"))
    assert (made.outcome, made.number, made.terms_version, made.by) == (Outcome.GRANTED, 1, 1, "per_1")
    assert made.rule_set == settled.file.rule_set > 0
    inputs = {one.code: one for one in made.inputs}
    assert inputs["LIC-RN"].credential_id == "crd_0_LIC-RN"
    assert inputs["EMP-I9"].status is ItemStatus.DUE_LATER
    assert made.valid_through == date(2026, 12, 3)
    assert counted(made) == {Partition.I9: 1}
