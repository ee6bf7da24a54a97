"""Seals what identity must read again but nobody else may: signing keys and the secrets of second factors."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from shared.vault.errors import SealBroken
from shared.vault.keys import KeyProvider


class Sealer:
    """Seals by the wrapping keys of this service; what was sealed for one place opens in no other."""

    def __init__(self, keys: KeyProvider) -> None:
        self._keys = keys

    async def seal(self, clear: str, *, place: str) -> str:
        """The text to store. Raises VaultUnavailable without a key file."""
        kek_id = await self._keys.current_key_id()
        wrapped = await self._keys.wrap(clear.encode(), kek_id=kek_id, bound_to=place.encode())
        return f"{kek_id}.{urlsafe_b64encode(wrapped).decode()}"

    async def open(self, sealed: str, *, place: str) -> str:
        """The clear text. Raises VaultUnavailable, and SealBroken for a text of another place or a changed one."""
        kek_id, _, wrapped = sealed.partition(".")
        clear = await self._keys.unwrap(urlsafe_b64decode(wrapped), kek_id=kek_id, bound_to=place.encode())
        return clear.decode()

    async def open_offered(self, offered: str, *, place: str) -> str | None:
        """The clear text of what a browser brought back; None for anything but what was sealed for this place, and
        lately: under the present key, as whatever names another is not worth looking for one. Raises VaultUnavailable.
        """
        if offered.partition(".")[0] != await self._keys.current_key_id():
            return None
        try:
            return await self.open(offered, place=place)
        except (SealBroken, ValueError):
            return None
