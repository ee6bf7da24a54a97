"""What differs between a packet and its file as it stands now, so that the client should get another one."""

from credentialing.domain.file import File
from credentialing.domain.item import Item
from credentialing.domain.packets.packet import Packet
from credentialing.domain.packets.plan import is_the_clients
from credentialing.domain.packets.snapshot import PacketItem
from credentialing.domain.packets.template import Handling


def changed_items(packet: Packet, file: File) -> tuple[str, ...]:
    """The codes of the items that are another, in the order of the file: enclosed ones that rest on something else or
    are good through another day, any that no longer hold, and those that the template encloses and the packet lacks.

    That a source said the same again changes nothing; what is no longer asked is not missed.
    """
    known = {item.code: item for item in packet.snapshot.items}
    return tuple(item.code for item in file.items if _is_another(item, known.get(item.code), packet))


def _is_another(item: Item, was: PacketItem | None, packet: Packet) -> bool:
    if was is None:
        return _is_new(item, packet)
    if is_the_clients(item.requirement):
        return item.credential_id != was.credential_id
    if not item.is_met:
        return True
    if was.handling is not Handling.ENCLOSED or not was.papers:
        return False
    return (item.credential_id, item.valid_through, item.status) != (was.credential_id, was.valid_through, was.status)


def _is_new(item: Item, packet: Packet) -> bool:
    """Met since: before, there was nothing to enclose."""
    asked = item.requirement
    is_enclosed = packet.template.handling(item.code, asked.partition, on=packet.snapshot.built_on) is Handling.ENCLOSED
    return is_enclosed and item.is_met and item.credential_id is not None and not is_the_clients(asked)
