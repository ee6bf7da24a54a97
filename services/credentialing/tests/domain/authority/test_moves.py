"""Moving house: NLC article IV and rule 402. Golden values: the field's test vectors CV-018 and CV-019."""

from datetime import date

import pytest

from credentialing.domain.authority.asked import Asked
from credentialing.domain.authority.decide import authority
from credentialing.domain.authority.licence import Licence
from credentialing.domain.authority.residence import Residence
from services.credentialing.tests.domain.authority.questions import Said, a_question, licence, lives, multistate, said

TX = multistate("TX")
TO_COLORADO = (lives("TX", last="2026-02-28"), lives("CO", "2026-03-01"))
TO_CALIFORNIA = (lives("TX", last="2026-02-28"), lives("CA", "2026-03-01"))
FROM_CALIFORNIA = (lives("CA", last="2026-02-28"), lives("TX", "2026-03-01"))
APRIL_30 = ("2026-04-30", "2026-04-30")
MAY_1 = ("2026-05-01", "2026-05-01")
JUNE = ("2026-06-01", "2026-06-30")

APPLY_BY = ["psor_change_apply_by:2026-04-30"]
OVERDUE = ["psor_change_overdue:2026-04-30"]
GOOD: Said = ("authorized", "multistate_privilege", [])
STATE_ONLY: Said = ("authorized", "single_state_license", [])
CONVERTED: Said = ("not_authorized", None, ["license_single_state"])


def moved(
    *held: Licence, state: str, days: tuple[str, str] = JUNE, residences: tuple[Residence, ...] = TO_COLORADO
) -> Asked:
    return a_question(*held, state=state, days=days, residences=residences)


@pytest.mark.parametrize(
    ("case", "asked", "expected"),
    [
        ("day 60", moved(TX, state="AZ", days=APRIL_30), ("authorized", "multistate_privilege", APPLY_BY)),
        (
            "day 60, in the old home",
            moved(TX, state="TX", days=APRIL_30),
            ("authorized", "home_state_license", APPLY_BY),
        ),
        (
            "day 60, in the new home",
            moved(TX, state="CO", days=APRIL_30),
            ("authorized", "multistate_privilege", APPLY_BY),
        ),
        ("day 61", moved(TX, state="AZ", days=MAY_1), ("review", None, OVERDUE)),
        ("day 61, in the old home", moved(TX, state="TX", days=MAY_1), ("review", None, OVERDUE)),
        (
            "applied in time",
            moved(TX, state="AZ", residences=(TO_COLORADO[0], lives("CO", "2026-03-01", applied_on="2026-04-30"))),
            GOOD,
        ),
        (
            "applied late",
            moved(TX, state="AZ", residences=(TO_COLORADO[0], lives("CO", "2026-03-01", applied_on="2026-05-01"))),
            ("review", None, OVERDUE),
        ),
        ("the new licence is pending", moved(TX, multistate("CO", status="pending"), state="AZ"), GOOD),
        (
            "the new licence is issued",
            moved(multistate("TX", status="deactivated"), multistate("CO"), state="NM"),
            GOOD,
        ),
        ("issued, the old one still called active", moved(TX, multistate("CO"), state="NM"), GOOD),
        (
            "the new home issued a single-state licence",
            moved(TX, licence("CO", issued="2026-04-01"), state="NM"),
            ("not_authorized", None, ["license_deactivated"]),
        ),
        (
            "an old single-state licence of the new home ends nothing",
            moved(TX, licence("CO", issued="2019-04-01"), state="NM", days=APRIL_30),
            ("authorized", "multistate_privilege", APPLY_BY),
        ),
        (
            "the new licence is suspended",
            moved(TX, multistate("CO", status="suspended"), state="NM"),
            ("not_authorized", None, ["license_suspended"]),
        ),
        ("to a state that is no party", moved(TX, state="CO", residences=TO_CALIFORNIA), CONVERTED),
        ("there, in the former home", moved(TX, state="TX", residences=TO_CALIFORNIA), STATE_ONLY),
        ("there, with its licence", moved(TX, licence("CA"), state="CA", residences=TO_CALIFORNIA), STATE_ONLY),
        (
            "through a state that is no party",
            moved(
                TX,
                state="AZ",
                residences=(*TO_CALIFORNIA[:1], lives("CA", "2026-03-01", "2026-04-30"), lives("CO", "2026-05-01")),
            ),
            CONVERTED,
        ),
        (
            "to a state before it joined",
            moved(TX, state="AZ", residences=(lives("TX", last="2025-06-30"), lives("CT", "2025-07-01"))),
            CONVERTED,
        ),
        (
            "from a state that is no party, its licence there",
            moved(licence("CA"), state="CA", residences=FROM_CALIFORNIA),
            STATE_ONLY,
        ),
        (
            "from a state that is no party, its licence elsewhere",
            moved(licence("CA"), state="AZ", residences=FROM_CALIFORNIA),
            CONVERTED,
        ),
        (
            "from a state that is no party, with the new licence",
            moved(TX, licence("CA"), state="AZ", residences=FROM_CALIFORNIA),
            GOOD,
        ),
        (
            "away and back",
            moved(
                TX,
                state="AZ",
                residences=(
                    lives("TX", last="2020-12-31"),
                    lives("CA", "2021-01-01", "2024-12-31"),
                    lives("TX", "2025-01-01"),
                ),
            ),
            GOOD,
        ),
        (
            "the day of the move unknown",
            moved(TX, state="AZ", residences=(lives("CO", None),)),
            ("review", None, ["psor_change_date_unknown"]),
        ),
        (
            "nobody says where after the move",
            moved(TX, state="AZ", residences=TO_COLORADO[:1]),
            ("review", None, ["psor_unknown"]),
        ),
        (
            "the later of two open residences",
            moved(TX, state="AZ", days=APRIL_30, residences=(lives("TX"), lives("CO", "2026-03-01"))),
            ("authorized", "multistate_privilege", APPLY_BY),
        ),
    ],
)
def test_a_move_changes_what_a_multistate_licence_is_worth(case: str, asked: Asked, expected: Said) -> None:
    assert said(authority(asked)) == expected, case


def test_the_last_day_to_apply_is_told_before_and_after_it_passed() -> None:
    assert authority(moved(TX, state="AZ", days=APRIL_30)).apply_by == date(2026, 4, 30)
    assert authority(moved(TX, state="AZ", days=MAY_1)).apply_by == date(2026, 4, 30)
    assert authority(moved(TX, multistate("CO", status="pending"), state="AZ")).apply_by is None


def test_a_licence_without_a_deadline_to_apply_is_preferred() -> None:
    found = authority(moved(multistate("TX", expires="2029-01-01"), licence("AZ"), state="AZ", days=APRIL_30))
    assert said(found) == STATE_ONLY
    both = authority(moved(TX, licence("TX", issued="2010-01-01"), state="TX", days=APRIL_30))
    assert (said(both), both.apply_by) == (STATE_ONLY, None)


def test_the_new_licence_is_the_basis_once_issued() -> None:
    new = multistate("CO", issued="2026-04-10")
    before = authority(moved(TX, new, state="AZ", days=("2026-04-09", "2026-06-30")))
    after = authority(moved(TX, new, state="AZ", days=("2026-04-10", "2026-06-30")))
    assert (before.basis_licence, before.authorized_until) == (TX, None)
    assert (after.basis_licence, after.authorized_until) == (new, None)
