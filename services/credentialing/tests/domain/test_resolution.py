"""Which requirements hold where, by whose rules, and what the same nurse is asked at two facilities."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from credentialing.domain.errors import NoRequirementsInForce
from credentialing.domain.requirement import Confirmer, Requirement, Scope, Waivable
from credentialing.domain.resolution import Posting, days_since, resolution, resolve
from credentialing.domain.rulebook.book import Rulebook, make_rulebook
from credentialing.domain.rulebook.rule import Rule
from credentialing.domain.rulebook.shipped import RULES, SHIPPED
from credentialing.domain.rulebook.shipping import asking, bare, conditions
from credentialing.domain.rulebook.templates import TEMPLATES, adopted
from credentialing.domain.validity import MustCover, Validity
from services.credentialing.tests.builders import START, some_requirements, some_terms
from shared.contracts.terms import Discipline, Weekday

EVERYBODY = {
    "CERT-BLS", "EMP-I9", "EMP-EV", "ID-PHOTO", "BG-AUTH", "BG-COUNTY", "BG-SOR", "EXC-LEIE", "EXC-SAM", "TB-12",
    "IMM-MMR", "IMM-VAR", "IMM-HBV", "IMM-TDAP", "IMM-FLU", "HLTH-PHYS", "HLTH-FIT", "DRUG-10", "COMP-SKILLS", "REF-2",
    "COMP-ORIENT", "TRN-HIPAA", "TRN-BBP", "FAC-PACKET",
}  # fmt: skip
LISTED = EVERYBODY | {"EXC-STATE"}
"""In a state that publishes whom its Medicaid programme excludes."""
PRESCRIBERS = {"MD-DEA", "MD-NPDB", "MD-COI", "MD-CLAIMS", "MD-WORKHX", "MD-PEER", "MD-ATTEST", "ID-NPI"}
TRAINED = {"TRN-HARASS"}


def posting(discipline: Discipline = Discipline.RN, specialty: str = "MS", state: str = "CO") -> Posting:
    return Posting(
        discipline=discipline,
        specialty=specialty,
        unit=specialty,
        state=state,
        facility_id="fac_mesa",
        assignment_id="asg_1",
    )


def codes(posting: Posting) -> set[str]:
    return {asked.code for asked in resolve(posting, START)}


def some_rule(rule_id: str = "facility-mesa", **given: Any) -> Rule:
    plain = Rule(rule_id=rule_id, level=Scope.FACILITY, title="Mesa General", source="contract of Mesa General")
    return replace(plain, **{"when": conditions(facility="fac_mesa"), **given})


def with_rules(*rules: Rule) -> Rulebook:
    return make_rulebook([*RULES, *rules], version=2)


def one(code: str, requirements: Sequence[Requirement]) -> Requirement:
    [found] = [asked for asked in requirements if asked.code == code]
    return found


@pytest.mark.parametrize(
    ("case", "where", "asked"),
    [
        ("a ward nurse", posting(), LISTED | {"LIC-RN"}),
        ("an intensive care nurse", posting(specialty="ICU"), LISTED | {"LIC-RN", "CERT-ACLS"}),
        ("an emergency nurse, in the client's words", posting(specialty="er"),
         LISTED | {"LIC-RN", "CERT-ACLS", "CERT-PALS"}),
        ("a neonatal nurse", posting(specialty="NICU"), LISTED | {"LIC-RN", "CERT-NRP"}),
        ("a nurse in New York", posting(state="NY"), LISTED | TRAINED | {"LIC-RN", "ST-NY-IC", "ST-NY-CA"}),
        ("a therapist in New York", posting(Discipline.PT, state="NY"), LISTED | TRAINED | {"LIC-PT", "ID-NPI"}),
        ("a nurse in California", posting(state="CA"), LISTED | TRAINED | {"LIC-RN", "ST-CA-T22"}),
        ("a nurse in Pennsylvania", posting(state="PA"), LISTED | {"LIC-RN", "ST-PA-31"}),
        ("a nurse in New Jersey", posting(state="NJ"), LISTED | {"LIC-RN", "EXC-NJ-DEB"}),
        ("an aide in Florida", posting(Discipline.CNA, state="FL"), EVERYBODY | {"LIC-CNA", "BG-FL-L2"}),
        ("a respiratory therapist in intensive care", posting(Discipline.RT, "ICU"), LISTED | {"LIC-RCP", "CERT-ACLS"}),
        ("a surgical technologist", posting(Discipline.SURG_TECH, "OR"), LISTED | {"CERT-CST"}),
        ("a physician", posting(Discipline.MD, "ICU"),
         LISTED | PRESCRIBERS | {"LIC-MD", "CERT-ACLS", "MD-BOARD", "MD-EDU", "MD-TRAIN"}),
        ("a nurse practitioner", posting(Discipline.NP), LISTED | PRESCRIBERS | {"LIC-APRN"}),
    ],
)  # fmt: skip
def test_a_posting_asks_what_everybody_needs_and_its_own(case: str, where: Posting, asked: set[str]) -> None:
    assert codes(where) == asked, case


@pytest.mark.parametrize("discipline", list(Discipline))
def test_every_discipline_has_exactly_one_title_of_its_own(discipline: Discipline) -> None:
    titles = {code for code in codes(posting(discipline)) if code.startswith(("LIC-", "CERT-CST"))}
    assert len(titles) == 1


def test_a_typical_file_is_as_long_as_the_field_has_them() -> None:
    assert 20 <= len(codes(posting(specialty="ICU"))) <= 35


def test_each_item_is_bound_to_what_it_is_good_for() -> None:
    subjects = {asked.code: asked.subject for asked in some_requirements(some_terms(unit=" icu "))}
    assert {code: subject for code, subject in subjects.items() if subject} == {
        "LIC-RN": "CO",
        "COMP-SKILLS": "ICU",
        "BG-AUTH": "asg_1@fac_mesa",
        "FAC-PACKET": "asg_1@fac_mesa",
    }


def test_a_facility_rule_makes_the_agency_rule_stricter_and_both_are_named() -> None:
    facility = some_rule(
        require=(asking("BG-COUNTY", window_before_start=30, must_cover=MustCover.ASSIGNMENT_END, lookback_years=7),)
    )
    asked = one("BG-COUNTY", resolve(posting(), START, rulebook=with_rules(facility)))
    assert asked.validity == Validity(window_days=30, basis="completed_date")
    assert (asked.must_cover, asked.lookback_years, asked.waivable) == (MustCover.ASSIGNMENT_END, 7, Waivable.FACILITY)
    assert asked.rules == ("agency-background", "facility-mesa")
    assert asked.scopes == (Scope.AGENCY, Scope.FACILITY)
    assert asked.sources[1] == "contract of Mesa General"
    elsewhere = replace(posting(), facility_id="fac_other")
    assert resolve(elsewhere, START, rulebook=with_rules(facility)) == resolve(elsewhere, START)


def test_a_facility_cannot_relax_what_the_agency_or_the_law_asks() -> None:
    looser = some_rule(
        require=(asking("TB-12", max_age_months=24), asking("EMP-I9", waivable=Waivable.FACILITY, trails_days=5))
    )
    assert resolve(posting(), START, rulebook=with_rules(looser)) != resolve(posting(), START)
    found = resolve(posting(), START, rulebook=with_rules(looser))
    assert one("TB-12", found).validity.max_age_months == 12
    assert (one("EMP-I9", found).waivable, one("EMP-I9", found).trails_days) == (Waivable.NEVER, None)


def test_issuers_that_exclude_each_other_are_a_conflict_that_names_both_rules() -> None:
    rules = (
        some_rule("facility-heart", require=(asking("CERT-BLS", issuers=("AHA",)),)),
        some_rule("msp-cross", level=Scope.MSP, require=(asking("CERT-BLS", issuers=("ARC",)),)),
    )
    found = resolution(posting(), START, rulebook=with_rules(*rules))
    assert one("CERT-BLS", found.requirements).issuers == ()
    assert found.conflicts == {"CERT-BLS": ("issuers: facility-heart accepts AHA; msp-cross accepts ARC",)}
    assert one("CERT-BLS", found.requirements).conflicts == found.conflicts["CERT-BLS"]


def test_an_exemption_lifts_only_what_agency_and_facility_ask_and_may_be_waived() -> None:
    exempting = some_rule(exempt=("TB-12", "COMP-SKILLS", "TRN-BBP", "LIC-RN", "HLTH-COLOR"))
    found = resolution(posting(), START, rulebook=with_rules(exempting))
    assert found.exempted == {"TB-12": "facility-mesa"}
    assert {"COMP-SKILLS", "TRN-BBP", "LIC-RN"} <= {asked.code for asked in found.requirements}
    assert "TB-12" not in {asked.code for asked in found.requirements}


def test_a_state_rule_beside_the_agencys_keeps_an_item_from_being_exempted() -> None:
    by_law = replace(some_rule("state-co-tb"), level=Scope.STATE, require=bare("TB-12"))
    exempting = some_rule(exempt=("TB-12",))
    assert resolution(posting(), START, rulebook=with_rules(by_law, exempting)).exempted == {}


@pytest.mark.parametrize(
    ("condition", "value", "is_asked"),
    [
        ("setting", "home_health", True),
        ("setting", "hospital", False),
        ("setting", None, False),
        ("work_mode", "remote", True),
        ("work_mode", "on_site", False),
        ("site", "north", True),
        ("client_id", "cli_msp", True),
        ("client_id", "cli_other", False),
    ],
)
def test_a_rule_that_depends_on_a_fact_holds_only_where_it_is_known_to_be_so(
    condition: str, value: str | None, is_asked: bool
) -> None:
    name = condition.removesuffix("_id")
    wanted = {"setting": "home_health", "work_mode": "remote", "site": "north", "client": "cli_msp"}[name]
    rule = some_rule(when=conditions(**{name: wanted}), require=bare("HLTH-COLOR"))
    where = replace(posting(), **{condition: value})  # type: ignore[arg-type]
    assert ("HLTH-COLOR" in {asked.code for asked in resolve(where, START, rulebook=with_rules(rule))}) is is_asked


def test_a_rule_holds_from_its_first_day_to_its_last() -> None:
    book = make_rulebook(
        [some_rule(require=bare("TB-12"), effective_from=date(2026, 1, 1), effective_to=date(2026, 12, 31))], version=1
    )
    for inside in (date(2026, 1, 1), date(2026, 12, 31)):
        assert len(resolve(posting(), inside, rulebook=book)) == 1
    for outside in (date(2025, 12, 31), date(2027, 1, 1)):
        with pytest.raises(NoRequirementsInForce):
            resolve(posting(), outside, rulebook=book)


def test_a_later_version_replaces_the_earlier_from_its_own_first_day_on() -> None:
    first = some_rule(require=(asking("TB-12", max_age_months=24),))
    later = replace(first, version=2, effective_from=date(2027, 1, 1), require=(asking("TB-12", max_age_months=6),))
    book = make_rulebook([first, later], version=3)
    ages = [resolve(posting(), day, rulebook=book)[0].validity.max_age_months for day in (START, date(2027, 1, 1))]
    assert ages == [24, 6]


@pytest.mark.parametrize(
    ("start", "days"),
    [(date(2026, 11, 30), 7), (date(2026, 12, 1), 1), (date(2026, 12, 2), 2), (date(2026, 12, 6), 6)],
)
def test_the_monday_before_the_start_is_never_the_start_itself(start: date, days: int) -> None:
    assert days_since(Weekday.MON, start) == days


def templates_of(name: str, facility_id: str) -> tuple[Rule, ...]:
    [template] = [one for one in TEMPLATES if one.name == name]
    return adopted(template, facility_id=facility_id, effective_from=date(2026, 1, 1))


BOTH = with_rules(*templates_of("st-lukes", "fac_slhn"), *templates_of("centura", "fac_centura"))


def nurse_at(facility_id: str, state: str, work_mode: str = "on_site") -> Posting:
    return replace(posting(specialty="ICU", state=state), facility_id=facility_id, work_mode=work_mode)


def test_st_lukes_asks_its_clearances_of_30_days_with_their_rules_named() -> None:
    found = resolve(nurse_at("fac_slhn", "PA"), START, rulebook=BOTH)
    clearances = [one(code, found) for code in ("BG-PA-PSP", "BG-PA-CHILD", "BG-PA-FBI")]
    assert {asked.validity.window_days for asked in clearances} == {30}
    assert {asked.rules for asked in clearances} == {("st-lukes-clearances-fac-slhn",)}
    assert not {"BG-NJ-CRIM", "EXC-NJ-DEB", "EXC-OFAC"} & {asked.code for asked in found}


def test_st_lukes_sites_in_new_jersey_add_theirs() -> None:
    found = resolve(nurse_at("fac_slhn", "NJ"), START, rulebook=BOTH)
    assert one("BG-NJ-CRIM", found).validity.window_days == 30
    assert one("EXC-NJ-DEB", found).rules == ("state-nj-debarment", "st-lukes-nj-sites-fac-slhn")
    assert one("EXC-OFAC", found).rules == ("st-lukes-nj-sites-fac-slhn",)


def test_st_lukes_packet_is_due_the_monday_before_the_start_and_decided_there() -> None:
    for start, days in ((date(2026, 11, 30), 7), (date(2026, 12, 2), 2)):
        packet = one("FAC-PACKET", resolve(nurse_at("fac_slhn", "PA"), start, rulebook=BOTH))
        assert (packet.due_days_before_start, packet.confirmed_by) == (days, Confirmer.CLIENT)


def test_st_lukes_remote_staff_bring_no_health_documents_and_all_else() -> None:
    on_site = resolve(nurse_at("fac_slhn", "PA"), START, rulebook=BOTH)
    remote = resolution(nurse_at("fac_slhn", "PA", work_mode="remote"), START, rulebook=BOTH)
    health = {asked.code for asked in on_site if asked.partition == "health"}
    assert set(remote.exempted) == health
    assert set(remote.exempted.values()) == {"st-lukes-remote-fac-slhn"}
    assert {asked.code for asked in remote.requirements} == {asked.code for asked in on_site} - health


def test_centura_adds_to_the_panel_and_relaxes_neither_the_agencys_history_nor_its_tuberculosis() -> None:
    found = resolve(nurse_at("fac_centura", "CO"), START, rulebook=BOTH)
    assert one("TB-12", found).validity.max_age_months == 12
    assert one("TB-12", found).rules == ("agency-tuberculosis", "centura-contractors-fac-centura")
    assert one("BG-COUNTY", found).lookback_years == 7
    agencys = one("DRUG-10", resolve(posting(), START))
    assert set(one("DRUG-10", found).panel) == {*agencys.panel, "synthetics"}
    assert len(agencys.panel) == 10


def test_the_same_nurse_gets_different_lists_at_the_two() -> None:
    luke, centura = (
        {asked.code: asked for asked in resolve(where, START, rulebook=BOTH)}
        for where in (nurse_at("fac_slhn", "PA"), nurse_at("fac_centura", "CO"))
    )
    assert luke.keys() - centura.keys() == {"BG-PA-PSP", "BG-PA-CHILD", "BG-PA-FBI", "FAC-CONF", "ST-PA-31"}
    assert centura.keys() - luke.keys() == set()
    assert all(asked.rules and asked.sources for asked in (*luke.values(), *centura.values()))


def test_an_answer_is_the_same_whoever_asked_before() -> None:
    where = posting(specialty="ICU")
    other = replace(where, assignment_id="asg_2")
    first = resolve(where, START)
    assert resolve(other, START) != first
    assert resolve(where, START, rulebook=make_rulebook(RULES, version=SHIPPED.version)) == first
