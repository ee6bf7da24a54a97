"""What runs out, whom it touches, and what must be renewed in an assignment."""

from dataclasses import replace
from datetime import date, time, timedelta

from credentialing.domain.expirables.calendar import by_week
from credentialing.domain.expirables.expirable import Renewal, expirables, give
from credentialing.domain.expirables.renewals import renewals
from credentialing.domain.expirables.shifts import first_at_risk
from credentialing.domain.file import Closing
from credentialing.domain.held import HeldStatus
from credentialing.domain.requirement import Partition
from credentialing.domain.validity import Mode, MustCover, Validity
from services.credentialing.tests.builders import END, START, TODAY, some_terms
from services.credentialing.tests.domain.asked import asked, file_asking, held, printed
from shared.contracts.assignments import State
from shared.contracts.terms import ShiftPattern, Weekday

LAST = START + timedelta(days=30)
DAYS = ShiftPattern(shifts_per_week=3, starts_at=time(7), ends_at=time(19, 30))
RENEWED = Mode.RENEW_BY
CLOSING = Closing(state=State.COMPLETED, ended_on=END, reason=None, unmet=(), withdrawn=None)


def _derived(file, holding, known=(), today=TODAY):
    found = expirables([file], holding, known={one.expirable_id: one for one in known}, today=today)
    return {one.code: one for one in found}


def test_what_lasts_and_ends_is_found_with_its_assignment_and_its_first_shift_at_risk():
    holding = [held("LIC-RN", expires_on=LAST), held("DRUG-10"), held("ID-NAME")]
    file = file_asking(
        printed("LIC-RN", mode=RENEWED),
        asked("DRUG-10", validity=Validity(window_days=30)),
        asked("ID-NAME", validity=Validity()),
        holding=holding,
    )
    found = _derived(file, holding)
    assert list(found) == ["LIC-RN"]
    (touched,) = found["LIC-RN"].touches
    assert (found["LIC-RN"].expires_on, touched.first_shift_on, touched.assignment_id) == (LAST, LAST, "asg_1")


def test_a_night_shift_is_at_risk_from_the_evening_of_the_last_day_and_a_day_shift_from_the_next_morning():
    nights, days = some_terms(), some_terms(shift_pattern=DAYS)
    mondays = replace(DAYS, weekdays=(Weekday.MON,))
    assert first_at_risk(nights, LAST) == LAST
    assert first_at_risk(days, LAST) == LAST + timedelta(days=1)
    assert first_at_risk(some_terms(shift_pattern=mondays), START) == START + timedelta(days=7)
    assert first_at_risk(days, END) is None
    assert first_at_risk(days, START - timedelta(days=3)) == START


def test_a_jump_of_months_gives_every_step_once_in_its_turn():
    holding = [held("CERT-BLS", expires_on=LAST + timedelta(days=100))]
    file = file_asking(printed("CERT-BLS"), holding=holding)
    before = _derived(file, holding)["CERT-BLS"]
    given = give(before, before.expires_on + timedelta(days=200))
    assert [one.days_before for one in given.notices] == [60, 30, 14, 7, 1]
    assert (given.expirable.steps, given.expirable.next_notice_on) == ((), None)
    assert give(given.expirable, date(2030, 1, 1)).notices == ()


def test_steps_that_were_given_stay_given_and_a_confirmed_renewal_begins_anew():
    holding = [held("CERT-BLS", expires_on=LAST)]
    file = file_asking(printed("CERT-BLS"), holding=holding)
    first = give(_derived(file, holding)["CERT-BLS"], LAST - timedelta(days=30)).expirable
    same = _derived(file, holding, known=[first], today=LAST - timedelta(days=29))["CERT-BLS"]
    assert same.steps == (14, 7, 1)
    newer = held("CERT-BLS", credential_id="crd_new", expires_on=LAST + timedelta(days=700))
    renewed = _derived(file, [*holding, newer], known=[first], today=LAST)["CERT-BLS"]
    assert (renewed.expires_on, renewed.steps) == (newer.expires_on, (60, 30, 14, 7, 1))


def test_a_renewal_that_only_came_in_moves_nothing():
    holding = [held("CERT-BLS", expires_on=LAST)]
    waiting = held("CERT-BLS", credential_id="crd_new", expires_on=END, status=HeldStatus.PENDING, received_on=TODAY)
    file = file_asking(printed("CERT-BLS"), holding=[*holding, waiting])
    found = _derived(file, [*holding, waiting])["CERT-BLS"]
    assert (found.expires_on, found.renewal) == (LAST, Renewal.RECEIVED)


def test_what_was_refused_meanwhile_is_over():
    good = held("CERT-BLS", expires_on=LAST)
    file = file_asking(printed("CERT-BLS"), holding=[good])
    known = _derived(file, [good])["CERT-BLS"]
    refused = replace(good, status=HeldStatus.REJECTED)
    (over,) = expirables([file], [refused], known={known.expirable_id: known}, today=TODAY)
    assert (over.is_over, over.next_notice_on) == (True, None)


def test_of_two_files_the_stricter_one_says_when_and_both_are_touched():
    card = held("TB-12", issued_on=date(2026, 2, 1))
    twelve, longer = asked("TB-12", validity=Validity(max_age_months=12)), asked("TB-12", mode=RENEWED)
    one = file_asking(replace(twelve, mode=RENEWED), holding=[card])
    other = file_asking(
        longer, holding=[card], file_id="fil_2", assignment_id="asg_2", terms=some_terms(end_date=date(2028, 3, 1))
    )
    (found,) = expirables([one, other], [card], known={}, today=TODAY)
    assert found.expires_on == date(2027, 2, 1)
    assert {each.assignment_id for each in found.touches} == {"asg_1", "asg_2"}


def test_between_assignments_the_latest_file_still_reminds_and_touches_nothing():
    good = held("CERT-BLS", expires_on=LAST)
    file = file_asking(printed("CERT-BLS"), holding=[good])
    closed = replace(file, closing=CLOSING)
    found = _derived(closed, [good])["CERT-BLS"]
    assert (found.expires_on, found.touches) == (LAST, ())


def test_a_renewal_is_asked_for_from_the_first_step_on_and_only_within_the_assignment():
    good = held("CERT-BLS", expires_on=LAST)
    file = file_asking(printed("CERT-BLS", mode=RENEWED), holding=[good])
    late = LAST - timedelta(days=60)
    assert file.item("CERT-BLS").is_met
    assert renewals(file, late - timedelta(days=1)) == ()
    (due,) = renewals(file, late)
    assert (due.begin_by, due.blocks_from, due.is_received) == (LAST - timedelta(days=11), LAST, False)
    until_the_end = held("CERT-BLS", expires_on=END + timedelta(days=1))
    assert renewals(file_asking(printed("CERT-BLS"), holding=[until_the_end]), END) == ()


def test_what_must_only_be_valid_at_the_start_is_not_renewed_for_the_assignment():
    good = held("REF-2", expires_on=LAST)
    file = file_asking(printed("REF-2", must_cover=MustCover.START), holding=[good])
    assert renewals(file, LAST) == ()


def test_a_renewal_that_came_in_waits_for_its_source():
    good = held("TB-12", expires_on=LAST)
    waiting = held("TB-12", credential_id="crd_new", status=HeldStatus.PENDING, received_on=TODAY, expires_on=END)
    file = file_asking(printed("TB-12", mode=RENEWED, partition=Partition.HEALTH), holding=[good, waiting])
    (due,) = renewals(file, LAST - timedelta(days=10))
    assert due.is_received


def test_weeks_count_from_monday():
    assert by_week({date(2026, 6, 7): 2, date(2026, 6, 8): 3, date(2026, 6, 1): 1}) == {
        date(2026, 6, 1): 3,
        date(2026, 6, 8): 3,
    }


def test_what_was_verified_before_time_jumped_gets_every_step_all_the_same():
    good = held("CERT-BLS", expires_on=LAST, verified_on=TODAY - timedelta(days=49))
    file = file_asking(printed("CERT-BLS"), holding=[good])
    jumped = LAST - timedelta(days=5)
    found = _derived(file, [good], today=jumped)["CERT-BLS"]
    assert [one.days_before for one in give(found, jumped).notices] == [60, 30, 14, 7]
    closed = _derived(replace(file, closing=CLOSING), [good], today=jumped)["CERT-BLS"]
    assert [one.days_before for one in give(closed, jumped).notices] == [7]
