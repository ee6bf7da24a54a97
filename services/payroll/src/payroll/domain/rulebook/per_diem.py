"""The federal standard per diem for the continental United States (GSA), by fiscal year.

Only the standard rate is held here. Some 300 localities have more, so a stipend above it is a thing to check,
never a fault; one within it is deemed substantiated in amount everywhere (Rev. Proc. 2019-48).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from payroll.domain.errors import NoPerDiemInForce
from payroll.domain.rulebook.in_force import in_force

NIGHTS_PER_WEEK = 7
OUTSIDE_CONTINENTAL = frozenset({"AK", "HI"})  # the Department of Defense sets their rates


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardPerDiem:
    """Dollars a night for lodging and a day for meals and incidentals (M&IE), in one fiscal year."""

    effective_from: date
    effective_through: date
    lodging: Decimal
    meals: Decimal
    source: str


STANDARD = (
    StandardPerDiem(
        effective_from=date(2024, 10, 1),
        effective_through=date(2025, 9, 30),
        lodging=Decimal(110),
        meals=Decimal(68),
        source="GSA per diem rates, fiscal year 2025",
    ),
    StandardPerDiem(
        effective_from=date(2025, 10, 1),
        effective_through=date(2026, 9, 30),
        lodging=Decimal(110),
        meals=Decimal(68),
        source="GSA Bulletin FTR 26-01 (fiscal year 2026)",
    ),
    StandardPerDiem(
        effective_from=date(2026, 10, 1),
        effective_through=date(2027, 9, 30),
        lodging=Decimal(113),
        meals=Decimal(68),
        source="GSA FY2027 per diem rate file, validated 2026-09-01",
    ),
)


def standard_per_diem(on: date) -> StandardPerDiem:
    """The standard rate of the fiscal year in which the night falls.

    Raises NoPerDiemInForce outside the fiscal years held.
    """
    row = in_force(STANDARD, on)
    if row is None or on > row.effective_through:
        raise NoPerDiemInForce(on=on)
    return row
