"""The program that looks into files: what it finds, and that nothing can be done to the service by way of it."""

import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from credentialing.clients.inspection.__main__ import look
from credentialing.clients.inspector import Inspector
from credentialing.domain.documents.inspection import Active, Bounds, Fault, Inspection
from credentialing.domain.documents.media import MediaType
from credentialing.domain.documents.proposal import Confidence
from services.credentialing.tests.clients.papers import (
    a_pdf,
    an_image,
    changed_pdf,
    many_pages,
    pdf_with_action,
    pdf_with_text,
)


async def parts(content: bytes) -> AsyncIterator[bytes]:
    for place in range(0, len(content), 65_536):
        yield content[place : place + 65_536]


def in_place_of_it(tmp_path: Path, program: str) -> tuple[str, ...]:
    """Another program to start instead, which may do anything."""
    path = tmp_path / "program.py"
    path.write_text(program)
    return (str(path),)


async def test_a_card_is_read_by_a_program_of_its_own():
    found = await Inspector(Bounds()).inspect(parts(a_pdf()), media_type=MediaType.PDF)
    assert found == look(a_pdf(), MediaType.PDF, Bounds())
    assert (found.fault, found.pages, found.active) == (None, 1, ())
    assert found.proposal
    assert found.proposal.number
    assert found.proposal.number.confidence is Confidence.HIGH


@pytest.mark.parametrize(
    ("case", "program", "seconds", "fault"),
    [
        ("it never ends", "while True: pass", 1, Fault.TOO_COMPLEX),
        ("it takes nothing in", "import time; time.sleep(600)", 1, Fault.TOO_COMPLEX),
        ("it is killed", "import os; os.kill(os.getpid(), 9)", 60, Fault.TOO_COMPLEX),
        ("it stumbles", "import sys; sys.stdin.buffer.read(); raise ValueError", 60, Fault.DAMAGED),
        ("it talks without end", "import sys\nwhile True: sys.stdout.write('x' * 65536)", 1, Fault.TOO_COMPLEX),
        ("it says something else", "import sys; sys.stdin.buffer.read(); print('{}x')", 60, Fault.TOO_COMPLEX),
    ],
)
async def test_whatever_happens_to_the_program_the_file_is_refused(tmp_path, case, program, seconds, fault):
    """INVARIANT: a file over which the program ends, or does not end, never becomes a document.

    What breaks it: taking silence, or an answer cut off, for a good one.
    """
    inspector = Inspector(Bounds(), seconds=seconds, program=in_place_of_it(tmp_path, program))
    found = await inspector.inspect(parts(bytes(2_000_000)), media_type=MediaType.PDF)
    assert found == Inspection(fault=fault), case


async def test_text_that_unpacks_to_far_more_than_it_takes_harms_nobody():
    """Two hundred megabytes of blanks in two hundred kilobytes, as the text of the first page."""
    content = pdf_with_text(zlib.compress(b" " * 200_000_000, 9))
    inspector = Inspector(Bounds(), memory_bytes=600 * 1024 * 1024)
    found = await inspector.inspect(parts(content), media_type=MediaType.PDF)
    assert found.proposal is None


async def test_memory_that_is_too_small_ends_the_program_not_the_service():
    """Two hundred megabytes are enough to start, not to decode sixty million points."""
    inspector = Inspector(Bounds(), memory_bytes=250 * 1024 * 1024)
    image = an_image("PNG", (7_700, 7_700))
    found = await inspector.inspect(parts(image), media_type=MediaType.PNG)
    assert found.fault is Fault.TOO_COMPLEX


async def test_the_program_sees_nothing_of_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("FILES_SECRET_KEY", "known to the service")
    program = "import os, sys; sys.stdin.buffer.read(); sys.exit(0 if 'FILES_SECRET_KEY' in os.environ else 1)"
    inspector = Inspector(Bounds(), program=in_place_of_it(tmp_path, program))
    found = await inspector.inspect(parts(b"x"), media_type=MediaType.PDF)
    assert found.fault is Fault.DAMAGED  # it ended with 1: nothing was there


@pytest.mark.parametrize(
    ("kind", "active"),
    [
        ("/JavaScript", Active.JAVASCRIPT),
        ("/Launch", Active.LAUNCH),
        ("/SubmitForm", Active.FORM_SUBMISSION),
        ("/ImportData", Active.FORM_SUBMISSION),
        ("/GoToE", Active.EMBEDDED_FILE),
        ("/Rendition", Active.RICH_MEDIA),
    ],
)
def test_what_could_act_is_found_whatever_it_is(kind, active):
    assert look(pdf_with_action(kind), MediaType.PDF, Bounds()).active == (active,)


def test_an_embedded_file_is_found():
    content = changed_pdf(lambda writer: writer.add_attachment("more.txt", b"more"))
    assert look(content, MediaType.PDF, Bounds()).active == (Active.EMBEDDED_FILE,)


def test_what_is_written_in_another_way_is_found_too():
    """Names may be spelled by numbers: /J#61vaScript is /JavaScript (ISO 32000-2, 7.3.5)."""
    content = pdf_with_action("/JavaScript").replace(b"/JavaScript", b"/J#61vaScript")
    assert b"/JavaScript" not in content
    assert look(content, MediaType.PDF, Bounds()).active == (Active.JAVASCRIPT,)


def test_what_no_page_leads_to_is_found_as_well():
    """An object that the file's table leaves out; some readers find such by themselves."""
    content = a_pdf()
    content += b"\n99 0 obj << /S /Launch /F (calc) >> endobj\n" + content[content.rindex(b"startxref") :]
    assert look(content, MediaType.PDF, Bounds()).active == (Active.LAUNCH,)


@pytest.mark.parametrize(("count", "fault"), [(3, None), (4, Fault.TOO_MANY_PAGES)])
def test_pages_are_counted(count, fault):
    found = look(many_pages(count), MediaType.PDF, Bounds(most_pages=3))
    assert (found.fault, found.pages) == (fault, 0 if fault else count)


def test_pages_of_a_scan_are_counted():
    scan = an_image("TIFF", save_all=True, append_images=[Image.new("RGB", (64, 48)) for _ in range(3)])
    assert look(scan, MediaType.TIFF, Bounds()).pages == 4
    assert look(scan, MediaType.TIFF, Bounds(most_pages=3)).fault is Fault.TOO_MANY_PAGES
