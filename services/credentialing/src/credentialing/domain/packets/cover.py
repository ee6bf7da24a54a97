"""What a cover sheet says: who sends what about whom, and the index of one file of a packet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from credentialing.domain.item import ItemStatus
from credentialing.domain.packets.packet import Packet
from credentialing.domain.packets.snapshot import PacketItem
from credentialing.domain.packets.template import CoverField, Decides, Handling

LABELS: Mapping[CoverField, str] = {
    CoverField.NAME: "Clinician",
    CoverField.DISCIPLINE: "Discipline",
    CoverField.SPECIALTY: "Specialty",
    CoverField.FACILITY: "Facility",
    CoverField.UNIT: "Unit",
    CoverField.START: "First day",
    CoverField.END: "Last day",
    CoverField.NPI: "NPI",
}
_DECIDES = {
    Decides.AGENCY: "Decided by the agency under delegated credentialing.",
    Decides.CLIENT: "Submitted for the client's decision.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverRow:
    """One item: how it is in the packet, who confirmed it and when, and through when it is good. All of it words.

    `place` counts the items of which documents are enclosed in this file, from 0; None for others.
    """

    name: str
    how: str
    source: str
    confirmed: str
    valid: str
    place: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The words of one cover sheet."""

    title: str
    agency: str
    fields: tuple[tuple[str, str], ...]
    rows: tuple[CoverRow, ...]
    notes: tuple[str, ...]


def cover_of(packet: Packet, part: int, *, agency: str, about: Mapping[CoverField, str]) -> Cover:
    """The sheet of one file of the packet; `about` says what may be said, and the template which of it is."""
    template, snapshot = packet.template, packet.snapshot
    parts = f", file {part + 1} of {len(template.files)}" if len(template.files) > 1 else ""
    items = [item for item in snapshot.items if item.file == part]
    enclosed = [item for item in items if item.papers]
    shown = [(LABELS[one], about.get(one, "")) for one in template.cover_fields]
    notes = [_DECIDES[template.decides], f"Validity tested on {us_day(snapshot.built_on)}, the day of this packet."]
    if any(item.handling is Handling.ATTESTED for item in items):
        notes.append("Attested items are on file with the agency and were confirmed as stated; documents on request.")
    return Cover(
        title=f"Credential packet{parts}",
        agency=agency,
        fields=tuple((label, words) for label, words in shown if words),
        rows=tuple(_row(item, enclosed) for item in items),
        notes=tuple(notes),
    )


def us_day(day: date | None) -> str:
    """A day as American documents write it; a dash for none."""
    return day.strftime("%m/%d/%Y") if day else "–"


def _row(item: PacketItem, enclosed: list[PacketItem]) -> CoverRow:
    named = f"{item.name} ({item.subject})" if len(item.subject) == 2 else item.name
    release = f", release {item.release}" if item.release else ""
    return CoverRow(
        name=named,
        how=_how(item),
        source=f"{item.source}{release}" if item.source else "–",
        confirmed=us_day(item.confirmed_on),
        valid=us_day(item.valid_through),
        place=enclosed.index(item) if item in enclosed else None,
    )


def _how(item: PacketItem) -> str:
    if item.status is ItemStatus.WAIVED:
        return f"waived by {item.waived_by}" if item.waived_by else "waived"
    return "enclosed" if item.papers else "attested"
