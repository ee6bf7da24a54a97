"""What a HEIC file says of itself (ISO 14496-12 boxes, ISO 23008-12 items), before its picture is decoded."""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct

from credentialing.clients.inspection.images import inspect_image, is_too_large
from credentialing.domain.documents.inspection import Bounds, Fault, Inspection
from credentialing.domain.documents.media import MediaType

MOST_BOXES = 10_000
_SIZE = Struct(">II")
_FULL = 4  # version and flags, with which some boxes begin


class _Broken(ValueError):
    """A box ends outside of what it stands in."""


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    begin: int
    end: int


def inspect_heic(content: bytes, bounds: Bounds) -> Inspection:
    """Whole when every box ends inside the file, the picture's properties name its size, and it can be decoded.

    Every size that is named anywhere counts, as a picture may be put together of others.
    """
    try:
        top = {box.kind: box for box in _boxes(content, 0, len(content))}
        sizes = list(_sizes(content, top))
    except _Broken:
        return Inspection(fault=Fault.DAMAGED)
    if not {b"ftyp", b"mdat"} <= top.keys() or not sizes or any(min(size) == 0 for size in sizes):
        return Inspection(fault=Fault.DAMAGED)
    if any(is_too_large(width, height, bounds=bounds) for width, height in sizes):
        return Inspection(fault=Fault.TOO_MANY_PIXELS)
    return inspect_image(content, MediaType.HEIC, bounds=bounds)


def _sizes(content: bytes, top: dict[bytes, _Box]) -> Iterator[tuple[int, int]]:
    """Width and height of each picture: meta / iprp / ipco / ispe."""
    within = top.get(b"meta")
    skipped = _FULL
    for kind in (b"iprp", b"ipco"):
        if within is None:
            return
        found = {box.kind: box for box in _boxes(content, within.begin + skipped, within.end)}
        within, skipped = found.get(kind), 0
    for box in _boxes(content, within.begin, within.end) if within else ():
        if box.kind == b"ispe" and box.end - box.begin >= _FULL + 8:
            width, height = _SIZE.unpack_from(content, box.begin + _FULL)
            yield width, height


def _boxes(content: bytes, begin: int, end: int) -> Iterator[_Box]:
    for _ in range(MOST_BOXES):
        if begin == end:
            return
        size, header = int.from_bytes(content[begin : begin + 4], "big"), 8
        if size == 1:
            size, header = int.from_bytes(content[begin + 8 : begin + 16], "big"), 16
        elif size == 0:
            size = end - begin
        if size < header or begin + size > end:
            raise _Broken
        yield _Box(content[begin + 4 : begin + 8], begin + header, begin + size)
        begin += size
    raise _Broken
