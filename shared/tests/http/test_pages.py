"""Lists in pages: each row once, and nothing a hostile cursor can do."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

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
