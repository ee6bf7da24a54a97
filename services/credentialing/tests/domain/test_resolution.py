"""Which requirements hold where, and how rules unite."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.domain.errors import NoRequirementsInForce
from credentialing.domain.requirement import Requirement, Waivable
from credentialing.domain.resolution import Posting, resolve, stricter
from credentialing.domain.rulebook.requirements import ROWS
from credentialing.domain.rulebook.rows import Row
from credentialing.domain.validity import MustCover, Validity
from services.credentialing.tests.builders import START, some_requirements, some_terms
from shared.contracts.terms import Discipline

EVERYBODY = {
    "CERT-BLS", "EMP-I9", "EXC-LEIE", "EXC-SAM", "BG-COUNTY", "TB-12", "IMM-MMR", "IMM-VAR", "IMM-HBV",
    "HLTH-FIT", "DRUG-10", "COMP-SKILLS", "REF-2", "COMP-ORIENT", "FAC-PACKET",
}  # fmt: skip


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


@pytest.mark.parametrize(
    ("case", "where", "besides"),
    [
        ("a ward nurse", posting(), {"LIC-RN"}),
        ("an intensive care nurse", posting(specialty="ICU"), {"LIC-RN", "CERT-ACLS"}),
        ("an emergency nurse, in the client's words", posting(specialty="er"), {"LIC-RN", "CERT-ACLS", "CERT-PALS"}),
        ("a nurse in New York", posting(state="NY"), {"LIC-RN", "ST-NY-IC"}),
        ("a therapist in New York", posting(Discipline.PT, state="NY"), {"LIC-PT"}),
        ("an aide in Florida", posting(Discipline.CNA, state="FL"), {"LIC-CNA", "BG-FL-L2"}),
        ("a respiratory therapist in intensive care", posting(Discipline.RT, "ICU"), {"LIC-RCP", "CERT-ACLS"}),
        ("a surgical technologist", posting(Discipline.SURG_TECH, "OR"), {"CERT-CST"}),
        ("a physician", posting(Discipline.MD, "ICU"), {"LIC-MD", "CERT-ACLS"}),
    ],
)  # fmt: skip
def test_a_posting_asks_what_everybody_needs_and_its_own(case: str, where: Posting, besides: set[str]) -> None:
    assert codes(where) == EVERYBODY | besides, case


@pytest.mark.parametrize("discipline", list(Discipline))
def test_every_discipline_has_exactly_one_title_of_its_own(discipline: Discipline) -> None:
    titles = {code for code in codes(posting(discipline)) if code.startswith(("LIC-", "CERT-CST"))}
    assert len(titles) == 1


def test_each_item_is_bound_to_what_it_is_good_for() -> None:
    subjects = {asked.code: asked.subject for asked in some_requirements(some_terms(unit=" icu "))}
    assert {code: subject for code, subject in subjects.items() if subject} == {
        "LIC-RN": "CO",
        "COMP-SKILLS": "ICU",
        "FAC-PACKET": "asg_1@fac_mesa",
    }


def test_a_facility_rule_makes_the_agency_rule_stricter_and_both_are_named() -> None:
    agency = next(row for row in ROWS if row.asks.code == "BG-COUNTY")
    facility = replace(
        agency,
        rule="facility:fac_mesa:BG-COUNTY",
        facilities=frozenset({"fac_mesa"}),
        source="contract of Mesa General",
        asks=replace(
            agency.asks,
            validity=Validity(window_days=30),
            must_cover=MustCover.ASSIGNMENT_END,
            waivable=Waivable.FACILITY_OR_AGENCY,
        ),
    )
    asked = next(one for one in resolve(posting(), START, rows=(*ROWS, facility)) if one.code == "BG-COUNTY")
    assert asked.validity == Validity(window_days=30)
    assert asked.must_cover is MustCover.ASSIGNMENT_END
    assert asked.waivable is Waivable.FACILITY
    assert asked.rules == ("agency:BG-COUNTY", "facility:fac_mesa:BG-COUNTY")
    elsewhere = replace(posting(), facility_id="fac_other")
    assert resolve(elsewhere, START, rows=(*ROWS, facility)) == resolve(elsewhere, START)


def test_a_rule_holds_from_its_first_day_to_its_last() -> None:
    row = replace(ROWS[0], effective_from=date(2026, 1, 1), effective_to=date(2026, 12, 31))
    assert len(resolve(posting(), date(2026, 12, 31), rows=(row,))) == 1
    for outside in (date(2025, 12, 31), date(2027, 1, 1)):
        with pytest.raises(NoRequirementsInForce):
            resolve(posting(), outside, rows=(row,))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_every_row_names_its_rule_and_its_source(row: Row) -> None:
    assert row.rule.startswith(f"{row.scope}:")
    assert row.source.strip()
    assert row.asks.code
    assert row.asks.name


def test_rule_ids_are_unique() -> None:
    assert len({row.rule for row in ROWS}) == len(ROWS) == 31


VALIDITIES = st.builds(
    Validity,
    printed_expiry=st.booleans(),
    max_age_months=st.none() | st.integers(1, 60),
    window_days=st.none() | st.integers(1, 400),
    monitor_days=st.none() | st.integers(1, 60),
)
REQUIREMENTS = st.builds(
    replace,
    st.just(ROWS[0].asks),
    validity=VALIDITIES,
    must_cover=st.sampled_from(MustCover),
    waivable=st.sampled_from(Waivable),
    obtain_days=st.integers(0, 90),
)


@given(REQUIREMENTS, REQUIREMENTS)
def test_uniting_rules_is_the_same_in_either_order_and_twice(one: Requirement, other: Requirement) -> None:
    assert stricter(one, other) == stricter(other, one)
    assert stricter(stricter(one, other), other) == stricter(one, other)
    assert stricter(one, one) == one
