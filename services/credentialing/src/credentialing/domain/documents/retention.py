"""Until when a document must be kept, and by which rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from credentialing.domain.documents.document import Document
from credentialing.domain.rulebook.document_retention import APPLICATION_RETENTION, DOCUMENT_RETENTION

MOST_DAYS_AHEAD = timedelta(days=30)
"""Work may begin or end meanwhile, so that no look is set further ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """The last day on which a document must be kept, and the rule that keeps it longest."""

    rule: str
    last_day: date

    def is_over(self, today: date) -> bool:
        """Whether nothing keeps the document today."""
        return self.last_day < today


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedOut:
    """What goes, each with what kept it; what stays; and the last day on which something of it must be kept."""

    going: tuple[tuple[Document, Keeping], ...]
    staying: tuple[Document, ...]
    next_last_day: date | None


def keeping(document: Document, by_work: Mapping[str, date]) -> Keeping:
    """`by_work`: the last day for each part, by the assignments that were or may be worked; `date.max` is open."""
    came = document.uploaded_at.date()
    found = Keeping(
        rule=APPLICATION_RETENTION.rule, last_day=_years_later(came, APPLICATION_RETENTION.years_after_upload)
    )
    part = document.partition.value
    last_day = by_work.get(part)
    if last_day is None or last_day <= found.last_day:
        return found
    rule = next(one.rule for one in DOCUMENT_RETENTION if part in one.kinds)
    return Keeping(rule=rule, last_day=last_day)


def sort_out(documents: Iterable[Document], by_work: Mapping[str, date], *, today: date) -> SortedOut:
    """Which of a clinician's documents go today."""
    judged = [(document, keeping(document, by_work)) for document in documents]
    staying = [(document, kept) for document, kept in judged if not kept.is_over(today)]
    return SortedOut(
        going=tuple((document, kept) for document, kept in judged if kept.is_over(today)),
        staying=tuple(document for document, _ in staying),
        next_last_day=min((kept.last_day for _, kept in staying), default=None),
    )


def next_look(document: Document, by_work: Mapping[str, date], *, today: date) -> date:
    """The day on which a document that stays is judged again: after its last day, at most 30 days from now."""
    last_day = keeping(document, by_work).last_day
    furthest = today + MOST_DAYS_AHEAD
    return furthest if last_day >= furthest else last_day + timedelta(days=1)


def _years_later(day: date, years: int) -> date:
    """The same day so many years on; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
