"""What no page may ever do, whatever a test looks at: write errors, break the policy, call strangers, fail."""

import re
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Request, Response, WebError

REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
"""Chromium writes an error for every answer of 400 and above; a refusal that a page shows is no fault."""


class Watch:
    """Collects the faults of one browser context. `origins` are the only ones that it may ask."""

    def __init__(self, origins: frozenset[str]) -> None:
        self._origins = origins
        self._faults: list[str] = []
        self._excused: list[re.Pattern[str]] = []

    def follow(self, context: BrowserContext) -> None:
        """From now on, every page of the context is watched."""
        context.on("console", self._hear)
        context.on("weberror", self._thrown)
        context.on("request", self._asked)
        context.on("response", self._answered)

    def excuse(self, pattern: str) -> None:
        """Faults that this matches belong to what the test does, such as ending a service."""
        self._excused.append(re.compile(pattern))

    @property
    def faults(self) -> list[str]:
        """All that were not excused, in order."""
        return [fault for fault in self._faults if not any(excuse.search(fault) for excuse in self._excused)]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not REFUSED.match(message.text):
            self._faults.append(f"console: {message.text} at {message.location.get('url', '')}")

    def _thrown(self, error: WebError) -> None:
        self._faults.append(f"script: {error.error}")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and f"{address.scheme}://{address.netloc}" not in self._origins:
            self._faults.append(f"stranger: {request.method} {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self._faults.append(f"status: {response.status} {response.request.method} {response.url}")
