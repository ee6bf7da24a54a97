"""The values that a rule sets for an item."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, SerializerFunctionWrapHandler, StringConstraints, model_serializer

from credentialing.domain.requirement import BoundTo, Confirmer, Owner, Waivable
from credentialing.domain.rulebook.ask import Ask, said
from credentialing.domain.validity import Mode, MustCover, Season
from shared.contracts.terms import Weekday
from shared.http.bodies import RequestBody, ResponseBody

Days = Annotated[int, Field(ge=0, le=10_000)]
DayOfYear = Annotated[str, StringConstraints(pattern=r"^\d\d-\d\d$")]
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Words = Annotated[tuple[Word, ...], Field(max_length=60)]
Analytes = Annotated[
    tuple[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{1,39}$")], ...], Field(max_length=60)
]
Binding = Literal["clinician", "state", "unit", "assignment"]


class SeasonIn(RequestBody):
    """A part of every year, by month and day, both inclusive; it may cross the end of the year."""

    first: DayOfYear
    last: DayOfYear

    def season(self) -> Season:
        """The season, as the rules read it."""
        return Season(first=_day(self.first), last=_day(self.last))


class AskIn(RequestBody):
    """What this rule sets for the item. What is left out is left to other rules, and at last to the catalogue."""

    must_cover: MustCover | None = None
    mode: Mode | None = None
    waivable: Waivable | None = None
    confirmed_by: Confirmer | None = None
    owner: Owner | None = None
    bound_to: Binding | None = None
    printed_expiry: bool | None = None
    max_age_months: Days | None = None
    end_of_month: bool | None = None
    window_before_start: Days | None = None
    window_before_decision: Days | None = None
    monitor_days: Days | None = None
    season: SeasonIn | None = None
    break_days: Days | None = None
    issuers: Words | None = None
    panel: Analytes | None = None
    lookback_years: Days | None = None
    satisfied_by: Words | None = None
    due_days_before_start: Days | None = None
    due_weekday_before_start: Weekday | None = None
    trails_days: Days | None = None
    obtain_days: Days | None = None
    obtain_days_at_most: Days | None = None
    verify_days: Days | None = None

    def ask(self) -> Ask:
        """The values, as the rules read them; what is said of a list holds whatever its order."""
        plain = {name: getattr(self, name) for name in type(self).model_fields}
        plain["bound_to"] = None if self.bound_to is None else BoundTo[self.bound_to.upper()]
        plain["season"] = None if self.season is None else self.season.season()
        for name in ("issuers", "panel", "satisfied_by"):
            plain[name] = None if plain[name] is None else tuple(sorted(set(plain[name])))
        return Ask(**plain)


class SeasonOut(ResponseBody):
    """A part of every year, by month and day, both inclusive."""

    first: str
    last: str


class AskOut(ResponseBody):
    """The values that a rule sets for an item; those it leaves to others are not there."""

    must_cover: MustCover | None = None
    mode: Mode | None = None
    waivable: Waivable | None = None
    confirmed_by: Confirmer | None = None
    owner: Owner | None = None
    bound_to: Binding | None = None
    printed_expiry: bool | None = None
    max_age_months: int | None = None
    end_of_month: bool | None = None
    window_before_start: int | None = None
    window_before_decision: int | None = None
    monitor_days: int | None = None
    season: SeasonOut | None = None
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

    @classmethod
    def of(cls, ask: Ask) -> Self:
        """The values as they are shown."""
        values = said(ask)
        if ask.bound_to is not None:
            values["bound_to"] = ask.bound_to.name.lower()
        if ask.season is not None:
            values["season"] = season_shown(ask.season)
        return cls(**values)

    @model_serializer(mode="wrap")
    def _only_what_is_set(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in handler(self).items() if value is not None}


def season_shown(season: Season) -> SeasonOut:
    """The days of a season as MM-DD."""
    return SeasonOut(first=_written(season.first), last=_written(season.last))


def _day(text: str) -> tuple[int, int]:
    month, _, day = text.partition("-")
    return int(month), int(day)


def _written(day: tuple[int, int]) -> str:
    return f"{day[0]:02}-{day[1]:02}"
