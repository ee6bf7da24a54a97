"""How a rule gets its next version, and how it ends."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from credentialing.domain.rulebook.rule import Rule, same_content


def next_version(known: Sequence[Rule], wanted: Rule) -> Rule | None:
    """The wanted rule as the version after those known; None when the newest says the same already.

    It replaces them from its own first day on: what was to begin later than that never does.
    """
    newest = known[-1] if known else None
    if newest is not None and same_content(newest, wanted):
        return None
    return replace(wanted, version=newest.version + 1 if newest else 1)


def ended(known: Sequence[Rule], *, last_day: date) -> Rule | None:
    """The version that ends the rule on `last_day`; None when it has ended by then anyway.

    It says what held on that day; a rule that has not begun by then never begins. There is at least one version.
    """
    begun = [rule for rule in known if rule.effective_from <= last_day]
    if not begun:
        earliest = min(known, key=lambda rule: rule.effective_from)
        return replace(earliest, effective_to=last_day, version=known[-1].version + 1)
    held = begun[-1]
    last = last_day if held.effective_to is None else min(last_day, held.effective_to)
    if held is known[-1] and held.effective_to == last:
        return None
    return replace(held, effective_to=last, version=known[-1].version + 1)
