"""Numbers of credentials: sealed under their clinician's key, so that erasing the person makes them unreadable."""

from dataclasses import dataclass, replace

from credentialing.domain.credential_number import end_of
from credentialing.domain.sources.inquiry import About
from credentialing.domain.sources.licences import digits_of
from shared.db.work import Work
from shared.vault.ciphers import Place
from shared.vault.errors import PrivateValuesErased
from shared.vault.values import Sealed, Secret
from shared.vault.vault import Vault

KIND = "credential_number"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedNumber:
    """A number as it is kept: sealed, the end that is shown, and a mark that is the same for the same digits."""

    text: str
    end: str | None
    mark: str


class Numbers:
    """Seals and opens the numbers of credentials."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def sealed(self, work: Work, number: str, *, clinician_id: str, credential_id: str) -> SealedNumber:
        """The number for this credential's row alone. Raises PrivateValuesErased and VaultUnavailable."""
        place = _place(credential_id)
        text = await self._vault.seal(work, subject=clinician_id, place=place, secret=Secret(number))
        return SealedNumber(text=str(text), end=end_of(number), mark=await self.mark(number))

    async def opened(self, work: Work, text: str | None, *, credential_id: str | None) -> str | None:
        """The number in clear; None when its person was erased. What was kept before numbers were sealed is as it is.

        Raises SealBroken and VaultUnavailable.
        """
        sealed = _as_sealed(text)
        if sealed is None or credential_id is None:
            return text
        try:
            return (await self._vault.open(work, sealed, place=_place(credential_id))).reveal()
        except PrivateValuesErased:
            return None

    async def cleared(self, work: Work, about: About) -> About:
        """What is asked about, with its number in clear; never to be kept. Raises SealBroken and VaultUnavailable."""
        return replace(about, number=await self.opened(work, about.number, credential_id=about.credential_id))

    async def marked(self, looked_up: str) -> str:
        """Jurisdiction and digits, with the mark in the place of the digits. Raises VaultUnavailable."""
        jurisdiction, _, digits = looked_up.partition(":")
        return f"{jurisdiction}:{await self.mark(digits)}"

    async def mark(self, number: str) -> str:
        """The same for numbers of the same digits, and telling nothing without the key. Raises VaultUnavailable."""
        return await self._vault.blind_index(Secret(digits_of(number)), kind=KIND)


def _as_sealed(text: str | None) -> Sealed | None:
    try:
        return Sealed(text) if text else None
    except TypeError:
        return None


def _place(credential_id: str) -> Place:
    return Place(table="credential", row=credential_id, column="number")
