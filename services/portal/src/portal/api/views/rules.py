"""Credentialing's rules as their pages show them: the list of a day, one rule with its versions, and its editor."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from portal.api.views import written
from portal.api.views.credential_file import day_of
from portal.domain import rule_text
from portal.domain.words import kind_words
from shared.errors import Finding

Body = Mapping[str, Any]
Names = Mapping[str, str]

LEVELS: Final = ("federal", "state", "accreditation", "payer", "msp", "facility", "agency")
CONDITIONS: Final = ("discipline", "specialty", "state", "unit", "setting", "work_mode", "site", "client", "msp")
"""Those that are written as words; the facility is chosen."""
_SLUG: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """One rule of the list."""

    rule_id: str
    href: str
    title: str
    level: str
    whom: str
    asks: tuple[str, ...]
    since: date | None
    until: date | None
    source: str
    is_shipped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesView:
    """The list, and what it is asked by."""

    rule_set: int
    lines: tuple[RuleLine, ...]
    level: str
    code: str
    levels: tuple[tuple[str, str], ...]
    may_write: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a rule."""

    number: int
    rule_set: int
    since: date | None
    until: date | None
    whom: str
    asks: str
    is_shipped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What a rule would do to one file."""

    who: str
    href: str
    start: date | None
    is_cleared: bool
    added: str
    dropped: str
    reopened: str
    met: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What a rule would do to the open files."""

    summary: str
    files: tuple[Changed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorView:
    """The editor: what was typed, what is wrong with it, and what it would change."""

    title: str
    action: str
    version: int
    fields: Mapping[str, str]
    levels: tuple[tuple[str, str], ...]
    facilities: tuple[tuple[str, str], ...]
    conditions: tuple[tuple[str, str], ...]
    errors: Mapping[str, str]
    trouble: str | None
    effects: Effects | None
    versions: tuple[Version, ...]


def rules_view(body: Body, names: Names, *, level: str, code: str, may_write: bool) -> RulesView:
    """The rules of the day."""
    return RulesView(
        rule_set=int(body["rule_set"]),
        lines=tuple(_line(one, names) for one in body["items"]),
        level=level,
        code=code,
        levels=(("", "Every level"), *((one, kind_words(one)) for one in LEVELS)),
        may_write=may_write,
    )


def facilities_of(rules: Sequence[Body]) -> list[str]:
    """The facilities that the rules name."""
    return [one for rule in rules for one in rule["when"].get("facility", ())]


def fields_of(rule: Body) -> Mapping[str, str]:
    """What the editor shows of a rule."""
    when: Body = rule["when"]
    return {
        **{f"when_{name}": ", ".join(when.get(name, ())) for name in (*CONDITIONS, "facility")},
        **{name: str(rule[name] or "") for name in ("title", "level", "source", "effective_from", "effective_to")},
        "require": rule_text.written(rule["require"]),
        "exempt": ", ".join(rule["exempt"]),
    }


def body_of(fields: Mapping[str, str]) -> Body:
    """What the typed fields ask of credentialing; lines of items must have been read without faults."""
    when = {name: _words(fields.get(f"when_{name}", "")) for name in (*CONDITIONS, "facility")}
    plain = {name: fields.get(name, "") for name in ("title", "level", "source", "effective_from")}
    return {
        **plain,
        "effective_to": fields.get("effective_to") or None,
        "when": {name: words for name, words in when.items() if words},
        "require": rule_text.read(fields.get("require", "")).require,
        "exempt": _words(fields.get("exempt", "")),
        "may_reach_back": bool(fields.get("may_reach_back")),
    }


def new_id(fields: Mapping[str, str]) -> str:
    """The id of a new rule: its level and title as one word."""
    slug = _SLUG.sub("-", f"{fields.get('level', '')}-{fields.get('title', '')}".lower()).strip("-")
    return slug[:100] or "rule"


def errors_of(findings: Sequence[Finding]) -> Mapping[str, str]:
    """What credentialing found wrong, by field of the editor; what belongs to none stands under `require`."""
    errors: dict[str, str] = {}
    for one in findings:
        first, _, rest = one.pointer.strip("/").partition("/")
        name = f"when_{rest.partition('/')[0]}" if first == "when" and rest else first
        known = name if name in _FIELDS else "require"
        place = f"{rest.replace('/', ' ')}: " if first == "require" and rest else ""
        errors[known] = " ".join(part for part in (errors.get(known, ""), f"{place}{one.message}") if part)
    return errors


def faults_of(text: str) -> Mapping[str, str]:
    """What is wrong with the lines of items."""
    faults = rule_text.read(text).faults
    return {"require": " ".join(f"Line {one.line}: {one.message}" for one in faults)} if faults else {}


def effects_view(body: Body, names: Names) -> Effects:
    """What the rule would change, in words."""
    counts: Body = body["counts"]
    parts = [
        f"{written.plural(int(counts['files']), 'open file')} of {body['looked_at']} would change",
        f"{counts['cleared_files']} of them cleared now",
        f"{counts['added']} asked in addition, {counts['dropped']} no longer asked",
        f"{counts['reopened']} to be met again, {counts['newly_met']} met by it",
    ]
    return Effects(summary="; ".join(parts) + ".", files=tuple(_changed(one, names) for one in body["files"]))


def versions_of(body: Body | None, names: Names) -> tuple[Version, ...]:
    """The versions, the newest first."""
    return tuple(_version(one, names) for one in reversed((body or {}).get("versions", ())))


def choices_of(names: Names) -> tuple[tuple[str, str], ...]:
    """Facilities by name, to choose one."""
    return (("", "Any facility"), *sorted(names.items(), key=lambda pair: pair[1]))


_FIELDS: Final = frozenset(
    {"title", "level", "source", "effective_from", "effective_to", "require", "exempt", "when_facility"}
    | {f"when_{name}" for name in CONDITIONS}
)


def _line(one: Body, names: Names) -> RuleLine:
    return RuleLine(
        rule_id=str(one["rule_id"]),
        href=f"/credentialing/rules/{one['rule_id']}",
        title=str(one["title"]),
        level=kind_words(str(one["level"])),
        whom=_whom(one, names),
        asks=(*one["require"], *(f"not {code}" for code in one["exempt"])),
        since=day_of(one["effective_from"]),
        until=day_of(one["effective_to"]),
        source=str(one["source"]),
        is_shipped=bool(one["is_shipped"]),
    )


def _version(one: Body, names: Names) -> Version:
    return Version(
        number=int(one["version"]),
        rule_set=int(one["rule_set"]),
        since=day_of(one["effective_from"]),
        until=day_of(one["effective_to"]),
        whom=_whom(one, names),
        asks=rule_text.written(one["require"]),
        is_shipped=bool(one["is_shipped"]),
    )


def _whom(one: Body, names: Names) -> str:
    said = [
        f"{kind_words(name).lower()} {', '.join(names.get(value, value) for value in values)}"
        for name, values in one["when"].items()
    ]
    return "; ".join(said) or "everybody"


def _changed(one: Body, names: Names) -> Changed:
    added, dropped, reopened, met = (", ".join(one[name]) for name in ("added", "dropped", "reopened", "newly_met"))
    return Changed(
        who=written.clinician(names, one["clinician_id"]),
        href=f"/assignments/{one['assignment_id']}/file",
        start=day_of(one["start_date"]),
        is_cleared=bool(one["is_cleared"]),
        added=added,
        dropped=dropped,
        reopened=reopened,
        met=met,
    )


def _words(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]
