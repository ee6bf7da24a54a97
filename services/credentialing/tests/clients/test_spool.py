"""A file on its way to the disk."""

from collections.abc import AsyncIterator
from hashlib import sha256

import pytest

from credentialing.clients.spool import spooled


async def parts(*given: bytes, ends_well: bool = True) -> AsyncIterator[bytes]:
    for part in given:
        yield part
    if not ends_well:
        raise ConnectionResetError


async def test_a_file_lies_on_the_disk_while_it_is_needed():
    async with spooled(parts(b"one ", b"two")) as file:
        assert (file.path.read_bytes(), file.digest) == (b"one two", sha256(b"one two").digest())
    assert not file.path.exists()


async def test_a_file_that_did_not_come_in_whole_is_none():
    with pytest.raises(ConnectionResetError):
        async with spooled(parts(b"one ", ends_well=False)):
            pytest.fail("half a file was taken for one")
