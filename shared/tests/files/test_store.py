"""Where files lie: taken in whole or not at all, once, and read as they were put.

True of a folder and of a bucket; the bucket is asked over HTTP, of a server that speaks S3.
"""

import os
import re
import subprocess
import sys
import time
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared.files.chunks import FileKey
from shared.files.errors import FileDamaged, FilesUnavailable
from shared.files.store import PART_BYTES, FileStore

KEY = FileKey(key_id="key_1", secret=bytes(range(32)))
OTHER = FileKey(key_id="key_2", secret=bytes(32))
TOMORROW = datetime(2100, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_numbers = count(1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that speaks S3: a process of its own, for it holds in memory whatever it is given."""
    log = tmp_path_factory.mktemp("s3") / "log"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as server:
        while not (found := re.search(r"Running on (http://\S+)", log.read_text())):
            assert server.poll() is None, log.read_text()
            time.sleep(0.05)
        yield found[1]
        server.kill()


class Bucket:
    """A bucket of its own, looked into without the store."""

    def __init__(self, server: str, name: str) -> None:
        self.name = name
        self._address = f"{server}/{name}"
        httpx.put(self._address, trust_env=False).raise_for_status()

    def keys(self) -> list[str]:
        """What lies in it, below the folder of its files."""
        found = httpx.get(self._address, params={"list-type": "2"}, trust_env=False).raise_for_status()
        return sorted(key.removeprefix("files/") for key in re.findall(r"<Key>(.*?)</Key>", found.text))

    def has_open_uploads(self) -> bool:
        """Whether parts lie there of what never became a file; they cost money and no listing shows them."""
        found = httpx.get(self._address, params={"uploads": ""}, trust_env=False).raise_for_status()
        return "<Upload>" in found.text


@pytest.fixture
def bucket(s3: str) -> Bucket:
    return Bucket(s3, f"bucket-{next(_numbers)}")


def options_of(server: str) -> dict[str, Any]:
    """What obstore takes for an S3 that is not Amazon's."""
    return {
        "endpoint": server,
        "region": "us-east-1",
        "access_key_id": "a",
        "secret_access_key": "b",
        "client_options": {"allow_http": True},
        "retry_config": {"max_retries": 0},
    }


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest) -> str:
    """Each test that asks for `store` and `stored` runs once with each."""
    return str(request.param)


@pytest.fixture
def store(place: str, request: pytest.FixtureRequest) -> FileStore:
    if place == "folder":
        return FileStore(request.getfixturevalue("folder").as_uri(), service="credentialing")
    name, server = request.getfixturevalue("bucket").name, request.getfixturevalue("s3")
    return FileStore(f"s3://{name}/files", service="credentialing", **options_of(server))


@pytest.fixture
def stored(place: str, request: pytest.FixtureRequest) -> Callable[[], list[str]]:
    """The paths of all that lies there."""
    if place == "bucket":
        bucket: Bucket = request.getfixturevalue("bucket")
        return bucket.keys
    folder = request.getfixturevalue("folder")
    return lambda: sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


async def parts(*contents: bytes) -> AsyncIterator[bytes]:
    for content in contents:
        yield content


async def read(content: AsyncIterator[bytes]) -> bytes:
    return b"".join([part async for part in content])


async def put(store: FileStore, content: bytes, key: FileKey = KEY) -> str:
    incoming = await store.take_in(parts(content), key=key)
    await store.keep(incoming)
    return incoming.name


async def test_a_file_comes_back_as_it_went(store, stored):
    content = os.urandom(700_001)
    incoming = await store.take_in(parts(content[:5], b"", content[5:]), key=KEY)
    assert await read(store.look_at(incoming, key=KEY)) == content
    await store.keep(incoming)
    assert await read(store.open(incoming.name, key=KEY)) == content
    assert (incoming.size, stored()) == (
        700_001,
        [f"credentialing/kept/{incoming.name[:2]}/{incoming.name}"],
    )


async def test_the_same_content_of_one_person_lies_there_once(store, stored):
    names = [await put(store, b"a card"), await put(store, b"a card"), await put(store, b"a card", OTHER)]
    assert names[0] == names[1] != names[2]
    assert len(stored()) == 2
    assert await read(store.open(names[0], key=KEY)) == b"a card"


@pytest.mark.parametrize("place", ["folder"], indirect=True)
async def test_neither_names_nor_bytes_tell_the_content(store, folder, stored):
    await put(store, b"Ana Example " * 1000)
    (path,) = stored()
    assert b"Ana" not in (folder / path).read_bytes()


async def test_what_breaks_off_leaves_nothing_behind(store, stored):
    async def breaking() -> AsyncIterator[bytes]:
        yield os.urandom(2 * PART_BYTES)
        raise RuntimeError("the line broke")

    with pytest.raises(RuntimeError, match="the line broke"):
        await store.take_in(breaking(), key=KEY)
    assert stored() == []


@pytest.mark.parametrize("place", ["bucket"], indirect=True)
async def test_an_upload_that_breaks_off_leaves_no_parts_in_the_bucket(store, bucket):
    async def breaking() -> AsyncIterator[bytes]:
        yield os.urandom(2 * PART_BYTES)
        assert bucket.has_open_uploads()
        raise RuntimeError("the line broke")

    with pytest.raises(RuntimeError, match="the line broke"):
        await store.take_in(breaking(), key=KEY)
    assert not bucket.has_open_uploads()


async def test_a_large_file_never_stands_in_memory(store):
    """Sixty megabytes pass; what Python holds at once stays below a third of it."""
    part = os.urandom(64 * 1024)

    async def large() -> AsyncIterator[bytes]:
        for _ in range(960):
            yield part

    tracemalloc.start()
    try:
        incoming = await store.take_in(large(), key=KEY)
        size = 0
        async for chunk in store.look_at(incoming, key=KEY):
            size += len(chunk)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (incoming.size, size) == (960 * len(part), 960 * len(part))
    assert most < 20_000_000


@pytest.mark.parametrize("place", ["folder"], indirect=True)
async def test_a_file_put_in_the_place_of_another_does_not_end_well(store, folder):
    """INVARIANT: what is read under a name is what was put under it, or an error before its end.

    What breaks it: verifying chunks alone, which all files of one person pass.
    """
    first, second = await put(store, b"the card of 2025" * 9000), await put(store, b"the card of 2027" * 9000)
    kept = folder / "credentialing" / "kept"
    (kept / second[:2] / second).replace(kept / first[:2] / first)
    with pytest.raises(FileDamaged):
        await read(store.open(first, key=KEY))


@pytest.mark.parametrize("place", ["folder"], indirect=True)
async def test_a_cut_file_and_a_missing_one_are_damaged(store, folder):
    name = await put(store, os.urandom(200_000))
    path = folder / "credentialing" / "kept" / name[:2] / name
    os.truncate(path, 150_000)
    with pytest.raises(FileDamaged):
        await read(store.open(name, key=KEY))
    await store.delete(name)
    await store.delete(name)
    with pytest.raises(FileDamaged):
        await read(store.open(name, key=KEY))


@pytest.mark.parametrize("place", ["folder"], indirect=True)
async def test_what_was_never_kept_is_swept_when_it_is_old(store, folder, stored):
    await store.take_in(parts(b"left"), key=KEY)
    draft = folder / "credentialing" / "incoming" / "inc_half#1"
    draft.write_bytes(b"half")
    kept = await put(store, b"kept")
    assert (await store.sweep(before=LONG_AGO), len(stored())) == (0, 3)
    assert await store.sweep(before=TOMORROW) == 2
    assert [path.rpartition("/")[2] for path in stored()] == [kept]
    assert [name async for name in store.names(before=TOMORROW)] == [kept]
    assert [name async for name in store.names(before=LONG_AGO)] == []


@pytest.mark.parametrize("place", ["bucket"], indirect=True)
async def test_what_was_never_kept_in_a_bucket_is_swept_when_it_is_old(store, stored):
    await store.take_in(parts(b"left"), key=KEY)
    kept = await put(store, b"kept")
    assert (await store.sweep(before=LONG_AGO), len(stored())) == (0, 2)
    assert await store.sweep(before=TOMORROW) == 1
    assert [path.rpartition("/")[2] for path in stored()] == [kept]
    assert [name async for name in store.names(before=TOMORROW)] == [kept]


async def test_a_discarded_file_is_gone_and_cannot_be_kept(store, stored):
    incoming = await store.take_in(parts(b"not wanted"), key=KEY)
    await store.discard(incoming)
    assert stored() == []
    with pytest.raises(FileDamaged):
        await store.keep(incoming)


@pytest.mark.parametrize("url", ["", "s3://bucket/folder"], ids=["no place", "nobody answers"])
async def test_a_place_that_is_not_there_is_unavailable_when_it_is_used(url):
    store = FileStore(url, service="credentialing", **options_of("http://127.0.0.1:9") if url else {})
    with pytest.raises(FilesUnavailable):
        await store.take_in(parts(b"x"), key=KEY)
    with pytest.raises(FilesUnavailable):
        await read(store.open("ab", key=KEY))
