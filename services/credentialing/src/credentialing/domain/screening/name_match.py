"""How the name of a person and the name on a list fit together, and by which way."""

from dataclasses import dataclass
from enum import StrEnum

from credentialing.domain.screening.edits import are_alike
from credentialing.domain.screening.names import NameKind, Shape, transposed
from credentialing.domain.screening.nicknames import are_one_name


class Way(StrEnum):
    """What had to be allowed for; the value is the reason that is given, in this order."""

    FORMER = "former_name"
    ALIAS = "alias"
    NICKNAME = "nickname"
    HYPHEN = "hyphen_part"
    TRUNCATED = "truncated_prefix"
    TRANSPOSED = "name_transposed"
    FUZZY = "name_fuzzy"


EXACT = "name_exact"
Ways = frozenset[Way]
_KINDS = {NameKind.FORMER: Way.FORMER, NameKind.ALIAS: Way.ALIAS}
SHORTEST_MIDDLE = 3
"""Letters of a middle name that can be what somebody goes by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What else is known of a pair of names.

    `cut_last`, `cut_first`: the name on the list fills its field, so it may be the beginning of a longer one.
    `by_name`: there are no two birth dates that could speak for the pair, so that the names must be closer: at most one
    slip of the pen, in one of them.
    """

    cut_last: bool = False
    cut_first: bool = False
    by_name: bool = False


def compare_names(mine: Shape, theirs: Shape, *, allowance: Allowance) -> Ways | None:
    """What must be allowed for so that the two are one name, nothing for the same name; None when they are two."""
    last = _last(mine, theirs, allowance)
    first = _first(mine, theirs, allowance) if last is not None else None
    if last is not None and first is not None and not (allowance.by_name and Way.FUZZY in last & first):
        return last | first
    if mine.last == theirs.first and mine.first == theirs.last:
        return frozenset({Way.TRANSPOSED})
    turned = transposed(theirs)
    if mine.last == turned.last and turned.given and mine.given[:1] == turned.given[:1]:
        return frozenset({Way.TRANSPOSED})
    return None


def with_kind(ways: Ways, kind: NameKind) -> Ways:
    """The ways, and that it is no longer, or not quite, the person's name."""
    return ways | {_KINDS[kind]} if kind in _KINDS else ways


def in_order(ways: Ways) -> tuple[str, ...]:
    """The reasons, in the order of `Way`; that the name is exact when nothing had to be allowed for."""
    return tuple(way.value for way in Way if way in ways) or (EXACT,)


def middles_conflict(mine: Shape, theirs: Shape) -> bool:
    """Whether both have a middle name, of different initials; what is the other's last name is none."""
    one, other = mine.middle, theirs.middle
    return bool(one and other) and one[0] != other[0] and one != theirs.last and other != mine.last


def _last(mine: Shape, theirs: Shape, allowance: Allowance) -> Ways | None:
    if not (mine.last and theirs.last):
        return None
    if mine.last == theirs.last:
        return frozenset()
    if allowance.cut_last and mine.last.startswith(theirs.last):
        return frozenset({Way.TRUNCATED})
    if theirs.last in mine.significant_parts or mine.last in theirs.significant_parts:
        return frozenset({Way.HYPHEN})
    return frozenset({Way.FUZZY}) if _are_alike(mine.last, theirs.last, allowance) else None


def _first(mine: Shape, theirs: Shape, allowance: Allowance) -> Ways | None:
    if mine.first == theirs.first:
        return frozenset()
    if not (mine.given and theirs.given):
        return frozenset({Way.FUZZY})  # without a first name nothing contradicts
    if allowance.cut_first and mine.first.startswith(theirs.first):
        return frozenset({Way.TRUNCATED})
    one, other = mine.given[0], theirs.given[0]
    if one == other or "".join(mine.given) == "".join(theirs.given):
        return frozenset()
    if are_one_name(one, other):
        return frozenset({Way.NICKNAME})
    return frozenset({Way.FUZZY}) if _may_be_one(mine, theirs, allowance) else None


def _may_be_one(mine: Shape, theirs: Shape, allowance: Allowance) -> bool:
    """An initial, a slip of the pen, or the middle name that somebody goes by."""
    one, other = mine.given[0], theirs.given[0]
    if 1 in (len(one), len(other)):
        return one[0] == other[0]
    goes_by = {mine.middle, theirs.middle} & {one, other}
    is_middle = (mine.middle == other or theirs.middle == one) and any(len(name) >= SHORTEST_MIDDLE for name in goes_by)
    return is_middle or _are_alike(mine.first, theirs.first, allowance) or _are_alike(one, other, allowance)


def _are_alike(one: str, other: str, allowance: Allowance) -> bool:
    return are_alike(one, other, most_slips=1 if allowance.by_name else 2)
