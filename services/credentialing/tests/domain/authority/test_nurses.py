"""Nurses: whose licence counts where, on the first day asked. Golden values: the test vectors CV-011 to CV-022."""

import pytest

from credentialing.domain.authority.asked import Asked
from credentialing.domain.authority.decide import authority
from services.credentialing.tests.domain.authority.questions import (
    Said,
    a_question,
    action,
    licence,
    lives,
    multistate,
    privilege,
    said,
)

TX = multistate("TX")
AT_HOME: Said = ("authorized", "home_state_license", [])
BY_PRIVILEGE: Said = ("authorized", "multistate_privilege", [])
BY_STATE: Said = ("authorized", "single_state_license", [])


def no(*reasons: str) -> Said:
    return ("not_authorized", None, list(reasons))


def look(*reasons: str) -> Said:
    return ("review", None, list(reasons))


@pytest.mark.parametrize(
    ("case", "asked", "expected"),
    [
        ("multistate, party state", a_question(TX, state="CO"), BY_PRIVILEGE),
        ("multistate, at home", a_question(TX, state="TX"), AT_HOME),
        ("multistate, no member", a_question(TX, state="CA"), no("work_state_not_member")),
        ("multistate, a state nobody knows", a_question(TX, state="XX"), no("work_state_not_member")),
        ("signed, not implemented", a_question(TX, state="MA"), no("work_state_not_implemented")),
        ("US Virgin Islands", a_question(TX, state="VI"), no("work_state_not_implemented")),
        ("Guam lets in", a_question(TX, state="GU"), BY_PRIVILEGE),
        (
            "Guam before anybody says since when",
            a_question(TX, state="GU", days=("2024-05-01", "2024-05-31")),
            look("membership_date_unknown:GU"),
        ),
        (
            "Pennsylvania lets in before it issues",
            a_question(TX, state="PA", days=("2024-05-01", "2024-05-31")),
            BY_PRIVILEGE,
        ),
        (
            "Pennsylvania issues nothing yet",
            a_question(multistate("PA"), state="TX", residences=(lives("PA"),), days=("2024-05-01", "2024-05-31")),
            no("home_state_not_issuing"),
        ),
        (
            "Guam issues none",
            a_question(multistate("GU"), state="TX", residences=(lives("GU"),)),
            no("home_state_not_issuing"),
        ),
        (
            "a multistate licence of a state that is no member",
            a_question(multistate("CA"), state="TX", residences=(lives("CA"),)),
            no("home_state_not_member"),
        ),
        (
            "a multistate licence of a state that only signed",
            a_question(multistate("MA"), state="TX", residences=(lives("MA"),)),
            no("home_state_not_implemented"),
        ),
        (
            "licence of the work state, residence elsewhere",
            a_question(licence("TX"), state="TX", residences=(lives("CA"),)),
            BY_STATE,
        ),
        (
            "licence of the work state, residence unknown",
            a_question(licence("CA"), state="CA", residences=()),
            BY_STATE,
        ),
        ("single-state licence of another state", a_question(licence("AZ"), state="NM"), no("license_single_state")),
        ("single-state licence beside a multistate one", a_question(TX, licence("CA"), state="CA"), BY_STATE),
        ("practical nurse", a_question(multistate("TX", type="LVN"), state="CO", profession="LPN"), BY_PRIVILEGE),
        ("RN licence, LPN work", a_question(TX, state="CO", profession="LPN"), no("license_type_mismatch")),
        ("LPN licence, RN work", a_question(multistate("TX", type="LPN"), state="CO"), no("license_type_mismatch")),
        ("RN licence, LPN role", a_question(TX, state="CO", role="LPN"), no("license_type_mismatch")),
        ("a role that is not a profession", a_question(TX, state="CO", role="charge nurse"), BY_PRIVILEGE),
        ("advanced role", a_question(TX, state="WY", role="APRN"), no("role_not_covered")),
        ("nurse practitioner at home", a_question(TX, state="TX", profession="NP"), no("role_not_covered")),
        (
            "advanced role with the state's own licence",
            a_question(TX, licence("WY", type="CNP"), state="WY", role="NP"),
            BY_STATE,
        ),
        (
            "advanced role, that licence expired",
            a_question(TX, licence("WY", type="CNP", expires="2026-11-29"), state="WY", role="NP"),
            no("license_expired"),
        ),
        ("no licence", a_question(state="CO"), no("no_license")),
        ("a privilege is no nurse licence", a_question(privilege("CO"), state="CO"), no("no_license")),
        (
            "expired the day before",
            a_question(multistate("TX", expires="2026-11-29"), state="CO"),
            no("license_expired"),
        ),
        ("expired by its status", a_question(multistate("TX", status="expired"), state="CO"), no("license_expired")),
        (
            "state's own licence expired",
            a_question(licence("CA", expires="2026-11-29"), state="CA"),
            no("license_expired"),
        ),
        ("unknown status", a_question(multistate("TX", status="not_active"), state="CO"), no("license_not_active")),
        ("suspended", a_question(multistate("TX", status="suspended"), state="TX"), no("license_suspended")),
        ("encumbered at home", a_question(multistate("TX", status="encumbered"), state="CO"), no("license_encumbered")),
        (
            "encumbered, in its own state",
            a_question(licence("TX", status="encumbered"), state="TX"),
            look("license_encumbered"),
        ),
        (
            "encumbered by an action of the home board",
            a_question(multistate("TX", actions=(action("TX", "2026-01-01"),)), state="CO"),
            no("license_encumbered"),
        ),
        (
            "action against the privilege",
            a_question(multistate("TX", actions=(action("CO", "2026-08-01"),)), state="CO"),
            no("privilege_action"),
        ),
        (
            "action in another state",
            a_question(multistate("TX", actions=(action("TN", "2026-08-01"),)), state="CO"),
            BY_PRIVILEGE,
        ),
        (
            "action that has ended",
            a_question(multistate("TX", actions=(action("CO", "2026-08-01", "2026-11-29"),)), state="CO"),
            BY_PRIVILEGE,
        ),
        (
            "action that ends that day",
            a_question(
                multistate("TX", actions=(action("CO", "2026-08-01", "2026-11-30"),)),
                state="CO",
                days=("2026-11-30", "2026-11-30"),
            ),
            no("privilege_action"),
        ),
        (
            "both at once are both told",
            a_question(multistate("TX", status="encumbered", actions=(action("CO", "2026-08-01"),)), state="CO"),
            no("license_encumbered", "privilege_action"),
        ),
        (
            "action against the privilege, and a licence of that state",
            a_question(multistate("TX", actions=(action("CO", "2026-08-01"),)), licence("CO"), state="CO"),
            look("privilege_action"),
        ),
        ("residence unknown", a_question(TX, state="CO", residences=()), look("psor_unknown")),
        ("residence unknown, at home", a_question(TX, state="TX", residences=()), AT_HOME),
        (
            "a driving licence of another state",
            a_question(TX, state="CO", residences=(lives("TX", proofs=("TX", "NC")),)),
            look("psor_evidence_conflict:NC"),
        ),
    ],
)
def test_a_nurse_is_authorized_or_told_why_not(case: str, asked: Asked, expected: Said) -> None:
    assert said(authority(asked)) == expected, case


def test_the_licence_behind_the_basis_is_named_by_its_claim() -> None:
    found = authority(a_question(licence("CA"), multistate("TX", credential_id="crd_1"), state="CO"))
    assert found.basis_licence is not None
    assert found.basis_licence.credential_id == "crd_1"


def test_of_two_good_licences_the_state_s_own_is_the_basis() -> None:
    found = authority(a_question(TX, licence("CO", credential_id="crd_2"), state="CO"))
    assert said(found) == BY_STATE
    assert found.basis_licence is not None and found.basis_licence.credential_id == "crd_2"


def test_only_the_licence_of_the_residence_counts_when_two_are_multistate() -> None:
    found = authority(a_question(multistate("CO"), TX, state="AZ"))
    assert found.basis_licence == TX


def test_nothing_is_the_basis_where_nothing_is_authorized() -> None:
    found = authority(a_question(TX, state="CA"))
    assert (found.basis, found.basis_licence, found.authorized_until, found.first_authorized_on) == (None,) * 4


def test_of_two_like_licences_the_one_that_lasts_longer_is_the_basis() -> None:
    short, long = licence("CO", expires="2027-06-30"), licence("CO", expires="2028-06-30")
    assert authority(a_question(short, long, state="CO")).basis_licence == long
    assert authority(a_question(long, short, state="CO")).basis_licence == long
