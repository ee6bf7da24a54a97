"""A clinician's own file as their page shows it: what is left for them, what came in, and what was accepted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from portal.api.views.credential_file import day_of
from portal.api.views.own_words import checked_words, lack_words, received_words, refused_words

Body = Mapping[str, Any]

NOWHERE: Final[Mapping[str, str]] = {}
_NO_CLAIMS: Final[Mapping[str, Sequence[Body]]] = {}
_SENT: Final = {"ready": ("info", "Received"), "checking": ("info", "Being looked into")}
"""Documents that nobody refused, by their status."""
_CLAIMED: Final = ("info", "Being confirmed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with what was sent for an item; no code: for none of them."""

    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What credentialing said; `trouble` is why it said nothing. `items` is None until there is a file.

    `claims` are of the items that wait for the clinician although something came in, the newest first, by code.
    """

    items: Sequence[Body] | None = None
    documents: Sequence[Body] = ()
    claims: Mapping[str, Sequence[Body]] = field(default_factory=lambda: _NO_CLAIMS)
    trouble: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One item that the clinician brings: what it is, why it is asked, by when, and what is wrong with the last file.

    `status` is how far a document is that came in; `may_send` whether another one helps. `href` is the page where it is
    filled in, of what is no document.
    """

    code: str
    name: str
    why: str
    due: str | None = None
    is_late: bool = False
    is_refused: bool = False
    status: tuple[str, str] | None = None
    may_send: bool = True
    fault: str | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFileView:
    """All of it: to be brought (soonest first), come in, accepted with its last day, and one line about the rest."""

    left: tuple[Paper, ...]
    received: tuple[Paper, ...]
    accepted: tuple[tuple[str, str], ...]
    others: str | None
    fault: Fault | None


def is_theirs(item: Body) -> bool:
    """Whether the next move is the clinician's."""
    return bool(item.get("code")) and item.get("waits_for") == "clinician"


def own_file_view(
    heard: Heard, *, today: date, fault: Fault | None = None, filled_at: Mapping[str, str] = NOWHERE
) -> OwnFileView | None:
    """The page's part; None where credentialing said nothing of a file.

    `filled_at` are the pages of what is filled in and not sent, by code.
    """
    if heard.items is None:
        return None
    shown = sorted((one for one in heard.items if one.get("code")), key=_place)
    theirs = [one for one in shown if is_theirs(one)]
    waiting = {str(one["code"]): paper for one in theirs if (paper := _sent(one, heard, fault))}
    claimed = [one for one in shown if one["status"] == "received" and one.get("owner") == "clinician"]
    listed = (*theirs, *claimed)
    return OwnFileView(
        left=tuple(
            replace(_left(one, heard, today, fault), href=filled_at.get(str(one["code"])))
            for one in theirs
            if one["code"] not in waiting
        ),
        received=(*waiting.values(), *(_claimed(one) for one in claimed if not is_theirs(one))),
        accepted=tuple((str(one["name"]), _through(one)) for one in shown if _is_accepted(one)),
        others=checked_words(sum(not one["is_met"] and one not in listed for one in heard.items)),
        fault=_placed(fault, {str(one["code"]) for one in theirs}),
    )


def written_day(day: date) -> str:
    """A day as a clinician reads it."""
    return f"{day:%A}, {day.day} {day:%B %Y}"


def _place(item: Body) -> tuple[str, str]:
    return (str(item.get("due_on") or "9"), str(item["name"]))


def _sent(item: Body, heard: Heard, fault: Fault | None) -> Paper | None:
    """The item when a document for it came in after whatever was found wanting, and nobody refused that."""
    document = _newest(item, heard)
    if document is None or document["status"] not in _SENT:
        return None
    code = str(item["code"])
    return Paper(
        code=code,
        name=str(item["name"]),
        why=received_words(item.get("confirmed_by")),
        status=_SENT[str(document["status"])],
        fault=_fault_of(code, fault),
    )


def _newest(item: Body, heard: Heard) -> Body | None:
    """The last document for the item, unless a claim was read from it, or came later."""
    code = item["code"]
    document = next((one for one in heard.documents if one["code"] == code and not one.get("replaced_by")), None)
    claims = heard.claims.get(str(code), ())
    if document is None or any(claim.get("document_id") == document["document_id"] for claim in claims):
        return None
    sent_on = datetime.fromisoformat(str(document["uploaded_at"])).date()
    judged_on = day_of(claims[0].get("received_on")) if claims else None
    return document if judged_on is None or sent_on >= judged_on else None


def _left(item: Body, heard: Heard, today: date, fault: Fault | None) -> Paper:
    code, due = str(item["code"]), day_of(item.get("due_on"))
    refused = _refusal(item, heard)
    is_late = due is not None and due < today
    return Paper(
        code=code,
        name=str(item["name"]),
        why=" ".join(part for part in (refused or _wanting(item), _stopped(item)) if part),
        due=f"{'Was due' if is_late else 'By'} {written_day(due)}" if due else None,
        is_late=is_late,
        is_refused=bool(refused),
        fault=_fault_of(code, fault),
    )


def _refusal(item: Body, heard: Heard) -> str:
    """Why the last document or claim was not accepted, in the words of whoever refused it."""
    document = _newest(item, heard)
    words = refused_words(document) if document else ""
    if not words and item["status"] == "rejected":
        claims = heard.claims.get(str(item["code"]), ())
        words = next((str(one["rejected_because"]) for one in claims if one.get("rejected_because")), "")
        words = words or "It was not confirmed."
    if not words and item.get("client_reason"):
        words = f"The client did not take it: {item['client_reason']}"
    return f"{words} Please send another one." if words else ""


def _wanting(item: Body) -> str:
    if item["is_met"]:
        through = day_of(item.get("valid_through"))
        return f"What we have is good through {written_day(through)}. Send the new one." if through else ""
    return lack_words(item.get("lack"))


def _stopped(item: Body) -> str:
    blocked = day_of(item.get("blocks_shifts_from"))
    return f"Without it, there are no shifts from {written_day(blocked)} on." if blocked else ""


def _claimed(item: Body) -> Paper:
    why = received_words(item.get("confirmed_by"))
    return Paper(code=str(item["code"]), name=str(item["name"]), why=why, status=_CLAIMED, may_send=False)


def _is_accepted(item: Body) -> bool:
    return item["status"] in ("verified", "waived") and not is_theirs(item)


def _through(item: Body) -> str:
    """Until when, and that a newer one is looked at."""
    through = day_of(item.get("valid_through"))
    if item["status"] == "waived":
        return f"not asked of you through {written_day(through)}" if through else "not asked of you"
    said = f"good through {written_day(through)}" if through else "has no last day"
    return f"{said}; we check the new one" if item.get("renewal_id") else said


def _placed(fault: Fault | None, codes: set[str]) -> Fault | None:
    """The fault, for no item where the one that it is for takes no files here."""
    if fault is None or fault.code in codes:
        return fault
    return Fault(code="", words=fault.words)


def _fault_of(code: str, fault: Fault | None) -> str | None:
    return fault.words if fault is not None and fault.code == code else None
