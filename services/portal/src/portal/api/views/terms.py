"""The versions of the terms side by side, and which of them are signed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from portal.api.views import written
from portal.api.views.event_words import who
from portal.app.queries.assignment_page import History
from portal.clients.services import Answer, Outcome
from portal.domain.words import CHANGES, kind_words
from portal.storage.terms import Version
from shared.contracts.terms import Terms
from shared.roles import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One version: when it holds from, why it came, by whom."""

    version: int
    effective: str
    why: str
    by: str
    at: datetime
    is_present: bool
    is_signed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A field in one version; `is_new` where it differs from the version before."""

    text: str
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One field in every version."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A filed agreement: the terms it states, its document's hash, who signed and when."""

    terms_version: str
    document: str
    signers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsView:
    """The table, newest version first, and what assignments says of agreements (`trouble`: it does not answer)."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    agreements: tuple[Signed, ...]
    unsigned: tuple[str, ...]
    trouble: str | None
    signed_version: int | None
    present_version: int | None


Shown = Callable[[Terms, Mapping[str, str]], str]

_FIELDS: Final[tuple[tuple[str, Field | None, Shown], ...]] = (
    ("Facility", None, lambda terms, names: written.place(names, terms.facility_id)),
    ("Unit", None, lambda terms, _: terms.unit),
    ("Discipline", None, lambda terms, _: f"{written.discipline(terms.discipline)} {terms.specialty}"),
    ("Start", None, lambda terms, _: terms.start_date.strftime("%a %-d %b %Y")),
    ("End", None, lambda terms, _: terms.end_date.strftime("%a %-d %b %Y")),
    ("Shifts a week", None, lambda terms, _: str(terms.shift_pattern.shifts_per_week)),
    ("Shift", None, lambda terms, _: _shift(terms)),
    ("Days", None, lambda terms, _: ", ".join(day.value.capitalize() for day in terms.shift_pattern.weekdays) or "any"),
    ("Guaranteed hours a week", None, lambda terms, _: f"{terms.guaranteed_hours_per_week.normalize():f}"),
    ("Housing", None, lambda terms, _: kind_words(terms.housing_mode.value)),
    ("Pay an hour", Field.MONEY, lambda terms, _: _rates(terms.pay_package.hourly_rates)),
    ("Lodging a week", Field.MONEY, lambda terms, _: f"${terms.pay_package.lodging_per_week:,}"),
    ("Meals a week", Field.MONEY, lambda terms, _: f"${terms.pay_package.meals_per_week:,}"),
    ("Tax home declared", Field.MONEY, lambda terms, _: "yes" if terms.pay_package.tax_home_declared else "no"),
    ("Bonuses", Field.MONEY, lambda terms, _: _bonuses(terms)),
    ("Reimbursements", Field.MONEY, lambda terms, _: _repaid(terms)),
    ("Billed an hour", Field.COMMERCIAL, lambda terms, _: _rates(terms.bill_rates)),
)


def terms_view(found: History, agreements: Outcome, *, trouble: str | None) -> TermsView:
    """The versions as far as the reader is shown them; `agreements` is what assignments answered."""
    newest_first = list(reversed(found.versions))
    at = found.head.assignment
    body = agreements.body if isinstance(agreements, Answer) and isinstance(agreements.body, dict) else {}
    return TermsView(
        columns=tuple(_column(one, found) for one in newest_first),
        rows=tuple(_rows(found.versions, found.names, found.head.fields)),
        agreements=tuple(_signed(one) for one in body.get("agreements", ())),
        unsigned=tuple(_unsigned(one) for one in body.get("unsigned", ())),
        trouble=trouble,
        signed_version=at.signed_version,
        present_version=at.terms_version,
    )


def _column(one: Version, found: History) -> Column:
    at = found.head.assignment
    return Column(
        version=one.terms_version,
        effective=written.day(one.effective_on, today=found.head.today),
        why=CHANGES.get(one.why or "", "The accepted offer"),
        by=who(one.actor, found.names),
        at=one.at,
        is_present=one.terms_version == at.terms_version,
        is_signed=one.terms_version <= (at.signed_version or 0),
    )


def _rows(versions: Sequence[Version], names: Mapping[str, str], fields: frozenset[Field]) -> list[Row]:
    rows = []
    for label, field, shown in _FIELDS:
        if field is None or field in fields:
            texts = [shown(one.body, names) for one in versions]
            cells = [Cell(text=text, is_new=place > 0 and text != texts[place - 1]) for place, text in enumerate(texts)]
            rows.append(Row(label=label, cells=tuple(reversed(cells))))
    return rows


def _signed(one: Mapping[str, Any]) -> Signed:
    signers = tuple(
        f"{kind_words(str(by.get('role')))}, {str(by.get('signed_at'))[:10]}" for by in one.get("signers", ())
    )
    document = str(one.get("document_sha256", ""))
    return Signed(terms_version=str(one.get("terms_version")), document=f"{document[:12]}…", signers=signers)


def _unsigned(one: Mapping[str, Any]) -> str:
    number = str(one.get("pointer", "")).rpartition("/")[2]
    version = f"Terms {int(number) + 1}: " if number.isascii() and number.isdigit() else ""
    return f"{version}{one.get('message', '')}"


def _shift(terms: Terms) -> str:
    shift = terms.shift_pattern
    return f"{shift.starts_at:%H:%M} – {shift.ends_at:%H:%M}, {shift.unpaid_meal_minutes} min meal"


def _rates(rates: Mapping[str, Any]) -> str:
    return ", ".join(f"{code} ${rate:,}" for code, rate in sorted(rates.items())) or "–"


def _bonuses(terms: Terms) -> str:
    return ", ".join(f"{kind_words(one.kind.value)} ${one.amount:,}" for one in terms.pay_package.bonuses) or "–"


def _repaid(terms: Terms) -> str:
    return ", ".join(f"{one.kind} up to ${one.limit:,}" for one in terms.pay_package.reimbursements) or "–"
