"""Answers the test vectors of the group `requirement_resolution` with the rules that the service itself uses."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from credentialing.domain.requirement import Confirmer, Owner, Scope, Waivable
from credentialing.domain.resolution import United, united
from credentialing.domain.rulebook.ask import VALUES, Ask, said
from credentialing.domain.rulebook.disciplines import named
from credentialing.domain.rulebook.rule import Asked, Condition, Facts, Rule, When
from credentialing.domain.validity import Mode, MustCover

WORDS: Mapping[str, type[StrEnum]] = {
    "must_cover": MustCover,
    "mode": Mode,
    "waivable": Waivable,
    "confirmed_by": Confirmer,
    "owner": Owner,
}
OTHER_NAMES = {"client_id": "client", "facility_id": "facility"}
LEVELS = {"federal_guidance": Scope.FEDERAL}
"""A level of the field's vocabulary that the house keeps together with another; neither may be exempted from."""
LISTS = frozenset({"issuers", "panel", "satisfied_by"})


def answer_case(case: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked where the case is, with the values that rules set, what is exempted, and what contradicts."""
    asked = case["input"]
    rules = [_rule(one) for one in _given(case, asked.get("rules")) + list(asked.get("extra_rules", ()))]
    unity = united(rules, _facts(asked["context"]))
    answer: dict[str, Any] = {
        "requirements": {item.code: _shown(item) for item in sorted(unity.items, key=lambda item: item.code)},
        "exempted": dict(sorted(unity.exempted.items())),
    }
    conflicts = sorted(item.code for item in unity.items if item.together.conflicts)
    return {**answer, "conflicts": conflicts} if conflicts else answer


def _given(case: Mapping[str, Any], rules: Any) -> list[Any]:
    """The rules themselves, or those of the file that the case names."""
    if isinstance(rules, list):
        return rules
    return list(case["fixtures"][str(rules or "fixtures.resolution_rules").rpartition(".")[2]])


def _rule(given: Mapping[str, Any]) -> Rule:
    conditions = (
        When(condition=_condition(name), values=_values(values)) for name, values in given.get("when", {}).items()
    )
    return Rule(
        rule_id=given["rule"],
        level=LEVELS.get(given["level"]) or Scope(given["level"]),
        title=given["rule"],
        source="the case",
        require=tuple(Asked(code=code, ask=_ask(values)) for code, values in given.get("require", {}).items()),
        when=tuple(conditions),
        exempt=tuple(given.get("exempt") or ()),
    )


def _condition(name: str) -> Condition:
    return Condition(OTHER_NAMES.get(name, name))


def _ask(values: Mapping[str, Any]) -> Ask:
    return Ask(**{name: _value(name, value) for name, value in values.items() if name in VALUES})


def _value(name: str, value: Any) -> Any:
    if name in WORDS:
        return WORDS[name](value)
    return tuple(value) if name in LISTS else value


def _facts(context: Mapping[str, Any]) -> Facts:
    known = {OTHER_NAMES.get(name, name): value for name, value in context.items() if value}
    facts = {Condition(name): _values(value) for name, value in known.items() if name in set(Condition)}
    disciplines = facts.get(Condition.DISCIPLINE, frozenset())
    return {**facts, Condition.DISCIPLINE: frozenset().union(*map(named, disciplines))}


def _values(value: Any) -> frozenset[str]:
    return frozenset(value) if isinstance(value, list) else frozenset({value})


def _shown(item: United) -> dict[str, Any]:
    values = {name: list(value) if name in LISTS else value for name, value in said(item.together.ask).items()}
    return {"rules": list(item.rules), **dict(sorted(values.items()))}
