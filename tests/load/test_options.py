"""What a person may ask for."""

import pytest

from tests.load.options import Options


def test_without_wishes_all_is_measured_as_usual() -> None:
    assert Options.read({}) == Options.read({"ROUNDS": ""}) == Options()
    assert Options().command == "make bench"


def test_wishes_are_read_and_told_again() -> None:
    options = Options.read({"ONLY": "consumer, idle", "ROUNDS": "5", "EVENTS": "100000", "SECONDS": "10"})
    assert options == Options(only=("consumer", "idle"), rounds=5, events=100_000, seconds=10)
    assert options.command == "make bench ROUNDS=5 EVENTS=100000 SECONDS=10"


@pytest.mark.parametrize("wish", [{"ROUNDS": "0"}, {"SECONDS": "-1"}, {"EVENTS": "many"}])
def test_a_number_that_measures_nothing_is_refused(wish: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"above zero|invalid literal"):
        Options.read(wish)
