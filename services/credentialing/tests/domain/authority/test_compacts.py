"""Everybody but nurses. Golden values: the field's test vectors CV-023 and CV-024."""

import pytest

from credentialing.domain.authority.asked import Affiliation, Asked
from credentialing.domain.authority.compact_table import ROWS, compact_of, compact_on
from credentialing.domain.authority.decide import authority, authority_by_compact
from credentialing.domain.authority.licence import Licence
from credentialing.domain.validity import months_after
from services.credentialing.tests.domain.authority.questions import (
    Said,
    a_question,
    action,
    licence,
    multistate,
    privilege,
    said,
)
from shared.contracts.terms import Discipline

MEMBERS = frozenset({"AZ", "CO"})
CREW = Affiliation(agency=True, medical_director=True)
BOUGHT: Said = ("authorized", "compact_privilege", [])
BY_STATE: Said = ("authorized", "single_state_license", [])


def pt(*held: Licence, **more: object) -> Asked:
    return a_question(
        licence("AZ", type="PT", **more), *held, state="CO", profession="PT", members=MEMBERS, residences=()
    )


def pt_privilege(**more: object) -> Licence:
    return privilege("CO", type="PT", **more)


def no(*reasons: str) -> Said:
    return ("not_authorized", None, list(reasons))


@pytest.mark.parametrize(
    ("case", "asked", "expected"),
    [
        ("no privilege bought", pt(), no("privilege_not_held")),
        ("privilege bought", pt(pt_privilege()), BOUGHT),
        ("privilege for another state", pt(privilege("UT", type="PT")), no("privilege_not_held")),
        ("privilege of another profession", pt(privilege("CO", type="OT")), no("privilege_not_held")),
        ("privilege run out", pt(pt_privilege(expires="2026-11-29")), no("privilege_expired")),
        ("privilege revoked", pt(pt_privilege(status="revoked")), no("privilege_not_active")),
        ("home licence run out", pt(pt_privilege(), expires="2026-11-29"), no("home_license_not_active")),
        ("home licence inactive", pt(pt_privilege(), status="inactive"), no("home_license_not_active")),
        ("home licence encumbered", pt(pt_privilege(), status="encumbered"), no("home_license_encumbered")),
        (
            "discipline two years ago to the day",
            pt(pt_privilege(), actions=(action("AZ", "2024-01-01", "2024-11-30"),)),
            no("discipline_within_2_years"),
        ),
        (
            "discipline longer ago",
            pt(pt_privilege(), actions=(action("AZ", "2024-01-01", "2024-11-29"),)),
            BOUGHT,
        ),
        ("licence of the work state", pt(licence("CO", type="PT")), BY_STATE),
        (
            "that licence encumbered",
            pt(licence("CO", type="PT", status="encumbered")),
            ("review", None, ["license_encumbered"]),
        ),
        ("a licence of another profession", pt(licence("CO", type="OT")), no("privilege_not_held")),
        (
            "work state no member",
            a_question(
                licence("AZ", type="PT"), privilege("NY", type="PT"), state="NY", profession="PT", members=MEMBERS
            ),
            no("work_state_not_member"),
        ),
        (
            "home state no member",
            a_question(licence("NY", type="PT"), pt_privilege(), state="CO", profession="PT", members=MEMBERS),
            no("home_state_not_member"),
        ),
        (
            "members unknown, the privilege proves them",
            a_question(licence("AZ", type="PT"), pt_privilege(), state="CO", profession="PT"),
            BOUGHT,
        ),
        (
            "OT, not issuing",
            a_question(licence("AZ", type="OT"), state="CO", profession="OT"),
            no("compact_not_issuing"),
        ),
        (
            "OT, a privilege that should not exist",
            a_question(licence("AZ", type="OT"), privilege("CO", type="OT"), state="CO", profession="OT"),
            ("review", None, ["compact_not_issuing"]),
        ),
        (
            "SLP, not issuing",
            a_question(licence("AZ", type="SLP"), state="CO", profession="SLP"),
            no("compact_not_issuing"),
        ),
        (
            "physician elsewhere",
            a_question(licence("WI", type="MD"), state="IA", profession="MD"),
            no("state_license_required"),
        ),
        (
            "physician with the state's licence",
            a_question(licence("IA", type="DO"), state="IA", profession="MD"),
            BY_STATE,
        ),
        (
            "no compact at all",
            a_question(licence("TX", type="CNA"), state="CO", profession="CNA"),
            no("state_license_required"),
        ),
        (
            "multistate says nothing here",
            a_question(multistate("TX", type="RT"), state="CO", profession="RT"),
            no("state_license_required"),
        ),
        (
            "own licence expired",
            a_question(licence("CO", type="CNA", expires="2026-11-29"), state="CO", profession="CNA"),
            no("license_expired"),
        ),
        ("nothing held", a_question(state="CO", profession="PA"), no("state_license_required")),
    ],
)
def test_others_work_by_the_state_s_licence_or_what_their_compact_gives(
    case: str, asked: Asked, expected: Said
) -> None:
    assert said(authority(asked)) == expected, case


@pytest.mark.parametrize(
    ("case", "affiliation", "members", "expected"),
    [
        ("under an agency and its director", CREW, MEMBERS, ("authorized", "automatic_privilege", [])),
        ("alone", Affiliation(), MEMBERS, no("agency_affiliation_required", "medical_director_required")),
        ("without a director", Affiliation(agency=True), MEMBERS, no("medical_director_required")),
        ("members unknown", CREW, None, ("review", None, ["membership_unknown:CO"])),
        ("home state no member", CREW, frozenset({"CO"}), no("home_state_not_member")),
    ],
)
def test_emergency_staff_work_under_an_agency_and_its_director(
    case: str, affiliation: Affiliation, members: frozenset[str] | None, expected: Said
) -> None:
    held = licence("AZ", type="EMT-P")
    asked = a_question(held, state="CO", profession="PARAMEDIC", affiliation=affiliation, members=members)
    assert said(authority(asked)) == expected, case


def test_emergency_staff_need_an_active_home_licence() -> None:
    held = licence("AZ", type="EMT", status="suspended")
    asked = a_question(held, state="CO", profession="EMT", affiliation=CREW, members=MEMBERS)
    assert said(authority(asked)) == no("home_license_not_active")


def test_a_privilege_that_runs_out_inside_the_range_ends_authority() -> None:
    found = authority(pt(pt_privilege(expires="2027-01-15")))
    assert said(found) == BOUGHT
    assert str(found.authorized_until) == "2027-01-15"
    assert [str(reason) for reason in found.ends_because] == ["privilege_expired"]


def test_two_clean_years_end_inside_the_range() -> None:
    found = authority(pt(pt_privilege(), actions=(action("AZ", "2024-01-01", "2024-12-24"),)))
    assert str(found.first_authorized_on) == "2026-12-25"


@pytest.mark.parametrize(
    ("compact", "expected"), [("APRN", no("compact_not_in_force")), ("XYZ", ("review", None, ["compact_unknown:XYZ"]))]
)
def test_a_compact_named_by_hand_is_answered(compact: str, expected: Said) -> None:
    asked = a_question(licence("UT", type="NP"), state="WY", profession="NP")
    assert said(authority_by_compact(asked, compact)) == expected


def test_every_row_of_the_table_has_a_source_and_every_compact_a_standing_before_its_first_day() -> None:
    for row in ROWS:
        assert row.source, row.compact
        assert compact_on(row.compact, months_after(row.effective_from, -12)) is not None


@pytest.mark.parametrize("discipline", list(Discipline))
def test_every_discipline_gets_an_answer(discipline: Discipline) -> None:
    own = authority(a_question(licence("CO", type=discipline), state="CO", profession=discipline))
    none = authority(a_question(state="CO", profession=discipline))
    assert said(own) == BY_STATE
    assert str(none.decision) == "not_authorized"
    assert none.reasons


def test_a_profession_belongs_to_one_compact_at_most() -> None:
    professions = [profession for row in ROWS for profession in row.professions]
    assert len(professions) == len(set(professions))
    assert (compact_of("PTA"), compact_of("CNA")) == ("PT", None)
