"""Percentiles, ratios and aims."""

import pytest

from tests.load.figures import Aim, Rounds, figure, percentile, ratio


def test_a_percentile_is_a_measured_value_that_so_many_do_not_exceed() -> None:
    hundred = list(range(100, 0, -1))
    assert [percentile(hundred, percent) for percent in (50, 99, 100, 0)] == [50, 99, 100, 1]
    assert percentile([7.5], 99) == 7.5
    assert percentile([1, 2, 3], 50) == 2


def test_nothing_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)


def test_a_ratio_is_taken_within_each_round() -> None:
    rounds = Rounds()
    for mine, theirs in ((10, 20), (50, 200), (300, 500)):  # the machine sped up: the medians alone would say 0.25
        rounds.add("product", "speed", "/s", value=mine)
        rounds.add("floor", "speed", "/s", value=theirs)
    figures = rounds.figures()
    product, floor = figure(figures, "product", "speed"), figure(figures, "floor", "speed")
    assert (product.rounds, product.middle) == ((10, 50, 300), 50)
    assert ratio(product, floor) == 0.5


def test_a_ratio_of_unequal_rounds_is_refused() -> None:
    rounds = Rounds()
    rounds.add("product", "speed", "/s", value=1)
    rounds.add("floor", "speed", "/s", value=1)
    rounds.add("floor", "speed", "/s", value=2)
    with pytest.raises(ValueError, match="zip"):
        ratio(*rounds.figures())


def test_a_figure_that_nobody_measured_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="speed of product"):
        figure([], "product", "speed")


@pytest.mark.parametrize(
    ("sense", "value", "is_met"),
    [("at least", 0.45, True), ("at least", 0.44, False), ("at most", 2, True), ("at most", 2.1, False)],
)
def test_an_aim_is_met_on_its_bound_and_on_its_side_of_it(sense: str, value: float, is_met: bool) -> None:
    aim = Aim(text="x", value=value, sense=sense, bound=0.45 if sense == "at least" else 2)  # type: ignore[arg-type]
    assert aim.is_met is is_met
