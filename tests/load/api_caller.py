"""The caller of the API measurement, a process of its own: bare sockets, so that what is measured is the server.

Reads its orders as JSON from standard input and prints what it saw as JSON. Each request is another offer under
another key; any answer but 201 ends it.
"""

import asyncio
import json
import sys
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable
from itertools import count
from time import perf_counter, process_time
from typing import Any

import uvloop

END_OF_HEADERS = b"\r\n\r\n"
LENGTH = b"content-length: "
CREATED = b"HTTP/1.1 201"
SETTLED = 0.25
"""Of the latencies of an open loop, the part at its beginning that is left out."""


class Connection:
    """One kept-alive connection; answers come one after the other."""

    def __init__(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def ask(self, request: bytes) -> None:
        """Sends the request and reads the answer to its last byte. Fails unless it is 201."""
        self._writer.write(request)
        head = await self._reader.readuntil(END_OF_HEADERS)
        start = head.lower().index(LENGTH) + len(LENGTH)
        body = await self._reader.readexactly(int(head[start : head.index(b"\r\n", start)]))
        assert head.startswith(CREATED), (head + body).decode()


def offers(order: dict[str, Any]) -> Callable[[], bytes]:
    """Gives the bytes of one more request: the next person's token, a fresh reference and a fresh key."""
    numbers, tokens = count(), order["tokens"]

    def next_offer() -> bytes:
        number = next(numbers)
        reference = f"{order['name']}-{number}"
        body = json.dumps({**order["offer"], "source_reference": reference}).encode()
        head = (
            f"POST {order['path']} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {tokens[number % len(tokens)]}\r\nIdempotency-Key: {reference}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    return next_offer


async def closed(order: dict[str, Any], connections: list[Connection]) -> dict[str, Any]:
    """Every connection asks as soon as it was answered: how many a second."""
    next_offer = offers(order)
    latencies: list[float] = []
    begun, begun_cpu = perf_counter(), process_time()

    async def ask_on(connection: Connection) -> None:
        while (sent := perf_counter()) - begun < order["seconds"]:
            await connection.ask(next_offer())
            latencies.append(perf_counter() - sent)

    await asyncio.gather(*(ask_on(connection) for connection in connections))
    seconds, cpu_seconds = perf_counter() - begun, process_time() - begun_cpu
    return {"requests": len(latencies), "seconds": seconds, "cpu_seconds": cpu_seconds, **percentiles(latencies)}


async def opened(order: dict[str, Any], connections: list[Connection]) -> dict[str, Any]:
    """A request is due every so often, whatever became of those before; its latency counts from when it was due."""
    next_offer = offers(order)
    free: asyncio.Queue[Connection] = asyncio.Queue()
    for connection in connections:
        free.put_nowait(connection)
    latencies: list[float] = []
    total = int(order["rate"] * order["seconds"])

    async def ask(due: float) -> None:
        connection = await free.get()
        await connection.ask(next_offer())
        latencies.append(perf_counter() - due)
        free.put_nowait(connection)

    begun = perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(total):
            due = begun + number / order["rate"]
            await asyncio.sleep(max(due - perf_counter(), 0))
            group.create_task(ask(due))
    seconds = perf_counter() - begun
    return {"requests": total, "seconds": seconds, **percentiles(latencies[int(total * SETTLED) :])}


def percentiles(latencies: list[float]) -> dict[str, float]:
    """Milliseconds that half, and 99 of 100, stay under."""
    ranked = sorted(latencies)
    return {f"p{rank}": 1000 * ranked[len(ranked) * rank // 100] for rank in (50, 99)}


async def call(order: dict[str, Any]) -> dict[str, Any]:
    """Carries the order out."""
    pairs = [await asyncio.open_connection("127.0.0.1", order["port"]) for _ in range(order["connections"])]
    connections = [Connection(*pair) for pair in pairs]
    seen = await (opened(order, connections) if "rate" in order else closed(order, connections))
    for _, writer in pairs:
        writer.close()
    return seen


if __name__ == "__main__":
    sys.stdout.write(json.dumps(uvloop.run(call(json.load(sys.stdin)))))
