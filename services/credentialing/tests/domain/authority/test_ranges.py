"""What changes inside a range of days. Golden value: the field's test vector CV-017."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credentialing.domain.authority.asked import Asked
from credentialing.domain.authority.decide import authority
from credentialing.domain.authority.decision import Decision
from credentialing.domain.authority.licence import BoardAction, Licence, LicenceScope, LicenceStatus
from credentialing.domain.authority.residence import Residence
from services.credentialing.tests.domain.authority.questions import a_question, action, licence, lives, multistate
from shared.periods import Period

TX = multistate("TX")
CONNECTICUT = ("2025-09-22", "2025-12-20")


@pytest.mark.parametrize(
    ("case", "asked", "first", "until", "because"),
    [
        ("nothing changes", a_question(TX, state="CO"), None, None, []),
        ("nothing is ever good", a_question(TX, state="CA"), None, None, []),
        ("a state joins", a_question(TX, state="CT", days=CONNECTICUT), "2025-10-01", None, []),
        (
            "a state joins, the licence runs out",
            a_question(multistate("TX", expires="2025-11-30"), state="CT", days=CONNECTICUT),
            "2025-10-01",
            "2025-11-30",
            ["license_expired"],
        ),
        (
            "the licence runs out",
            a_question(multistate("TX", expires="2027-01-15"), state="CO"),
            None,
            "2027-01-15",
            ["license_expired"],
        ),
        ("it runs out on the last day", a_question(multistate("TX", expires="2027-02-27"), state="CO"), None, None, []),
        (
            "it runs out a day before",
            a_question(multistate("TX", expires="2027-02-26"), state="CO"),
            None,
            "2027-02-26",
            ["license_expired"],
        ),
        ("it is issued later", a_question(licence("CA", issued="2026-12-15"), state="CA"), "2026-12-15", None, []),
        (
            "it is deactivated",
            a_question(multistate("TX", deactivated_on="2027-01-10"), state="CO"),
            None,
            "2027-01-09",
            ["license_deactivated"],
        ),
        (
            "an action against the privilege begins",
            a_question(multistate("TX", actions=(action("CO", "2027-01-10"),)), state="CO"),
            None,
            "2027-01-09",
            ["privilege_action"],
        ),
        (
            "an action comes and goes",
            a_question(multistate("TX", actions=(action("CO", "2027-01-10", "2027-01-20"),)), state="CO"),
            None,
            "2027-01-09",
            ["privilege_action"],
        ),
        (
            "an action ends",
            a_question(multistate("TX", actions=(action("CO", "2026-08-01", "2026-12-31"),)), state="CO"),
            "2027-01-01",
            None,
            [],
        ),
        (
            "a second licence carries on",
            a_question(multistate("TX", expires="2027-01-15"), licence("CO"), state="CO"),
            None,
            None,
            [],
        ),
        (
            "a renewal begins where the old one ends",
            a_question(licence("CA", expires="2026-12-31"), licence("CA", issued="2027-01-01"), state="CA"),
            None,
            None,
            [],
        ),
        (
            "a move to a state that is no party",
            a_question(TX, state="CO", residences=(lives("TX", last="2026-12-31"), lives("CA", "2027-01-01"))),
            None,
            "2026-12-31",
            ["license_single_state"],
        ),
        (
            "residence told through a day only",
            a_question(TX, state="CO", residences=(lives("TX", last="2026-12-31"),)),
            None,
            "2026-12-31",
            ["psor_unknown"],
        ),
    ],
)
def test_the_days_on_which_the_answer_changes_are_told(
    case: str, asked: Asked, first: str | None, until: str | None, because: list[str]
) -> None:
    found = authority(asked)
    told = (found.first_authorized_on, found.authorized_until)
    assert told == (first and date.fromisoformat(first), until and date.fromisoformat(until)), case
    assert [str(reason) for reason in found.ends_because] == because, case


def test_after_a_move_authority_is_sure_until_the_last_day_to_apply_and_longer_once_applied() -> None:
    new = lives("CO", "2026-11-01")
    found = authority(a_question(TX, state="AZ", residences=(lives("TX", last="2026-10-31"), new)))
    assert (found.decision, found.authorized_until) == (Decision.AUTHORIZED, date(2026, 12, 31))
    assert [str(reason) for reason in found.ends_because] == ["psor_change_overdue:2026-12-31"]
    applied = authority(
        a_question(
            TX,
            state="AZ",
            residences=(lives("TX", last="2026-10-31"), replace(new, applied_on=date(2026, 12, 31))),
        )
    )
    assert (applied.decision, applied.authorized_until) == (Decision.AUTHORIZED, None)


def test_a_move_inside_the_range_is_told_with_its_last_day_to_apply() -> None:
    found = authority(
        a_question(TX, state="AZ", residences=(lives("TX", last="2026-12-31"), lives("CO", "2027-01-01")))
    )
    assert (found.decision, found.authorized_until) == (Decision.AUTHORIZED, None)
    assert (found.apply_by, [str(one) for one in found.reasons]) == (
        date(2027, 3, 2),
        ["psor_change_apply_by:2027-03-02"],
    )


def test_the_cause_on_the_first_day_is_kept_where_a_later_day_is_good() -> None:
    found = authority(a_question(TX, state="CT", days=CONNECTICUT))
    assert [str(reason) for reason in found.reasons] == ["work_state_not_implemented"]


DAYS = st.dates(min_value=date(2025, 8, 1), max_value=date(2026, 2, 1))
STATES = st.sampled_from(["TX", "CO", "CT", "CA", "PA"])
ACTIONS = st.builds(BoardAction, state=STATES, effective=DAYS, ended=st.none() | DAYS)
LICENCES = st.builds(
    Licence,
    state=STATES,
    type=st.sampled_from(["RN", "LPN"]),
    scope=st.sampled_from([LicenceScope.MULTISTATE, LicenceScope.SINGLE_STATE]),
    status=st.sampled_from([LicenceStatus.ACTIVE, LicenceStatus.ACTIVE, LicenceStatus.ENCUMBERED]),
    issued=st.none() | DAYS,
    expires=st.none() | DAYS,
    actions=st.tuples() | st.tuples(ACTIONS),
)
RESIDENCES = st.builds(Residence, state=STATES, first=st.none() | DAYS, last=st.none() | DAYS, applied_on=st.none())
QUESTIONS = st.builds(
    Asked,
    profession=st.just("RN"),
    state=STATES,
    days=st.builds(Period.through, DAYS, st.just(date(2026, 2, 2))),
    licences=st.lists(LICENCES, max_size=3).map(tuple),
    residences=st.lists(RESIDENCES, max_size=3).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(QUESTIONS)
def test_the_answer_for_a_range_is_that_of_asking_day_by_day(asked: Asked) -> None:
    found = authority(asked)
    days = list(asked.days.days())
    good = [authority(replace(asked, days=Period.through(day, day))).decision is Decision.AUTHORIZED for day in days]
    first = good.index(True) if True in good else None
    stop = good.index(False, first) if first is not None and False in good[first:] else None
    assert (found.decision is Decision.AUTHORIZED) == good[0]
    assert found.first_authorized_on == (days[first] if first else None)
    assert found.authorized_until == (days[stop - 1] if stop else None)
    assert bool(found.ends_because) == (stop is not None)
