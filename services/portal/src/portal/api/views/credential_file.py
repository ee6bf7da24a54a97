"""The credentialing file of an assignment as its pages show it, from what credentialing answered."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from portal.api.views.actions import do_href
from portal.api.views.credential_words import (
    PARTITIONS,
    lack_of,
    mover_of,
    outcome_of,
    partition_of,
    reason_of,
    status_of,
)
from portal.domain.words import kind_words

Body = Mapping[str, Any]

_FIRST: Final = ("rejected", "missing", "received", "due_later", "verified", "waived", "not_asked")
"""The order of items on the page: what needs somebody stands first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command on an item, as a link to its form."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """What stands in the way: whose move it is, from when it could be met, and the one button."""

    id: str
    what: str
    href: str
    why: str
    mover: str
    due: date | None
    earliest: date | None
    blocks_from: date | None
    fix: Command | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One item of the file."""

    code: str
    href: str
    name: str
    status: tuple[str, str, str]
    part: str
    mover: str
    why: str
    due: date | None
    through: date | None
    blocks_from: date | None
    rules: tuple[str, ...]
    is_met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A confidential part: how many of its items are met, and no more."""

    part: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """When the file can be complete: in one case of two, in nine of ten, and the chance before the start."""

    expected: date
    likely: date
    percent: str
    tone: str
    critical: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A clearance that was granted or revoked."""

    badge: tuple[str, str]
    at: datetime
    by: str
    through: date | None
    why: str
    rule_set: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """The whole page."""

    file_id: str
    verdict: tuple[str, str]
    question: str
    done: int
    total: int
    blockers: tuple[Blocker, ...]
    later: tuple[Blocker, ...]
    lines: tuple[Line, ...]
    hidden: tuple[Hidden, ...]
    odds: Odds | None
    decisions: tuple[Decision, ...]


def file_view(
    file: Body, why: Body | None, *, forecast: Body | None, decided: Body | None, name: str, today: date
) -> FileView:
    """The page; what could not be asked is None and left out. `name` is the clinician's."""
    items: Sequence[Body] = file["items"]
    assignment_id = str(file["assignment_id"])
    shown = sorted((one for one in items if one.get("code")), key=_place)
    return FileView(
        file_id=str(file["file_id"]),
        verdict=_verdict(file, why, today=today),
        question=f"Why is {name} not clear yet?" if why and not why["is_cleared"] else "Clearance",
        done=sum(bool(one["is_met"]) for one in items),
        total=len(items),
        blockers=tuple(_blocker(one, assignment_id) for one in (why or {}).get("blockers", ())),
        later=tuple(_blocker(one, assignment_id) for one in (why or {}).get("later", ())),
        lines=tuple(_line(one, assignment_id) for one in shown),
        hidden=_hidden(items),
        odds=_odds(forecast, items) if forecast and file["is_open"] and not (why and why["is_cleared"]) else None,
        decisions=tuple(_decision(one) for one in (decided or {}).get("items", ())),
    )


def item_href(assignment_id: str, code: str) -> str:
    """The page of one item."""
    return f"/assignments/{assignment_id}/file/{code}"


def command(assignment_id: str, path: str, *, text: str = "", method: str = "POST") -> Command:
    """A command of credentialing, as a link to its form, which leads back to the file."""
    words = text or kind_words(path.rpartition(":")[2].replace("-", "_"))
    back = f"/assignments/{assignment_id}/file"
    return Command(text=words, href=do_href(assignment_id, "credentialing", path=path, method=method, back=back))


def full_day(text: object) -> str:
    """The day as credentialing wrote it, with its year, "Tue 14 Nov 2028"; nothing where there is none."""
    day = day_of(text)
    return day.strftime("%a %-d %b %Y") if day else ""


def day_of(text: object) -> date | None:
    """The day as credentialing wrote it."""
    return date.fromisoformat(str(text)) if text else None


def _place(one: Body) -> tuple[int, str, str]:
    status = str(one["status"])
    return (_FIRST.index(status) if status in _FIRST else len(_FIRST), str(one.get("due_on") or ""), str(one["code"]))


def _verdict(file: Body, why: Body | None, *, today: date) -> tuple[str, str]:
    if not file["is_open"]:
        return ("info", "The assignment has ended; the file is closed.")
    through = day_of(file.get("cleared_through"))
    if through and through < today:
        return ("bad", f"The clearance ended on {through:%a %-d %b %Y}.")
    if through:
        return ("good", f"Cleared through {through:%a %-d %b %Y}.")
    earliest = day_of((why or {}).get("earliest_on"))
    left = sum(not one["is_met"] for one in file["items"])
    start = date.fromisoformat(str(file["start_date"]))
    if earliest is None:
        return ("warn", f"{left} of {len(file['items'])} items are open.")
    tone = "bad" if earliest > start else "warn"
    return (tone, f"{left} of {len(file['items'])} items are open; clear on {earliest:%a %-d %b} at the earliest.")


def _blocker(one: Body, assignment_id: str) -> Blocker:
    fix = one.get("fix")
    reasons = "; ".join(reason_of(text) for text in one.get("reasons", ()))
    return Blocker(
        id=f"blocker-{one['code']}",
        what=str(one["name"]),
        href=item_href(assignment_id, str(one["code"])),
        why=" – ".join(part for part in (_why(one), reasons) if part),
        mover=mover_of(one["waits_for"]),
        due=None if one["status"] == "verified" else day_of(one.get("due_on")),  # it counts until its own day
        earliest=day_of(one.get("earliest_on")),
        blocks_from=day_of(one.get("blocks_shifts_from")),
        fix=command(assignment_id, str(fix["path"]), method=str(fix["method"])) if fix else None,
    )


def _why(one: Body) -> str:
    return lack_of(one.get("lack")) or status_of(one["status"])[1]


def _line(one: Body, assignment_id: str) -> Line:
    return Line(
        code=str(one["code"]),
        href=item_href(assignment_id, str(one["code"])),
        name=str(one["name"]),
        status=status_of(one["status"]),
        part=partition_of(one["partition"]),
        mover="" if one["is_met"] else mover_of(one["waits_for"]),
        why="" if one["is_met"] else lack_of(one.get("lack")),
        due=None if one["is_met"] else day_of(one.get("due_on")),
        through=day_of(one.get("valid_through")),
        blocks_from=day_of(one.get("blocks_shifts_from")),
        rules=tuple(one.get("rules", ())),
        is_met=bool(one["is_met"]),
    )


def _hidden(items: Sequence[Body]) -> tuple[Hidden, ...]:
    closed = [one for one in items if not one.get("code")]
    total = Counter(str(one["partition"]) for one in closed)
    done = Counter(str(one["partition"]) for one in closed if one["is_met"])
    return tuple(Hidden(part=partition_of(part), done=done[part], total=total[part]) for part in sorted(total))


def _odds(forecast: Body, items: Sequence[Body]) -> Odds:
    per_mille = int(forecast["odds_by_start"])
    names = {str(one["code"]): str(one["name"]) for one in items if one.get("code")}
    return Odds(
        expected=date.fromisoformat(forecast["expected_on"]),
        likely=date.fromisoformat(forecast["likely_by"]),
        percent="over 99 %" if per_mille > 990 else "under 1 %" if per_mille < 10 else f"{per_mille // 10} %",
        tone="good" if per_mille >= 900 else "warn" if per_mille >= 500 else "bad",
        critical=tuple(names.get(one) or PARTITIONS.get(one, one) for one in forecast["critical_path"]),
    )


def _decision(one: Body) -> Decision:
    return Decision(
        badge=outcome_of(one["outcome"]),
        at=datetime.fromisoformat(str(one["at"])),
        by=str(one["by"]),
        through=day_of(one.get("valid_through")),
        why=kind_words(str(one["reason"])) if one.get("reason") else "",
        rule_set=int(one["rule_set"]),
    )
