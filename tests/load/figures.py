"""What a measurement found: figures of several rounds, ratios taken within a round, and the aims they are held to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One thing measured of one variant: a value for each round, in order."""

    variant: str
    metric: str
    unit: str
    rounds: tuple[float, ...]

    @property
    def middle(self) -> float:
        """The median of the rounds."""
        return median(self.rounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A value that is to be at least, or at most, its bound."""

    text: str
    value: float
    sense: Literal["at least", "at most"]
    bound: float
    unit: str = "×"

    @property
    def is_met(self) -> bool:
        """Whether the value is on the right side of its bound, or on it."""
        return self.value >= self.bound if self.sense == "at least" else self.value <= self.bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What one measurement found; `floor` is the variant the others are compared with, if there is one."""

    measurement: str
    title: str
    floor: str | None
    settings: str
    figures: tuple[Figure, ...]
    aims: tuple[Aim, ...] = ()


class Rounds:
    """Collects values while variants take turns."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, str, str], list[float]] = {}

    def add(self, variant: str, metric: str, unit: str, *, value: float) -> None:
        """One more round's value."""
        self._values.setdefault((variant, metric, unit), []).append(value)

    def figures(self) -> tuple[Figure, ...]:
        """All collected, in the order of their first values."""
        return tuple(
            Figure(variant=variant, metric=metric, unit=unit, rounds=tuple(values))
            for (variant, metric, unit), values in self._values.items()
        )


def figure(figures: Iterable[Figure], variant: str, metric: str) -> Figure:
    """The figure of this variant and metric. Raises KeyError."""
    for one in figures:
        if (one.variant, one.metric) == (variant, metric):
            return one
    raise KeyError(f"{metric} of {variant}")


def ratio(one: Figure, other: Figure) -> float:
    """How many times the other: the median of the ratios within each round, which a slow minute moves little."""
    return median(mine / theirs for mine, theirs in zip(one.rounds, other.rounds, strict=True))


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least this share of all values does not exceed. Raises ValueError without values."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[max(ceil(len(ordered) * percent / 100), 1) - 1]
