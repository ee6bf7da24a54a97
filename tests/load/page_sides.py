"""The two sides of the pages' measurement, started over one filled read model: the portal, and the bare pages."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser

import asyncpg
import httpx

from firstshift.home import Home
from firstshift.ports import LOOPBACK, give_port
from firstshift.tokens import sign_token
from services.portal.tests.crowd import fill
from shared.db.migrate import migrate
from shared.testing.postgres import postgres_server
from shared.testing.running import eventually
from tests.load.machine import ROOT
from tests.load.one_service import one_service
from tests.load.page_weight import weight
from tests.load.servers import own_home, plain

PORTAL, BARE = "portal", "bare FastAPI, asyncpg and Jinja2, same rows"
PAGES = {
    "queue": ("/work?owner=anyone&limit=200", "/work"),
    "board": ("/board", "/board"),
    "assignment": ("/assignments/{assignment_id}", "/assignments/{assignment_id}"),
}
"""The page of the portal, and the bare one."""
MARKS = {"queue": "/work/", "board": "/assignments/", "assignment": "item-"}
"""How the addresses or ids of the rows of each page begin."""
START_SECONDS = 60
TOKEN_MINUTES = 60
ROLE = "coordinator"
NO_BROKER = f"{LOOPBACK}:9"
"""Nobody listens there: the API by itself neither publishes nor consumes."""
_BUSY = "SELECT assignment_id FROM queue_item WHERE is_open ORDER BY rank_at, work_item_id LIMIT 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One server, what it is asked for each page, and what goes with it."""

    port: int
    paths: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Both, and how many rows each page shows."""

    portal: Side
    bare: Side
    rows: Mapping[str, int]

    async def weights(self) -> dict[str, int]:
        """Bytes on the wire of each of the portal's pages with all that it loads."""
        async with _browser(self.portal) as http:
            return {name: await weight(http, path) for name, path in self.portal.paths.items()}


@contextmanager
def both_sides(entries: int) -> Iterator[Sides]:
    """Both servers over a read model with this many timeline entries, and a tenth and a 400th as many of the others."""
    with postgres_server(is_durable=True) as server, own_home() as home:
        url = f"{server}/portal"
        asyncio.run(_execute(f"{server}/postgres", "CREATE DATABASE portal"))
        migrate(url, "portal")
        asyncio.run(fill(url, assignments=entries // 400, items=entries // 10, entries=entries))
        asyncio.run(_execute(url, "VACUUM (ANALYZE)"))
        with (
            one_service("portal", home, database=url, kafka=NO_BROKER, role="api") as running,
            _bare(home, url) as port,
        ):
            yield asyncio.run(_sides(url, home, portal=int(running.url.rpartition(":")[2]), bare=port))


async def _sides(url: str, home: Home, *, portal: int, bare: int) -> Sides:
    connection = await asyncpg.connect(plain(url))
    assignment_id = await connection.fetchval(_BUSY)
    await connection.close()
    headers = {"Authorization": f"Bearer {sign_token(home, roles=[ROLE], minutes=TOKEN_MINUTES)}"}
    paths = {name: path.format(assignment_id=assignment_id) for name, (path, _) in PAGES.items()}
    side = Side(port=portal, paths=paths, headers=headers)
    async with _browser(side) as http:
        rows = {
            name: rows_of((await http.get(path)).raise_for_status().text, MARKS[name]) for name, path in paths.items()
        }
    beside = {
        name: f"{path.format(assignment_id=assignment_id)}?rows={rows[name]}" for name, (_, path) in PAGES.items()
    }
    return Sides(portal=side, bare=Side(port=bare, paths=beside, headers={}), rows=rows)


def rows_of(markup: str, mark: str) -> int:
    """How many rows a page shows: different addresses, or ids, that begin like this."""
    parser = _Marked(mark)
    parser.feed(markup)
    return len(parser.found)


class _Marked(HTMLParser):
    """Collects addresses and ids that begin with the mark; a row's links may lead further into it."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self._mark = mark
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "id") and value and value.startswith(self._mark):
                rest = value.removeprefix(self._mark)
                if "_" in rest or self._mark.endswith("-"):
                    self.found.add(rest.partition("/")[0].partition("?")[0])


def _browser(side: Side) -> httpx.AsyncClient:
    address = f"http://{LOOPBACK}:{side.port}"
    return httpx.AsyncClient(base_url=address, headers=dict(side.headers), timeout=START_SECONDS, trust_env=False)


@contextmanager
def _bare(home: Home, url: str) -> Iterator[int]:
    """The bare pages as a process; yields their port."""
    port = give_port(home, "bare", 0)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": url, "PORT": str(port)}
    with (home.logs / "bare.log").open("wb") as log:
        command = [sys.executable, "-m", "tests.load.pages_floor"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        asyncio.run(eventually(lambda: _listens(port), seconds=START_SECONDS))
        yield port
    finally:
        process.kill()
        process.wait()


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(LOOPBACK, port)
    except OSError:
        return False
    writer.close()
    return True


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(plain(url))
    await connection.execute(statement, timeout=600)
    await connection.close()
