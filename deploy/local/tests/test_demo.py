"""The demo data: invented, whole, and fit together."""

from collections import Counter
from datetime import date, timedelta

import pytest

from firstshift.announce import FIRST_OFFER
from firstshift.demo_offers import SHIFTS, Goal, Plan, offer_body, plans
from firstshift.demo_people import clinicians
from firstshift.demo_places import clients, facilities

MONDAY = date(2026, 3, 2)


def test_there_are_as_many_as_the_demo_promises() -> None:
    disciplines = Counter(body["discipline"] for body in clinicians().values())
    zones = {body["time_zone"] for body in facilities().values()}

    assert (len(clients()), len(facilities()), len(clinicians()), len(plans())) == (3, 12, 40, 25)
    assert len(disciplines) == 8
    assert len({body["address"]["state"] for body in facilities().values()}) == 12
    assert len(zones) == 6


def test_every_person_is_reachable_only_in_fiction() -> None:
    people = clinicians().values()

    assert all(person["email"].endswith("@example.org") for person in people)
    assert all(" 555 01" in person["phone"] and len(person["phone"]) == len("+1 512 555 0101") for person in people)
    assert not any("npi" in person for person in people)
    assert len({person["email"] for person in people}) == len({person["phone"] for person in people}) == 40


def test_each_assignment_has_a_clinician_of_its_own_and_leaves_some_free() -> None:
    busy = [plan.clinician for plan in plans()]

    assert len(set(busy)) == 25
    assert FIRST_OFFER.clinician not in busy


def test_every_way_of_an_assignment_is_there() -> None:
    assert Counter(plan.goal for plan in plans()) == {
        Goal.OFFERED: 1,
        Goal.ACCEPTED: 5,
        Goal.BEGUN: 5,
        Goal.ONBOARDING: 4,
        Goal.CLEARED: 2,
        Goal.READY: 3,
        Goal.ACTIVE: 5,
    }
    assert sorted(plan.twist for plan in plans() if plan.twist) == [
        "cancelled",
        "declined",
        "extended",
        "pushed",
        "underpaid",
    ]


@pytest.mark.parametrize("plan", [*plans(), FIRST_OFFER], ids=lambda plan: plan.reference)
def test_an_offer_fits_its_clinician_its_facility_and_its_week(plan: Plan) -> None:
    clinician, facility = clinicians()[plan.clinician], facilities()[plan.facility]
    body = offer_body(plan, discipline=clinician["discipline"], monday=MONDAY)
    shift = body["shift_pattern"]
    start = date.fromisoformat(body["start_date"])

    assert plan.unit in facility["units"]
    assert plan.specialty in clinician["specialties"]
    assert facility["client_reference"] in clients()
    assert start.weekday() == 0
    assert plan.monday_before(start) == MONDAY
    assert date.fromisoformat(body["end_date"]) == start + timedelta(weeks=plan.weeks, days=-2)
    assert len(shift["weekdays"]) == shift["shifts_per_week"]
    assert (start < MONDAY) is (plan.goal is Goal.ACTIVE)


@pytest.mark.parametrize("pattern", SHIFTS)
def test_a_weeks_guarantee_is_its_shifts_without_the_meals(pattern: str) -> None:
    start, end, days, hours = SHIFTS[pattern]
    minutes = [int(clock[:2]) * 60 + int(clock[3:]) for clock in (start, end)]

    assert ((minutes[1] - minutes[0]) % (24 * 60) - 30) * len(days.split()) == hours * 60
