"""A key file that cannot be trusted is named, with the way to mend it, when somebody needs it and not before."""

import json
import os
import stat
from pathlib import Path

import pytest

from shared.vault.errors import VaultUnavailable
from shared.vault.keys import FileKeys, add_wrapping_key, make_key_file


def test_a_key_file_is_for_its_owner_alone_and_never_overwritten(keys: Path):
    before = keys.read_bytes()
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        make_key_file(keys)
    assert (keys.read_bytes(), os.listdir(keys.parent)) == (before, [keys.name])


async def test_an_added_wrapping_key_is_current_and_the_older_ones_still_unwrap(keys: Path):
    ring = FileKeys(str(keys))
    first = await ring.current_key_id()
    wrapped = await ring.wrap(b"k" * 32, kek_id=first, bound_to=b"x")
    second = add_wrapping_key(keys)
    assert (await ring.current_key_id(), first != second) == (second, True)
    assert await ring.unwrap(wrapped, kek_id=first, bound_to=b"x") == b"k" * 32
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600


async def test_without_a_file_nothing_fails_until_somebody_asks():
    ring = FileKeys("")
    with pytest.raises(VaultUnavailable, match="no key file is named; `python -m <service> vault make-keys FILE`"):
        await ring.current_key_id()


async def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(VaultUnavailable, match=r"absent\.json: No such file .* vault make-keys FILE"):
        await FileKeys(str(tmp_path / "absent.json")).current_key_id()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
async def test_a_file_that_others_may_read_is_not_used_even_when_it_was_good_before(keys: Path, mode: int):
    ring = FileKeys(str(keys))
    await ring.current_key_id()
    keys.chmod(mode)
    with pytest.raises(VaultUnavailable, match=rf"others may read .* \(mode {mode:04o}\); run `chmod 600"):
        await ring.current_key_id()
    keys.chmod(0o600)
    assert await ring.current_key_id()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"current": "kek_1", "keys": [], "index_key": ""}',
        '{"current": "kek_1", "keys": {}, "index_key": "AAAA"}',
        json.dumps({"current": "kek_1", "keys": {"kek_1": "AAAA"}, "index_key": "A" * 43}),
        json.dumps({"current": "kek_2", "keys": {"kek_1": "A" * 43}, "index_key": "A" * 43}),
        json.dumps({"current": "kek_1", "keys": {"kek_1": 7}, "index_key": "A" * 43}),
    ],
)
async def test_a_damaged_file_is_said_to_be_damaged(keys: Path, content: str):
    keys.write_text(content)
    with pytest.raises(VaultUnavailable, match="is damaged; put back the copy"):
        await FileKeys(str(keys)).current_key_id()


async def test_a_wrapping_key_that_is_gone_is_asked_for(keys: Path):
    with pytest.raises(VaultUnavailable, match="lacks the wrapping key kek_gone; put it back"):
        await FileKeys(str(keys)).unwrap(b"", kek_id="kek_gone", bound_to=b"")
