"""A clinician's documents as their pages show them: the list, and one beside what is recorded from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from portal.api.views.credential_words import partition_of
from portal.domain.words import kind_words

Body = Mapping[str, Any]

STATUSES: Final = {
    "checking": ("info", "Being looked into"),
    "ready": ("good", "Ready"),
    "refused": ("bad", "Refused"),
    "infected": ("bad", "Infected"),
}
PARTS: Final = (("personnel", "Personnel"), ("health", "Health"), ("background", "Background"), ("i9", "Form I-9"))
_CERTAINTY: Final = {"high": "clear", "medium": "likely", "low": "a guess"}
MOST_PAGES: Final = 20
"""Pages that are drawn at once; of a longer document the rest is downloaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """One document of the list."""

    id: str
    href: str
    code: str
    part: str
    status: tuple[str, str]
    kind: str
    pages: int
    at: datetime
    is_replaced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsView:
    """The list, and the form for one more."""

    lines: tuple[DocumentLine, ...]
    codes: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What the text of a document seems to say: label, value, the words it came from, and how sure that is."""

    label: str
    value: str
    words: str
    certainty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """One document: its pages as pictures, what its text seems to say, and the form that records it."""

    line: DocumentLine
    name: str
    facts: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    pictures: tuple[tuple[int, str], ...]
    download: str
    proposed: tuple[Proposed, ...]
    fields: Mapping[str, str]
    errors: Mapping[str, str]
    trouble: str | None
    codes: tuple[tuple[str, str], ...]
    action: str
    refuse_href: str


def documents_view(body: Body, file: Body | None, *, assignment_id: str) -> DocumentsView:
    """The clinician's documents, and which items of the file one may be for."""
    lines = tuple(_line(one, assignment_id) for one in body["items"])
    return DocumentsView(lines=lines, codes=codes_of(file), parts=PARTS)


def codes_of(file: Body | None) -> tuple[tuple[str, str], ...]:
    """The items of the file that are not met, then the others, to choose one."""
    items: Sequence[Body] = [one for one in (file or {}).get("items", ()) if one.get("code")]
    ordered = sorted(items, key=lambda one: (bool(one["is_met"]), str(one["name"])))
    return (("", "Not for a certain item"), *((str(one["code"]), f"{one['name']} ({one['code']})") for one in ordered))


def fields_of(document: Body) -> Mapping[str, str]:
    """What the form begins with: what was read, for a person to confirm."""
    proposal: Body = document.get("proposal") or {}
    read = {name: (proposal.get(name) or {}).get("value") or "" for name in ("number", "issued_on", "expires_on")}
    return {"code": str(document["code"] or ""), **read}


def review_view(
    document: Body,
    file: Body | None,
    *,
    assignment_id: str,
    refuse_href: str,
    fields: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    trouble: str | None = None,
) -> ReviewView:
    """The document beside what is recorded from it."""
    line = _line(document, assignment_id)
    pages = range(1, min(int(document["pages"]), MOST_PAGES) + 1)
    base = f"/documents/{line.id}"
    return ReviewView(
        line=line,
        name=str(document.get("file_name") or line.kind),
        facts=_facts(document),
        warnings=_warnings(document),
        pictures=tuple((page, f"{base}/pages/{page}") for page in pages),
        download=f"{base}/content",
        proposed=_proposed(document.get("proposal") or {}),
        fields=fields,
        errors=errors or {},
        trouble=trouble,
        codes=codes_of(file),
        action=line.href,
        refuse_href=refuse_href,
    )


def _line(one: Body, assignment_id: str) -> DocumentLine:
    status = str(one["status"])
    return DocumentLine(
        id=str(one["document_id"]),
        href=f"/assignments/{assignment_id}/documents/{one['document_id']}",
        code=str(one["code"] or ""),
        part=partition_of(one["partition"]),
        status=STATUSES.get(status, ("neutral", kind_words(status))),
        kind=str(one["media_type"]).rpartition("/")[2].upper(),
        pages=int(one["pages"]),
        at=datetime.fromisoformat(str(one["uploaded_at"])),
        is_replaced=bool(one.get("replaced_by")),
    )


def _facts(one: Body) -> tuple[tuple[str, str], ...]:
    known = (
        ("File", str(one.get("file_name") or "")),
        ("Part", partition_of(one["partition"])),
        ("For", str(one["code"] or "")),
        (
            "Kind",
            f"{str(one['media_type']).rpartition('/')[2].upper()}, {one['pages']} pages, {_size(int(one['size']))}",
        ),
        ("Came by", kind_words(str(one["source"]))),
        ("Refused because", kind_words(str(one["refused_because"])) if one.get("refused_because") else ""),
        ("SHA-256", str(one["sha256"])),
    )
    return tuple(pair for pair in known if pair[1])


def _size(count: int) -> str:
    return f"{count // 1024:,} kB" if count >= 1024 else f"{count} bytes"


def _warnings(one: Body) -> tuple[str, ...]:
    active = [kind_words(str(each)).lower() for each in one.get("active", ())]
    said = (
        f"This PDF holds what could act by itself ({', '.join(active)}): it is shown as pictures only."
        if active
        else ""
    )
    replaced = "A newer version of this document came in." if one.get("replaced_by") else ""
    return tuple(text for text in (said, replaced) if text)


def _proposed(proposal: Body) -> tuple[Proposed, ...]:
    labels = {"number": "Number", "issued_on": "Issued on", "expires_on": "Last day", "name": "Name"}
    return tuple(
        Proposed(
            label=label,
            value=str(proposal[key]["value"]),
            words=str(proposal[key]["words"]),
            certainty=_CERTAINTY.get(str(proposal[key]["confidence"]), str(proposal[key]["confidence"])),
        )
        for key, label in labels.items()
        if proposal.get(key)
    )
