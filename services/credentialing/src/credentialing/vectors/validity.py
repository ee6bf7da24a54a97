"""Answers the groups `validity` and `psv_timing` with the rules by which files are measured."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from credentialing.domain.coverage import covers_shift, uncovered_shifts
from credentialing.domain.held import Held, HeldStatus
from credentialing.domain.item import Item, ItemStatus, assess
from credentialing.domain.lateness import deadline
from credentialing.domain.requirement import BoundTo, Owner, Partition, Requirement, Waivable
from credentialing.domain.validity import Lack, Life, Mode, MustCover, Need, Season, Validity, valid_through
from shared.periods import Period

Given = Mapping[str, Any]
E = TypeVar("E", bound=StrEnum)

CODE = "ITEM"
A_MONTH_DAYS = 31
LAPSED = {
    Lack.NOT_PRESENTED: "missing",
    Lack.EXPIRES_BEFORE_START: "expired",
    Lack.OF_ANOTHER_SEASON: "expired",
    Lack.BREAK_TOO_LONG: "expired",
    Lack.TOO_OLD_FOR_START: "too_old",
    Lack.TOO_OLD_FOR_DECISION: "too_old",
    Lack.NOT_VALID_AT_START: "not_yet_valid",
}
VERIFIED = "verified"
REFUTED = frozenset({"rejected", "refuted", "failed", "not_found", "denied"})
NO_BASIS = frozenset({"expires", "last_worked", "last_covered_work"})
BORN = date(1, 1, 1)


def answer_validity(case: Given) -> dict[str, Any]:
    """What a credential is worth for an assignment, or for one shift."""
    asked, shown, assignment = (case["input"].get(name) or {} for name in ("requirement", "credential", "assignment"))
    requirement, held = _requirement(asked, assignment), tuple(_held(asked, shown, assignment))
    if "shift" in assignment:
        return _shift(requirement.validity, held, assignment["shift"])
    need = _need(assignment)
    item = assess(requirement, held, need=need, waiver=None)
    return {**_computed(requirement, held, need), **_said(item, held, need)}


def answer_psv_timing(case: Given) -> dict[str, Any]:
    """Which shifts were worked between an old last day and the verification of the renewal."""
    given = case["input"]
    shifts = [_day(text) for text in given.get("shifts") or ()]
    verified = given.get("psv_date")
    found = uncovered_shifts(_day(given["old_expiry"]), _day(verified) if verified else None, shifts=shifts)
    return {"compliant": not found, "uncovered_shifts": [day.isoformat() for day in found]}


def _shift(validity: Validity, held: tuple[Held, ...], shift: list[str]) -> dict[str, Any]:
    """What is verified decides. A shift that ends at midnight touches the day before it alone."""
    first, end = (datetime.fromisoformat(text) for text in shift)
    last = max(first, end - timedelta(minutes=1)).date()
    touched = tuple(Period.through(first.date(), last).days())
    counted = [one.life for one in held if one.status is HeldStatus.VERIFIED]
    begun = [life for life in counted if life.issued_on <= first.date()]
    allowed = any(covers_shift(valid_through(validity, life), touched) for life in begun)
    return {"status": "ok" if allowed else _shift_lacks(held, begun), "shift_allowed": allowed}


def _shift_lacks(held: tuple[Held, ...], begun: list[Life]) -> str:
    if any(one.status is HeldStatus.PENDING for one in held):
        return "pending_verification"
    if begun:
        return "lapses"
    return "not_yet_valid" if any(one.status is HeldStatus.VERIFIED for one in held) else "missing"


def _requirement(asked: Given, assignment: Given) -> Requirement:
    is_per_assignment = asked.get("per_assignment") or asked.get("kind") == "per_assignment"
    return Requirement(
        code=CODE,
        name=CODE,
        scopes=(),
        validity=_validity(asked),
        must_cover=_one_of(MustCover, asked.get("must_cover"), MustCover.START),
        mode=_one_of(Mode, asked.get("mode"), Mode.STRICT),
        waivable=Waivable.NEVER,
        owner=Owner.CLINICIAN,
        partition=Partition.PERSONNEL,
        bound_to=BoundTo.ASSIGNMENT if is_per_assignment else BoundTo.CLINICIAN,
        subject=str(_assignment_id(assignment)) if is_per_assignment else "",
    )


def _one_of(kind: type[E], name: object, otherwise: E) -> E:
    return kind(str(name)) if name in set(kind) else otherwise


def _validity(asked: Given) -> Validity:
    is_monitored = asked.get("kind") == "monitor" or asked.get("interval") == "monthly"
    return Validity(
        max_age_months=asked.get("months") or asked.get("max_age_months"),
        end_of_month=bool(asked.get("end_of_month")),
        window_days=asked.get("window_before_start"),
        decision_days=asked.get("window_before_decision"),
        monitor_days=asked.get("monitor_days") or (A_MONTH_DAYS if is_monitored else None),
        season=_season(asked.get("season")),
        break_days=asked.get("break_rule_days") or asked.get("break_days"),
        basis=asked.get("basis", "issue_date"),
    )


def _season(given: Given | None) -> Season | None:
    if not given:
        return None
    first, last = _day(given["from"]), _day(given["to"])
    return Season(first=(first.month, first.day), last=(last.month, last.day))


def _held(asked: Given, shown: Given, assignment: Given) -> Iterator[Held]:
    """Versions as they came in; one that needs no check, or about which nothing is said, counts."""
    for number, version in enumerate(shown.get("versions") or ([shown] if shown else [])):
        told = version.get("psv", VERIFIED) if asked.get("needs_psv", True) else VERIFIED
        expires, worked = version.get("expires"), version.get("last_worked") or version.get("last_covered_work")
        yield Held(
            credential_id=f"crd_{number:03}",
            clinician_id="cln",
            code=CODE,
            subject=_subject(asked, version, assignment),
            issued_on=_basis_date(asked, version),
            received_on=BORN,
            status=_status(told),
            expires_on=_day(expires) if expires else None,
            worked_through=_day(worked) if worked else None,
        )


def _status(told: object) -> HeldStatus:
    """What its source neither confirmed nor refuted, in whatever words, is still to be verified."""
    if told == VERIFIED:
        return HeldStatus.VERIFIED
    return HeldStatus.REJECTED if told in REFUTED else HeldStatus.PENDING


def _subject(asked: Given, version: Given, assignment: Given) -> str:
    if not (asked.get("per_assignment") or asked.get("kind") == "per_assignment"):
        return ""
    return str(version.get("assignment_id") or version.get("assignment") or _assignment_id(assignment))


def _assignment_id(assignment: Given) -> object:
    return assignment.get("id") or assignment.get("assignment_id") or CODE


def _basis_date(asked: Given, version: Given) -> date:
    """The date that counts: the basis by name, else the one date there is besides the last day and the last work."""
    basis = asked.get("basis", "issue_date")
    if basis in version:
        return _day(version[basis])
    dates = [text for name, text in version.items() if _is_basis(name, text)]
    return _day(dates[0]) if dates else BORN


def _is_basis(name: str, value: object) -> bool:
    return isinstance(value, str) and name not in NO_BASIS and value[:4].isdigit()


def _need(assignment: Given) -> Need:
    start = _day(assignment.get("start") or assignment["end"])
    decided = assignment.get("decision") or assignment.get("decision_date")
    days = Period.through(start, _day(assignment.get("end") or assignment["start"]))
    return Need(days=days, on=start, decided_on=_day(decided) if decided else None)


def _computed(requirement: Requirement, held: tuple[Held, ...], need: Need) -> dict[str, Any]:
    """What the limits of age and window come to for the newest that counts, or that there is."""
    counted = [one for one in held if one.status is HeldStatus.VERIFIED] or held
    validity, newest = requirement.validity, next(iter(reversed(counted)), None)
    if newest is None:
        return {}
    through = valid_through(validity, newest.life)
    if validity.max_age_months is not None and through is not None:
        return {"valid_through": through.isoformat()}
    if validity.window_days is not None:
        return {"age_days": (need.days.start - newest.life.issued_on).days}
    return {}


def _said(item: Item, held: tuple[Held, ...], need: Need) -> dict[str, Any]:
    """The item in the words of the vectors."""
    late = deadline(item.requirement, need)
    if item.status is ItemStatus.DUE_LATER and late:
        blocks = {"block_shifts_from": _text(late.blocks_from)} if late.blocks_from else {}
        return {"status": "due", "cleared": True, "due_by": _text(late.due_on), **blocks}
    if item.renewal_id is not None and item.first_uncovered or item.status is ItemStatus.RECEIVED:
        return _pending(item, held)
    if item.is_met:
        return {"status": "ok", "cleared": True} if item.first_uncovered is None else _renewing(item)
    if item.lack is Lack.EXPIRES_BEFORE_END:
        return {"status": "lapses", "cleared": False, "first_uncovered": _text(item.first_uncovered)}
    return {"status": LAPSED[item.lack or Lack.NOT_PRESENTED], "cleared": False}


def _renewing(item: Item) -> dict[str, Any]:
    first, blocked = _text(item.first_uncovered), _text(item.blocks_shifts_from)
    if item.requirement.validity.season is not None:
        return {"status": "due", "cleared": True, "due_by": first, "block_shifts_from": blocked}
    return {
        "status": "lapses",
        "cleared": True,
        "first_uncovered": first,
        "block_shifts_from": blocked,
        "task": "renew",
    }


def _pending(item: Item, held: tuple[Held, ...]) -> dict[str, Any]:
    said: dict[str, Any] = {"status": "pending_verification", "cleared": item.is_met}
    counted = [one.life.expires_on for one in held if one.status is HeldStatus.VERIFIED and one.life.expires_on]
    if counted:
        said["effective_expires"] = max(counted).isoformat()
    if item.blocks_shifts_from is not None:
        said["block_shifts_from"] = _text(item.blocks_shifts_from)
    return said


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])
