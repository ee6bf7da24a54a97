"""How the package's own rules are written: briefly, and asking for the catalogue's values as their own."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from credentialing.domain.requirement import Scope
from credentialing.domain.rulebook.ask import BARE, Ask, usual
from credentialing.domain.rulebook.catalogue.entry import words
from credentialing.domain.rulebook.catalogue.whole import CATALOGUE
from credentialing.domain.rulebook.rule import Asked, Condition, Rule, When

NOTHING: Mapping[str, Mapping[str, Any]] = MappingProxyType({})


def shipped(rule_id: str, codes: str, *, level: Scope, title: str, source: str, **given: Any) -> Rule:
    """A rule that asks for `codes`, in a line, at the catalogue's values: others make them stricter, none looser.

    `given`: conditions by name, each a line of words, and `but`, the values that differ, by code.
    """
    but = given.pop("but", NOTHING)
    asked = tuple(Asked(code=code, ask=replace(usual(CATALOGUE[code]), **but.get(code, {}))) for code in codes.split())
    return Rule(rule_id=rule_id, level=level, title=title, source=source, require=asked, when=conditions(**given))


def conditions(**given: str) -> tuple[When, ...]:
    """Conditions by name, each a line of words."""
    return tuple(When(condition=Condition(name), values=words(line)) for name, line in given.items())


def asking(code: str, **values: Any) -> Asked:
    """One item with the values that a facility sets, and no other."""
    return Asked(code=code, ask=replace(BARE, **values))


def bare(codes: str) -> tuple[Asked, ...]:
    """Items, in a line, without values."""
    return tuple(Asked(code=code, ask=Ask()) for code in codes.split())
