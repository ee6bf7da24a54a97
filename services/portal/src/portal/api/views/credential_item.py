"""One item of a file as its page shows it: what was claimed, what sources said, and what may be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from portal.api.views import written
from portal.api.views.credential_file import Command, command, full_day
from portal.api.views.credential_words import lack_of, mover_of, outcome_of, partition_of, reason_of, status_of
from portal.domain.words import kind_words

Body = Mapping[str, Any]

_VERBS: Final = (
    ("receive", "Record what came in", frozenset({"credentialing_specialist", "lead", "coordinator"})),
    ("verify", "Confirm with its source", frozenset({"credentialing_specialist", "lead"})),
    ("ask", "Ask its source", frozenset({"credentialing_specialist", "lead"})),
    ("check", "Check by hand", frozenset({"credentialing_specialist", "lead"})),
    ("reject", "Refuse", frozenset({"credentialing_specialist", "lead"})),
    ("waive", "Waive", frozenset({"lead"})),
)
_ALWAYS: Final = frozenset({"receive", "verify", "check", "reject", "waive"})
"""What can be done with every item; the others only where a source answers questions about it."""
_OPEN_QUESTIONS: Final = {
    "waiting": ("info", "To be asked"),
    "pending": ("info", "Asked, not answered yet"),
    "failed_request": ("warn", "Does not take the question"),
    "manual": ("warn", "Not set up here: check by hand"),
}
_CLAIM_TONES: Final = {"verified": "good", "rejected": "bad", "pending": "info"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What came in: its dates, and how far it is."""

    badge: tuple[str, str]
    facts: tuple[tuple[str, str], ...]
    refused: str
    document_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one source said, when, and with which evidence."""

    badge: tuple[str, str]
    source: str
    at: datetime
    by: str
    facts: tuple[tuple[str, str], ...]
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a source was asked and has not answered; `trouble` says in words what keeps it."""

    badge: tuple[str, str]
    source: str
    at: datetime
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """The page of one item."""

    title: str
    status: tuple[str, str, str]
    facts: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    claims: tuple[Claim, ...]
    questions: tuple[Question, ...]
    results: tuple[Result, ...]
    commands: tuple[Command, ...]


def item_view(behind: Body, file: Body, *, asked: Body | None, roles: frozenset[str]) -> ItemView:
    """The item for somebody with these roles; a closed file takes no command.

    `asked` are the questions of the whole file to sources; None where this person does not see them.
    """
    item: Body = behind["item"]
    code = str(item["code"])
    path = f"/v1/files/{file['file_id']}/items/{code}"
    verbs = [(verb, text) for verb, text, may in _VERBS if may & roles and (verb in _ALWAYS or behind.get("asked_of"))]
    commands = [command(str(file["assignment_id"]), f"{path}:{verb}", text=text) for verb, text in verbs]
    return ItemView(
        title=str(item["name"]),
        status=status_of(item["status"]),
        facts=_facts(item),
        reasons=tuple(reason_of(text) for text in item.get("reasons", ())),
        claims=tuple(_claim(one) for one in behind["claims"]),
        questions=tuple(
            _question(one)
            for one in (asked or {}).get("items", ())
            if one["code"] == code and one["state"] in _OPEN_QUESTIONS
        ),
        results=tuple(_result(one) for one in behind["results"]),
        commands=tuple(commands) if file["is_open"] else (),
    )


def _facts(item: Body) -> tuple[tuple[str, str], ...]:
    known = (
        ("Code", str(item["code"])),
        ("Part of the file", partition_of(item["partition"])),
        ("Whose move it is", "" if item["is_met"] else mover_of(item["waits_for"])),
        ("What is lacking", lack_of(item.get("lack"))),
        ("Next step due", "" if item["is_met"] else full_day(item.get("due_on"))),
        ("Good through", full_day(item.get("valid_through"))),
        ("Blocks shifts from", full_day(item.get("blocks_shifts_from"))),
        ("Rests on", kind_words(str(item["basis"])) if item.get("basis") else ""),
        ("Counts when confirmed by", kind_words(str(item["confirmed_by"]))),
        ("May be waived by", kind_words(str(item["waivable"]))),
        ("Does instead", ", ".join(item.get("satisfied_by", ()))),
        ("Asked by", ", ".join(item.get("rules", ()))),
        ("Rules contradict each other", ", ".join(item.get("conflicts", ()))),
    )
    return tuple(pair for pair in known if pair[1])


def _claim(one: Body) -> Claim:
    known = (
        ("Number", f"… {one['number_ends']}" if one.get("number_ends") else ""),
        ("Dated", full_day(one["issued_on"])),
        ("Printed last day", full_day(one.get("expires_on"))),
        ("Last day by its source", full_day(one.get("source_expires_on"))),
        ("Issuer", str(one.get("issuer") or "")),
        ("Panel", ", ".join(one.get("panel", ()))),
        ("Licence", _licence(one.get("licence"))),
        ("Good for", str(one.get("subject") or "")),
        ("Came in", full_day(one.get("received_on"))),
        ("Source", kind_words(str(one["source"])) if one.get("source") else ""),
    )
    status = str(one["status"])
    return Claim(
        badge=(_CLAIM_TONES.get(status, "neutral"), kind_words(status)),
        facts=tuple(pair for pair in known if pair[1]),
        refused=str(one.get("rejected_because") or ""),
        document_id=one.get("document_id"),
    )


def _licence(one: Body | None) -> str:
    return f"{written.discipline(one['type'])} of {one['state']}, {kind_words(one['scope'])}" if one else ""


def _question(one: Body) -> Question:
    return Question(
        badge=_OPEN_QUESTIONS[str(one["state"])],
        source=kind_words(str(one["asked_of"])),
        at=datetime.fromisoformat(str(one["opened_at"])),
        trouble=str(one.get("last_trouble") or ""),
    )


def _result(one: Body) -> Result:
    discipline = one.get("discipline")
    known = (
        ("Status there", str(one.get("status_text") or "")),
        ("Last day", full_day(one.get("expires_on"))),
        ("Discipline", "" if discipline is None else "reported" if discipline else "none"),
        ("Release", str(one.get("release") or "")),
        ("Reference", str(one.get("reference") or "")),
        ("Printout", str(one.get("document_id") or "")),
    )
    return Result(
        badge=outcome_of(one["outcome"]),
        source=kind_words(str(one["source"])),
        at=datetime.fromisoformat(str(one["checked_at"])),
        by=str(one["checked_by"]),
        facts=tuple(pair for pair in known if pair[1]),
        url=one.get("url"),
    )
