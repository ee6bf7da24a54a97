"""Bodies about rules: what is asked of whom, by whom, since when."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, StringConstraints

from credentialing.api.schemas.asks import AskIn, AskOut
from credentialing.app.queries.rules import RulesOfDay
from credentialing.domain.requirement import Scope
from credentialing.domain.rulebook.disciplines import canonical_discipline
from credentialing.domain.rulebook.rule import Asked, Condition, Rule, When
from credentialing.domain.rulebook.specialties import canonical_specialty
from shared.http.bodies import Id, RequestBody, ResponseBody, Text

_RULE: dict[str, Any] = {
    "level": "facility",
    "title": "Mesa General: drug screen of 30 days",
    "source": "contract of Mesa General, exhibit B",
    "when": {"facility": ["fac_01m8095ps8e00rc1kcn27y03zh"]},
    "require": {"DRUG-10": {"window_before_start": 30}, "TB-12": {"must_cover": "assignment_end"}},
    "exempt": [],
    "effective_from": "2030-01-07",
}
_SHOWN: dict[str, Any] = {
    **_RULE,
    "rule_id": "facility-mesa-drug-screen",
    "version": 2,
    "rule_set": 7,
    "effective_to": None,
    "is_shipped": False,
}
_ADOPT = {"facility_id": "fac_01m8095ps8e00rc1kcn27y03zh", "effective_from": "2030-01-07"}

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{2,20}$")]
Words = Annotated[tuple[Word, ...], Field(max_length=200)]
RuleDay = Annotated[date, Field(ge=date(2000, 1, 1), lt=date(2100, 1, 1))]


def shown(example: dict[str, Any]) -> ConfigDict:
    """The configuration of a body with this example."""
    return ConfigDict(json_schema_extra={"examples": [example]})


class RuleIn(RequestBody):
    """A rule as it is to be. Conditions that are left out hold everywhere; of each that is given, one value must fit.

    `may_reach_back`: it may begin in the past, and then changes the files of assignments that have started since.
    """

    model_config = shown(_RULE)

    level: Scope
    title: Text
    source: Text
    when: Annotated[dict[Condition, Words], Field(max_length=9)] = Field(default_factory=dict)
    require: Annotated[dict[Code, AskIn], Field(max_length=127)] = Field(default_factory=dict)
    exempt: Annotated[tuple[Code, ...], Field(max_length=127)] = ()
    effective_from: RuleDay
    effective_to: RuleDay | None = None
    may_reach_back: bool = False

    def rule(self, rule_id: str) -> Rule:
        """The rule under this id, its words in the rulebook's own."""
        return Rule(
            rule_id=rule_id,
            level=self.level,
            title=self.title,
            source=self.source,
            when=tuple(_when(condition, values) for condition, values in self.when.items()),
            require=tuple(Asked(code=code, ask=ask.ask()) for code, ask in self.require.items()),
            exempt=tuple(dict.fromkeys(self.exempt)),
            effective_from=self.effective_from,
            effective_to=self.effective_to,
        )


class EndRuleIn(RequestBody):
    """The rule's last day."""

    model_config = shown({"last_day": "2030-12-31"})

    last_day: RuleDay


class AdoptIn(RequestBody):
    """The facility that gets the template's rules, and their first day there."""

    model_config = shown(_ADOPT)

    facility_id: Id
    effective_from: RuleDay
    may_reach_back: bool = False


class RuleOut(ResponseBody):
    """One version of a rule; version 1 of a shipped one is the package's. Values not shown are left to others."""

    model_config = shown(_SHOWN)

    rule_id: str
    version: int
    rule_set: int
    is_shipped: bool
    level: Scope
    title: str
    source: str
    when: dict[Condition, tuple[str, ...]]
    require: dict[str, AskOut]
    exempt: tuple[str, ...]
    effective_from: date
    effective_to: date | None

    @classmethod
    def of(cls, rule: Rule) -> Self:
        """The version as it is shown."""
        return cls(
            rule_id=rule.rule_id,
            version=rule.version,
            rule_set=rule.rule_set,
            is_shipped=rule.rule_set == 0,
            level=rule.level,
            title=rule.title,
            source=rule.source,
            when={one.condition: tuple(sorted(one.values)) for one in rule.when},
            require={one.code: AskOut.of(one.ask) for one in rule.require},
            exempt=rule.exempt,
            effective_from=rule.effective_from,
            effective_to=rule.effective_to,
        )


class RulesOut(ResponseBody):
    """Rules in the order in which provenance names them, and the number of the rule set."""

    model_config = shown({"on": "2030-01-07", "rule_set": 7, "items": [_SHOWN]})

    on: date
    rule_set: int
    items: tuple[RuleOut, ...]

    @classmethod
    def of(cls, found: RulesOfDay) -> Self:
        """The rules as they are shown."""
        return cls(on=found.on, rule_set=found.rule_set, items=tuple(map(RuleOut.of, found.items)))


class RuleVersionsOut(ResponseBody):
    """A rule and all its versions, the newest last; its ETag is the newest's number."""

    model_config = shown({"rule_id": "facility-mesa-drug-screen", "versions": [_SHOWN]})

    rule_id: str
    versions: tuple[RuleOut, ...]


class AdoptedOut(ResponseBody):
    """The facility's rules that the template has become."""

    model_config = shown({"items": [_SHOWN]})

    items: tuple[RuleOut, ...]


def _when(condition: Condition, values: tuple[str, ...]) -> When:
    """Disciplines and specialties under the rulebook's names; what is not known stays, to be found wanting."""
    if condition is Condition.DISCIPLINE:
        return When(condition=condition, values=frozenset(canonical_discipline(word) or word for word in values))
    if condition in (Condition.SPECIALTY, Condition.UNIT):
        return When(condition=condition, values=frozenset(map(canonical_specialty, values)))
    return When(condition=condition, values=frozenset(values))
