"""What a rule says of an item it asks for: the values it overrides, and nothing of the others."""

from dataclasses import dataclass
from typing import Any

from credentialing.domain.requirement import BoundTo, Confirmer, Owner, Waivable
from credentialing.domain.rulebook.catalogue.entry import Entry
from credentialing.domain.validity import Mode, MustCover, Season
from shared.contracts.terms import Weekday


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """The values that a rule sets for one item; None leaves a value to other rules, and at last to the catalogue.

    Ages in months, windows and times in days, look-back in years. `window_before_start`, `window_before_decision` and
    `monitor_days` say how old a check may be; `due_weekday_before_start` is the last such day before the start.
    """

    must_cover: MustCover | None = None
    mode: Mode | None = None
    waivable: Waivable | None = None
    confirmed_by: Confirmer | None = None
    owner: Owner | None = None
    bound_to: BoundTo | None = None
    printed_expiry: bool | None = None
    max_age_months: int | None = None
    end_of_month: bool | None = None
    window_before_start: int | None = None
    window_before_decision: int | None = None
    monitor_days: int | None = None
    season: Season | None = None
    break_days: int | None = None
    issuers: tuple[str, ...] | None = None
    panel: tuple[str, ...] | None = None
    lookback_years: int | None = None
    satisfied_by: tuple[str, ...] | None = None
    due_days_before_start: int | None = None
    due_weekday_before_start: Weekday | None = None
    trails_days: int | None = None
    obtain_days: int | None = None
    obtain_days_at_most: int | None = None
    verify_days: int | None = None


BARE = Ask()
"""Asks for the item and sets nothing."""

VALUES = tuple(Ask.__dataclass_fields__)
"""The names of all values, in the order in which they are shown."""


def said(ask: Ask) -> dict[str, Any]:
    """The values that it sets, by name."""
    every = {name: getattr(ask, name) for name in VALUES}
    return {name: value for name, value in every.items() if value is not None}


def usual(entry: Entry) -> Ask:
    """The catalogue's values as a rule's own: what the rule of somebody else can make stricter but not looser."""
    validity = entry.validity
    return Ask(
        must_cover=entry.must_cover,
        waivable=entry.waivable,
        printed_expiry=validity.printed_expiry or None,
        max_age_months=validity.max_age_months,
        end_of_month=validity.end_of_month or None,
        window_before_start=validity.window_days,
        window_before_decision=validity.decision_days,
        monitor_days=validity.monitor_days,
        season=validity.season,
        break_days=validity.break_days,
        panel=entry.panel or None,
        lookback_years=entry.lookback_years,
    )
