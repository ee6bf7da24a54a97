"""What a file knows of its client: what that does not take though its source confirmed it, and what is sent again.

A refused claim stays good for every other client; in this file it no longer counts, until another one comes or the
client takes it after all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from credentialing.domain.authority.residence import Residence
from credentialing.domain.held import Held
from credentialing.domain.item import Item, ItemStatus, Waiver, assess
from credentialing.domain.requirement import Requirement
from credentialing.domain.validity import Need


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRefusal:
    """The client's answer to one item: the credential (or else the waiver) that it does not take, and why."""

    code: str
    reason: str
    on: date
    packet_id: str
    credential_id: str | None = None
    waiver: Waiver | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StalePacket:
    """The packet that the client has, in which something is another since that day at the facility."""

    packet_id: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What people said of an item of one file: it was lifted, its client does not take what meets it."""

    waiver: Waiver | None
    refusal: ClientRefusal | None


def assess_for_client(
    requirement: Requirement, held: Sequence[Held], *, need: Need, spoken: Spoken, residences: Sequence[Residence]
) -> Item:
    """The item as it stands (`item.assess`), without what the client of this file does not take.

    Where nothing else meets it and nothing newer waits, it is rejected with the client's reason.
    """
    waiver, refusal = spoken.waiver, spoken.refusal
    if refusal is None:
        return assess(requirement, held, need=need, waiver=waiver, residences=residences)
    others = [one for one in held if one.credential_id != refusal.credential_id]
    lifted = None if waiver == refusal.waiver else waiver
    item = assess(requirement, others, need=need, waiver=lifted, residences=residences)
    if item.is_met or item.status is ItemStatus.RECEIVED:
        return replace(item, waiver=waiver)
    return replace(
        item,
        status=ItemStatus.REJECTED,
        waiver=waiver,
        lack=None,
        credential_id=refusal.credential_id,
        is_trailing=False,
        blocks_shifts_from=None,
        client_reason=refusal.reason,
    )
