"""Worked or planned time as exact hours."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """A length of time in whole minutes, shown as decimal hours."""

    minutes: int

    @classmethod
    def of(cls, hours: str | int | Decimal) -> Self:
        """The length of an exact number of hours. Raises ValueError when it is not whole minutes."""
        minutes = Decimal(hours) * 60
        if minutes != minutes.to_integral_value():
            raise ValueError("hours are whole minutes")
        return cls(int(minutes))

    def __add__(self, other: Self) -> Self:
        return type(self)(self.minutes + other.minutes)

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.minutes - other.minutes)

    def __str__(self) -> str:
        return str((Decimal(self.minutes) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP))
