"""A vault on a fresh database, and somebody who writes in it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import time
from typing import Any, TypeVar

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.db.work import Work, Works
from shared.principal import Principal
from shared.vault.ciphers import Place
from shared.vault.keys import FileKeys, make_key_file
from shared.vault.kinds import BANK_ACCOUNT, BIRTH_DATE, MEDICAL_NOTE, SSN
from shared.vault.private_values import PrivateValues
from shared.vault.vault import Vault

T = TypeVar("T")
Do = Callable[[Callable[[Work], Awaitable[Any]]], Awaitable[Any]]
HERE = Place(table="account", row="per_1", column="totp")


def signed_in(*, minutes_ago: int | None = 0, **whoever: Any) -> Principal:
    """Somebody who signed in so many minutes ago; None: nobody knows when."""
    instant = None if minutes_ago is None else datetime.fromtimestamp(time() - minutes_ago * 60, UTC)
    return Principal(**{"subject": "per_pat", "authenticated_at": instant, **whoever})


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """A key file."""
    path = tmp_path / "keys.json"
    make_key_file(path)
    return path


@pytest.fixture
def a_vault(keys: Path) -> Callable[[], Vault]:
    """Makes the vault of another process, which has unwrapped nothing yet."""
    return lambda: Vault("payroll", FileKeys(str(keys)))


@pytest.fixture
def vault(a_vault: Callable[[], Vault]) -> Vault:
    return a_vault()


@pytest.fixture
def values(vault: Vault) -> PrivateValues:
    return PrivateValues(vault, (SSN, BANK_ACCOUNT, BIRTH_DATE, MEDICAL_NOTE))


@pytest.fixture
def do(works: Works) -> Do:
    """Does something in a transaction of its own."""

    async def in_work(act: Callable[[Work], Awaitable[T]]) -> T:
        async with works.begin(signed_in()) as work:
            return await act(work)

    return in_work


@pytest.fixture
def rows(engine: AsyncEngine) -> Callable[[str], Awaitable[Sequence[Any]]]:
    """What a statement finds."""

    async def find(statement: str) -> Sequence[Any]:
        async with engine.connect() as connection:
            return (await connection.execute(text(statement))).all()

    return find
