"""Lists in pages: each row once, and nothing a hostile cursor can do."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request

from shared.clock import FixedClock
from shared.db.work import Works
from shared.http.errors import CursorOfOtherList
from shared.http.pages import Found, fetch_page, page_request
from shared.principal import system
from shared.tests.http.conftest import thing

FIRST = date(2026, 1, 5)


@pytest.fixture
async def things(client: httpx.AsyncClient, engine: AsyncEngine) -> AsyncIterator[None]:
    """Seven things on three days."""
    rows = [
        {"id": f"thg_{number}", "name": f"n{number}", "on": FIRST + timedelta(days=number // 3)} for number in range(7)
    ]
    async with engine.begin() as connection:
        await connection.execute(text("INSERT INTO thing VALUES (:id, :name, 1, :on, 1)"), rows)
    yield


def sealed(content: Any) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def opened(cursor: str) -> list[Any]:
    content: list[Any] = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return content


@pytest.mark.usefixtures("things")
async def test_pages_show_each_row_once_in_order(client: httpx.AsyncClient) -> None:
    seen: list[str] = []
    cursor: str | None = None
    sizes: list[int] = []
    while cursor is not None or not sizes:
        page = (await client.get("/v1/things", params={"limit": 3} | ({"cursor": cursor} if cursor else {}))).json()
        seen += [item["id"] for item in page["items"]]
        sizes.append(len(page["items"]))
        cursor = page["next_cursor"]
    assert seen == [f"thg_{number}" for number in range(7)]
    assert sizes == [3, 3, 1]


@pytest.mark.usefixtures("things")
async def test_a_page_that_ends_with_the_list_has_no_next(client: httpx.AsyncClient) -> None:
    page = (await client.get("/v1/things?limit=7")).json()
    assert (len(page["items"]), page["next_cursor"]) == (7, None)


@pytest.mark.usefixtures("things")
async def test_a_cursor_is_good_for_its_own_list_only(client: httpx.AsyncClient) -> None:
    cursor = (await client.get("/v1/things?limit=3")).json()["next_cursor"]
    answer = await client.get("/v1/things", params={"cursor": cursor, "name": "n5"})
    assert (answer.status_code, answer.json()["code"]) == (422, "cursor_of_other_list")


@pytest.mark.usefixtures("things")
@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("not base64", lambda _: "%%%"),
        ("empty", lambda _: ""),
        ("cut off", lambda content: sealed(content)[:-5]),
        ("endless", lambda _: "A" * 5000),
        ("nested deeply", lambda _: urlsafe_b64encode(b"[" * 700).decode().rstrip("=")),
        ("no list", lambda _: sealed({"a": 1})),
        ("no key", lambda content: sealed(content[:1])),
        ("too many keys", lambda content: sealed([*content, "x"])),
        ("no date", lambda content: sealed([content[0], "soon", content[2]])),
        ("a number for a date", lambda content: sealed([content[0], 7, content[2]])),
        ("a list for a text", lambda content: sealed([*content[:2], ["x"]])),
        ("a NUL", lambda content: sealed([*content[:2], "a\0"])),
        ("half a surrogate pair", lambda content: sealed([*content[:2], "\ud800"])),
        ("null", lambda content: sealed([*content[:2], None])),
    ],
)
async def test_a_hostile_cursor_is_refused(client: httpx.AsyncClient, name: str, damage: Any) -> None:
    cursor = (await client.get("/v1/things?limit=3")).json()["next_cursor"]
    answer = await client.get("/v1/things", params={"cursor": damage(opened(cursor))})
    assert (answer.status_code, answer.json()["code"]) == (422, "cursor_damaged"), name


@pytest.mark.usefixtures("things")
async def test_a_cursor_cannot_carry_sql(client: httpx.AsyncClient) -> None:
    cursor = (await client.get("/v1/things?limit=3")).json()["next_cursor"]
    hostile = sealed([*opened(cursor)[:2], "' OR 1=1; DROP TABLE thing; --"])
    answer = await client.get("/v1/things", params={"cursor": hostile})
    assert answer.status_code == 200
    assert len((await client.get("/v1/things")).json()["items"]) == 7


Turn = Callable[..., Awaitable[Found[Any]]]
"""Turns to a page of three things: by a cursor, or to the first."""


@pytest.fixture
def turn(things: None, engine: AsyncEngine, clock: FixedClock) -> Turn:
    async def turned(cursor: str | None = None, *, path: str = "/v1/things", is_descending: bool = False) -> Found[Any]:
        request = Request({"type": "http", "path": path, "query_string": b"", "headers": []})
        paging = await page_request(request, limit=3, cursor=cursor)
        by = [thing.c.start_date, thing.c.id]
        async with Works("assignments", engine, clock).begin(system("assignments")) as work:
            return await fetch_page(work.session, select(thing), by=by, paging=paging, is_descending=is_descending)

    return turned


def ids(found: Found[Any]) -> list[str]:
    return [row.id for row in found.rows]


async def add(engine: AsyncEngine, *names: str, on: date) -> None:
    async with engine.begin() as connection:
        for name in names:
            await connection.execute(text("INSERT INTO thing VALUES (:id, :id, 1, :on, 1)"), {"id": name, "on": on})


async def remove(engine: AsyncEngine, *names: str) -> None:
    async with engine.begin() as connection:
        await connection.execute(thing.delete().where(thing.c.id.in_(names)))


@pytest.mark.parametrize("is_descending", [False, True])
async def test_the_way_back_shows_the_same_pages_as_the_way_there(turn: Turn, is_descending: bool) -> None:
    first = await turn(is_descending=is_descending)
    second = await turn(first.next_cursor, is_descending=is_descending)
    third = await turn(second.next_cursor, is_descending=is_descending)
    again = await turn(third.previous_cursor, is_descending=is_descending)
    begin = await turn(again.previous_cursor, is_descending=is_descending)
    assert [ids(one) for one in (again, begin)] == [ids(second), ids(first)]
    assert [len(ids(one)) for one in (first, second, third)] == [3, 3, 1]
    assert (first.previous_cursor, begin.previous_cursor, third.next_cursor) == (None, None, None)
    assert ids(await turn(again.next_cursor, is_descending=is_descending)) == ids(third)


async def test_rows_added_before_a_page_are_on_the_way_back_and_hide_none(turn: Turn, engine: AsyncEngine) -> None:
    second = await turn((await turn()).next_cursor)
    third = await turn(second.next_cursor)
    await add(engine, "thg_a", "thg_b", on=FIRST)
    back = await turn(third.previous_cursor)
    assert ids(back) == ids(second) == ["thg_3", "thg_4", "thg_5"]
    before = await turn(back.previous_cursor)
    assert ids(before) == ["thg_2", "thg_a", "thg_b"]
    assert ids(await turn(before.previous_cursor)) == ["thg_0", "thg_1", "thg_2"]  # the first page is a full one


async def test_whoever_goes_back_past_what_was_taken_away_is_at_the_first_page(turn: Turn, engine: AsyncEngine) -> None:
    second = await turn((await turn()).next_cursor)
    await remove(engine, "thg_0", "thg_1", "thg_2")
    begin = await turn(second.previous_cursor)
    assert (ids(begin), begin.previous_cursor) == (["thg_3", "thg_4", "thg_5"], None)
    assert ids(await turn(begin.next_cursor)) == ["thg_6"]


async def test_a_cursor_back_is_good_for_its_own_list_only(turn: Turn) -> None:
    second = await turn((await turn()).next_cursor)
    with pytest.raises(CursorOfOtherList):
        await turn(second.previous_cursor, path="/v1/others")
    for way in ("<<", ">", "-"):
        named, *border = opened(str(second.next_cursor or second.previous_cursor))
        with pytest.raises(CursorOfOtherList):
            await turn(sealed([f"{named.rstrip('<')}{way}", *border]))
