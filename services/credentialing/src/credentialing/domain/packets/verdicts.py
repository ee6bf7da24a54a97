"""What the client's word about a packet does to the file: what no longer counts there, what it confirms."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from credentialing.domain.file import File
from credentialing.domain.held import Held
from credentialing.domain.item import Item, ItemStatus, waiting
from credentialing.domain.packets.packet import Packet, PacketDecision, PacketState, Verdict
from credentialing.domain.packets.refusal import ClientRefusal
from credentialing.domain.requirement import Confirmer
from credentialing.domain.source_result import Outcome, SourceResult

PACKET = "FAC-PACKET"
CLIENT = "client"
"""The source's name, where it is the client."""

ITEMS_REFUSED = "the client does not take an item of the packet"
"""Why may be confidential, and stays with the item."""


def refusals_after(file: File, packet: Packet, *, decision: PacketDecision, on: date) -> tuple[ClientRefusal, ...]:
    """What the client of the file does not take from now on; what it takes after all counts again."""
    taken = {one.code for one in decision.items if one.verdict is Verdict.ACCEPTED}
    if decision.verdict is Verdict.ACCEPTED:
        taken |= packet.codes
    refused = [_refusal(file, packet, one.code, reason=one.reason or "", on=on) for one in decision.refused]
    said_anew = taken | {one.code for one in refused}
    return (*(one for one in file.refusals if one.code not in said_anew), *refused)


def results_after(
    file: File, packet: Packet, *, decision: PacketDecision, held: Sequence[Held], new_id: Callable[[str], str]
) -> tuple[SourceResult, ...]:
    """What the client confirms or refuses as a source, `packet` being as it is after the decision.

    Acceptance of the whole confirms the packet's own item, and all that the client alone confirms; a rejection refutes
    that where the client decides. Where the agency does by delegation, its own word stands.
    """
    if packet.state is PacketState.ACCEPTED and decision.verdict is Verdict.ACCEPTED:
        outcome, about = Outcome.CONFIRMED, [item for item in file.items if item.code == PACKET or _is_clients(item)]
    elif packet.state is PacketState.REJECTED:
        outcome, about = Outcome.REFUTED, [item for item in file.items if item.code == PACKET and _is_clients(item)]
    else:
        return ()
    plain = _plain(packet, decision, outcome)
    claims = [waiting(held, item.requirement) for item in about]
    return tuple(
        replace(
            plain,
            result_id=new_id("res"),
            code=item.code,
            subject=item.requirement.subject,
            credential_id=claim.credential_id if claim else None,
        )
        for item, claim in zip(about, claims, strict=True)
    )


def _is_clients(item: Item) -> bool:
    return item.requirement.confirmed_by is Confirmer.CLIENT


def _refusal(file: File, packet: Packet, code: str, *, reason: str, on: date) -> ClientRefusal:
    """What the client saw is refused, also where another credential has taken its place meanwhile."""
    seen = next(item for item in packet.snapshot.items if item.code == code)
    now = next((item for item in file.items if item.code == code), None)
    return ClientRefusal(
        code=code,
        reason=reason,
        on=on,
        packet_id=packet.packet_id,
        credential_id=None if seen.status is ItemStatus.WAIVED else seen.credential_id,
        waiver=now.waiver if now and seen.status is ItemStatus.WAIVED else None,
    )


def _plain(packet: Packet, decision: PacketDecision, outcome: Outcome) -> SourceResult:
    """The client's word, before it is about any item."""
    words = decision.reason or (ITEMS_REFUSED if decision.refused else None)
    return SourceResult(
        result_id="",
        clinician_id=packet.clinician_id,
        code="",
        subject="",
        source=CLIENT,
        outcome=outcome,
        checked_at=decision.at,
        checked_by=decision.recorded_by,
        status_text=words,
        document_id=decision.document_id,
        reference=decision.reference,
        note=f"packet {packet.packet_id}",
    )
