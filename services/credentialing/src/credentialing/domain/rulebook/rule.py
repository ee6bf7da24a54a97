"""What a rule is: who asks, of whom, for what, since when, and on what authority."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from credentialing.domain.requirement import Scope
from credentialing.domain.rulebook.ask import Ask

FIRST_LIST = date(2024, 1, 1)
"""From when the first list is applied; the laws behind it are older."""


class Condition(StrEnum):
    """What a rule may depend on."""

    DISCIPLINE = "discipline"
    SPECIALTY = "specialty"
    STATE = "state"
    SETTING = "setting"
    WORK_MODE = "work_mode"
    SITE = "site"
    FACILITY = "facility"
    CLIENT = "client"
    MSP = "msp"
    UNIT = "unit"


Facts = Mapping[Condition, frozenset[str]]
"""What is so of a posting, each under every name that a rule may use; a condition without values is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """One condition: one of `values` must be so."""

    condition: Condition
    values: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One item that a rule asks for."""

    code: str
    ask: Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of a rule: from `effective_from` on it asks `require` wherever every condition of `when` holds.

    `effective_to` is its last day, None while it holds. `exempt` lifts items that others ask, where that is allowed.
    `source` is a statute, standard or published list. Version 1 of a shipped rule is in the package; `rule_set`
    is the number that a later one was brought with, 0 for the package's.
    """

    rule_id: str
    level: Scope
    title: str
    source: str
    require: tuple[Asked, ...] = ()
    when: tuple[When, ...] = ()
    exempt: tuple[str, ...] = ()
    effective_from: date = FIRST_LIST
    effective_to: date | None = None
    version: int = 1
    rule_set: int = 0

    def holds_for(self, facts: Facts) -> bool:
        """Whether every condition is met; a fact that is not known meets none."""
        return all(not one.values.isdisjoint(facts.get(one.condition, ())) for one in self.when)

    def holds_on(self, day: date) -> bool:
        """Whether the day is within its own days."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


def same_content(one: Rule, other: Rule) -> bool:
    """Whether they ask the same of the same from the same day on, whatever their versions."""
    return _content(one) == _content(other)


def _content(rule: Rule) -> tuple[object, ...]:
    asked = {one.code: one.ask for one in rule.require}
    conditions = {one.condition: one.values for one in rule.when}
    days = (rule.effective_from, rule.effective_to)
    return (rule.rule_id, rule.level, rule.title, rule.source, asked, conditions, set(rule.exempt), days)
