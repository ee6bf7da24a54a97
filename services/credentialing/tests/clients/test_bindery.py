"""Who has packets put together outlives the program that does it, whatever that does."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from credentialing.clients.bindery import PROGRAM, Bindery, BinderyUnavailable, Chapter, Leaf, Volume
from services.credentialing.tests.clients.papers import a_pdf
from shared.files.chunks import FileKey
from shared.files.store import FileStore

KEY = FileKey(key_id="key_1", secret=bytes(range(32)))
DATA = {"title": "Packet", "agency": "Our agency", "fields": [], "rows": [], "notes": []}
DIES = ("-I", "-c", "import os; os.abort()")
SLEEPS = ("-I", "-c", "import time; time.sleep(600)")
STOPS_SHORT = (
    "-I",
    "-c",
    """import sys; sys.stdin.buffer.read(); print('{"volumes": [{"size": 100, "pages": 1}], "faulty": []}')""",
)


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore((tmp_path / "files").as_uri(), service="credentialing")


async def parts(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def a_leaf(store: FileStore, content: bytes) -> Leaf:
    incoming = await store.take_in(parts(content), key=KEY)
    await store.keep(incoming)
    return Leaf(file=incoming.name, key=KEY, media_type="application/pdf", size=len(content))


def a_volume(*leaves: Leaf) -> Volume:
    return Volume(sheet="cover", data=DATA, chapters=(Chapter(title="Card", leaves=leaves),))


def stored(folder: Path) -> int:
    return len([path for path in folder.rglob("*") if path.is_file()])


async def test_volumes_are_taken_in_and_gone_unless_they_are_kept(store, tmp_path):
    leaf = await a_leaf(store, a_pdf())
    async with Bindery(store).bound([a_volume(leaf), a_volume(leaf, leaf)], key=KEY) as bound:
        assert (bound.pages, bound.faulty, bound.is_too_much) == ((2, 3), (), False)
        await store.keep(bound.incoming[1])
    assert stored(tmp_path) == 2
    content = b"".join([part async for part in store.open(bound.incoming[1].name, key=KEY)])
    assert (content[:5], len(content)) == (b"%PDF-", bound.incoming[1].size)


async def test_a_file_that_is_not_as_it_was_put_is_named_before_anything_is_made(store, tmp_path):
    good, bad = await a_leaf(store, a_pdf()), await a_leaf(store, a_pdf(("Another",)))
    (path,) = [one for one in tmp_path.rglob("*") if one.name == bad.file]
    path.write_bytes(path.read_bytes()[:-1])
    async with Bindery(store).bound([a_volume(good, bad), a_volume(bad)], key=KEY) as bound:
        assert (bound.faulty, bound.incoming) == ((1, 2), ())


@pytest.mark.parametrize(("program", "seconds"), [(DIES, 20), (SLEEPS, 1)], ids=["dies", "does not end"])
async def test_a_program_that_dies_or_does_not_end_makes_nothing(store, tmp_path, program, seconds):
    leaf = await a_leaf(store, a_pdf())
    async with Bindery(store, program=program, seconds=seconds).bound([a_volume(leaf)], key=KEY) as bound:
        assert (bound.is_too_much, bound.incoming) == (True, ())
    assert stored(tmp_path) == 1


async def test_what_stops_short_is_not_kept(store, tmp_path):
    leaf = await a_leaf(store, a_pdf())
    with pytest.raises(BinderyUnavailable):
        async with Bindery(store, program=STOPS_SHORT).bound([a_volume(leaf)], key=KEY):
            pass
    assert stored(tmp_path) == 1


async def test_a_sheet_stands_by_itself_or_not_at_all(store):
    report = {"title": "Audit packet", "agency": "Our agency", "sections": []}
    assert (await Bindery(store).sheet("report", report)).startswith(b"%PDF-")
    with pytest.raises(BinderyUnavailable):
        await Bindery(store, program=DIES).sheet("report", report)
    assert PROGRAM[-1] == "credentialing.clients.assembly"
