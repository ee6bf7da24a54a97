"""The one call to other services: what would these terms mean for your department?"""

import asyncio
from collections.abc import Mapping
from typing import Protocol

import httpx
import structlog
from pydantic import TypeAdapter, ValidationError

from shared.contracts.catalogue import DEPARTMENTS
from shared.contracts.previews import Preview, PreviewRequest
from shared.outbound.internal import internal_client

log = structlog.get_logger()

SECONDS = 0.8
PATH = "/v1/previews"

_REQUEST = TypeAdapter(PreviewRequest)
_PREVIEW = TypeAdapter(Preview)


class Previews(Protocol):
    """Asks the four departments."""

    async def ask(self, asked: PreviewRequest) -> Mapping[str, Preview | None]:
        """Each department's preview, in their order; None from one that did not answer in time or not at all."""
        ...


class HttpPreviews:
    """Asks side by side over HTTP as the person who asked us; all of it takes 800 ms at most."""

    def __init__(self, urls: Mapping[str, str | None], *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """`urls`: the base address of each department, None where there is none; `transport` replaces the network."""
        self._clients = {
            department: internal_client(url, seconds=SECONDS, carries_token=True, transport=transport)
            for department, url in urls.items()
            if url
        }

    async def ask(self, asked: PreviewRequest) -> Mapping[str, Preview | None]:
        answers = await asyncio.gather(*(self._ask(department, asked) for department in DEPARTMENTS))
        return dict(zip(DEPARTMENTS, answers, strict=True))

    async def _ask(self, department: str, asked: PreviewRequest) -> Preview | None:
        client = self._clients.get(department)
        if client is None:
            return None
        try:
            async with asyncio.timeout(SECONDS):
                answer = await client.post(
                    PATH, content=_REQUEST.dump_json(asked), headers={"Content-Type": "application/json"}
                )
            return _PREVIEW.validate_json(answer.raise_for_status().content)
        except (httpx.HTTPError, TimeoutError, ValidationError) as error:
            log.warning("assignments.preview_unanswered", department=department, error=type(error).__name__)
            return None
