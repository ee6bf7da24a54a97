"""What an operator does to the keys of one service, in transactions of its own."""

from typing import Protocol

from shared.clock import SystemClock
from shared.db.engine import make_engine
from shared.db.work import Works
from shared.principal import system
from shared.vault.keys import FileKeys
from shared.vault.vault import Vault


class Settings(Protocol):
    """Where the service's database and its keys are."""

    @property
    def database_url(self) -> str:
        """Where the rows are."""
        ...

    @property
    def vault_keys(self) -> str:
        """The key file."""
        ...


class Maintenance:
    """Opens the database for each command, and closes it."""

    def __init__(self, service: str, settings: Settings) -> None:
        self._vault = Vault(service, FileKeys(settings.vault_keys))
        self._service = service
        self._settings = settings

    async def rotate_wrapping(self) -> int:
        """Wraps every key by the current wrapping key, batch by batch; how many. Raises VaultUnavailable."""
        engine = make_engine(self._settings.database_url, application_name=f"{self._service}-vault")
        works, done = Works(self._service, engine, SystemClock()), 0
        try:
            while True:
                async with works.begin(system(self._service)) as work:
                    turned = await self._vault.rewrap(work)
                if not turned:
                    return done
                done += turned
        finally:
            await engine.dispose()

    async def rotate_key(self, subject: str) -> None:
        """Retires the key of one subject."""
        engine = make_engine(self._settings.database_url, application_name=f"{self._service}-vault")
        try:
            async with Works(self._service, engine, SystemClock()).begin(system(self._service)) as work:
                await self._vault.retire_key(work, subject)
        finally:
            await engine.dispose()
