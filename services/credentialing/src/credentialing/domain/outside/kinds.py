"""Whom we ask outside, about which items, and how many answers an item takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from credentialing.domain.outside.errors import NotAskedOutside


class Kind(StrEnum):
    """As what somebody is asked."""

    SUPERVISOR = "supervisor"
    PEER = "peer"
    EMPLOYER = "employer"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """`codes` are the items it may be about, the usual one first; `source` is how a result names it.

    `answers_needed` is how many answers that count make a result.
    """

    codes: tuple[str, ...]
    source: str
    answers_needed: int = 1


ASKING: Mapping[Kind, Asking] = MappingProxyType(
    {
        Kind.SUPERVISOR: Asking(codes=("REF-2",), source="reference", answers_needed=2),
        Kind.PEER: Asking(codes=("MD-PEER",), source="reference", answers_needed=2),
        Kind.EMPLOYER: Asking(codes=("BG-EMP",), source="employer"),
        Kind.SCHOOL: Asking(codes=("BG-EDU", "MD-EDU", "MD-TRAIN"), source="school"),
    }
)
"""REF-2 is two supervisory references by its name (field facts, section 1). Two peers are our convention: the facts
say "peer references" and no number."""


def code_for(kind: Kind, code: str | None) -> str:
    """The item that is asked about: the one named, or the kind's usual. Raises NotAskedOutside."""
    codes = ASKING[kind].codes
    if code is not None and code not in codes:
        raise NotAskedOutside(item=code, kind=kind.value)
    return code or codes[0]
