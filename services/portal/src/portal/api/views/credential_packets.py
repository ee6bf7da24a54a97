"""Packets of a file as their page shows them: what one would hold today, what was built, sent and said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from portal.api.views.actions import do_href
from portal.api.views.credential_file import Command, day_of
from portal.api.views.credential_words import partition_of
from portal.domain.words import kind_words

Body = Mapping[str, Any]

STATES: Final = {
    "building": ("info", "Being put together"),
    "failed": ("bad", "Not built"),
    "built": ("info", "Built, not sent"),
    "sent": ("warn", "Sent, not answered"),
    "accepted": ("good", "Accepted"),
    "rejected": ("bad", "Rejected"),
}
HANDLINGS: Final = {
    "enclosed": ("good", "Enclosed"),
    "attested": ("info", "Attested"),
    "withheld": ("muted", "Not sent"),
}
_NEXT: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "built": (("send", "Note that it was sent"),),
    "sent": (("decide", "Note what the client said"), ("send", "Note that it was sent again")),
    "rejected": (("decide", "Note what the client said"),),
    "accepted": (("decide", "Note what the client said"),),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An item in a packet."""

    name: str
    under: str
    handling: tuple[str, str]
    through: date | None
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """One packet: how far it is, its PDFs, where it went, what the client said, and what may be done."""

    id: str
    title: str
    state: tuple[str, str]
    due: date | None
    changed: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    sent: tuple[tuple[str, datetime], ...]
    said: tuple[tuple[str, datetime], ...]
    faults: tuple[str, ...]
    commands: tuple[Command, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketsView:
    """The page."""

    items: tuple[Held, ...]
    faults: tuple[str, ...]
    to_follow: tuple[str, ...]
    build: Command
    packets: tuple[Packet, ...]


def packets_view(file_id: str, preview: Body, packets: tuple[Body, ...], *, assignment_id: str) -> PacketsView:
    """What a packet would hold today, and those that were built, the newest first."""
    back = f"/assignments/{assignment_id}/packets"
    path = f"/v1/files/{file_id}/packets"
    return PacketsView(
        items=tuple(_held(one) for one in preview["items"]),
        faults=tuple(f"{_code(one)}{one['message']}" for one in preview["findings"]),
        to_follow=tuple(preview["to_follow"]),
        build=_command(assignment_id, path, text="Build the packet", back=back),
        packets=tuple(_packet(one, path, assignment_id=assignment_id, back=back) for one in packets),
    )


def _held(one: Body) -> Held:
    handling = str(one["handling"])
    return Held(
        name=str(one["name"]),
        under=f"{one['code']} · {partition_of(one['partition'])}",
        handling=HANDLINGS.get(handling, ("neutral", kind_words(handling))),
        through=day_of(one.get("valid_through")),
        pages=sum(int(paper["pages"]) for paper in one["papers"]),
    )


def _packet(one: Body, path: str, *, assignment_id: str, back: str) -> Packet:
    state = str(one["state"])
    place = f"{path}/{one['packet_id']}"
    return Packet(
        id=str(one["packet_id"]),
        title=f"Packet {one['number']}",
        state=STATES.get(state, ("neutral", kind_words(state))),
        due=day_of(one.get("due_on")),
        changed=tuple(one["changed"]) if one["is_stale"] else (),
        files=tuple(
            (f"{file['name']}, {file['pages']} pages", f"{back}/{one['packet_id']}/{number}")
            for number, file in enumerate(one["files"])
        ),
        sent=tuple((_sent(each), datetime.fromisoformat(str(each["sent_at"]))) for each in one["transmittals"]),
        said=tuple((_said(each), datetime.fromisoformat(str(each["at"]))) for each in one["decisions"]),
        faults=tuple(f"{_code(each)}{each['message']}" for each in one["faults"]),
        commands=tuple(
            _command(assignment_id, f"{place}:{verb}", text=text, back=back) for verb, text in _NEXT.get(state, ())
        ),
    )


def _sent(one: Body) -> str:
    reference = f", {one['reference']}" if one["reference"] else ""
    return f"{one['recipient']}, by {kind_words(str(one['channel'])).lower()}{reference}"


def _said(one: Body) -> str:
    """The verdict on the whole, then on single items with their reasons."""
    whole = [kind_words(str(one["verdict"]))] if one["verdict"] else []
    reason = [str(one["reason"])] if one["reason"] else []
    items = [
        f"{each['code']} {kind_words(str(each['verdict'])).lower()}" + (f": {each['reason']}" if each["reason"] else "")
        for each in one["items"]
    ]
    return f"{one['decided_by']}: {'; '.join((*whole, *reason, *items))}"


def _code(fault: Body) -> str:
    """The item that a fault names, before its words."""
    name = str(fault["pointer"]).rpartition("/")[2]
    return f"{name}: " if name else ""


def _command(assignment_id: str, path: str, *, text: str, back: str) -> Command:
    return Command(text=text, href=do_href(assignment_id, "credentialing", path=path, back=back))
