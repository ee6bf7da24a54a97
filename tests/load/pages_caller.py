"""The caller of the pages' measurement, a process of its own: bare sockets, so that what is measured is the server.

Reads its order as JSON from standard input and prints what it saw as JSON. Any answer but 200 ends it.
"""

import asyncio
import json
import sys
from asyncio import StreamReader, StreamWriter
from time import perf_counter, process_time
from typing import Any

import uvloop

from tests.load.api_caller import END_OF_HEADERS, LENGTH, SETTLED, percentiles

OK = b"HTTP/1.1 200"


class Connection:
    """One kept-alive connection that asks for one page; answers come one after the other."""

    def __init__(self, streams: tuple[StreamReader, StreamWriter], request: bytes) -> None:
        self._reader, self._writer = streams
        self._request = request

    async def ask(self) -> int:
        """How many bytes came, with the head. Fails unless the answer is 200."""
        self._writer.write(self._request)
        head = await self._reader.readuntil(END_OF_HEADERS)
        start = head.lower().index(LENGTH) + len(LENGTH)
        body = await self._reader.readexactly(int(head[start : head.index(b"\r\n", start)]))
        assert head.startswith(OK), head.decode()
        return len(head) + len(body)

    def close(self) -> None:
        """Says nothing more."""
        self._writer.close()


def request_of(order: dict[str, Any]) -> bytes:
    """The bytes of the request, as a browser would ask."""
    lines = [f"GET {order['path']} HTTP/1.1", "Host: 127.0.0.1", "Accept: text/html", "Accept-Encoding: gzip"]
    lines += [f"{name}: {value}" for name, value in order["headers"].items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def closed(order: dict[str, Any], connections: list[Connection]) -> dict[str, Any]:
    """Every connection asks as soon as it was answered: how many a second."""
    latencies: list[float] = []
    begun, begun_cpu = perf_counter(), process_time()

    async def ask_on(connection: Connection) -> None:
        while (sent := perf_counter()) - begun < order["seconds"]:
            await connection.ask()
            latencies.append(perf_counter() - sent)

    await asyncio.gather(*(ask_on(connection) for connection in connections))
    seconds, cpu_seconds = perf_counter() - begun, process_time() - begun_cpu
    return {"requests": len(latencies), "seconds": seconds, "cpu_seconds": cpu_seconds, **percentiles(latencies)}


async def opened(order: dict[str, Any], connections: list[Connection]) -> dict[str, Any]:
    """A request is due every so often, whatever became of those before; its latency counts from when it was due."""
    free: asyncio.Queue[Connection] = asyncio.Queue()
    for connection in connections:
        free.put_nowait(connection)
    latencies: list[float] = []
    total = int(order["rate"] * order["seconds"])

    async def ask(due: float) -> None:
        connection = await free.get()
        await connection.ask()
        latencies.append(perf_counter() - due)
        free.put_nowait(connection)

    begun = perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(total):
            due = begun + number / order["rate"]
            await asyncio.sleep(max(due - perf_counter(), 0))
            group.create_task(ask(due))
    return {
        "requests": total,
        "seconds": perf_counter() - begun,
        **percentiles(latencies[int(total * SETTLED) :]),
    }


async def call(order: dict[str, Any]) -> dict[str, Any]:
    """Carries the order out."""
    request = request_of(order)
    pairs = [await asyncio.open_connection("127.0.0.1", order["port"]) for _ in range(order["connections"])]
    connections = [Connection(pair, request) for pair in pairs]
    seen = await (opened(order, connections) if "rate" in order else closed(order, connections))
    for connection in connections:
        connection.close()
    return seen


if __name__ == "__main__":
    sys.stdout.write(json.dumps(uvloop.run(call(json.load(sys.stdin)))))
