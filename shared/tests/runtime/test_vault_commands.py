"""`python -m <service> vault …`: what an operator does to the keys."""

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from shared.principal import system
from shared.runtime.cli import commands
from shared.vault.ciphers import Place
from shared.vault.keys import FileKeys
from shared.vault.values import Secret
from shared.vault.vault import Vault

PLACE = Place(table="account", row="per_1", column="totp")


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture
def run(monkeypatch, database_url, keys):
    """Runs a command of the service as its environment says; the exit code and what it told."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("VAULT_KEYS", str(keys))

    async def command(*words: str) -> tuple[int, str]:
        done = await asyncio.to_thread(CliRunner().invoke, commands("assignments"), ["vault", *words])
        return done.exit_code, done.output

    return command


async def test_keys_are_made_added_and_turned_to(run, keys, works):
    assert (await run("make-keys", str(keys)))[0] == 0
    vault = Vault("assignments", FileKeys(str(keys)))
    async with works.begin(system("assignments")) as work:
        old = await vault.seal(work, subject="per_1", place=PLACE, secret=Secret("old"))
    added, turned, again = [
        await run("add-wrapping-key", str(keys)),
        await run("rotate-wrapping"),
        await run("rotate-wrapping"),
    ]
    await run("rotate-key", "per_1")
    async with works.begin(system("assignments")) as work:
        new = await vault.seal(work, subject="per_1", place=PLACE, secret=Secret("new"))
        opened = [(await vault.open(work, sealed, place=PLACE)).reveal() for sealed in (old, new)]
    current = json.loads(keys.read_text())["current"]
    assert (added[1].startswith(current), turned, again) == (
        True,
        (0, "1 keys wrapped anew\n"),
        (0, "0 keys wrapped anew\n"),
    )
    assert (opened, old.key_id != new.key_id) == (["old", "new"], True)


async def test_a_key_file_is_never_overwritten_and_a_wrong_one_is_named(run, keys):
    await run("make-keys", str(keys))
    before = keys.read_bytes()
    code, told = await run("make-keys", str(keys))
    assert (code, "File exists" in told, keys.read_bytes()) == (2, True, before)
    keys.write_text("[]")
    code, told = await run("add-wrapping-key", str(keys))
    assert (code, "no key file" in told) == (2, True)


async def test_without_usable_keys_it_says_what_to_do(run, keys):
    code, told = await run("rotate-wrapping")
    assert (code, "No such file" in told, "vault make-keys FILE" in told) == (1, True, True)
