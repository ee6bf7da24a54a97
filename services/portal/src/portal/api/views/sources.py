"""What waits at each source, and how old the lists of the excluded are, as their page shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from portal.api.views import written
from portal.api.views.actions import do_href
from portal.api.views.credential_file import full_day
from portal.api.views.exclusions import LISTS
from portal.app.queries.sources import AtSources, Unanswered
from portal.domain.words import kind_words

Body = Mapping[str, Any]

PATH: Final = "/credentialing/sources"
SOURCES: Final = {
    "nppes": ("NPI registry", "NPPES, asked for ID-NPI when a file opens"),
    "licence_source": ("Licence register", "Boards of nursing and others, asked when a licence comes in"),
    "background_vendor": ("Background vendor", "Searches and drug screens, ordered by people"),
}
MOST_DAYS: Final = 35
"""Lists come out every month; one that is older waits for its next release."""
STILL_WANTED: Final = frozenset({"waiting", "pending", "failed_request", "manual"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One source: how it stands in one word, and what lies there."""

    id: str
    name: str
    under: str
    state: tuple[str, str]
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
    work_href: str
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


def sources_view(
    sources: Sequence[Body], lists: Sequence[Body], asked: Mapping[str, tuple[str, Sequence[Body]]], found: AtSources
) -> SourcesView:
    """The page; `asked` has the file and its questions by assignment, where they could be read."""
    lines = tuple(_source(one) for one in sources)
    waiting = [each for one in found.waiting for each in _waiting(one, asked.get(one.assignment_id), found.names)]
    return SourcesView(
        sources=lines,
        waiting=tuple(waiting),
        lists=tuple(_list(one, found.today) for one in lists),
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
        waiting=one["waiting"],
        due=one["due"],
        pending=one["pending"],
        by_hand=one["set_aside"],
        failed=one["failed"],
    )


def _state(one: Body) -> tuple[str, str]:
    if not one["is_set_up"]:
        return ("muted", "Not set up: people check by hand")
    if one["due"]:
        return ("warn", f"Late with {written.plural(one['due'], 'question')}")
    if one["failed"]:
        return ("warn", f"{written.plural(one['failed'], 'question')} to correct")
    return ("good", "Answers") if not one["waiting"] else ("info", "To be asked")


def _waiting(
    one: Unanswered, asked: tuple[str, Sequence[Body]] | None, names: Mapping[str, str]
) -> tuple[Waiting, ...]:
    file_id, questions = asked or ("", ())
    open_ones = [each for each in questions if each["state"] in STILL_WANTED and each["needs_people"]]
    return tuple(_question(one, each, file_id=file_id, names=names) for each in open_ones)


def _question(one: Unanswered, each: Body, *, file_id: str, names: Mapping[str, str]) -> Waiting:
    item = f"/assignments/{one.assignment_id}/file/{each['code']}"
    again = do_href(one.assignment_id, "credentialing", path=f"/v1/files/{file_id}/items/{each['code']}:ask", back=PATH)
    tries = int(each["attempts"])
    return Waiting(
        id=str(each["inquiry_id"]),
        what=" · ".join(part for part in (str(each["code"]), str(each["subject"] or "")) if part),
        who=written.clinician(names, one.clinician_id),
        source=source_name(each["asked_of"]),
        since=datetime.fromisoformat(str(each["opened_at"])),
        trouble=str(each["last_trouble"] or "No trouble was told."),
        tries=f"{written.plural(tries, 'try', many='tries')} in vain" if tries else "",
        item_href=item,
        work_href=f"/work/{one.work_item_id}",
        again_href=again,
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
