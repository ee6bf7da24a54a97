"""Which requirements hold for a posting: the union of every rule that asks, the stricter value winning.

`rulebook.merging` says how values unite. What no rule sets comes from the catalogue. The ids of all rules that ask are
kept, in the order of the book. An exemption counts only for an item that nobody but the agency or facilities ask, and
that may be waived at all (conventions of the field's test vectors).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

from credentialing.domain.requirement import BoundTo, Requirement, Scope, Waivable
from credentialing.domain.rulebook.ask import Ask
from credentialing.domain.rulebook.book import Rulebook, held_in
from credentialing.domain.rulebook.catalogue.whole import CATALOGUE, PLACES
from credentialing.domain.rulebook.disciplines import named
from credentialing.domain.rulebook.merging import Merged, Said, merged
from credentialing.domain.rulebook.rule import Condition, Facts, Rule
from credentialing.domain.rulebook.shipped import SHIPPED
from credentialing.domain.rulebook.specialties import canonical_specialty
from credentialing.domain.validity import Validity
from shared.contracts.terms import Discipline, Terms, Weekday

EXEMPTIBLE = frozenset({Scope.AGENCY, Scope.FACILITY})
"""Only what these ask is theirs to lift; law, accreditation, payers and service providers are not."""

WEEKDAYS = tuple(Weekday)
USUAL = MappingProxyType({code: entry.usual for code, entry in CATALOGUE.items()})
"""Every item as the catalogue has it."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """Where and as what somebody works; `assignment_id` is None while the assignment is only an idea.

    `setting` (such as `home_health`), `work_mode` (`on_site`, `remote`) and `site` are None where what the rulebook
    knows of the facility decides; where that says nothing, no rule that depends on them holds.
    """

    discipline: Discipline
    specialty: str
    unit: str
    state: str
    facility_id: str
    assignment_id: str | None = None
    setting: str | None = None
    work_mode: str | None = None
    site: str | None = None
    client_id: str | None = None

    @classmethod
    def of(cls, terms: Terms, *, state: str, assignment_id: str | None, client_id: str | None = None) -> "Posting":
        """The posting that terms describe, at a facility in `state`."""
        return cls(
            discipline=terms.discipline,
            specialty=terms.specialty,
            unit=terms.unit,
            state=state,
            facility_id=terms.facility_id,
            assignment_id=assignment_id,
            client_id=client_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class United:
    """One item as all rules that ask for it say it together; `scopes` are whose rules they are."""

    code: str
    together: Merged
    scopes: tuple[Scope, ...]
    rules: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unity:
    """Every item that is asked, and which rule exempts which code."""

    items: tuple[United, ...]
    exempted: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The requirements of a posting, the rule that exempts each code that is lifted, and contradictions by code."""

    requirements: tuple[Requirement, ...]
    exempted: Mapping[str, str]
    conflicts: Mapping[str, tuple[str, ...]]


def resolve(posting: Posting, on: date, *, rulebook: Rulebook = SHIPPED) -> tuple[Requirement, ...]:
    """Every requirement of the posting under the rules of a day, one per code, in the order of the catalogue.

    `on` is the first day of the assignment: the rules of that day hold for all of it, and it is what days before the
    start are counted from. Raises NoRequirementsInForce when no rule is in force on that day.
    """
    return resolution(posting, on, rulebook=rulebook).requirements


def resolution(posting: Posting, on: date, *, rulebook: Rulebook = SHIPPED) -> Resolution:
    """The same with what is exempted and what contradicts itself. Raises NoRequirementsInForce."""
    rulebook.in_force(on)
    known = _known(rulebook, rulebook.period(on), _place(posting, rulebook))
    if not known.bound and not known.due:
        return known.resolution
    requirements = list(known.resolution.requirements)
    for place in known.bound:
        requirements[place] = replace(requirements[place], subject=_subject(requirements[place].bound_to, posting))
    for place, weekdays in known.due:
        days = max(days_since(day, on) for day in weekdays)
        asked = requirements[place]
        requirements[place] = replace(asked, due_days_before_start=max(asked.due_days_before_start, days))
    return replace(known.resolution, requirements=tuple(requirements))


def united(rules: Iterable[Rule], facts: Facts) -> Unity:
    """What these rules, all in force, ask where these facts are so.

    **Shape**: items in the order in which they are first asked for.
    """
    asking: dict[str, list[Rule]] = {}
    said: dict[str, list[Said]] = {}
    lifted: dict[str, str] = {}
    for rule in rules:
        if rule.holds_for(facts):
            for one in rule.require:
                asking.setdefault(one.code, []).append(rule)
                said.setdefault(one.code, []).append(Said(rule=rule.rule_id, ask=one.ask))
            for code in rule.exempt:
                lifted.setdefault(code, rule.rule_id)
    items = [_united(code, asking[code], merged(said[code])) for code in asking]
    exempted = {item.code: lifted[item.code] for item in items if item.code in lifted and _may_be_lifted(item)}
    return Unity(items=tuple(item for item in items if item.code not in exempted), exempted=MappingProxyType(exempted))


def days_since(weekday: Weekday, start: date) -> int:
    """How many days before the start the last such weekday is; 7 when the start is one itself."""
    return (start.weekday() - WEEKDAYS.index(weekday)) % 7 or 7


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is the same for every posting with these facts: `bound` and `due` are the items that differ."""

    resolution: Resolution
    bound: tuple[int, ...]
    due: tuple[tuple[int, tuple[Weekday, ...]], ...]


_Place = tuple[tuple[Condition, str], ...]


def _place(posting: Posting, rulebook: Rulebook) -> _Place:
    """The facts as something to remember an answer by; what the posting says itself prevails."""
    place = rulebook.places.get(posting.facility_id)
    told = (
        *(place.told(posting.unit) if place else ()),
        (Condition.DISCIPLINE, posting.discipline),
        (Condition.SPECIALTY, canonical_specialty(posting.specialty)),
        (Condition.UNIT, canonical_specialty(posting.unit)),
        (Condition.STATE, posting.state),
        (Condition.FACILITY, posting.facility_id),
        (Condition.SETTING, posting.setting),
        (Condition.WORK_MODE, posting.work_mode),
        (Condition.SITE, posting.site),
        (Condition.CLIENT, posting.client_id),
    )
    return tuple({condition: str(value) for condition, value in told if value}.items())


def facts_of(place: _Place) -> Facts:
    """The facts of a place, a discipline under every name that a rule may use."""
    every = {condition: frozenset({value}) for condition, value in place}
    return {**every, Condition.DISCIPLINE: frozenset().union(*map(named, every.get(Condition.DISCIPLINE, ())))}


@lru_cache(maxsize=2048)
def _known(rulebook: Rulebook, period: int, place: _Place) -> _Known:
    unity = united(held_in(rulebook, period), facts_of(place))
    items = sorted((item for item in unity.items if item.code in CATALOGUE), key=lambda item: PLACES[item.code])
    requirements = tuple(map(_requirement, items))
    conflicts = {item.code: item.together.conflicts for item in items if item.together.conflicts}
    return _Known(
        resolution=Resolution(
            requirements=requirements, exempted=unity.exempted, conflicts=MappingProxyType(conflicts)
        ),
        bound=tuple(number for number, asked in enumerate(requirements) if asked.bound_to is not BoundTo.CLINICIAN),
        due=tuple((number, item.together.weekdays) for number, item in enumerate(items) if item.together.weekdays),
    )


def _united(code: str, rules: Sequence[Rule], together: Merged) -> United:
    return United(
        code=code,
        together=together,
        scopes=tuple(dict.fromkeys(rule.level for rule in rules)),
        rules=tuple(dict.fromkeys(rule.rule_id for rule in rules)),
        sources=tuple(dict.fromkeys(rule.source for rule in rules)),
    )


def _may_be_lifted(item: United) -> bool:
    return EXEMPTIBLE.issuperset(item.scopes) and _waivable(item) is not Waivable.NEVER


def _waivable(item: United) -> Waivable:
    """What the catalogue lets nobody waive, nobody waives."""
    entry = CATALOGUE.get(item.code)
    if entry is not None and entry.waivable is Waivable.NEVER:
        return Waivable.NEVER
    return item.together.ask.waivable or (entry.waivable if entry else Waivable.FACILITY_OR_AGENCY)


def _requirement(item: United) -> Requirement:
    usual, ask = USUAL[item.code], item.together.ask
    shortest = _set(ask.obtain_days, usual.obtain_days)
    return replace(
        usual,
        scopes=item.scopes,
        rules=item.rules,
        sources=item.sources,
        conflicts=item.together.conflicts,
        validity=_validity(usual.validity, ask),
        must_cover=_set(ask.must_cover, usual.must_cover),
        waivable=_waivable(item),
        owner=_set(ask.owner, usual.owner),
        bound_to=_set(ask.bound_to, usual.bound_to),
        mode=_set(ask.mode, usual.mode),
        confirmed_by=_set(ask.confirmed_by, usual.confirmed_by),
        issuers=_set(ask.issuers, usual.issuers),
        panel=_set(ask.panel, usual.panel),
        lookback_years=_set(ask.lookback_years, usual.lookback_years),
        satisfied_by=_set(ask.satisfied_by, usual.satisfied_by),
        due_days_before_start=_set(ask.due_days_before_start, usual.due_days_before_start),
        trails_days=_set(ask.trails_days, usual.trails_days),
        obtain_days=shortest,
        obtain_days_at_most=max(shortest, _set(ask.obtain_days_at_most, usual.obtain_days_at_most)),
        verify_days=_set(ask.verify_days, usual.verify_days),
    )


def _validity(usual: Validity, ask: Ask) -> Validity:
    """The catalogue's limits with those that rules set; an age of its own comes with its own end of month."""
    whole_month = usual.end_of_month if ask.max_age_months is None else False
    return Validity(
        printed_expiry=_set(ask.printed_expiry, usual.printed_expiry),
        max_age_months=_set(ask.max_age_months, usual.max_age_months),
        end_of_month=_set(ask.end_of_month, whole_month),
        window_days=_set(ask.window_before_start, usual.window_days),
        decision_days=_set(ask.window_before_decision, usual.decision_days),
        monitor_days=_set(ask.monitor_days, usual.monitor_days),
        season=_set(ask.season, usual.season),
        break_days=_set(ask.break_days, usual.break_days),
        basis=usual.basis,
    )


def _set(said: T | None, usual: T) -> T:
    return usual if said is None else said


def _subject(bound_to: BoundTo, posting: Posting) -> str:
    if bound_to is BoundTo.STATE:
        return posting.state
    if bound_to is BoundTo.UNIT:
        return canonical_specialty(posting.unit)
    if bound_to is BoundTo.ASSIGNMENT:
        return f"{posting.assignment_id or 'none'}@{posting.facility_id}"
    return ""
