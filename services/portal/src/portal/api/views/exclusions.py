"""Exclusion cases as their pages show them, from what credentialing answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from portal.api.views import written
from portal.api.views.actions import do_href
from portal.api.views.credential_file import Command, full_day
from portal.domain.words import kind_words

Body = Mapping[str, Any]

LISTS: Final = {"leie": "OIG LEIE", "sam": "SAM.gov"}
VERDICTS: Final = {"block": ("bad", "Blocks"), "review": ("warn", "To be reviewed"), "clear": ("good", "Clear")}
STATES: Final = {
    "open": ("warn", "Open"),
    "awaits_approval": ("info", "Waits for a second person"),
    "released": ("good", "Not the person"),
    "confirmed": ("bad", "Is the person"),
    "withdrawn": ("muted", "No longer needed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One case of the list."""

    id: str
    href: str
    who: str
    where: str
    list_name: str
    verdict: tuple[str, str]
    state: tuple[str, str]
    why: str
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListState:
    """How far a list is: what stands in a box of its own."""

    name: str
    release: str
    note: str
    tone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesView:
    """The page of cases."""

    lists: tuple[ListState, ...]
    lines: tuple[CaseLine, ...]
    next_href: str | None
    choices: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """One case: the person beside the row, what fits, what people found, and what may be done."""

    line: CaseLine
    compared: tuple[tuple[str, str], ...]
    row: tuple[tuple[str, str], ...]
    found: tuple[tuple[str, str], ...]
    assignment_href: str
    commands: tuple[Command, ...]


def cases_view(body: Body, lists: Sequence[Body], *, names: Mapping[str, str], is_open: bool) -> CasesView:
    """The open cases, or all of them."""
    cursor = body.get("next_cursor")
    base = "/credentialing/exclusions"
    query = "" if is_open else "?all=yes"
    following = f"{base}{query or '?'}{'&' if query else ''}cursor={cursor}" if cursor else None
    return CasesView(
        lists=tuple(_list_state(one) for one in lists),
        lines=tuple(case_line(one, names) for one in body["items"]),
        next_href=following,
        choices=(("Open", base, is_open), ("All", f"{base}?all=yes", not is_open)),
    )


def case_line(one: Body, names: Mapping[str, str]) -> CaseLine:
    """A case in words."""
    return CaseLine(
        id=str(one["case_id"]),
        href=f"/credentialing/exclusions/{one['case_id']}",
        who=written.clinician(names, one["clinician_id"]),
        where=written.place(names, one["facility_id"]),
        list_name=LISTS.get(str(one["list_name"]), str(one["list_name"]).upper()),
        verdict=VERDICTS.get(str(one["verdict"]), ("neutral", kind_words(str(one["verdict"])))),
        state=STATES.get(str(one["state"]), ("neutral", kind_words(str(one["state"])))),
        why=", ".join(kind_words(str(reason)).lower() for reason in one["reasons"]),
        opened_at=datetime.fromisoformat(str(one["opened_at"])),
    )


def case_view(one: Body, *, names: Mapping[str, str]) -> CaseView:
    """The page of one case. What may be done follows from its state; whether this person may is credentialing's."""
    path = f"/v1/exclusion-cases/{one['case_id']}"
    verbs = {
        "open": (("decide", "Say what the source showed"),),
        "awaits_approval": (("approve", "Agree as second person"),),
    }
    commands = verbs.get(str(one["state"]), ())
    back = f"/credentialing/exclusions/{one['case_id']}"
    return CaseView(
        line=case_line(one, names),
        compared=_compared(one),
        row=_row(one.get("entry") or {}),
        found=_found(one, names),
        assignment_href=f"/assignments/{one['assignment_id']}/file",
        commands=tuple(
            Command(text=text, href=do_href(one["assignment_id"], "credentialing", path=f"{path}:{verb}", back=back))
            for verb, text in commands
        ),
    )


def _compared(one: Body) -> tuple[tuple[str, str], ...]:
    shown = [
        (
            f"{kind_words(str(name['kind']))} name",
            " ".join(name[part] for part in ("first", "middle", "last") if name[part]),
        )
        for name in one.get("names") or ()
    ]
    return (*shown, ("What fits", ", ".join(kind_words(str(reason)).lower() for reason in one["reasons"])))


def _row(entry: Body) -> tuple[tuple[str, str], ...]:
    if not entry:
        return ()
    name = " ".join(str(entry[part]) for part in ("first", "middle", "last") if entry[part]) or str(entry["business"])
    known = (
        ("Name", name),
        ("State", str(entry["state"])),
        ("NPI", str(entry["npi"] or "")),
        ("Birth date", "on the list" if entry["has_birth_date"] else "not on the list"),
        ("Exclusion", str(entry["exclusion_type"])),
        ("Excluded on", full_day(entry["excluded_on"])),
        ("Reinstated on", full_day(entry["reinstated_on"])),
        ("Waived", " ".join(str(entry[part]) for part in ("waiver_state", "waived_on") if entry[part])),
    )
    return tuple(pair for pair in known if pair[1])


def _found(one: Body, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    known = (
        ("Found", kind_words(str(one["found"])) if one["found"] else ""),
        ("Why", str(one["reason"] or "")),
        ("Evidence", str(one["document_id"] or "")),
        ("Decided by", names.get(str(one["decided_by"]), "") if one["decided_by"] else ""),
        ("Agreed by", names.get(str(one["approved_by"]), "") if one["approved_by"] else ""),
    )
    return tuple(pair for pair in known if pair[1])


def _list_state(one: Body) -> ListState:
    overdue = int(one["overdue"])
    screened = f"{one['screened']} of {one['active']} screened"
    return ListState(
        name=LISTS.get(str(one["list_name"]), str(one["title"])),
        release=str(one["release"]["period"]),
        note=f"{screened}, {overdue} overdue" if overdue else screened,
        tone="bad" if overdue else None,
    )
