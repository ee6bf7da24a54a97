"""Who may call other machines over HTTP: `shared.outbound` alone, whose clients check where they go (ADR 0015)."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.rule import rule
from tests.architecture.source import Module, Tree, called

CALLERS = {
    "shared/src/shared/outbound/*": "the place for it",
    "shared/src/shared/testing/*": "calls the services under test, in the process or on loopback",
}

OTHER_CLIENTS = frozenset(
    "aiohttp ftplib http.client httpcore pycurl requests urllib.request urllib3 websockets".split()
)
"""Libraries that open connections by an address; httpx may be imported for its types and errors."""

_HTTPX = re.compile(
    r"(Async)?(Client|HTTPTransport)|create_ssl_context|delete|get|head|options|patch|post|put|request|stream"
)
_OPENERS = re.compile(r"(\w+\.)*(create_connection|connect_tcp|open_connection|sock_connect)|socket\.socket")

_PAYROLL = "services/payroll/src/payroll"
_SAYS = "take a client of shared.outbound"


@rule(
    {
        f"{_PAYROLL}/clients.py": (
            "import httpx\n"
            "import urllib.request\n"
            "from aiohttp import ClientSession\n"
            "from httpx import AsyncClient, HTTPError\n"
            "def rates(client: httpx.AsyncClient):\n"
            "    httpx.get('https://rates.example')\n"
            "    return httpx.AsyncClient(transport=httpx.MockTransport(answer))\n"
            "class Mine(httpx.AsyncHTTPTransport): ...\n"
            "opened = httpx.AsyncClient\n"
        ),
        f"{_PAYROLL}/app/pay.py": (
            "from urllib.parse import quote\n"
            "import asyncio, socket\n"
            "async def reach(host, engine, client):\n"
            "    await asyncio.open_connection(host, 443)\n"
            "    socket.socket().connect((host, 443))\n"
            "    await engine.connect()\n"
            "    await client.get('/v1/previews')\n"
        ),
        "shared/src/shared/access/keys.py": "import httpcore\n",
        "shared/src/shared/outbound/public.py": "import httpcore\nimport httpx\nclient = httpx.AsyncClient()\n",
        "shared/src/shared/testing/api.py": "import httpx\nclient = httpx.AsyncClient()\n",
        "services/payroll/tests/api/test_runs.py": "import httpx\nclient = httpx.AsyncClient()\n",
    },
    f"{_PAYROLL}/app/pay.py:4 opens asyncio.open_connection: {_SAYS}",
    f"{_PAYROLL}/app/pay.py:5 opens socket.socket: {_SAYS}",
    f"{_PAYROLL}/clients.py imports urllib.request: {_SAYS}",
    f"{_PAYROLL}/clients.py imports aiohttp.ClientSession: {_SAYS}",
    f"{_PAYROLL}/clients.py imports httpx.AsyncClient: {_SAYS}",
    f"{_PAYROLL}/clients.py:6 opens httpx.get: {_SAYS}",
    f"{_PAYROLL}/clients.py:7 opens httpx.AsyncClient: {_SAYS}",
    f"{_PAYROLL}/clients.py:8 opens httpx.AsyncHTTPTransport: {_SAYS}",
    f"{_PAYROLL}/clients.py:9 opens httpx.AsyncClient: {_SAYS}",
    f"shared/src/shared/access/keys.py imports httpcore: {_SAYS}",
)
def calls_outside_go_through_one_factory(tree: Tree) -> Iterator[str]:
    """An annotation may name httpx.AsyncClient; nothing else may, nor any other way to open a connection."""
    for module in tree.modules("shared/src/*", "services/*/src/*", but=tuple(CALLERS)):
        for name in module.imported:
            if _is_client(name):
                yield f"{module.path} imports {name}: {_SAYS}"
        yield from (f"{module.at(node)} opens {name}: {_SAYS}" for node, name in _openings(module))


def _is_client(imported: str) -> bool:
    package, _, name = imported.rpartition(".")
    of_others = any(f"{imported}.".startswith(f"{other}.") for other in OTHER_CLIENTS)
    return of_others or (package == "httpx" and _HTTPX.fullmatch(name) is not None)


def _openings(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """The places that use a client of httpx as a value, or call something that opens a connection."""
    annotations = {id(part) for node in module.nodes for note in _annotations(node) for part in ast.walk(note)}
    for node in module.nodes:
        if isinstance(node, ast.Attribute) and id(node) not in annotations and _is_client(ast.unparse(node)):
            yield node, ast.unparse(node)
        elif _OPENERS.fullmatch(called(node)):
            yield node, called(node)


def _annotations(node: ast.AST) -> Iterator[ast.expr]:
    notes = (getattr(node, "annotation", None), getattr(node, "returns", None))
    yield from (note for note in notes if note)
