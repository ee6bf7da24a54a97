"""The form of sealed files: whatever was sealed opens, and nothing else does."""

import asyncio
import os
from collections.abc import AsyncIterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.files.chunks import CHUNK_BYTES, HEADER_BYTES, TAG_BYTES, FileKey, opened, sealed, sealed_size
from shared.files.errors import FileDamaged

KEY = FileKey(key_id="key_1", secret=bytes(range(32)))
SEALED_CHUNK = CHUNK_BYTES + TAG_BYTES
sizes = st.one_of(
    st.integers(0, 300), st.sampled_from([CHUNK_BYTES + step for step in (-1, 0, 1)]), st.just(3 * CHUNK_BYTES)
)


async def in_parts(content: bytes, size: int) -> AsyncIterator[bytes]:
    """The content in parts of this size; an empty one comes as no part at all."""
    for place in range(0, len(content), size):
        yield content[place : place + size]


async def joined(parts: AsyncIterator[bytes]) -> bytes:
    return b"".join([part async for part in parts])


def seal(content: bytes, size: int = 10_007) -> bytes:
    return asyncio.run(joined(sealed(in_parts(content, size), key=KEY)))


def open_(box: bytes, size: int = 7_919, key: FileKey = KEY) -> bytes:
    return asyncio.run(joined(opened(in_parts(box, size), key=key)))


def chunks_of(box: bytes) -> list[bytes]:
    """The sealed chunks behind the header."""
    return [box[place : place + SEALED_CHUNK] for place in range(HEADER_BYTES, len(box), SEALED_CHUNK)]


@settings(max_examples=60, deadline=None)
@given(size=sizes, way_in=st.integers(1, 200_000), way_out=st.integers(1, 200_000))
def test_what_was_sealed_opens_in_whatever_parts_it_comes(size, way_in, way_out):
    content = os.urandom(size)
    way_in, way_out = max(way_in, size // 100 + 1), max(way_out, size // 100 + 1)
    box = seal(content, way_in)
    assert len(box) == sealed_size(size)
    assert open_(box, way_out) == content


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, sealed_size(2 * CHUNK_BYTES + 5) - 1), change=st.integers(1, 255))
def test_a_changed_byte_anywhere_is_seen(place, change):
    box = bytearray(SAMPLE)
    box[place] ^= change
    with pytest.raises(FileDamaged):
        open_(bytes(box))


@settings(max_examples=40, deadline=None)
@given(length=st.integers(0, sealed_size(2 * CHUNK_BYTES + 5) - 1))
def test_a_cut_anywhere_is_seen(length):
    """INVARIANT: a file that was cut off is never taken for a shorter one.

    What breaks it: sealing the last chunk as the others are.
    """
    with pytest.raises(FileDamaged):
        open_(SAMPLE[:length])


SAMPLE = seal(os.urandom(2 * CHUNK_BYTES + 5))


@pytest.mark.parametrize(
    ("change", "order"),
    [
        ("cut after a chunk", [0, 1]),
        ("the last missing, the first twice", [0, 0]),
        ("exchanged", [1, 0, 2]),
        ("one repeated", [0, 1, 1, 2]),
        ("one left out", [0, 2]),
        ("the last appended again", [0, 1, 2, 2]),
        ("nothing at all", []),
    ],
)
def test_chunks_open_in_their_places_alone(change, order):
    chunks = chunks_of(SAMPLE)
    with pytest.raises(FileDamaged):
        open_(SAMPLE[:HEADER_BYTES] + b"".join(chunks[number] for number in order))


def test_chunks_of_another_file_of_the_same_person_do_not_fit():
    other = seal(os.urandom(2 * CHUNK_BYTES + 5))
    mixed = SAMPLE[: HEADER_BYTES + SEALED_CHUNK] + other[HEADER_BYTES + SEALED_CHUNK :]
    with pytest.raises(FileDamaged):
        open_(mixed)


def test_no_chunk_is_given_out_before_it_was_verified():
    damaged = SAMPLE[: HEADER_BYTES + SEALED_CHUNK] + bytes(len(SAMPLE) - HEADER_BYTES - SEALED_CHUNK)

    async def given_out() -> int:
        count = 0
        with pytest.raises(FileDamaged):
            async for part in opened(in_parts(damaged, 100_000), key=KEY):
                count += len(part)
        return count

    assert asyncio.run(given_out()) == CHUNK_BYTES


def test_another_key_opens_nothing():
    with pytest.raises(FileDamaged):
        open_(SAMPLE, key=FileKey(key_id="key_1", secret=bytes(32)))


def test_a_key_shows_itself_nowhere_and_has_its_length():
    assert "secret" not in repr(KEY)
    with pytest.raises(ValueError, match="32 bytes"):
        FileKey(key_id="key_1", secret=b"short")


def test_the_name_of_a_content_depends_on_the_person():
    names = []
    for key in (KEY, FileKey(key_id="key_2", secret=bytes(32)), KEY):
        naming = key.naming()
        naming.update(b"the same card")
        names.append(naming.hexdigest())
    assert names[0] == names[2] != names[1]
