"""Answers the vectors of exclusion lists: rows read, people compared with rows, dates of SAM, monthly monitoring."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from credentialing.domain.screening import leie
from credentialing.domain.screening.dates import ImpossibleDate, day_of
from credentialing.domain.screening.entry import Entry, EntryKind
from credentialing.domain.screening.errors import HeaderChanged
from credentialing.domain.screening.lists import GRACE_DAYS
from credentialing.domain.screening.matching import Person, compare, listed, sought
from credentialing.domain.screening.monitoring import Monitored, monitored
from credentialing.domain.screening.names import NameKind, PersonName, readings, split_name
from credentialing.domain.screening.rows import split
from credentialing.domain.screening.sam import action_days

Json = Mapping[str, Any]
TODAY = date(2026, 11, 21)
"""The day on which the file of vectors was compiled, for cases that name none."""


def answer_leie_parse(case: Json) -> Json:
    """What one row of the LEIE says: a business by its name and dates, a person whose name may be cut by that."""
    asked = case["input"]
    try:
        leie.require_header(split(asked["header"]) or ())
    except HeaderChanged as refused:
        return {"error": refused.code, **{name: str(value) for name, value in refused.facts.items()}}
    read = leie.read_row(split(asked["row"]) or (), line=2)
    if read.entry is None:
        return {"error": read.findings[0].code}
    return _entry_out(read.entry)


def answer_exclusion_match(case: Json) -> Json:
    """Whether a row is about a person."""
    asked = case["input"]
    row = {name: str(value or "") for name, value in asked["entry"].items()}
    fields = [row.get(name, row.get("WAIVERSTATE", "") if name == "WVRSTATE" else "") for name in leie.HEADER]
    read = leie.read_row(fields, line=2)
    if read.entry is None:
        return {"outcome": "clear", "reasons": ["name_different"]}
    on = date.fromisoformat(str(asked.get("screen_date") or TODAY)[:10])
    found = compare(sought(_person(asked)), listed(read.entry), on=on)
    return {"outcome": found.verdict.value, "reasons": list(found.reasons)}


def answer_monitoring(case: Json) -> Json:
    """Whether somebody was screened against the newest monthly release in time."""
    asked = case["input"]
    posted_on = date.fromisoformat(asked["release_posted"])
    last = str(asked.get("last_screened_release") or "")
    found = monitored(
        posted_on=posted_on,
        is_screened=last[:7] >= f"{posted_on:%Y-%m}",
        is_active=bool(asked.get("active_assignment", True)),
        today=date.fromisoformat(asked["today"]),
        grace_days=int(asked.get("grace_days", GRACE_DAYS)),
    )
    if found.status is Monitored.OVERDUE:
        return {"status": found.status.value, "days_overdue": found.days_overdue}
    return {"status": found.status.value}


def answer_sam(case: Json) -> Json:
    """From when to when a SAM record excludes, by the API or by the extract; both say the same."""
    asked = case["input"]
    if asked.get("api_action"):
        active, ends = action_days(asked["api_action"])
    else:
        active, ends = _day(asked["extract"].get("Active Date")), _day(asked["extract"].get("Termination Date"))
    return {"active": _text(active), "ends": _text(ends)}


def _entry_out(entry: Entry) -> Json:
    if entry.kind is EntryKind.INDIVIDUAL and (entry.last_may_be_truncated or entry.first_may_be_truncated):
        return {
            "kind": entry.kind.value,
            "last_name_may_be_truncated": entry.last_may_be_truncated,
            "first_name_may_be_truncated": entry.first_may_be_truncated,
            "dob": _text(entry.birth_date),
        }
    name = entry.business if entry.kind is EntryKind.ENTITY else f"{entry.last}, {entry.first} {entry.middle}".strip()
    return {
        "kind": entry.kind.value,
        "name": name,
        "npi": entry.npi,
        "dob": _text(entry.birth_date),
        "excl_type": entry.exclusion_type,
        "excl_date": _text(entry.excluded_on),
        "reinstated": _text(entry.reinstated_on),
        "waiver_date": _text(entry.waived_on),
    }


def _person(asked: Json) -> Person:
    given = asked["person"]
    first, last, middle = (str(given.get(name) or "") for name in ("first", "last", "middle"))
    now = PersonName(first=first, last=f"{last} {given.get('suffix') or ''}".strip(), middle=middle)
    former = [
        PersonName(first=first, last=name, middle=middle, kind=NameKind.FORMER)
        for field in ("former_last", "former_last_names", "maiden_name", "maiden")
        for name in _texts(given.get(field))
    ]
    old_first = [
        PersonName(first=name, last=last, middle=middle, kind=NameKind.FORMER)
        for name in _texts(given.get("former_first"))
    ]
    whole = [_named(name, NameKind.FORMER, now) for name in _many(given.get("former_names"))]
    aliases = [_named(name, NameKind.ALIAS, now) for name in _many(given.get("aliases") or given.get("alias"))]
    work_state = given.get("work_state") or asked.get("work_state")
    return Person(
        names=(*readings(now), *former, *old_first, *whole, *aliases),
        birth_date=_day(given.get("dob")),
        npi=None if given.get("npi") is None else str(given["npi"]),
        work_states=frozenset({work_state} if work_state else ()),
    )


def _named(given: Any, kind: NameKind, now: PersonName) -> PersonName:
    if isinstance(given, Mapping):
        first, last = str(given.get("first") or now.first), str(given.get("last") or now.last)
        return PersonName(first=first, last=last, middle=str(given.get("middle") or ""), kind=kind)
    name = split_name(str(given))
    first = name.first or now.first
    return PersonName(first=first, last=name.last, middle=name.middle, kind=kind)


def _texts(value: Any) -> Iterable[str]:
    return tuple(map(str, _many(value)))


def _many(value: Any) -> Iterable[Any]:
    """A list, or the one thing that stands for it."""
    if not value:
        return ()
    return (value,) if isinstance(value, str | Mapping) else tuple(value)


def _day(text: Any) -> date | None:
    try:
        return day_of(None if text is None else str(text))
    except ImpossibleDate:
        return None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
