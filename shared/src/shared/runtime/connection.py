"""One HTTP/1.1 connection: uvicorn's, which by itself takes a head of any size and waits for one for ever."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from shared.errors import Refused
from shared.guard.errors import HeadersTooLarge
from shared.guard.headers import with_safe_headers
from shared.guard.limits import HEADERS
from shared.http.context import RequestContext
from shared.http.errors import BadRequest
from shared.http.problems import answer, problem_of
from shared.ids import new_uuid

HEAD_BYTES = 64 * 1024
"""Of a head that is not whole yet; `RequestLimits` judges a whole one, more strictly."""

LOOK_SECONDS = 20.0
MOST_PASSED_OVER = 1024 * 1024
"""Bytes of a body that are read after its request was answered; so much is often on its way by then."""

LINGER_SECONDS = 2.0
"""How long whoever sends more has to read the answer."""


class Connection(HttpToolsProtocol):
    """Ends when it brings no request, and waits for no answer, from one look to the next.

    So neither silence nor a head that drips in can hold a connection for more than two looks, and of a body that was
    refused no more than a megabyte is read; a request that is being answered may take its time, and its body has
    `RequestLimits`.
    """

    def __init__(self, *args: Any, look_seconds: float = LOOK_SECONDS, **options: Any) -> None:
        super().__init__(*args, **options)
        self._look_seconds = look_seconds
        self._look: asyncio.TimerHandle | None = None
        self._has_brought_one = False
        self._is_in_head = False
        self._head_bytes = 0
        self._passed_over = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begins to look."""
        super().connection_made(transport)
        self._look = self.loop.call_later(self._look_seconds, self._look_at)

    def connection_lost(self, exc: Exception | None) -> None:
        """Looks no more."""
        if self._look:
            self._look.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Counts the bytes of a head that is not whole, and those that come after the answer."""
        super().data_received(data)
        self._pass_over(len(data))
        if self._is_in_head:
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_BYTES:
                self._refuse(HeadersTooLarge(limit_bytes=HEAD_BYTES, limit=HEADERS))

    def on_message_begin(self) -> None:
        """The parser met the first byte of a request."""
        super().on_message_begin()
        self._is_in_head = True
        self._head_bytes = 0
        self._passed_over = 0

    def on_headers_complete(self) -> None:
        """The parser met the end of a head."""
        self._is_in_head = False
        self._has_brought_one = True
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP is answered as a problem, too."""
        self._refuse(BadRequest())

    @property
    def _is_answering(self) -> bool:
        # uvicorn has None there before the first request.
        return self.cycle is not None and not self.cycle.response_complete  # type: ignore[redundant-expr]

    def _pass_over(self, size: int) -> None:
        """Reads no more of a body that was refused and goes on; the connection ends soon (RFC 9112, 9.6)."""
        # uvicorn has None there before the first request.
        if self.cycle is None or not (self.cycle.response_complete and self.cycle.more_body):  # type: ignore[redundant-expr]
            return
        was, self._passed_over = self._passed_over, self._passed_over + size
        if was <= MOST_PASSED_OVER < self._passed_over and not self.transport.is_closing():
            self.transport.pause_reading()
            self.loop.call_later(LINGER_SECONDS, self.transport.close)

    def _look_at(self) -> None:
        if self._is_answering or self._has_brought_one:
            self._has_brought_one = False
            self._look = self.loop.call_later(self._look_seconds, self._look_at)
        else:
            self.transport.close()

    def _refuse(self, refusal: Refused) -> None:
        """Answers, unless another answer is on its way, and ends the connection."""
        self._is_in_head = False
        if not self._is_answering:
            self.transport.write(_written(refusal))
        self.transport.close()


def _written(refusal: Refused) -> bytes:
    request_id = str(new_uuid())
    response = answer(problem_of(refusal), RequestContext(request_id=request_id, traceparent=""))
    own = [(b"x-request-id", request_id.encode()), (b"connection", b"close")]
    lines = [b"%s: %s\r\n" % header for header in with_safe_headers(response.raw_headers, own)]
    return b"".join([STATUS_LINE[response.status_code], *lines, b"\r\n", bytes(response.body)])
