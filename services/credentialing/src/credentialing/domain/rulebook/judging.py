"""Whether a rule may be kept: every value that is wrong, with the pointer to it."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from credentialing.domain.requirement import Waivable
from credentialing.domain.rulebook.ask import Ask
from credentialing.domain.rulebook.catalogue.whole import CATALOGUE
from credentialing.domain.rulebook.disciplines import canonical_discipline
from credentialing.domain.rulebook.place import FacilityFacts
from credentialing.domain.rulebook.rule import Asked, Condition, Rule, When
from credentialing.domain.rulebook.specialties import canonical_specialty
from credentialing.domain.validity import Season
from shared.errors import Finding

STATES = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA"
    " RI SC SD TN TX UT VT VA WA WV WI WY DC PR GU VI AS MP".split()
)

WORK_MODES = frozenset({"on_site", "remote", "hybrid"})

LIMITS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "max_age_months": (1, 600),
        "window_before_start": (1, 3650),
        "window_before_decision": (1, 3650),
        "monitor_days": (1, 366),
        "break_days": (1, 3650),
        "lookback_years": (1, 50),
        "due_days_before_start": (0, 180),
        "trails_days": (1, 180),
        "obtain_days": (0, 730),
        "obtain_days_at_most": (0, 730),
        "verify_days": (0, 365),
    }
)
"""The least and the most of each number, both allowed."""

A_LEAP_YEAR = 2024


def rule_findings(rule: Rule) -> tuple[Finding, ...]:
    """Everything wrong with a rule, in its own order; empty when it may be kept.

    What the catalogue lets nobody waive (law, licence, exclusion, identity), no rule makes waivable or exempts.
    """
    return (*_whole(rule), *_conditions(rule), *_items(rule), *_exemptions(rule))


def _whole(rule: Rule) -> Iterator[Finding]:
    if not rule.require and not rule.exempt:
        yield _finding("/require", "asks_nothing", "Ask for an item, or exempt one.")
    if rule.effective_to is not None and rule.effective_to < rule.effective_from:
        yield _finding("/effective_to", "ends_before_begins", "Write the first day or a later one.")


def _conditions(rule: Rule) -> Iterator[Finding]:
    for one in rule.when:
        pointer = f"/when/{one.condition}"
        if not one.values:
            yield _finding(pointer, "too_short", "Name at least one, or leave the condition out.")
        elif unknown := _unknown_values(one):
            yield _finding(
                pointer,
                "unknown_value",
                f"{unknown} of these is not known." if unknown == 1 else f"{unknown} of these are not known.",
            )


def _unknown_values(when: When) -> int:
    if when.condition is Condition.DISCIPLINE:
        return sum(canonical_discipline(value) != value for value in when.values)
    if when.condition is Condition.STATE:
        return len(when.values - STATES)
    if when.condition is Condition.WORK_MODE:
        return len(when.values - WORK_MODES)
    return 0


def _items(rule: Rule) -> Iterator[Finding]:
    for asked in rule.require:
        if asked.code not in CATALOGUE:
            yield _unknown(f"/require/{asked.code}")
        else:
            yield from _values(asked)


def _values(asked: Asked) -> Iterator[Finding]:
    pointer = f"/require/{asked.code}"
    for name, (least, most) in LIMITS.items():
        value = getattr(asked.ask, name)
        if value is not None and not least <= value <= most:
            yield _finding(f"{pointer}/{name}", "out_of_range", f"Write {least} to {most}.")
    if asked.ask.issuers == ():
        yield _finding(f"{pointer}/issuers", "too_short", "Name an issuer, or leave it out: any then does.")
    if asked.ask.season is not None and not _is_season(asked.ask.season):
        yield _finding(f"{pointer}/season", "not_a_day", "Write months and days that there are.")
    if any(code not in CATALOGUE or code == asked.code for code in asked.ask.satisfied_by or ()):
        yield _finding(f"{pointer}/satisfied_by", "unknown_code", "Name other items of the catalogue.")
    yield from _clashes(asked.ask, pointer)
    if asked.ask.waivable not in (None, Waivable.NEVER) and _is_never(asked.code):
        yield _finding(f"{pointer}/waivable", "never_waivable", "Nobody may waive this item; leave it out.")


def _clashes(ask: Ask, pointer: str) -> Iterator[Finding]:
    if ask.end_of_month and ask.max_age_months is None:
        yield _finding(f"{pointer}/end_of_month", "age_missing", "Say after how many months, too.")
    shortest, longest = ask.obtain_days, ask.obtain_days_at_most
    if shortest is not None and longest is not None and longest < shortest:
        yield _finding(f"{pointer}/obtain_days_at_most", "too_small", "Write obtain_days or more.")


def _exemptions(rule: Rule) -> Iterator[Finding]:
    for place, code in enumerate(rule.exempt):
        if code not in CATALOGUE:
            yield _unknown(f"/exempt/{place}")
        elif _is_never(code):
            yield _finding(f"/exempt/{place}", "never_exempt", "Nobody may be exempted from this item.")
        elif any(asked.code == code for asked in rule.require):
            yield _finding(f"/exempt/{place}", "asked_and_exempted", "Ask for it or exempt it.")


def _is_never(code: str) -> bool:
    return CATALOGUE[code].waivable is Waivable.NEVER


def _is_season(season: Season) -> bool:
    return all(
        1 <= month <= 12 and 1 <= day <= monthrange(A_LEAP_YEAR, month)[1] for month, day in (season.first, season.last)
    )


def _unknown(pointer: str) -> Finding:
    return _finding(pointer, "unknown_code", "The catalogue has no such item.")


def _finding(pointer: str, code: str, message: str) -> Finding:
    return Finding(pointer=pointer, code=code, message=message)


def early_findings(rule: Rule, *, today: date, may_reach_back: bool) -> tuple[Finding, ...]:
    """A rule begins today or later, unless whoever writes it says that it is to reach assignments that have started.

    The rules of an assignment's first day hold for all of it, so that an earlier day reopens files on the run.
    """
    if rule.effective_from >= today or may_reach_back:
        return ()
    words = "Write today or later, or say in may_reach_back that started assignments are meant."
    return (_finding("/effective_from", "in_the_past", words),)


def place_findings(facts: FacilityFacts) -> tuple[Finding, ...]:
    """Everything wrong with what is said of a facility; empty when it may be kept."""
    found = []
    units = [canonical_specialty(one.unit) for one in facts.units]
    for place, one in enumerate(facts.units):
        if one.work_mode is not None and one.work_mode not in WORK_MODES:
            found.append(_finding(f"/units/{place}/work_mode", "unknown_value", "Write on_site, remote or hybrid."))
        if units.index(units[place]) != place:
            found.append(_finding(f"/units/{place}/unit", "named_twice", "Name each unit once."))
    return tuple(found)
