"""Answers the groups `ncqa_window`, `fcra` and `hcss` of the test vectors with the rules of the service."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from credentialing.domain.measures.adverse_action import (
    PRE_ADVERSE_ENCLOSES,
    WAIT_BUSINESS_DAYS,
    Dispute,
    PreAdverse,
    earliest_final,
    wait_ends,
)
from credentialing.domain.measures.hcss import Element, Figure, minimum_sample
from credentialing.domain.measures.ncqa import Programme, window

OF_ORGANISATIONS = ("certif", "cvo")
"""What names the certification of a verification organisation (CVO), however it is written."""
ELEMENT_NAMES = {
    Element.CREDENTIALS: ("credentials", "job_appropriate_credentials"),
    Element.COMPETENCY: ("competency",),
    Element.BACKGROUND: ("background", "background_check"),
}


def answer_ncqa(case: Mapping[str, Any]) -> dict[str, Any]:
    """The limit and the age in days, and whether the verification was fresh enough."""
    asked = case["input"]
    found = window(
        _programme(str(asked["program"])),
        verified_on=_day(asked["verified"]),
        processed_on=_day(asked["processed"]),
    )
    return {"limit_days": found.limit_days, "age_days": found.age_days, "within": found.is_within}


def _programme(name: str) -> Programme:
    is_of_organisations = any(word in name.lower() for word in OF_ORGANISATIONS)
    return Programme.CERTIFICATION if is_of_organisations else Programme(name.lower())


def answer_fcra(case: Mapping[str, Any]) -> dict[str, Any]:
    """The end of the wait and the earliest final notice; an open dispute leaves no day for that."""
    asked = case["input"]
    sent = _day(asked["pre_adverse_sent"])
    notice = PreAdverse(
        sent_on=sent, sent_by="", wait_business_days=asked.get("wait_business_days", WAIT_BUSINESS_DAYS)
    )
    resolved = asked.get("dispute_resolved") or asked.get("dispute_resolved_on")
    opened = asked.get("dispute_opened") or asked.get("disputed_on") or asked.get("dispute_date")
    is_disputed = bool(asked.get("disputed") or opened)
    disputes = (
        (Dispute(opened_on=_day(opened) if opened else sent, resolved_on=_day(resolved) if resolved else None),)
        if is_disputed
        else ()
    )
    final = earliest_final(wait_ends(notice, disputes))
    return {
        "wait_ends": _text(wait_ends(notice, disputes if resolved else ())),
        "earliest_final_notice": _text(final),
        "must_include_pre": list(PRE_ADVERSE_ENCLOSES),
    }


def answer_hcss(case: Mapping[str, Any]) -> dict[str, Any]:
    """Numerator, denominator (the audited files) and how many files the firm's size asks for."""
    asked = case["input"]
    files = _files(asked)
    audited = asked["audited"] if files is None else len(files)
    compliant = asked["compliant"] if files is None else sum(map(_is_compliant, files))
    figure = Figure(numerator=compliant, denominator=audited)
    answer: dict[str, Any] = {"numerator": figure.numerator, "denominator": figure.denominator}
    if "placements_12m" in asked:
        answer["minimum_sample"] = minimum_sample(asked["placements_12m"])
    return answer


def _files(asked: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    """The audited files, or the one whose elements the case names; None where it gives counts."""
    if isinstance(asked.get("files"), list):
        return list(asked["files"])
    one = asked.get("file") or asked.get("elements") or asked
    named = (name for names in ELEMENT_NAMES.values() for name in names)
    return [one] if any(name in one for name in named) else None


def _is_compliant(file: Mapping[str, Any]) -> bool:
    return all(any(_is_yes(file.get(name)) for name in names) for names in ELEMENT_NAMES.values())


def _is_yes(said: object) -> bool:
    return said is True or (isinstance(said, str) and said.lower() in ("y", "yes"))


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
