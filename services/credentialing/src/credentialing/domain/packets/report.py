"""The audit packet as a sheet to be printed: sections of rows, all of it words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from credentialing.domain.packets.audit import AuditItem, AuditPacket
from credentialing.domain.packets.cover import us_day
from credentialing.domain.packets.packet import Packet

NOTHING = "–"
SHOWN_OF_HASH = 16
"""The first letters of a hash on paper; the whole is in the data beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A table with its heading."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The words of the sheet."""

    title: str
    agency: str
    sections: tuple[Section, ...]


def report_of(audit: AuditPacket, *, agency: str) -> Report:
    """The sheet of an audit packet; only as much as that tells."""
    return Report(
        title=f"Audit packet of assignment {audit.assignment_id}",
        agency=agency,
        sections=(_about(audit), _items(audit), _waivers(audit), _decisions(audit), _sent(audit), _changes(audit)),
    )


def _about(audit: AuditPacket) -> Section:
    rows = (
        ("File", audit.file_id),
        ("Clinician", audit.clinician_id),
        ("Facility", audit.facility_id),
        ("Days", f"{us_day(audit.start_date)} to {us_day(audit.end_date)}"),
        ("State", audit.assignment_state),
        ("Rule set", str(audit.rule_set)),
        ("Cleared through", us_day(audit.cleared_through)),
        ("Made", _instant(audit.made_at)),
    )
    return Section(title="Assignment", heads=("What", "Value"), rows=rows)


def _items(audit: AuditPacket) -> Section:
    heads = ("Item", "State", "Asked by", "Source", "Confirmed", "Good through", "Documents (SHA-256)")
    return Section(title="Items", heads=heads, rows=tuple(map(_item, audit.items)))


def _item(item: AuditItem) -> tuple[str, ...]:
    hashes = [one.sha256[:SHOWN_OF_HASH] if one.sha256 else "deleted" for one in item.documents]
    last = max(item.results, key=lambda one: one.checked_at, default=None)
    result = f"{last.outcome} {_instant(last.checked_at)}" if last else us_day(item.confirmed_on)
    return (
        f"{item.name} ({item.code})" if item.code else f"an item of the {item.partition} part",
        str(item.status) if item.status else ("met" if item.is_met else "open"),
        ", ".join(item.rules) or NOTHING,
        item.source or NOTHING,
        result,
        us_day(item.valid_through),
        ", ".join(hashes) or NOTHING,
    )


def _waivers(audit: AuditPacket) -> Section:
    rows = tuple(
        (item.code or "", item.waiver.by, item.waiver.party.value, item.waiver.reason, us_day(item.waiver.through))
        for item in audit.items
        if item.waiver
    )
    return Section(title="Waivers", heads=("Item", "By", "Side", "Why", "Through"), rows=rows)


def _decisions(audit: AuditPacket) -> Section:
    rows = tuple(
        (_instant(one.at), one.outcome.value, one.reason or us_day(one.valid_through), one.by, str(one.rule_set))
        for one in audit.decisions
    )
    return Section(title="Clearance", heads=("When", "What", "Through, or why", "By", "Rule set"), rows=rows)


def _sent(audit: AuditPacket) -> Section:
    return Section(
        title="Packets",
        heads=("When", "Packet", "What", "By", "To or from", "SHA-256"),
        rows=tuple(row for packet in audit.packets for row in _packet(packet)),
    )


def _packet(packet: Packet) -> Iterator[tuple[str, ...]]:
    """Every step of one packet, in order of time."""
    number, hashes = str(packet.number), ", ".join(one[:SHOWN_OF_HASH] for one in packet.hashes) or NOTHING
    yield _instant(packet.asked_at), number, f"asked for, now {packet.state}", packet.asked_by, NOTHING, hashes
    for sent in packet.transmittals:
        yield _instant(sent.sent_at), number, f"sent by {sent.channel}", sent.sent_by, sent.recipient, hashes
    for said in packet.decisions:
        refused = ", ".join(f"{one.code}: {one.reason}" for one in said.refused)
        words = "; ".join(part for part in (said.verdict or "", said.reason or "", refused) if part) or "items taken"
        yield _instant(said.at), number, words, said.recorded_by, said.decided_by, NOTHING


def _changes(audit: AuditPacket) -> Section:
    rows = tuple(
        (
            _instant(one.at),
            one.why.value,
            ", ".join(one.difference.added) or NOTHING,
            ", ".join(one.difference.dropped) or NOTHING,
            ", ".join(one.difference.reopened) or NOTHING,
        )
        for one in audit.changes
    )
    return Section(title="Changes of the list", heads=("When", "Why", "Added", "Dropped", "Reopened"), rows=rows)


def _instant(at: datetime) -> str:
    return at.strftime("%m/%d/%Y %H:%M UTC")
