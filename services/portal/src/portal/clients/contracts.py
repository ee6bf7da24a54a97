"""What each service says of its own API: its OpenAPI document, fetched once and looked at again now and then."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.clients.services import Answer, Services, Unreachable

DOCUMENT = "/openapi.json"
FRESH_SECONDS = 60
"""A service is replaced by a newer one while the portal runs; its forms follow within a minute."""


@dataclass(frozen=True, slots=True)
class _Kept:
    document: Mapping[str, Any]
    fetched_at: float


class Contracts:
    """The documents by service. One that cannot be fetched anew is used as it was."""

    def __init__(self, services: Services, *, seconds: Callable[[], float] = time.monotonic) -> None:
        """`seconds`: how time passes here."""
        self._services = services
        self._seconds = seconds
        self._kept: dict[str, _Kept] = {}

    async def of(self, service: str) -> Mapping[str, Any] | Unreachable:
        """The service's document; Unreachable when it never answered."""
        kept = self._kept.get(service)
        if kept and self._seconds() - kept.fetched_at < FRESH_SECONDS:
            return kept.document
        outcome = await self._services.get(service, DOCUMENT)
        if isinstance(outcome, Answer) and isinstance(outcome.body, dict) and "paths" in outcome.body:
            self._kept[service] = _Kept(outcome.body, self._seconds())
            return outcome.body
        return kept.document if kept else Unreachable(service=service)

    def doubt(self, service: str) -> None:
        """A refusal says that the document may be out of date: it is fetched again when it is next asked for."""
        kept = self._kept.get(service)
        if kept:
            self._kept[service] = _Kept(kept.document, self._seconds() - FRESH_SECONDS)
