"""Until when the law wants something kept."""

from dataclasses import dataclass
from datetime import date

import pytest

from shared.vault.retention import OPEN_END, Engagement, keep_until


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A row of an invented table."""

    kinds: frozenset[str] = frozenset({"ssn"})
    effective_from: date = date(1988, 1, 1)
    years_after_start: int = 0
    years_after_end: int = 3
    is_from_tax_due: bool = False


def worked(start: str, end: str | None) -> Engagement:
    return Engagement(started_on=date.fromisoformat(start), ended_on=date.fromisoformat(end) if end else None)


@pytest.mark.parametrize(
    ("case", "rule", "engagements", "last_day"),
    [
        ("three years", Rule(), [worked("2026-01-05", "2026-04-04")], date(2029, 4, 4)),
        ("the last assignment counts", Rule(), [worked("2026-01-05", "2026-04-04"), worked("2020-01-01", "2021-01-01")],
         date(2029, 4, 4)),
        ("I-9, short work", Rule(years_after_start=3, years_after_end=1), [worked("2026-01-05", "2026-04-04")],
         date(2029, 1, 5)),
        ("I-9, long work", Rule(years_after_start=3, years_after_end=1), [worked("2020-01-05", "2026-04-04")],
         date(2027, 4, 4)),
        ("tax", Rule(years_after_end=4, is_from_tax_due=True), [worked("2026-01-05", "2026-04-04")], date(2031, 1, 31)),
        ("leap day", Rule(years_after_end=30), [worked("2023-01-05", "2024-02-29")], date(2054, 3, 1)),
        ("still at work", Rule(), [worked("2026-01-05", None), worked("2020-01-01", "2021-01-01")], OPEN_END),
        ("before the table", Rule(), [worked("1980-01-05", "1981-01-01")], None),
        ("never worked", Rule(), [], None),
    ],
)  # fmt: skip
def test_it_is_kept_through_this_day(case: str, rule: Rule, engagements: list[Engagement], last_day: date | None):
    assert keep_until([rule], engagements).get("ssn") == last_day


def test_of_several_rules_the_longest_holds_for_each_kind():
    rules = [Rule(kinds=frozenset({"ssn", "bank_account"})), Rule(years_after_end=4), Rule(years_after_end=1)]
    assert keep_until(rules, [worked("2026-01-05", "2026-04-04")]) == {
        "ssn": date(2030, 4, 4),
        "bank_account": date(2029, 4, 4),
    }
