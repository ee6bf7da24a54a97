"""What would come of a profile from another system, and what such systems say they verified, as their page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from portal.api.views import written
from portal.api.views.credential_words import partition_of
from portal.app.queries.profiles import Whose
from portal.domain.words import kind_words

Body = Mapping[str, Any]

FATES: Final = {
    "taken": ("good", "Taken in"),
    "known": ("neutral", "Known already"),
    "conflict": ("warn", "Contradicts"),
    "refused": ("bad", "Not taken"),
}
TO_BE_TAKEN: Final = ("info", "Would be taken in")
REASONS: Final = {
    "held_already": "The same is held already.",
    "other_number": "The same days are held under another number: record which is right.",
    "other_last_day": "The same card is held with another last day: record which is right.",
    "item_unknown": "No item of the catalogue has this code.",
    "not_carried_over": "It is not carried over: exclusion lists and what belongs to an assignment are done again.",
    "licence_missing": "The particulars of the licence are missing.",
    "not_a_licence": "It is no licence, and has particulars of one.",
    "issued_in_future": "It is dated in the future.",
    "expires_before_issued": "Its last day lies before its first.",
    "expiry_missing": "Its printed last day is missing.",
}
PAPERS: Final = {
    "partition_missing": "The profile does not say which part of the file it belongs to.",
    "partition_differs": "The profile and its items name different parts of the file.",
}
DOUBTS: Final = {
    "npi_differs": "The NPI in the profile is another one.",
    "name_differs": "The last name in the profile is another one.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """What comes of one credential of the profile."""

    what: str
    fate: tuple[str, str]
    why: str
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """What would come, or came, of a profile."""

    is_preview: bool
    summary: str
    doubts: tuple[str, ...]
    lines: tuple[ImportLine, ...]
    papers: tuple[ImportLine, ...]
    may_be_taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AssertionLine:
    """What another system says it verified; `may_be_accepted`: its source issued it, and nobody accepted it yet."""

    id: str
    what: str
    href: str
    source: str
    by: str
    at: datetime
    sender: str
    state: tuple[str, str]
    may_be_accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileView:
    """The page."""

    title: str
    here: str
    clinician_href: str
    file_href: str
    exports: tuple[tuple[str, str], ...]
    assertions: tuple[AssertionLine, ...]
    result: ImportView | None


def profile_path(clinician_id: str) -> str:
    """The page of a clinician's profile."""
    return f"/clinicians/{clinician_id}/profile"


def profile_view(
    whose: Whose, assertions: Sequence[Body], *, may_export: bool, may_accept: bool, result: ImportView | None
) -> ProfileView:
    """The page for somebody who may bring profiles in."""
    here = profile_path(whose.clinician_id)
    file_href = f"/assignments/{whose.assignment_id}/file"
    exports = (("Profile (JSON)", f"{here}/json"), ("Profile and documents (zip)", f"{here}/zip")) if may_export else ()
    return ProfileView(
        title=whose.name or written.clinician({}, whose.clinician_id),
        here=here,
        clinician_href=f"/clinicians/{whose.clinician_id}",
        file_href=file_href,
        exports=exports,
        assertions=tuple(_assertion(one, file_href, may_accept=may_accept) for one in reversed(assertions)),
        result=result,
    )


def import_view(body: Body, whose: Whose, *, is_preview: bool) -> ImportView:
    """What credentialing said of the profile."""
    base = f"/assignments/{whose.assignment_id}/file"
    papers: Sequence[Body] = body.get("documents", ())
    return ImportView(
        is_preview=is_preview,
        summary=_summary(body, is_preview=is_preview),
        doubts=tuple(DOUBTS.get(str(one), kind_words(str(one))) for one in body["doubts"]),
        lines=tuple(_line(one, base, is_preview=is_preview) for one in body["lines"]),
        papers=tuple(_paper(one, is_preview=is_preview) for one in papers),
        may_be_taken=is_preview and (int(body["taken"]) > 0 or any(one["fate"] == "taken" for one in papers)),
    )


def _summary(body: Body, *, is_preview: bool) -> str:
    taken = written.plural(int(body["taken"]), "credential")
    parts = [f"{taken} would be taken in" if is_preview else f"{taken} taken in"]
    for name, words in (("known", "known already"), ("conflicts", "in conflict"), ("refused", "not taken")):
        if body[name]:
            parts.append(f"{body[name]:,} {words}")
    return ", ".join(parts) + "."


def _line(one: Body, base: str, *, is_preview: bool) -> ImportLine:
    fate, because = str(one["fate"]), one.get("because")
    is_held = bool(one.get("credential_id"))
    return ImportLine(
        what=" · ".join(part for part in (str(one["code"]), str(one["subject"] or "")) if part),
        fate=TO_BE_TAKEN if is_preview and fate == "taken" else FATES.get(fate, ("neutral", kind_words(fate))),
        why=REASONS.get(str(because), kind_words(str(because))) if because else "",
        href=f"{base}/{one['code']}" if is_held else None,
    )


def _paper(one: Body, *, is_preview: bool) -> ImportLine:
    """A document that came along; of one that is refused, why in credentialing's words."""
    fate, because = str(one["fate"]), str(one.get("because") or "")
    part = partition_of(one["partition"]) if one.get("partition") else ""
    return ImportLine(
        what=" · ".join(text for text in (str(one.get("code") or ""), part) if text) or f"Document {one['place'] + 1}",
        fate=TO_BE_TAKEN if is_preview and fate == "taken" else FATES.get(fate, ("neutral", kind_words(fate))),
        why=str(one.get("detail") or PAPERS.get(because) or REASONS.get(because) or kind_words(because)),
        href=None,
    )


def _assertion(one: Body, file_href: str, *, may_accept: bool) -> AssertionLine:
    is_accepted = one["accepted_at"] is not None
    waiting = ("info", "Its issuer’s word") if one["is_issuer"] else ("neutral", "Kept, does not confirm")
    return AssertionLine(
        id=str(one["assertion_id"]),
        what=" · ".join(part for part in (str(one["code"]), str(one["subject"] or "")) if part),
        href=f"{file_href}/{one['code']}",
        source=str(one["source"]),
        by=str(one["verified_by"]),
        at=datetime.fromisoformat(str(one["verified_at"])),
        sender=str(one["sender"]),
        state=("good", "Accepted") if is_accepted else waiting,
        may_be_accepted=may_accept and bool(one["is_issuer"]) and not is_accepted,
    )
