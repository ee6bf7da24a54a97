"""Whom we asked about a clinician, as the pages of an assignment's file show it: the list, and one with its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import quote

from portal.api.views.credential_file import day_of
from portal.api.views.credential_words import status_of
from portal.domain.words import kind_words

Body = Mapping[str, Any]
Fields = Mapping[str, str]

KINDS: Final = {
    "supervisor": ("Supervisor", ("REF-2",)),
    "peer": ("Peer", ("MD-PEER",)),
    "employer": ("Employer", ("BG-EMP",)),
    "school": ("School", ("BG-EDU", "MD-EDU", "MD-TRAIN")),
}
"""What each is called, and the items it tells about."""
_TWO_NEEDED: Final = frozenset({"REF-2", "MD-PEER"})
_STATES: Final = {
    "asked": ("info", "Asked"),
    "answered": ("good", "Answered"),
    "declined": ("muted", "Declined"),
    "expired": ("bad", "Expired"),
    "withdrawn": ("muted", "Taken back"),
}
_OPEN: Final = frozenset({"asked", "reminded"})
_LABELS: Final = {
    "rehire": "Would take this clinician again",
    "recommend": "Recommends this clinician",
    "concerns": "Knows of a risk to patients",
    "eligible": "May be employed there again",
    "from": "First day",
    "through": "Last day",
    "because": "Why not",
    "remarks": "Anything else",
    "judgement": "Judgement under pressure",
    "reliability": "Attendance and punctuality",
    "teamwork": "Work with others",
}
_LOW_GRADES: Final = frozenset({"1", "2"})
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """One request of the list: whom, as what, about which item, how far, and what comes next."""

    id: str
    href: str
    who: str
    kind: str
    code: str
    item: str
    state: tuple[str, str]
    verdict: tuple[str, str] | None
    asked_on: date
    next: tuple[str, date] | None
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """An item that people outside tell about: how far it is, and how many answers count of those it takes."""

    code: str
    href: str
    name: str
    status: tuple[str, str, str]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferencesView:
    """The list, what the answers come to, and what may be asked for."""

    lines: tuple[RequestLine, ...]
    tallies: tuple[Tally, ...]
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer in words; `is_against`: it speaks against the clinician."""

    label: str
    text: str
    is_against: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """One request with whom we asked and what they answered; `answers` is None where it is not there or not shown."""

    line: RequestLine
    title: str
    facts: tuple[tuple[str, str], ...]
    reminded: tuple[date, ...]
    answers: tuple[Said, ...] | None
    waits_for_judgement: bool
    judged: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A link that was just made, with a mail ready to be written; without `link` it was made and shown before."""

    link: str
    mail: str
    who: str


def references_view(
    requests: Sequence[Body], file: Body | None, *, people: Mapping[str, str], href: str
) -> ReferencesView:
    """The requests about a clinician, the newest first. `people` are the names of those asked, by request."""
    items = {str(one["code"]): one for one in (file or {}).get("items", ()) if one.get("code")}
    lines = tuple(request_line(one, items, who=people.get(str(one["request_id"])), href=href) for one in requests)
    return ReferencesView(
        lines=lines[::-1],
        tallies=tuple(_tally(code, items[code], requests, href) for code in _codes() if code in items),
        choices=_choices(items),
    )


def request_line(one: Body, items: Mapping[str, Body], *, who: str | None, href: str) -> RequestLine:
    """One line; `who` is the name of the person, where it may be told here."""
    kind, code, state = str(one["kind"]), str(one["code"]), str(one["state"])
    called = KINDS.get(kind, (kind_words(kind), ()))[0]
    return RequestLine(
        id=str(one["request_id"]),
        href=f"{href}/references/{one['request_id']}",
        who=who or called,
        kind=called,
        code=code,
        item=str(items[code]["name"]) if code in items else code,
        state=_reminded(one) if state == "reminded" else _STATES.get(state, ("neutral", kind_words(state))),
        verdict=_verdict(one),
        asked_on=_day(one["asked_on"]),
        next=_next(one),
        is_open=state in _OPEN,
    )


def request_view(one: Body, file: Body | None, *, names: Mapping[str, str], href: str) -> RequestView:
    """One request. `names` are those of our people by id."""
    items = {str(item["code"]): item for item in (file or {}).get("items", ()) if item.get("code")}
    line = request_line(one, items, who=one.get("name"), href=href)
    facts = (
        ("Asked as", line.kind),
        ("About", f"{line.item} ({line.code})" if line.item != line.code else line.code),
        ("E-mail", str(one.get("email") or "")),
        ("What we said of the time there", str(one.get("claimed") or "")),
        ("Asked by", names.get(str(one["asked_by"]), str(one["asked_by"]))),
    )
    judge = names.get(str(one["judged_by"]), str(one["judged_by"])) if one.get("judged_by") else ""
    return RequestView(
        line=line,
        title=line.who,
        facts=tuple(pair for pair in facts if pair[1]),
        reminded=tuple(_day(on) for on in one["reminded_on"]),
        answers=_answers(one.get("answers")),
        waits_for_judgement=bool(one["waits_for_judgement"]),
        judged=f"{judge}: {one['judged_because']}" if judge else "",
    )


def made_view(one: Body, person: Fields, *, address: str, agency: str, clinician: str) -> Made:
    """The link of a request at this address, and the mail that carries it. `person` is whom we asked."""
    who, secret = person.get("name", ""), one.get("secret")
    if not secret:
        return Made(link="", mail="", who=who)
    link, through = f"{address}#{secret}", _day(one["expires_on"]) - _DAY
    text = (
        f"Dear {who},\n\n{agency} is about to place {clinician} with a hospital or clinic and would like to ask you"
        f" a few questions. It takes about five minutes and needs no account:\n\n{link}\n\n"
        f"The link is good through {through:%A}, {through.day} {through:%B %Y}.\n\nThank you,\n{agency}\n"
    )
    subject = f"A few questions about {clinician}"
    mail = f"mailto:{quote(person.get('email', ''), safe='@')}?subject={quote(subject)}&body={quote(text)}"
    return Made(link=link, mail=mail, who=who)


def asked_for(about: str) -> tuple[str, str]:
    """Kind and code of a choice of the form; empty where it is none."""
    kind, _, code = about.partition(":")
    return (kind, code) if kind in KINDS and code in KINDS[kind][1] else ("", "")


def _codes() -> tuple[str, ...]:
    return tuple(code for _, codes in KINDS.values() for code in codes)


def _choices(items: Mapping[str, Body]) -> tuple[tuple[str, str], ...]:
    """What may be asked for: about items of the file, or about any where it names none of them."""
    every = [(kind, called, code) for kind, (called, codes) in KINDS.items() for code in codes]
    wanted = [one for one in every if one[2] in items] or every
    return tuple((f"{kind}:{code}", f"{called}: {_named(items, code)}") for kind, called, code in wanted)


def _named(items: Mapping[str, Body], code: str) -> str:
    return f"{items[code]['name']} ({code})" if code in items else code


def _tally(code: str, item: Body, requests: Sequence[Body], href: str) -> Tally:
    counted = sum(one["code"] == code and one["counts"] is True for one in requests)
    needed = 2 if code in _TWO_NEEDED else 1
    words = f"{counted} answer{'' if counted == 1 else 's'} count{'s' if counted == 1 else ''}, {needed} needed"
    return Tally(
        code=code,
        href=f"{href}/file/{code}",
        name=str(item["name"]),
        status=status_of(item["status"]),
        words=words,
    )


def _reminded(one: Body) -> tuple[str, str]:
    """No mail leaves by itself: whoever looks at it writes, with a fresh link."""
    return ("warn", f"Reminder {len(one['reminded_on'])} due")


def _verdict(one: Body) -> tuple[str, str] | None:
    if one["waits_for_judgement"]:
        return ("warn", "To be judged")
    if one["counts"] is None:
        return None
    return ("good", "Counts") if one["counts"] else ("bad", "Does not count")


def _next(one: Body) -> tuple[str, date] | None:
    due = day_of(one.get("due_on"))
    if due is None:
        ended = day_of(one.get("ended_on"))
        return ("Over since", ended) if ended else None
    return ("Expires" if due == _day(one["expires_on"]) else "Next reminder", due)


def _answers(answers: Fields | None) -> tuple[Said, ...] | None:
    if answers is None:
        return None
    return tuple(
        Said(label=_LABELS.get(name, kind_words(name)), text=_text(value), is_against=_is_against(name, value))
        for name, value in answers.items()
    )


def _text(value: str) -> str:
    return {"yes": "Yes", "no": "No"}.get(value, value)


def _is_against(name: str, value: str) -> bool:
    return value in _LOW_GRADES or value == ("yes" if name == "concerns" else "no")


def _day(text: object) -> date:
    return date.fromisoformat(str(text))
