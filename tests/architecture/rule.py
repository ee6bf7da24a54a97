"""What a rule is: a function from a tree to its breaches, with a planted breach that proves it can fail."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tests.architecture.source import Tree

Check = Callable[[Tree], Iterator[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of the house: `planted` is a small tree (path to text), `found` what it must say."""

    name: str
    check: Check
    planted: Mapping[str, str]
    found: tuple[str, ...]


def rule(planted: Mapping[str, str], *found: str) -> Callable[[Check], Rule]:
    """Makes a check a rule. The planted tree holds lawful neighbours too: `found` is all that breaks it."""
    return lambda check: Rule(name=check.__name__, check=check, planted=planted, found=found)
