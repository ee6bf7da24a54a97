"""Commands over HTTP on real PostgreSQL: one effect per key, nothing left behind by what was refused."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from shared.http.idempotency import forget_old_keys

Count = Callable[[str], Awaitable[int]]
Json = dict[str, Any]


def key(value: str = "k1") -> dict[str, str]:
    return {"Idempotency-Key": value}


async def test_a_repeated_command_gets_the_first_answer_and_has_no_second_effect(
    client: httpx.AsyncClient, a_thing: Json, count: Count
) -> None:
    first = await client.post("/v1/things", json=a_thing, headers=key())
    again = await client.post("/v1/things", json=a_thing, headers=key())
    assert (first.status_code, first.headers["ETag"], first.headers["Location"]) == (
        201,
        '"1"',
        f"/v1/things/{first.json()['id']}",
    )
    assert first.json() == {"id": first.json()["id"], "name": "crane", "amount": "45.50", "version": 1}
    assert "Idempotent-Replayed" not in first.headers
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert [again.headers[name] for name in ("ETag", "Location", "Content-Type")] == [
        first.headers[name] for name in ("ETag", "Location", "Content-Type")
    ]
    assert (await count("thing"), await count("idempotency")) == (1, 1)


async def test_one_key_sent_twenty_times_at_once_has_one_effect(
    client: httpx.AsyncClient, a_thing: Json, count: Count
) -> None:
    """INVARIANT: a key has one effect, whatever the order and however many at once.

    What breaks it: looking for the key before holding its lock, or storing the answer in another transaction.
    """
    answers = await asyncio.gather(*(client.post("/v1/things:slowly", json=a_thing, headers=key()) for _ in range(20)))
    outcomes = Counter(
        "replayed" if "Idempotent-Replayed" in answer.headers else answer.json().get("code", "made")
        for answer in answers
    )
    assert outcomes["made"] == 1
    assert outcomes["replayed"] + outcomes["idempotency_key_in_use"] == 19
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    assert (await count("thing"), await count("idempotency")) == (1, 1)


async def test_a_command_without_a_key_is_refused(client: httpx.AsyncClient, a_thing: Json, count: Count) -> None:
    answer = await client.post("/v1/things", json=a_thing)
    assert (answer.status_code, answer.json()["code"]) == (428, "idempotency_key_missing")
    assert (await count("thing"), await count("idempotency")) == (0, 0)


@pytest.mark.parametrize("value", [b"", b"a b", b"x" * 256, "é".encode()])
async def test_a_malformed_key_is_refused(client: httpx.AsyncClient, a_thing: Json, count: Count, value: bytes) -> None:
    answer = await client.post("/v1/things", json=a_thing, headers=[(b"Idempotency-Key", value)])
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_malformed")
    assert await count("thing") == 0


async def test_a_key_of_another_command_is_refused(client: httpx.AsyncClient, a_thing: Json, count: Count) -> None:
    await client.post("/v1/things", json=a_thing, headers=key())
    answer = await client.post("/v1/things", json={**a_thing, "name": "heron"}, headers=key())
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert (await count("thing"), await count("idempotency")) == (1, 1)


async def test_two_people_may_use_the_same_key(
    client: httpx.AsyncClient, a_thing: Json, count: Count, sign: Callable[..., dict[str, str]]
) -> None:
    await client.post("/v1/things", json=a_thing, headers=key())
    other = await client.post("/v1/things", json={**a_thing, "name": "heron"}, headers={**key(), **sign(sub="bob")})
    assert other.status_code == 201
    assert (await count("thing"), await count("idempotency")) == (2, 2)


async def test_a_refused_command_leaves_its_key_free(client: httpx.AsyncClient, a_thing: Json, count: Count) -> None:
    await client.post("/v1/things", json=a_thing, headers=key("k1"))
    refused = await client.post("/v1/things", json=a_thing, headers=key("k2"))
    assert (refused.status_code, refused.json()["code"]) == (409, "name_taken")
    assert (await count("thing"), await count("idempotency")) == (1, 1)
    repaired = await client.post("/v1/things", json={**a_thing, "name": "heron"}, headers=key("k2"))
    assert repaired.status_code == 201


async def test_a_command_that_met_a_defect_leaves_nothing(
    client: httpx.AsyncClient, a_thing: Json, count: Count
) -> None:
    answer = await client.post("/v1/things:fail", json=a_thing, headers=key())
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert (await count("thing"), await count("idempotency")) == (0, 0)


async def test_a_dry_run_answers_what_would_be_and_changes_nothing(
    client: httpx.AsyncClient, a_thing: Json, count: Count
) -> None:
    answer = await client.post("/v1/things?validate_only=true", json=a_thing, headers=key())
    assert (answer.status_code, answer.headers["Validate-Only"]) == (200, "true")
    assert (answer.json()["name"], "Location" in answer.headers) == ("crane", False)
    assert (await count("thing"), await count("idempotency")) == (0, 0)
    real = await client.post("/v1/things", json=a_thing, headers=key())
    assert (real.status_code, "Idempotent-Replayed" in real.headers) == (201, False)
    refused = await client.post("/v1/things?validate_only=true", json=a_thing)
    assert refused.json()["code"] == "name_taken"


async def test_a_mistyped_dry_run_is_not_taken_for_a_command(
    client: httpx.AsyncClient, a_thing: Json, count: Count
) -> None:
    answer = await client.post("/v1/things?validate_onyl=true", json=a_thing, headers=key())
    assert (answer.status_code, answer.json()["errors"]) == (
        422,
        [
            {
                "pointer": "/query/validate_onyl",
                "code": "unknown_field",
                "message": "This is not a known name; did you mean `validate_only`?",
            }
        ],
    )
    assert await count("thing") == 0


@pytest.mark.parametrize(
    ("if_match", "status", "code"),
    [
        (None, 428, "if_match_missing"),
        ('"2"', 412, "version_mismatch"),
        ('W/"1"', 422, "if_match_malformed"),
        ("*", 422, "if_match_malformed"),
        ('"1", "2"', 422, "if_match_malformed"),
        ("1", 422, "if_match_malformed"),
        ('"99999999999999999999"', 422, "if_match_malformed"),
    ],
)
async def test_a_change_needs_the_version_that_was_seen(
    client: httpx.AsyncClient, a_thing: Json, if_match: str | None, status: int, code: str
) -> None:
    made = await client.post("/v1/things", json=a_thing, headers=key())
    headers = {} if if_match is None else {"If-Match": if_match}
    answer = await client.patch(made.headers["Location"], json={"name": "heron"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    (shown,) = (await client.get("/v1/things")).json()["items"]
    assert (shown["name"], shown["version"]) == ("crane", 1)


async def test_a_change_answers_the_new_version(client: httpx.AsyncClient, a_thing: Json, count: Count) -> None:
    made = await client.post("/v1/things", json=a_thing, headers=key())
    headers = {"If-Match": made.headers["ETag"], **key("k2")}
    changed = await client.patch(made.headers["Location"], json={"name": "heron"}, headers=headers)
    again = await client.patch(made.headers["Location"], json={"name": "heron"}, headers=headers)
    assert (changed.status_code, changed.headers["ETag"], changed.json()["version"]) == (200, '"2"', 2)
    assert (again.content, again.headers["Idempotent-Replayed"]) == (changed.content, "true")
    elsewhere = await client.patch("/v1/things/thg_other", json={"name": "heron"}, headers=headers)
    assert elsewhere.json()["code"] == "idempotency_key_reused"


async def test_keys_are_forgotten_after_seven_days(
    client: httpx.AsyncClient, a_thing: Json, count: Count, engine: AsyncEngine
) -> None:
    await client.post("/v1/things", json=a_thing, headers=key("old"))
    await client.post("/v1/things", json={**a_thing, "name": "heron"}, headers=key("young"))
    async with AsyncSession(engine) as session, session.begin():
        await session.execute(
            text("UPDATE idempotency SET created_at = now() - make_interval(days => 8) WHERE key = 'old'")
        )
        assert await forget_old_keys(session, timedelta(days=9)) == 0
        assert await forget_old_keys(session) == 1
    assert (await count("thing"), await count("idempotency")) == (2, 1)
