"""The program: bounds itself, reads, puts together, tells."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any, BinaryIO

from pypdf import PageObject, PdfReader

from credentialing.clients.assembly.binding import bind
from credentialing.clients.assembly.pages import Unplaceable, pages_of
from credentialing.clients.assembly.sheets import sheet
from credentialing.clients.inspection.__main__ import bound
from credentialing.domain.documents.media import MediaType


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The PDFs, or the places of the files that do not open."""

    pdfs: tuple[bytes, ...] = ()
    faulty: tuple[int, ...] = ()


def main() -> None:
    """Makes what is asked for."""
    asked = json.loads(sys.stdin.buffer.readline())
    bound(memory_bytes=asked["memory_bytes"], seconds=asked["seconds"])
    made = make(asked["volumes"], sys.stdin.buffer)
    told = [{"size": len(pdf), "sha256": sha256(pdf).hexdigest(), "pages": _pages(pdf)} for pdf in made.pdfs]
    out = sys.stdout.buffer
    out.write(json.dumps({"volumes": told, "faulty": made.faulty}).encode() + b"\n")
    for pdf in made.pdfs:
        out.write(pdf)
    out.flush()


def make(volumes: Sequence[Any], files: BinaryIO) -> Made:
    """Every volume, or nothing: one file that does not open spoils all, and each such is named."""
    papers = [paper for volume in volumes for item in volume["items"] for paper in item["papers"]]
    opened = [_opened(files.read(paper["size"]), paper["media_type"]) for paper in papers]
    faulty = tuple(number for number, pages in enumerate(opened) if not pages)
    if faulty:
        return Made(faulty=faulty)
    each = iter(opened)
    return Made(pdfs=tuple(_volume(volume, each) for volume in volumes))


def _opened(content: bytes, media_type: str) -> list[PageObject]:
    """The pages of a file; none of one that does not open."""
    try:
        return pages_of(content, MediaType(media_type))
    except Unplaceable:
        return []


def _volume(volume: Any, opened: Iterator[list[PageObject]]) -> bytes:
    """Takes the pages of its own files from those that are left."""
    items = [(item["title"], [page for _ in item["papers"] for page in next(opened)]) for item in volume["items"]]
    first, begins = 1, []
    for _, pages in items:
        begins.append(first)
        first += len(pages)
    front = sheet(volume["sheet"], {**volume["data"], "begins": begins}) if volume["sheet"] else None
    return bind(front, items, title=volume["data"]["title"])


def _pages(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


if __name__ == "__main__":
    main()
