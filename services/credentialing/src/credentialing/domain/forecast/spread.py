"""How likely it is that something took so many days: exact arithmetic on whole numbers.

Two independent things after each other add (convolution), beside each other the later one counts (product of the
chances). Chances are kept in millionths; each step rounds down, so that no chance is ever flattered, and the longest
case is always certain.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, zip_longest
from typing import Self

CERTAIN = 1_000_000
"""One, in millionths."""
LONGEST_DAYS = 400
TAIL_PER_MILLE = 100
"""The usual longest time is exceeded in one case of ten (an estimate; measured times replace it)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """`by_day[n]` is the chance, in millionths, that it took at most n days; it rises, and its last is CERTAIN."""

    by_day: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.by_day or self.by_day[-1] != CERTAIN or any(a > b for a, b in pairwise(self.by_day)):
            raise ValueError("chances rise to certainty")

    @classmethod
    def of_weights(cls, weights: Sequence[int]) -> Self:
        """By the weight of each number of days, from none on."""
        total = sum(weights)
        return cls(by_day=tuple(reached * CERTAIN // total for reached in accumulate(weights)))

    @classmethod
    def exactly(cls, days: int) -> Self:
        """It takes so many days, for certain."""
        return cls(by_day=(0,) * days + (CERTAIN,))

    @classmethod
    def usual(cls, least: int, most: int) -> Self:
        """Between least and most, the first days much the likeliest, and in one case of ten up to half as long again.

        The weight of a day falls as one over its distance from the least: endorsement of a licence, 28 to 84 days, is
        there within five weeks in half the cases, as the field says (4 to 6 weeks, 10 to 12 in busy states).
        """
        most = max(least, most)
        if most == 0:
            return cls.exactly(0)
        falling = [CERTAIN // (day - least + 1) for day in range(least, most + 1)]
        tail = max(1, most // 2)
        inside, outside = (1000 - TAIL_PER_MILLE) * tail, TAIL_PER_MILLE * sum(falling)
        return cls.of_weights([0] * least + [weight * inside for weight in falling] + [outside] * tail)

    @classmethod
    def measured(cls, days: Iterable[int]) -> Self:
        """As often as it was seen; times beyond the longest count as the longest. Raises ValueError for none."""
        seen = [min(max(one, 0), LONGEST_DAYS) for one in days]
        return cls.of_weights([seen.count(day) for day in range(max(seen) + 1)])

    def within(self, days: int) -> int:
        """The chance, in millionths, of at most so many days."""
        return 0 if days < 0 else self.by_day[min(days, len(self.by_day) - 1)]

    def quantile(self, per_mille: int) -> int:
        """The number of days that is enough in so many cases of a thousand."""
        return next(day for day, chance in enumerate(self.by_day) if chance * 1000 >= per_mille * CERTAIN)

    def then(self, other: "Spread") -> "Spread":
        """This, and after it the other."""
        short, long = sorted((self, other), key=lambda one: len(one.by_day))
        steps = [(day, chance) for day, chance in enumerate(_daily(short.by_day)) if chance]
        longest = min(len(short.by_day) + len(long.by_day) - 2, LONGEST_DAYS)
        ending = long.by_day + (CERTAIN,) * len(short.by_day)
        reached = [
            sum(chance * ending[day - begun] for begun, chance in steps if begun <= day) // CERTAIN
            for day in range(longest)
        ]
        return Spread(by_day=(*reached, CERTAIN))

    def beside(self, other: "Spread") -> "Spread":
        """Both begin at once; the later one counts."""
        both = zip_longest(self.by_day, other.by_day, fillvalue=CERTAIN)
        return Spread(by_day=tuple(one * two // CERTAIN for one, two in both))

    def after_waiting(self, days: int) -> "Spread":
        """What is left of it when it has not ended after so many days; overdue, it may end any day soon."""
        passed = self.within(days - 1)
        if days <= 0:
            return self
        if passed == CERTAIN:
            return Spread.usual(1, max(2, days // 2))
        left = CERTAIN - passed
        return Spread(by_day=tuple((chance - passed) * CERTAIN // left for chance in self.by_day[days:]))

    def shrunk_to(self, prior: "Spread", *, seen: int, prior_counts_as: int) -> "Spread":
        """A mixture: this by as many cases as were seen, the prior as if by so many."""
        total = seen + prior_counts_as
        both = zip_longest(self.by_day, prior.by_day, fillvalue=CERTAIN)
        return Spread(by_day=tuple((seen * one + prior_counts_as * other) // total for one, other in both))


def _daily(by_day: Sequence[int]) -> tuple[int, ...]:
    return tuple(now - before for before, now in pairwise((0, *by_day)))
