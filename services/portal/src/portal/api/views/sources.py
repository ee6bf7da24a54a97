"""What waits at each source, and how old the lists of the excluded are, as their page shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from portal.api.views import written
from portal.api.views.actions import do_href
from portal.api.views.credential_file import full_day, item_href
from portal.api.views.exclusions import LISTS
from portal.app.queries.sources import WhoWaits
from portal.domain.words import kind_words

Body = Mapping[str, Any]

PATH: Final = "/credentialing/sources"
SOURCES: Final = {
    "nppes": ("NPI registry", "NPPES, asked for ID-NPI when a file opens"),
    "sam": ("SAM.gov", "Exclusions, asked for EXC-SAM while no extract of it is loaded; ten questions a day"),
    "licence_source": ("Licence register", "Boards of nursing and others, asked when a licence comes in"),
    "background_vendor": ("Background vendor", "Searches and drug screens, ordered by people"),
}
MOST_DAYS: Final = 35
"""Lists come out every month; one that is older waits for its next release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A source that does not answer: since when, what it said last, how often in vain, and when it is asked next."""

    since: datetime
    said: str
    questions: str
    next_try: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One source: how it stands in one word, and what lies there."""

    id: str
    name: str
    under: str
    state: tuple[str, str]
    trouble: Trouble | None
    waiting: int
    due: int
    pending: int
    by_hand: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One question that a source does not answer: since when, what was wrong last, and the ways on."""

    id: str
    what: str
    who: str
    source: str
    since: datetime
    trouble: str
    tries: str
    item_href: str
    work_href: str | None
    again_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """One list of the excluded: its release in use, how old that is, and who was screened against it."""

    id: str
    name: str
    release: str
    age: str
    due: str
    screened: str
    tone: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesView:
    """The page."""

    sources: tuple[SourceLine, ...]
    waiting: tuple[Waiting, ...]
    lists: tuple[ListLine, ...]
    is_quiet: bool


def sources_view(sources: Body, lists: Sequence[Body], who: WhoWaits) -> SourcesView:
    """The page; `sources` is all that credentialing says of them."""
    lines = tuple(_source(one) for one in sources["items"])
    return SourcesView(
        sources=lines,
        waiting=tuple(_question(one, who.names) for one in sources["unanswered"]),
        lists=tuple(_list(one, who.today) for one in lists),
        is_quiet=not any(one.waiting or one.pending or one.by_hand or one.failed for one in lines),
    )


def source_name(source: object) -> str:
    """What people call a source."""
    return SOURCES.get(str(source), (kind_words(str(source)), ""))[0]


def _source(one: Body) -> SourceLine:
    name, under = SOURCES.get(str(one["source"]), (kind_words(str(one["source"])), ""))
    return SourceLine(
        id=str(one["source"]),
        name=name,
        under=under,
        state=_state(one),
        trouble=_trouble(one["trouble"]) if one["is_set_up"] and one["trouble"] else None,
        waiting=one["waiting"],
        due=one["due"],
        pending=one["pending"],
        by_hand=one["set_aside"],
        failed=one["failed"],
    )


def _state(one: Body) -> tuple[str, str]:
    if not one["is_set_up"]:
        return ("muted", "Not set up: people check by hand")
    if one["trouble"]:
        return ("bad", "Does not answer")
    if one["due"]:
        return ("warn", f"Late with {written.plural(one['due'], 'question')}")
    if one["failed"]:
        return ("warn", f"{written.plural(one['failed'], 'question')} to correct")
    return ("good", "Answers") if not one["waiting"] else ("info", "To be asked")


def _trouble(one: Body) -> Trouble:
    return Trouble(
        since=datetime.fromisoformat(str(one["since"])),
        said=str(one["said"] or "No trouble was told."),
        questions=f"{written.plural(int(one['questions']), 'question')} asked in vain",
        next_try=datetime.fromisoformat(str(one["next_try_at"])),
    )


def _question(one: Body, names: Mapping[str, str]) -> Waiting:
    assignment_id, code, tries = str(one["assignment_id"]), str(one["code"]), int(one["attempts"])
    path = f"/v1/files/{one['file_id']}/items/{code}:ask"
    return Waiting(
        id=str(one["inquiry_id"]),
        what=" · ".join(part for part in (code, str(one["subject"] or "")) if part),
        who=written.clinician(names, str(one["clinician_id"])),
        source=source_name(one["asked_of"]),
        since=datetime.fromisoformat(str(one["opened_at"])),
        trouble=str(one["last_trouble"] or "No trouble was told."),
        tries=f"{written.plural(tries, 'try', many='tries')} in vain" if tries else "",
        item_href=item_href(assignment_id, code),
        work_href=f"/work/{one['work_item_id']}" if one["work_item_id"] else None,
        again_href=do_href(assignment_id, "credentialing", path=path, back=PATH),
    )


def _list(one: Body, today: date) -> ListLine:
    release, overdue = one["release"], int(one["overdue"])
    days = (today - date.fromisoformat(release["posted_on"])).days
    is_late = days > MOST_DAYS
    return ListLine(
        id=str(one["list_name"]),
        name=LISTS.get(str(one["list_name"]), str(one["title"])),
        release=str(release["period"]),
        age="posted today" if days == 0 else f"posted {written.plural(days, 'day')} ago",
        due=full_day(one["due_on"]),
        screened=f"{one['screened']:,} of {one['active']:,}" + (f", {overdue:,} overdue" if overdue else ""),
        tone="bad" if overdue else "warn" if is_late else "good",
        state="People to screen" if overdue else "Older than a month" if is_late else "Up to date",
    )
