"""A change of many work items as its page shows it: what would be, what is refused and why, and what became of it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from portal.api.pages.asked import address
from portal.api.views import written
from portal.api.views.item_words import moment, owner_name
from portal.app.hold_items import Outcome
from portal.app.queries.bulk import Foreseen, Preview
from portal.domain.change_request import NOBODY, ChangeRequest, Verb
from portal.domain.holding import WAKING_EVENTS
from portal.domain.queue_filter import QueueFilter
from portal.domain.words import kind_words
from shared.errors import Refused
from shared.ids import new_uuid

TITLES = {
    Verb.TAKE: "Take",
    Verb.ASSIGN: "Assign",
    Verb.HAND_OVER: "Hand over",
    Verb.SNOOZE: "Snooze",
    Verb.RELEASE: "Put back",
    Verb.WAKE: "Wake",
}
DONE = {
    Verb.TAKE: "taken",
    Verb.ASSIGN: "assigned",
    Verb.HAND_OVER: "handed over",
    Verb.SNOOZE: "snoozed",
    Verb.RELEASE: "put back",
    Verb.WAKE: "woken",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkRow:
    """What becomes of one item; `tone` good: changed, muted: as before, bad: refused."""

    href: str
    what: str
    who: str
    before: str
    after: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkView:
    """The page before it is done. `chosen` are the ids, as one field of the form; `asked` what was typed already."""

    verb: str
    title: str
    count: int
    summary: str
    chosen: str
    key: str
    query: str
    back: str
    rows: tuple[BulkRow, ...]
    is_ready: bool
    asked: ChangeRequest
    errors: Mapping[str, str]
    people: tuple[tuple[str, str], ...]
    events: tuple[tuple[str, str], ...]
    soonest: str
    needs_person: bool
    needs_note: bool
    needs_day: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """The page after it: how many were done, and each that was not, with the reason."""

    title: str
    summary: str
    tone: str
    back: str
    refused: tuple[tuple[str, str, str], ...]


def verb_in(text: str) -> Verb:
    """The verb of that name; what is none counts as taking, which is shown before it is done."""
    return Verb(text) if text in tuple(Verb) else Verb.TAKE


def chosen(fields: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The ids of the rows that are ticked, or of those that were and are sent on as one field."""
    ticked = (*fields.get("selected", ()), *(one for text in fields.get("items", ()) for one in text.split()))
    return tuple(dict.fromkeys(one[:60] for one in ticked if one))


def bulk_view(
    seen: Preview, asked: ChangeRequest, *, ids: Sequence[str], wanted: QueueFilter, is_first: bool
) -> BulkView:
    """What would be. At first, nothing is wrong yet: fields that are still empty are only asked for."""
    changing = sum(one.after is not None and one.after != one.before for one in seen.foreseen)
    refused = sum(one.refusal is not None for one in seen.foreseen)
    errors = {} if is_first or not seen.fault else {f.pointer.lstrip("/"): f.message for f in seen.fault.findings}
    tomorrow = seen.asking.now.astimezone(ZoneInfo(seen.asking.time_zone)).date() + timedelta(days=1)
    return BulkView(
        verb=asked.verb,
        title=f"{TITLES[asked.verb]} {written.plural(len(seen.foreseen), 'item')}",
        count=changing,
        summary=_summary(changing, refused=refused, total=len(seen.foreseen), missing=seen.missing),
        chosen=" ".join(ids),
        key=str(new_uuid()),
        query=urlencode(wanted.pairs()),
        back=address("/work", **dict(wanted.pairs())),
        rows=tuple(_row(one, seen) for one in seen.foreseen),
        is_ready=seen.fault is None and changing > 0,
        asked=asked,
        errors=errors,
        people=tuple(_people(seen)),
        events=(("", "Only the day"), *((code, f"Or when {words}") for code, words in WAKING_EVENTS.items())),
        soonest=tomorrow.isoformat(),
        needs_person=asked.verb in (Verb.ASSIGN, Verb.HAND_OVER),
        needs_note=asked.verb is Verb.HAND_OVER,
        needs_day=asked.verb is Verb.SNOOZE,
    )


def result_view(outcomes: Sequence[Outcome] | None, verb: Verb, *, wanted: QueueFilter) -> ResultView:
    """What became of it; None: the same form came once more."""
    back = address("/work", **dict(wanted.pairs()))
    if outcomes is None:
        text = "This was sent before and done then; nothing was done twice."
        return ResultView(title="Done already", summary=text, tone="info", back=back, refused=())
    done = sum(one.is_changed for one in outcomes)
    refused = [one for one in outcomes if one.refusal]
    same = len(outcomes) - done - len(refused)
    parts = [f"{written.plural(done, 'item')} {DONE[verb]}."]
    parts += [f"{same} {'was' if same == 1 else 'were'} so already."] if same else []
    parts += [f"{len(refused)} {'was' if len(refused) == 1 else 'were'} refused."] if refused else []
    return ResultView(
        title=f"{written.plural(done, 'item')} {DONE[verb]}",
        summary=" ".join(parts),
        tone="warn" if refused else "good",
        back=back,
        refused=tuple((f"/work/{one.work_item_id}", one.work_item_id, str(one.refusal)) for one in refused),
    )


def _summary(changing: int, *, refused: int, total: int, missing: int) -> str:
    same = total - changing - refused
    counts = Counter({"would change": changing, "would be refused": refused, "stay as they are": same})
    parts = [f"{number} {words}" for words, number in counts.items() if number]
    if missing:
        parts.append(f"{missing} cannot be found any more")
    return ", ".join(parts) + "." if parts else "Nothing was chosen."


def _row(one: Foreseen, seen: Preview) -> BulkRow:
    item, names = one.before, seen.beside.names
    after, tone = _after(one, seen)
    return BulkRow(
        href=f"/work/{item.work_item_id}",
        what=item.title or kind_words(item.kind),
        who=written.clinician(names, item.clinician_id) if item.clinician_id else "",
        before=owner_name(names, item.owner_id) if item.owner_id else "Nobody",
        after=after,
        tone=tone,
    )


def _after(one: Foreseen, seen: Preview) -> tuple[str, str]:
    if one.refusal:
        return _why(one.refusal), "bad"
    if one.after is None:
        return "–", "neutral"
    if one.after == one.before:
        return "Stays as it is", "muted"
    names = {**{person.person_id: person.name for person in seen.colleagues}, **seen.beside.names}
    owner = owner_name(names, one.after.owner_id) if one.after.owner_id else "Nobody"
    if one.after.snoozed_until:
        until = moment(one.after.snoozed_until, zone=seen.asking.time_zone, now=seen.asking.now)
        return f"{owner}, waits until {until}", "good"
    return owner, "good"


def _why(refusal: Refused) -> str:
    return refusal.findings[0].message if refusal.findings else str(refusal)


def _people(seen: Preview) -> Iterator[tuple[str, str]]:
    yield "", "Choose …"
    yield NOBODY, "Nobody (back to the queue)"
    yield from ((one.person_id, one.name) for one in seen.colleagues)
