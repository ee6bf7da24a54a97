"""How likely a file is clear by a day."""

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.domain.forecast.course import courses
from credentialing.domain.forecast.durations import Durations, Measured, Stage, by_stage
from credentialing.domain.forecast.forecast import forecast
from credentialing.domain.forecast.order import gate_of
from credentialing.domain.forecast.spread import CERTAIN, Spread
from credentialing.domain.held import HeldStatus
from credentialing.domain.requirement import Partition
from services.credentialing.tests.builders import START, TODAY
from services.credentialing.tests.domain.asked import asked, file_asking, held

WEIGHTS = st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(any)


def _chance(weights, other, days, combine):
    """By counting every pair of cases."""
    cases = [(one, two, a * b) for (one, a), (two, b) in product(enumerate(weights), enumerate(other))]
    good = sum(weight for one, two, weight in cases if combine(one, two) <= days)
    return good * CERTAIN // sum(weight for *_, weight in cases)


@given(WEIGHTS, WEIGHTS, st.integers(0, 12))
def test_after_and_beside_each_other_agree_with_counting_every_case(weights, other, days):
    one, two = Spread.of_weights(weights), Spread.of_weights(other)
    added, later = one.then(two).within(days), one.beside(two).within(days)
    assert 0 <= _chance(weights, other, days, lambda a, b: a + b) - added <= 20
    assert 0 <= _chance(weights, other, days, max) - later <= 2


@given(st.integers(0, 60), st.integers(0, 120))
def test_the_usual_range_holds_nine_of_ten_and_never_less_than_the_least(least, most):
    spread = Spread.usual(least, max(least, most))
    assert spread.within(least - 1) == 0
    assert spread.within(max(least, most)) >= CERTAIN * 9 // 10 - 1
    assert spread.quantile(500) <= spread.quantile(900)


def test_waiting_makes_what_is_left_shorter_and_what_is_overdue_may_end_any_day():
    spread = Spread.of_weights([0, 1, 1, 2])
    assert spread.after_waiting(0) == spread
    assert [spread.after_waiting(2).within(day) for day in (0, 1)] == [CERTAIN // 3, CERTAIN]
    overdue = spread.after_waiting(30)
    assert (overdue.within(0), overdue.quantile(900)) == (0, 15)


def test_measured_times_replace_the_expected_ones_as_they_gather():
    requirement = asked("CERT-BLS", obtain_days=2, obtain_days_at_most=4)

    def median(count: int) -> int:
        seen = [Measured(code="CERT-BLS", state="CO", facility_id="fac_mesa", stage=Stage.OBTAIN, days=20)] * count
        durations = Durations(state="CO", facility_id="fac_mesa", measured=by_stage(seen))
        return durations.spread(requirement, Stage.OBTAIN).quantile(500)

    assert [median(count) for count in (0, 1, 40)] == [3, 3, 20]


def test_one_long_case_hardly_moves_what_many_cases_say():
    requirement = asked("CERT-BLS")
    cases = [3] * 30 + [390]
    seen = [Measured(code="CERT-BLS", state="TX", facility_id="f", stage=Stage.OBTAIN, days=one) for one in cases]
    durations = Durations(state="CO", facility_id="fac_mesa", measured=by_stage(seen))
    assert durations.spread(requirement, Stage.OBTAIN).quantile(900) < 10


def test_nothing_open_is_clear_today_for_certain():
    holding = [held("CERT-BLS")]
    found = forecast(file_asking(asked("CERT-BLS"), holding=holding), TODAY, durations=Durations())
    assert (found.expected_on, found.odds_by_start, found.drivers) == (TODAY, 1000, ())


def test_the_slowest_item_decides_and_meeting_it_helps_most():
    slow = asked("LIC-RN", obtain_days=14, obtain_days_at_most=42, verify_days=1)
    found = forecast(file_asking(slow, asked("CERT-BLS")), TODAY, durations=Durations())
    alone = forecast(file_asking(asked("CERT-BLS")), TODAY, durations=Durations())
    assert found.critical_path == ("LIC-RN",)
    assert (found.drivers[0].name, found.drivers[0].odds_if_met) == ("LIC-RN", alone.odds_by_start)
    assert found.odds_by_start < alone.odds_by_start == 1000
    assert TODAY < found.expected_on <= found.likely_by


def test_what_waits_for_another_is_added_and_what_runs_beside_is_not():
    fixed = {"obtain_days": 3, "obtain_days_at_most": 3, "verify_days": 0}
    fit, form = asked("HLTH-FIT", **fixed), asked("HLTH-RESPQ", **fixed)
    beside = forecast(file_asking(fit, asked("CERT-BLS", **fixed)), TODAY, durations=Durations())
    after = forecast(file_asking(fit, form), TODAY, durations=Durations())
    assert ((beside.expected_on - TODAY).days, (after.expected_on - TODAY).days) == (3, 6)


def test_the_packet_comes_after_everything_else():
    fixed = {"obtain_days": 3, "obtain_days_at_most": 3, "verify_days": 0}
    found = forecast(
        file_asking(asked("FAC-PACKET", **fixed), asked("CERT-BLS", **fixed)), TODAY, durations=Durations()
    )
    assert ((found.expected_on - TODAY).days, found.critical_path) == (6, ("CERT-BLS", "FAC-PACKET"))


def test_a_confidential_item_is_told_as_its_part_alone():
    hidden = [asked(code, partition=Partition.HEALTH) for code in ("TB-12", "DRUG-10")]
    found = forecast(file_asking(*hidden), TODAY, durations=Durations())
    assert (found.critical_path, [one.name for one in found.drivers]) == (("health",), ["health"])


def test_a_confidential_item_is_told_by_its_code_to_who_sees_it():
    slow = asked("TB-12", partition=Partition.HEALTH, obtain_days=60, obtain_days_at_most=60)
    file = file_asking(slow, asked("DRUG-10", partition=Partition.HEALTH))
    found = forecast(file, TODAY, durations=Durations(), shows_all=True)
    hidden = forecast(file, TODAY, durations=Durations())
    assert (found.critical_path, {one.name for one in found.drivers}) == (("TB-12",), {"TB-12", "DRUG-10"})
    assert (found.likely_by, found.odds_by_start) == (hidden.likely_by, hidden.odds_by_start)


def test_an_item_that_may_trail_holds_nothing_up():
    found = forecast(file_asking(asked("COMP-EVAL", trails_days=14)), TODAY, durations=Durations())
    assert found.odds_by_start == 1000


def test_after_the_start_nothing_can_be_on_time():
    found = forecast(file_asking(asked("CERT-BLS")), START + timedelta(days=1), durations=Durations())
    assert found.odds_by_start == 0


def test_what_came_in_waits_for_its_check_alone():
    waiting = held("CERT-BLS", status=HeldStatus.PENDING)
    file = file_asking(asked("CERT-BLS"), holding=[waiting])
    found = forecast(file, TODAY, durations=Durations())
    assert (found.drivers[0].stage, found.drivers[0].waits_for) == (Stage.VERIFY, "credentialing_specialist")
    assert (found.likely_by - TODAY).days == 1


@pytest.mark.parametrize(
    ("code", "gate"),
    [("BG-COUNTY", "BG-AUTH"), ("BG-AUTH", None), ("EMP-EV", "EMP-I9"), ("HLTH-FIT", None), ("LIC-RN", None)],
)
def test_only_a_gate_that_is_asked_for_is_waited_for(code, gate):
    assert gate_of(code, ["BG-AUTH", "BG-COUNTY", "EMP-I9", "EMP-EV", "LIC-RN"]) == gate


def test_the_course_of_an_item_is_measured_from_asked_to_confirmed():
    later, last = TODAY + timedelta(days=4), TODAY + timedelta(days=6)
    file = file_asking(asked("CERT-BLS"), asked("LIC-RN"), holding=[held("LIC-RN")])
    (opened,) = courses(file, [], known={}, today=TODAY)
    came = held("CERT-BLS", status=HeldStatus.PENDING, received_on=later)
    (received,) = courses(
        file_asking(asked("CERT-BLS"), holding=[came]), [came], known={"CERT-BLS": opened}, today=later
    )
    good = held("CERT-BLS", received_on=later, verified_on=last)
    (ended,) = courses(file_asking(asked("CERT-BLS"), holding=[good]), [good], known={"CERT-BLS": received}, today=last)
    assert (opened.measured(), opened.waits_since, received.waits_since) == ((), TODAY, later)
    assert [(one.stage, one.days) for one in ended.measured()] == [(Stage.OBTAIN, 4), (Stage.VERIFY, 2)]
