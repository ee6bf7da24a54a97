"""The catalogue, the package's rules, and what makes a rule one that may be kept."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from credentialing.domain.requirement import BoundTo, Confirmer, Partition, Scope, Waivable
from credentialing.domain.rulebook.ask import Ask
from credentialing.domain.rulebook.book import make_rulebook
from credentialing.domain.rulebook.catalogue.entry import Confidence, Entry
from credentialing.domain.rulebook.catalogue.sources import SOURCES
from credentialing.domain.rulebook.catalogue.whole import CATALOGUE
from credentialing.domain.rulebook.disciplines import OTHER_NAMES, Group, canonical_discipline, named
from credentialing.domain.rulebook.editing import ended, next_version
from credentialing.domain.rulebook.judging import early_findings, rule_findings
from credentialing.domain.rulebook.rule import Condition, Rule
from credentialing.domain.rulebook.shipped import RULES
from credentialing.domain.rulebook.shipping import asking, bare, conditions
from credentialing.domain.rulebook.templates import TEMPLATES, adopted
from credentialing.domain.validity import MustCover, Season, Validity
from shared.contracts.terms import Discipline

TODAY = date(2026, 11, 9)


def some_rule(**given: Any) -> Rule:
    plain = Rule(rule_id="facility-mesa", level=Scope.FACILITY, title="Mesa", source="contract")
    return replace(plain, **{"require": bare("TB-12"), "effective_from": TODAY, **given})


def test_the_catalogue_has_the_fields_127_items_once_each() -> None:
    assert len(CATALOGUE) == 127
    assert Counter(entry.confidence for entry in CATALOGUE.values()) == {
        Confidence.SOURCED: 83,
        Confidence.PRACTICE: 41,
        Confidence.WEAK: 3,
    }
    assert Counter(entry.partition for entry in CATALOGUE.values()) == {
        Partition.PERSONNEL: 83,
        Partition.HEALTH: 22,
        Partition.BACKGROUND: 15,
        Partition.I9: 2,
        Partition.PAYROLL: 5,
    }


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=lambda entry: entry.code)
def test_every_item_is_whole(entry: Entry) -> None:
    assert entry.levels
    assert entry.primary_source
    assert 0 <= entry.obtain[0] <= entry.obtain[1]
    assert all(source in SOURCES for source in entry.sources)
    assert bool(entry.sources) or entry.confidence is Confidence.PRACTICE
    assert all(code in CATALOGUE for code in entry.satisfied_by)
    assert entry.asked_of <= OTHER_NAMES | {group.value for group in Group}


@pytest.mark.parametrize(
    ("code", "validity", "must_cover", "obtain", "waivable"),
    [
        ("LIC-RN", Validity(printed_expiry=True), MustCover.ASSIGNMENT_END, (28, 84), Waivable.NEVER),
        ("CERT-TNCC", Validity(max_age_months=48, end_of_month=True), MustCover.ASSIGNMENT_END, (14, 45),
         Waivable.FACILITY),
        ("DRUG-10", Validity(window_days=30, basis="collection_date"), MustCover.START, (1, 5),
         Waivable.FACILITY_OR_AGENCY),
        ("EXC-LEIE", Validity(monitor_days=31), MustCover.CONTINUOUS, (0, 0), Waivable.NEVER),
        ("IMM-FLU", Validity(season=Season(first=(10, 1), last=(3, 31))), MustCover.SEASON, (1, 2),
         Waivable.FACILITY_OR_AGENCY),
        ("BG-FL-L2", Validity(max_age_months=60, break_days=90, basis="print_retention_date"),
         MustCover.ASSIGNMENT_END, (3, 10), Waivable.NEVER),
        ("MD-ATTEST", Validity(decision_days=120), MustCover.DECISION, (1, 1), Waivable.FACILITY_OR_AGENCY),
        ("EMP-EV", Validity(), MustCover.START_PLUS_3BD, (0, 10), Waivable.NEVER),
        ("FAC-PACKET", Validity(), MustCover.PACKET_DUE, (1, 5), Waivable.FACILITY_OR_AGENCY),
    ],
)  # fmt: skip
def test_the_usual_values_are_the_fields(
    code: str, validity: Validity, must_cover: MustCover, obtain: tuple[int, int], waivable: Waivable
) -> None:
    entry = CATALOGUE[code]
    assert (entry.validity, entry.must_cover, entry.obtain, entry.waivable) == (validity, must_cover, obtain, waivable)


def test_law_licence_exclusion_and_identity_are_never_waived() -> None:
    for code, entry in CATALOGUE.items():
        is_licence = code.startswith("LIC-") and code != "LIC-HIST"
        if is_licence or code in {"EXC-LEIE", "EXC-SAM", "EXC-STATE", "ID-PHOTO", "EMP-I9", "EMP-EV", "TRN-BBP"}:
            assert entry.waivable is Waivable.NEVER, code


def test_items_whose_source_is_a_person_are_confirmed_by_a_second_one() -> None:
    second = {code for code, entry in CATALOGUE.items() if entry.confirmed_by is Confirmer.SECOND_PERSON}
    assert second == {"TB-SX", "HLTH-FIT", "COMP-SKILLS", "COMP-INIT"}


def test_licences_are_bound_to_a_state_and_packets_to_an_assignment() -> None:
    assert {CATALOGUE[code].bound_to for code in ("LIC-RN", "LIC-MD", "MD-DEA")} == {BoundTo.STATE}
    assert {CATALOGUE[code].bound_to for code in ("FAC-PACKET", "AGR-CONTRACT")} == {BoundTo.ASSIGNMENT}
    assert CATALOGUE["COMP-SKILLS"].bound_to is BoundTo.UNIT


def test_every_discipline_of_the_house_has_a_name_in_the_catalogue() -> None:
    names = {one: canonical_discipline(one) for one in Discipline}
    assert {one: name for one, name in names.items() if name != one} == {
        "RT": "RRT",
        "RAD_TECH": "RADTECH",
        "SURG_TECH": "CST",
        "NP": "APRN",
    }
    assert {name for name in names.values() if name} <= OTHER_NAMES
    assert named("NP") == {"APRN", "ALL", "ALL_CLINICAL", "W2", "W2_TRAVEL"}
    assert canonical_discipline("WIZARD") is None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule_id)
def test_every_shipped_rule_may_be_kept_and_names_its_source(rule: Rule) -> None:
    assert rule_findings(rule) == ()
    assert rule.source.strip()
    assert rule.title.strip()


def test_rule_ids_are_unique_and_shipped_rules_ask_at_the_usual_values_of_their_own() -> None:
    assert len({rule.rule_id for rule in RULES}) == len(RULES) == 45
    assert not [rule.rule_id for rule in RULES if any(one.ask == Ask() for one in rule.require)]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_every_template_becomes_rules_of_one_facility_that_may_be_kept(template: Any) -> None:
    for rule in adopted(template, facility_id="fac_01m8095ps8e00rc1kcn27y03zh", effective_from=TODAY):
        assert rule_findings(rule) == ()
        assert {one.condition: one.values for one in rule.when}[Condition.FACILITY] == {
            "fac_01m8095ps8e00rc1kcn27y03zh"
        }
        assert rule.rule_id.endswith("-fac-01m8095ps8e00rc1kcn27y03zh")
        assert len(rule.rule_id) <= 100


@pytest.mark.parametrize(
    ("case", "rule", "found"),
    [
        ("nothing asked", some_rule(require=()), [("/require", "asks_nothing")]),
        ("ends before it begins", some_rule(effective_to=date(2026, 11, 8)),
         [("/effective_to", "ends_before_begins")]),
        ("unknown code", some_rule(require=bare("TB-99")), [("/require/TB-99", "unknown_code")]),
        ("age of nothing", some_rule(require=(asking("TB-12", max_age_months=0),)),
         [("/require/TB-12/max_age_months", "out_of_range")]),
        ("no issuer", some_rule(require=(asking("CERT-BLS", issuers=()),)),
         [("/require/CERT-BLS/issuers", "too_short")]),
        ("a day that is not", some_rule(require=(asking("IMM-FLU", season=Season(first=(2, 30), last=(3, 1))),)),
         [("/require/IMM-FLU/season", "not_a_day")]),
        ("an alternative that is not", some_rule(require=(asking("TB-12", satisfied_by=("TB-99",)),)),
         [("/require/TB-12/satisfied_by", "unknown_code")]),
        ("law made waivable", some_rule(require=(asking("EMP-I9", waivable=Waivable.FACILITY),)),
         [("/require/EMP-I9/waivable", "never_waivable")]),
        ("a month's end without an age", some_rule(require=(asking("CERT-BLS", end_of_month=True),)),
         [("/require/CERT-BLS/end_of_month", "age_missing")]),
        ("days the wrong way round", some_rule(require=(asking("TB-12", obtain_days=9, obtain_days_at_most=3),)),
         [("/require/TB-12/obtain_days_at_most", "too_small")]),
        ("an exemption from law", some_rule(exempt=("HLTH-FIT", "EXC-LEIE")), [("/exempt/1", "never_exempt")]),
        ("an unknown exemption", some_rule(exempt=("TB-99",)), [("/exempt/0", "unknown_code")]),
        ("asked and exempted", some_rule(exempt=("TB-12",)), [("/exempt/0", "asked_and_exempted")]),
        ("an unknown discipline", some_rule(when=conditions(discipline="RN WIZARD")),
         [("/when/discipline", "unknown_value")]),
        ("an unknown state", some_rule(when=conditions(state="CO XX")), [("/when/state", "unknown_value")]),
        ("an empty condition", some_rule(when=conditions(site="")), [("/when/site", "too_short")]),
        ("several at once", some_rule(require=bare("TB-99"), exempt=("LIC-RN",)),
         [("/require/TB-99", "unknown_code"), ("/exempt/0", "never_exempt")]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_rule_is_said_with_its_pointer(
    case: str, rule: Rule, found: list[tuple[str, str]]
) -> None:
    assert [(finding.pointer, finding.code) for finding in rule_findings(rule)] == found, case


def test_a_rule_begins_today_or_later_unless_it_is_meant_to_reach_back() -> None:
    past = some_rule(effective_from=date(2026, 11, 8))
    [finding] = early_findings(past, today=TODAY, may_reach_back=False)
    assert (finding.pointer, finding.code) == ("/effective_from", "in_the_past")
    assert early_findings(past, today=TODAY, may_reach_back=True) == ()
    assert early_findings(some_rule(), today=TODAY, may_reach_back=False) == ()


def test_the_same_rule_again_is_no_new_version() -> None:
    first = next_version([], some_rule())
    assert first is not None
    assert first.version == 1
    assert next_version([first], some_rule()) is None
    later = next_version([first], some_rule(effective_from=date(2026, 12, 1)))
    assert later is not None
    assert later.version == 2


def held_on(versions: list[Rule], day: date) -> list[int]:
    return [rule.version for rule in make_rulebook([*versions, *RULES], version=1).in_force(day) if rule in versions]


def test_an_ended_rule_asks_until_its_last_day_what_it_asked_before() -> None:
    versions = [some_rule(), some_rule(version=2, effective_from=date(2027, 1, 1), require=bare("IMM-MMR"))]
    ending = ended(versions, last_day=date(2026, 12, 15))
    assert ending is not None
    assert (ending.version, ending.require) == (3, bare("TB-12"))
    every = [*versions, ending]
    assert held_on(every, date(2026, 12, 15)) == [3]
    assert held_on(every, date(2026, 12, 16)) == []
    assert held_on(every, date(2027, 1, 1)) == []
    assert ended(every, last_day=date(2026, 12, 15)) is None


def test_a_rule_that_is_ended_before_it_begins_never_asks() -> None:
    future = some_rule(effective_from=date(2027, 1, 1))
    ending = ended([future], last_day=TODAY)
    assert ending is not None
    assert held_on([future, ending], date(2027, 6, 1)) == []


def test_a_rule_that_had_ended_is_not_brought_back_by_ending_it() -> None:
    over = some_rule(effective_to=date(2026, 11, 20))
    assert ended([over], last_day=date(2026, 11, 20)) is None
    again = some_rule(version=2, effective_from=date(2027, 1, 1))
    ending = ended([over, again], last_day=date(2026, 12, 1))
    assert ending is not None
    assert ending.effective_to == date(2026, 11, 20)
    assert held_on([over, again, ending], date(2026, 11, 25)) == []
