"""The disciplines that rules name: those of the house under the field's names, and groups of them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from shared.contracts.terms import Discipline


class Group(StrEnum):
    """A group that a rule may name in place of disciplines."""

    EVERYBODY = "ALL"
    CLINICAL = "ALL_CLINICAL"
    EMPLOYED = "W2"
    TRAVELLING = "W2_TRAVEL"
    CONTRACTED = "1099"
    AT_HOMES = "HOME_HEALTH"


FIELD_NAMES: Mapping[Discipline, str] = MappingProxyType(
    {
        Discipline.RT: "RRT",
        Discipline.RAD_TECH: "RADTECH",
        Discipline.SURG_TECH: "CST",
        Discipline.NP: "APRN",
    }
)
"""Where the field's name differs from the house's."""

OTHER_NAMES = frozenset(
    "RN LPN APRN CRNA CNA RRT CRT RADTECH CT MRI MAMMO SONO ECHO PT PTA OT OTA SLP AUD PHARMD PHARMTECH MLS MLT"
    " LCSW LPC LMFT PSYCH MD DO PA EMT PARAMEDIC CST DDS DPM OD".split()
)
"""What the catalogue names; the house places fewer so far."""

PLACED = frozenset({Group.EVERYBODY, Group.CLINICAL, Group.EMPLOYED, Group.TRAVELLING})
"""The groups that everybody placed by the house is in: clinical, employed, travelling. Terms name no other yet."""


def canonical_discipline(name: str) -> str | None:
    """The field's name of a discipline or group, given in the field's words or the house's; None when unknown."""
    word = name.strip().upper()
    if word in set(Discipline):
        return FIELD_NAMES.get(Discipline(word), word)
    return word if word in OTHER_NAMES or word in set(Group) else None


def named(discipline: str) -> frozenset[str]:
    """Every name under which a rule may mean somebody of this discipline."""
    return frozenset({canonical_discipline(discipline) or discipline, *(group.value for group in PLACED)})
