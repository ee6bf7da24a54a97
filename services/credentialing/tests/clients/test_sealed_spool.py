"""A file that is read out of order on its way in: what is read is what came, and the disk holds none of it in clear."""

import os
from collections.abc import AsyncIterator
from hashlib import sha256
from random import Random

import pytest

from credentialing.clients.sealed_spool import sealed_spool

CONTENT = bytes(range(256)) * 1200 + b"the end"


async def parts(size: int) -> AsyncIterator[bytes]:
    for place in range(0, len(CONTENT), size):
        yield CONTENT[place : place + size]


@pytest.mark.parametrize("size", [1, 7, 16, 65_536, len(CONTENT)])
async def test_from_every_place_what_came_is_read(size):
    chance = Random(size)
    async with sealed_spool(parts(size)) as spool:
        assert spool.digest == sha256(CONTENT).digest()
        assert spool.file.seek(0, os.SEEK_END) == len(CONTENT)
        for _ in range(200):
            place, count = chance.randrange(len(CONTENT)), chance.randrange(1, 100_000)
            spool.file.seek(place)
            assert spool.file.read(count) == CONTENT[place : place + count]
        spool.file.seek(-7, os.SEEK_END)
        assert spool.file.read() == b"the end"


async def test_what_lies_on_the_disk_is_not_what_came():
    """The file has no name; the process itself can look at it by its descriptor."""
    async with sealed_spool(parts(65_536)) as spool:
        on_disk = os.pread(spool.descriptor, 2 * len(CONTENT), 0)
        assert len(on_disk) == len(CONTENT)
        assert CONTENT[:64] not in on_disk
        assert b"the end" not in on_disk
