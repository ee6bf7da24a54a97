"""Authority to practise inside a file: which licence counts where, until when, and what else is said."""

from dataclasses import replace
from datetime import date
from typing import Any

from credentialing.domain.authority.licence import BoardAction, Licence, LicenceScope
from credentialing.domain.authority.residence import Residence
from credentialing.domain.file import File, at_home, recheck
from credentialing.domain.held import Held
from credentialing.domain.home import Home, moved
from credentialing.domain.item import ItemStatus
from credentialing.domain.validity import Lack
from services.credentialing.tests.builders import CLINICIAN, TODAY, held_for, some_file, some_held, some_requirements

ASKED = next(one for one in some_requirements() if one.code == "LIC-RN")
OTHERS = held_for(but=["LIC-RN"])
TEXAN = (Residence(state="TX"),)


def licence(state: str, scope: LicenceScope = LicenceScope.MULTISTATE, **facts: Any) -> Held:
    actions = facts.pop("actions", ())
    held = some_held(ASKED, subject=state, licence=Licence(state=state, type="RN", scope=scope, actions=actions))
    return replace(held, **{"credential_id": f"crd_{state}", **facts})


def file_of(*held: Held, residences: tuple[Residence, ...] = TEXAN) -> File:
    """A file in Colorado of somebody with these licences and all else."""
    return recheck(at_home(some_file(), residences), (*OTHERS, *held), today=TODAY)


def test_a_multistate_licence_of_home_clears_for_another_party_state() -> None:
    item = file_of(licence("TX")).item("LIC-RN")
    assert (item.status, item.credential_id, item.basis) == (ItemStatus.VERIFIED, "crd_TX", "multistate_privilege")
    assert item.valid_through == date(2028, 2, 29)


def test_a_single_state_licence_of_elsewhere_does_not() -> None:
    item = file_of(licence("TX", LicenceScope.SINGLE_STATE)).item("LIC-RN")
    assert (item.status, item.lack) == (ItemStatus.MISSING, Lack.NOT_AUTHORIZED)
    assert item.reasons == ("license_single_state",)


def test_the_states_own_licence_counts_wherever_somebody_lives() -> None:
    item = file_of(licence("CO", LicenceScope.SINGLE_STATE), residences=()).item("LIC-RN")
    assert (item.status, item.basis) == (ItemStatus.VERIFIED, "single_state_license")


def test_a_multistate_licence_of_somebody_of_unknown_home_is_looked_at_by_a_person() -> None:
    item = file_of(licence("TX"), residences=()).item("LIC-RN")
    assert not item.is_met
    assert any(reason.startswith("psor_unknown") for reason in item.reasons)


def test_an_action_against_the_privilege_inside_the_assignment_ends_it_there() -> None:
    action = BoardAction(state="CO", effective=date(2027, 1, 15))
    item = file_of(licence("TX", actions=(action,))).item("LIC-RN")
    assert (item.lack, item.first_uncovered) == (Lack.EXPIRES_BEFORE_END, date(2027, 1, 15))


def test_a_licence_that_ran_out_says_so() -> None:
    item = file_of(licence("CO", LicenceScope.SINGLE_STATE, expires_on=date(2026, 11, 1))).item("LIC-RN")
    assert item.lack is Lack.EXPIRES_BEFORE_START


def test_a_move_away_from_the_compact_takes_the_privilege_with_it() -> None:
    before = file_of(licence("TX"))
    home = moved(Home(clinician_id=CLINICIAN, residences=TEXAN), "CA", on=TODAY)
    after = recheck(at_home(before, home.residences), (*OTHERS, licence("TX")), today=TODAY)
    assert before.item("LIC-RN").is_met
    assert not after.item("LIC-RN").is_met


def test_the_first_home_that_is_heard_of_always_was() -> None:
    first = moved(Home(clinician_id=CLINICIAN), "TX", on=TODAY)
    assert first.residences == TEXAN
    assert moved(first, "TX", on=date(2027, 1, 1)) == first
    second = moved(first, "CO", on=date(2027, 1, 1))
    assert second.residences == (
        Residence(state="TX", last=date(2026, 12, 31)), Residence(state="CO", first=date(2027, 1, 1)),
    )  # fmt: skip
    assert moved(second, "CA", on=date(2027, 1, 1)).residences[-1] == Residence(state="CA", first=date(2027, 1, 1))
