"""The write route's figures beside the others."""

from tests.load import api
from tests.load.publication import rows, verdicts
from tests.load.route import METRICS, findings


def test_its_figures_are_told_like_the_others() -> None:
    def side(speed: float) -> dict[str, list[float]]:
        return {**dict.fromkeys(METRICS, [2.0, 1.0, 3.0]), "requests_per_second": [speed, speed - 100, speed + 100]}

    ratios = {"requests_per_second": 0.75, "open_p99_ms": 1.6}
    told = findings({api.SERVICE: side(750), api.FLOOR: side(1000), "ratios": ratios, "rounds": 3})
    assert rows(told)[0] == ("bare ORM route (floor)", "closed loop", "1,000 requests/s", "900..1,100", "1.00")
    assert rows(told)[len(METRICS)] == ("product", "closed loop", "750 requests/s", "650..850", "0.75")
    assert verdicts(told) == [
        "requests/s against bare: 0.75 ×, aim at least 0.70: met",
        "p99 at 100/s against bare: 1.60 ×, aim at most 1.50: missed",
    ]
