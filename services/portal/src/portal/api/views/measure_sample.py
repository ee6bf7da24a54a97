"""A month's sample as its pages show it: the drawn files, how far their audit is, and the audit of one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from portal.api.views import written
from portal.api.views.credential_words import status_of
from portal.api.views.measures import TARGET_PER_MILLE, percent, sample_href

Body = Mapping[str, Any]

ELEMENTS: Final = (
    (
        "credentials",
        "Credentials for the job",
        "Licence, certification or registration, or education: current, verified with its primary source at hire and"
        " rehire. Expired or not to be made out counts as no.",
        ("LIC", "CERT", "MD", "ID"),
    ),
    (
        "competency",
        "Competency",
        "Assessed at hire and rehire and every year: skills checklist, examination, training, references.",
        ("COMP", "TRN", "REF"),
    ),
    (
        "background",
        "Background check",
        "Criminal search at hire and rehire, employers verified, references, sanction lists. Not asked yearly.",
        ("BG", "EXC"),
    ),
)
"""Name, what people call it, the manual's definition, and the families of items that an auditor looks at for it."""
ANSWERS: Final = (("yes", "Yes, documented and current"), ("no", "No"))
UNANSWERED: Final = "Answer yes or no."
UNEXPLAINED: Final = "Say why it is not complete."


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """One drawn file."""

    id: str
    href: str
    who: str
    under: str
    state: tuple[str, str]
    lacks: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleView:
    """The page of a sample."""

    title: str
    subtitle: str
    value: str
    note: str
    verdict: tuple[str, str]
    audited: int
    drawn: int
    lines: tuple[FileLine, ...]
    next_href: str | None
    facts: tuple[tuple[str, str], ...]
    drawn_at: datetime
    month_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementView:
    """One element of the audit form, with the items of the file that bear on it."""

    name: str
    label: str
    definition: str
    answer: str
    reason: str
    items: tuple[tuple[str, tuple[str, str, str], str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditView:
    """The audit of one file."""

    title: str
    subtitle: str
    sample_title: str
    sample_href: str
    action: str
    file_href: str | None
    audited: str
    elements: tuple[ElementView, ...]
    errors: Mapping[str, str]
    trouble: str | None


def people_of(sample: Body, files: Mapping[str, Body]) -> list[str]:
    """The ids whose names the pages need."""
    known = [one[key] for one in files.values() for key in ("clinician_id", "facility_id")]
    return [*known, sample["drawn_by"], *(one["by"] for one in sample["files"] if one["by"])]


def sample_view(sample: Body, files: Mapping[str, Body], *, names: Mapping[str, str]) -> SampleView:
    """The page of a sample; `files` are those of its files that could be read, by id."""
    lines = tuple(_line(one, sample, files, names) for one in sample["files"])
    drawn, audited = len(lines), int(sample["denominator"])
    waiting = [line.href for line, one in zip(lines, sample["files"], strict=True) if one["is_compliant"] is None]
    month = date.fromisoformat(sample["month"])
    per_mille = _per_mille(sample["numerator"], audited)
    return SampleView(
        title=sample_title(sample),
        subtitle=f"{written.plural(drawn, 'file')} drawn of {written.plural(sample['placed'], 'placement')}",
        value=percent(per_mille),
        note=f"{sample['numerator']} of {audited} audited files complete",
        verdict=_verdict(per_mille, left=drawn - audited),
        audited=audited,
        drawn=drawn,
        lines=lines,
        next_href=waiting[0] if waiting else None,
        facts=(
            ("Firm group", f"{str(sample['group']).upper()}, by {sample['placements_12m']:,} placements of 12 months"),
            ("Drawn by", _person(names, sample["drawn_by"])),
            ("Seed", str(sample["seed"])),
        ),
        drawn_at=datetime.fromisoformat(sample["drawn_at"]),
        month_href=f"/credentialing/measures?month={month:%Y-%m}",
    )


def audit_view(
    sample: Body,
    drawn: Body,
    *,
    file: Body | None,
    names: Mapping[str, str],
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    trouble: str | None,
) -> AuditView:
    """The audit form: as it was typed, as it was answered before, or empty."""
    base = sample_href(sample["sample_id"])
    return AuditView(
        title=_who(file, drawn, names),
        subtitle=_where(file, names),
        sample_title=sample_title(sample),
        sample_href=base,
        action=f"{base}/files/{drawn['file_id']}",
        file_href=f"/assignments/{file['assignment_id']}/file" if file else None,
        audited=_person(names, drawn["by"]) if drawn["by"] else "",
        elements=tuple(_element(one, typed or _said(drawn), file) for one in ELEMENTS),
        errors=errors,
        trouble=trouble,
    )


def faults_of(fields: Mapping[str, str]) -> Mapping[str, str]:
    """What is not answered, or answered with no and not explained, by field."""
    found: dict[str, str] = {}
    for name, *_ in ELEMENTS:
        if fields.get(name) not in ("yes", "no"):
            found[name] = UNANSWERED
        elif fields[name] == "no" and not fields.get(f"{name}_reason"):
            found[f"{name}_reason"] = UNEXPLAINED
    return found


def body_of(fields: Mapping[str, str]) -> Mapping[str, Any]:
    """The audit as credentialing takes it."""
    return {
        name: {"is_complete": fields[name] == "yes", "reason": fields.get(f"{name}_reason") or None}
        for name, *_ in ELEMENTS
    }


def sample_title(sample: Body) -> str:
    """ "HCSS-7, January 2026"."""
    return f"{sample['measure']}, {date.fromisoformat(sample['month']):%B %Y}"


def _line(one: Body, sample: Body, files: Mapping[str, Body], names: Mapping[str, str]) -> FileLine:
    file = files.get(str(one["file_id"]))
    lacking = [label for name, label, *_ in ELEMENTS if _answer(one, name).get("is_complete") is False]
    return FileLine(
        id=str(one["file_id"]),
        href=f"{sample_href(sample['sample_id'])}/files/{one['file_id']}",
        who=_who(file, one, names),
        under=_where(file, names),
        state=_state(one["is_compliant"]),
        lacks=", ".join(lacking),
        by=_person(names, one["by"]) if one["by"] else "",
    )


def _state(is_compliant: bool | None) -> tuple[str, str]:
    if is_compliant is None:
        return ("neutral", "To be audited")
    return ("good", "Complete") if is_compliant else ("warn", "Not complete")


def _verdict(per_mille: int | None, *, left: int) -> tuple[str, str]:
    target = percent(TARGET_PER_MILLE)
    if left or per_mille is None:
        return ("info", f"{written.plural(left, 'file')} to audit before the figure of the month stands.")
    if per_mille >= TARGET_PER_MILLE:
        return ("good", f"The month's figure stands, and meets the target of 19 of 20 ({target}).")
    return ("warn", f"The month's figure stands, below the target of 19 of 20 ({target}).")


def _element(one: Any, said: Mapping[str, str], file: Body | None) -> ElementView:
    name, label, definition, families = one
    items: Sequence[Body] = [each for each in (file or {}).get("items", ()) if each.get("code")]
    bearing = [each for each in items if str(each["code"]).partition("-")[0] in families]
    return ElementView(
        name=name,
        label=label,
        definition=definition,
        answer=said.get(name, ""),
        reason=said.get(f"{name}_reason", ""),
        items=tuple((str(each["name"]), status_of(each["status"]), str(each["code"])) for each in bearing),
    )


def _said(drawn: Body) -> Mapping[str, str]:
    """What the last audit answered, as the form has it."""
    found: dict[str, str] = {}
    for one in drawn["answers"]:
        found[str(one["element"])] = "yes" if one["is_complete"] else "no"
        found[f"{one['element']}_reason"] = str(one["reason"] or "")
    return found


def _answer(drawn: Body, name: str) -> Body:
    return next((one for one in drawn["answers"] if one["element"] == name), {})


def _who(file: Body | None, drawn: Body, names: Mapping[str, str]) -> str:
    return written.clinician(names, file["clinician_id"]) if file else f"File …{str(drawn['file_id'])[-6:]}"


def _where(file: Body | None, names: Mapping[str, str]) -> str:
    if file is None:
        return "The file is not shown to you"
    days = written.days_between(date.fromisoformat(file["start_date"]), date.fromisoformat(file["end_date"]))
    return f"{written.place(names, file['facility_id'])} · {days}"


def _person(names: Mapping[str, str], person_id: str) -> str:
    return names.get(person_id) or f"Person …{person_id[-6:]}"


def _per_mille(numerator: int, denominator: int) -> int | None:
    return (numerator * 2000 + denominator) // (2 * denominator) if denominator else None
