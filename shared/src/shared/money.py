"""Settled amounts in integer cents, and the one rounding that makes them."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of US dollars in whole cents; negative is owed the other way."""

    cents: int

    @classmethod
    def of(cls, dollars: str | int | Decimal) -> Self:
        """The amount of an exact dollar value. Raises ValueError when it has fractions of a cent."""
        cents = Decimal(dollars) * 100
        if cents != cents.to_integral_value():
            raise ValueError("an amount has at most two decimal places; round it with Money.rounded")
        return cls(int(cents))

    @classmethod
    def rounded(cls, dollars: Decimal) -> Self:
        """An exact result rounded to whole cents, half up (half away from zero when negative)."""
        return cls(int((dollars * 100).to_integral_value(ROUND_HALF_UP)))

    @property
    def dollars(self) -> Decimal:
        """The amount in dollars with two places."""
        return Decimal(self.cents).scaleb(-2)

    def __add__(self, other: Self) -> Self:
        return type(self)(self.cents + other.cents)

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.cents - other.cents)

    def __neg__(self) -> Self:
        return type(self)(-self.cents)

    def __str__(self) -> str:
        return f"{self.dollars:.2f}"
