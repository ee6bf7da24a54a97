"""How the name of a person and the name on a list fit together, and by which way."""

from dataclasses import dataclass
from enum import StrEnum

from credentialing.domain.screening.edits import are_alike
from credentialing.domain.screening.names import NameKind, Shape, transposed
from credentialing.domain.screening.nicknames import are_one_name
from credentialing.domain.screening.spellings import are_spellings


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
SHORTEST_CUT_PART = 4
"""Letters left of the second part of a double name that say something of its whole."""


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
    if (last is None or first is None or Way.FUZZY in last | first) and _are_turned(mine, theirs):
        return frozenset({Way.TRANSPOSED})
    if last is None or first is None or (allowance.by_name and Way.FUZZY in last & first):
        return None
    return last | first


def with_kind(ways: Ways, kind: NameKind) -> Ways:
    """The ways, and that it is no longer, or not quite, the person's name."""
    return ways | {_KINDS[kind]} if kind in _KINDS else ways


def in_order(ways: Ways) -> tuple[str, ...]:
    """The reasons, in the order of `Way`; that the name is exact when nothing had to be allowed for."""
    return tuple(way.value for way in Way if way in ways) or (EXACT,)


def middles_conflict(mine: Shape, theirs: Shape) -> bool:
    """Whether both have a middle name, of different initials; what is another name of the other is none."""
    one, other = mine.middle, theirs.middle
    is_elsewhere = one in (theirs.last, *theirs.given) or other in (mine.last, *mine.given)
    return bool(one and other) and one[0] != other[0] and not is_elsewhere


def _are_turned(mine: Shape, theirs: Shape) -> bool:
    """Whether first and last name were exchanged, or the same words stand in another order."""
    if mine.last == theirs.first and mine.first == theirs.last:
        return True
    turned = transposed(theirs)
    if mine.last == turned.last and turned.given and mine.given[:1] == turned.given[:1]:
        return True
    ours, others = mine.last_parts + mine.given, theirs.last_parts + theirs.given
    return bool(ours) and ours[0] in others and sorted(ours) == sorted(others)


def _last(mine: Shape, theirs: Shape, allowance: Allowance) -> Ways | None:
    if not (mine.last and theirs.last):
        return None
    if mine.last == theirs.last:
        return frozenset()
    if allowance.cut_last and mine.last.startswith(theirs.last):
        return frozenset({Way.TRUNCATED})
    is_double = len(mine.last_parts) > 1 or len(theirs.last_parts) > 1
    by_part = _of_parts(mine, theirs, allowance) if is_double else None
    if by_part is None or Way.FUZZY in by_part:
        return frozenset({Way.FUZZY}) if _are_alike(mine.last, theirs.last, allowance) else by_part
    return by_part


def _of_parts(mine: Shape, theirs: Shape, allowance: Allowance) -> Ways | None:
    """Of two last names of which one is double: by which way a part of one is the other, or a part of it."""
    if _share_a_part(mine, theirs, allowance):
        return frozenset({Way.HYPHEN})
    if allowance.cut_last and _has_cut_part(mine, theirs, allowance):
        return frozenset({Way.HYPHEN, Way.TRUNCATED})
    is_part_like = not allowance.by_name and _has_part_like(mine, theirs, allowance)
    return frozenset({Way.HYPHEN, Way.FUZZY}) if is_part_like else None


def _share_a_part(mine: Shape, theirs: Shape, allowance: Allowance) -> bool:
    """Whether one is a part of the other's double name, or two double names have a part in common.

    By name alone the two must have all parts in common: half of a double name is shared by very many.
    """
    ours, others = mine.significant_parts, theirs.significant_parts
    if theirs.last in ours or mine.last in others:
        return True
    if allowance.by_name:
        return bool(ours) and set(ours) == set(others)
    return not set(ours).isdisjoint(others)


def _has_cut_part(mine: Shape, theirs: Shape, allowance: Allowance) -> bool:
    """Whether a part of mine goes on where the list's name stops, or where the second part of it does."""
    if any(part.startswith(theirs.last) for part in mine.significant_parts):
        return True
    end = theirs.last_parts[-1]
    is_telling = len(theirs.last_parts) > 1 and len(end) >= SHORTEST_CUT_PART and not allowance.by_name
    return is_telling and any(part.startswith(end) for part in (mine.last, *mine.significant_parts))


def _has_part_like(mine: Shape, theirs: Shape, allowance: Allowance) -> bool:
    """Whether one is a slip of the pen from a part of the other's double name."""
    pairs = ((part, theirs.last) for part in mine.significant_parts)
    turned = ((part, mine.last) for part in theirs.significant_parts)
    return any(_are_alike(one, other, allowance) for one, other in (*pairs, *turned))


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
    """An initial, a slip of the pen, another spelling, or the middle name that somebody goes by."""
    one, other = mine.given[0], theirs.given[0]
    if 1 in (len(one), len(other)):
        return one[0] == other[0]
    goes_by = {mine.middle, theirs.middle} & {one, other}
    is_middle = (mine.middle == other or theirs.middle == one) and any(len(name) >= SHORTEST_MIDDLE for name in goes_by)
    is_slip = _are_alike(mine.first, theirs.first, allowance) or _are_alike(one, other, allowance)
    return is_middle or is_slip or are_spellings(one, other)


def _are_alike(one: str, other: str, allowance: Allowance) -> bool:
    return are_alike(one, other, most_slips=1 if allowance.by_name else 2)
