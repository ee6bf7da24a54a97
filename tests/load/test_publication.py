"""Tables, the page, and the file they are kept in."""

import json
from pathlib import Path

from tests.load.figures import Aim, Findings, Rounds
from tests.load.publication import keep, rows, shown, verdicts


def findings(measurement: str = "consumer", *, speed: float = 450) -> Findings:
    rounds = Rounds()
    for factor in (1, 2, 4):
        rounds.add("by hand", "events/s", "/s", value=1000 * factor)
        rounds.add("product", "events/s", "/s", value=speed * factor)
    rounds.add("product", "memory", "MB", value=91.26)
    aim = Aim(text="product against by hand", value=speed / 1000, sense="at least", bound=0.45)
    return Findings(
        measurement=measurement,
        title="a title",
        floor="by hand",
        settings="3 rounds.",
        figures=rounds.figures(),
        aims=(aim,),
    )


def test_each_figure_is_a_row_beside_its_floor() -> None:
    assert rows(findings()) == [
        ("by hand (floor)", "events/s", "2,000 /s", "1,000..4,000", "1.00"),
        ("product", "events/s", "900 /s", "450..1,800", "0.45"),
        ("product", "memory", "91.3 MB", "91.3..91.3", ""),
    ]


def test_numbers_keep_three_digits_that_count() -> None:
    assert [shown(value) for value in (12345.6, 123.4, 12.34, 1.234, 0)] == ["12,346", "123", "12.3", "1.23", "0.00"]


def test_each_aim_is_a_sentence() -> None:
    assert verdicts(findings()) == ["product against by hand: 0.45 ×, aim at least 0.45: met"]
    assert verdicts(findings(speed=440)) == ["product against by hand: 0.44 ×, aim at least 0.45: missed"]


def test_one_measurement_alone_replaces_only_what_it_found_before(tmp_path: Path) -> None:
    keep(findings("consumer"), tmp_path, command="make bench ONLY=consumer", load=0.1)
    keep(findings("latency"), tmp_path, command="make bench ONLY=latency", load=0.1)
    keep(findings("consumer", speed=300), tmp_path, command="make bench ONLY=consumer ROUNDS=5", load=9.96)
    kept = json.loads((tmp_path / "latest.json").read_text())
    assert list(kept) == ["consumer", "latency"]
    assert kept["consumer"]["figures"][1]["rounds"] == [300, 600, 1200]
    assert kept["latency"]["figures"][1]["rounds"] == [450, 900, 1800]
    page = (tmp_path / "README.md").read_text()
    assert "| product | events/s | 600 /s | 300..1,200 | 0.30 |" in page
    assert "`make bench ONLY=consumer ROUNDS=5` at commit `" in page
    assert page.count(", load 10.0 before the run. 3 rounds.") == 1
