"""The file of one assignment: opened, adapted, followed, closed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.domain.file import Basis, File, Grant, adapt, close, compare, follow, recheck
from credentialing.domain.held import Held, HeldStatus
from credentialing.domain.item import ItemStatus
from credentialing.domain.requirement import BoundTo
from credentialing.domain.validity import Lack
from services.credentialing.tests.builders import (
    END,
    START,
    TODAY,
    held_for,
    some_facility,
    some_file,
    some_held,
    some_requirements,
    some_terms,
)
from shared.contracts.assignments import AssignmentEnded, State
from shared.contracts.terms import Terms

EVERYTHING = held_for()
YEARLY = ("TB-12", "HLTH-PHYS", "HLTH-FIT", "TRN-HIPAA", "TRN-BBP")
"""What is good for twelve months and must last to the end."""
BOUND = {one.code for one in some_requirements() if one.bound_to in (BoundTo.STATE, BoundTo.ASSIGNMENT)}
"""What is good for one state or one assignment."""


def adapted(file: File, terms: Terms, held: tuple[Held, ...] = EVERYTHING, state: str = "CO") -> File:
    facility = some_facility(facility_id=terms.facility_id, state=state)
    return adapt(file, terms, facility=facility, basis=Basis(held=held, today=TODAY))


def open_codes(file: File) -> dict[str, Lack | None]:
    return {item.code: item.lack for item in file.items if not item.is_met}


def test_a_file_opens_with_everything_missing() -> None:
    file = some_file()
    assert (file.file_id, file.assignment_id, file.work_state) == ("fil_0001", "asg_1", "CO")
    late = [item.code for item in file.items if item.status is ItemStatus.DUE_LATER]
    assert late == ["EMP-I9", "EMP-EV"]
    assert {item.status for item in file.items if item.code not in late} == {ItemStatus.MISSING}
    assert {item.lack for item in file.items} == {Lack.NOT_PRESENTED}


def test_what_the_clinician_holds_is_reused() -> None:
    file = some_file(EVERYTHING)
    assert open_codes(file) == {}
    assert file.item("LIC-RN").credential_id == "crd_0_LIC-RN"
    assert file.item("CERT-BLS").valid_through == date(2028, 11, 4)


def test_due_days_count_back_from_the_start() -> None:
    file = some_file(tuple(replace(one, status=HeldStatus.PENDING) for one in EVERYTHING if one.code == "CERT-BLS"))
    assert file.item("LIC-RN").due_on == START - timedelta(days=29)  # 28 to get it, 1 to verify it
    assert file.item("CERT-BLS").due_on == START - timedelta(days=1)  # received: 1 to verify it


def test_a_licence_of_another_state_does_not_count() -> None:
    held = tuple(replace(one, subject="TX") if one.code == "LIC-RN" else one for one in EVERYTHING)
    file = some_file(held)
    assert open_codes(file) == {"LIC-RN": Lack.NOT_AUTHORIZED}
    assert file.item("LIC-RN").reasons


def test_a_later_rejected_check_ends_an_earlier_good_one_but_a_rejected_renewal_leaves_the_title() -> None:
    later = [
        some_held(one, credential_id=f"crd_1_{one.code}", received_on=TODAY, status=HeldStatus.REJECTED)
        for one in some_requirements()
        if one.code in ("EXC-LEIE", "LIC-RN")
    ]
    file = some_file((*EVERYTHING, *later))
    assert file.item("EXC-LEIE").status is ItemStatus.REJECTED
    assert file.item("LIC-RN").status is ItemStatus.VERIFIED


@pytest.mark.parametrize(
    ("case", "change", "reopened"),
    [
        ("a new rate touches nothing", {}, {}),
        (
            "a start pushed beyond the windows redoes the timed checks",
            {"start_date": START + timedelta(days=14), "end_date": END + timedelta(days=14)},
            {
                "EXC-LEIE": Lack.TOO_OLD_FOR_START,
                "EXC-SAM": Lack.TOO_OLD_FOR_START,
                "EXC-STATE": Lack.TOO_OLD_FOR_START,
                "DRUG-10": Lack.TOO_OLD_FOR_START,
            },
        ),
        (
            "an extension past a year redoes what is good for a year",
            {"end_date": date(2027, 11, 5)},
            dict.fromkeys(YEARLY, Lack.EXPIRES_BEFORE_END),
        ),
        (
            "an extension past the licence needs its renewal",
            {"end_date": date(2028, 3, 1)},
            dict.fromkeys(("LIC-RN", *YEARLY), Lack.EXPIRES_BEFORE_END),
        ),
        ("a float to another unit needs its competence", {"unit": "TELE"}, {"COMP-SKILLS": Lack.NOT_PRESENTED}),
    ],
)  # fmt: skip
def test_new_terms_keep_what_still_holds_and_redo_the_rest(
    case: str, change: dict[str, object], reopened: dict[str, Lack]
) -> None:
    before = some_file(EVERYTHING)
    after = adapted(before, some_terms(version=2, **change))
    assert open_codes(after) == reopened, case
    assert compare(before, after).reopened == tuple(reopened)


def test_another_facility_in_another_state_resolves_the_list_again() -> None:
    before = some_file(EVERYTHING)
    after = adapted(before, some_terms(version=2, facility_id="fac_hudson"), state="NY")
    change = compare(before, after)
    assert "ST-NY-IC" in change.added
    assert (change.dropped, change.newly_met) == ((), ())
    assert set(change.reopened) == BOUND
    assert (after.facility_id, after.work_state) == ("fac_hudson", "NY")


@pytest.mark.parametrize("version", [0, 1])
def test_older_or_equal_terms_change_nothing(version: int) -> None:
    file = some_file(EVERYTHING)
    assert adapted(file, some_terms(version=version, unit="TELE")) is file


@pytest.mark.parametrize(
    ("state", "kept", "withdrawn"),
    [
        (State.COMPLETED, Grant(terms_version=1, valid_through=END), None),
        (State.FELL_OFF, None, Grant(terms_version=1, valid_through=END)),
        (State.NO_SHOW, None, Grant(terms_version=1, valid_through=END)),
    ],
)
def test_the_end_closes_the_file_and_only_completion_keeps_the_clearance(
    state: State, kept: Grant | None, withdrawn: Grant | None
) -> None:
    file = replace(some_file(held_for(but=["REF-2"])), granted=Grant(terms_version=1, valid_through=END))
    ended = AssignmentEnded(assignment_id="asg_1", terms_version=1, ended_on=TODAY, state=state, reason="why")
    closed = close(file, ended)
    assert closed.closing is not None
    assert (closed.granted, closed.closing.withdrawn, closed.closing.unmet) == (kept, withdrawn, ("REF-2",))
    assert closed.assignment_state is state
    assert close(closed, replace(ended, reason="again")) is closed
    assert follow(closed, State.ACTIVE) is closed
    assert adapted(closed, some_terms(version=2)) is closed
    assert recheck(closed, (), today=TODAY) is closed


def test_the_file_follows_the_assignment() -> None:
    assert follow(some_file(), State.ONBOARDING).assignment_state is State.ONBOARDING


@given(
    st.sets(st.sampled_from([one.code for one in EVERYTHING])),
    st.integers(-30, 60),
    st.integers(0, 400),
)
def test_measuring_again_changes_nothing_and_never_asks_less(held: set[str], push: int, longer: int) -> None:
    mine = tuple(one for one in EVERYTHING if one.code in held)
    start = START + timedelta(days=push)
    terms = some_terms(version=2, start_date=start, end_date=start + timedelta(days=longer))
    file = adapted(some_file(mine), terms, mine)
    assert recheck(file, mine, today=TODAY) == file
    assert {item.code for item in file.items if item.is_met and item.status is not ItemStatus.NOT_ASKED} <= held
    assert len(file.items) == len(EVERYTHING)
