"""The client for the house's own services and its issuer, by an address that the operator has set."""

import httpx

from shared.http.context import current_request

MOST_CONNECTIONS = 4  # measured: one big pool costs four times as much


def internal_client(
    base_url: str,
    *,
    seconds: float = 5.0,
    carries_token: bool = False,
    transport: httpx.AsyncBaseTransport | None = None,
) -> httpx.AsyncClient:
    """A client of one host, whose calls end after `seconds` at each step (connect, send, receive) and carry the trace.

    Loopback and plain http are lawful here; redirects and proxies are not. A call that leaves scheme, host and port of
    `base_url` raises ValueError: an address from data is for `public_client`.
    `carries_token`: the caller's own token goes along; for our own services only. `transport`: in place of the network.
    """

    async def continue_trace(request: httpx.Request) -> None:
        if _origin(request.url) != _origin(client.base_url):
            raise ValueError("an internal client calls its own host only")
        context = current_request.get()
        if context is None:
            return
        request.headers.setdefault("traceparent", context.traceparent)
        request.headers.setdefault("x-request-id", context.request_id)
        if carries_token and context.authorization:
            request.headers.setdefault("authorization", context.authorization)

    client = httpx.AsyncClient(
        base_url=base_url,
        timeout=seconds,
        transport=transport,
        limits=httpx.Limits(max_connections=MOST_CONNECTIONS, max_keepalive_connections=MOST_CONNECTIONS),
        follow_redirects=False,
        trust_env=False,
        event_hooks={"request": [continue_trace]},
    )
    return client


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
