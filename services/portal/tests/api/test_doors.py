"""How a form is read, and done once."""

from dataclasses import replace

import pytest
from fastapi import APIRouter

from portal import main
from portal.api.pages.doors import Forms
from portal.settings import Settings
from shared.http.access import allow

FORM = APIRouter(include_in_schema=False)


@FORM.post("/form", dependencies=[allow("items.take")])
async def take(door: Forms):
    """Says what it read, and notes that it was done."""

    async def do(work):
        work.audit("items.take", object_id="itm_1", details={"seen": work.seen_version})
        return door.form.text("note")

    done = await door.act(do)
    form = door.form
    read = {"typed": form.typed(), "rows": form.texts("row"), "all": form.is_ticked("all")}
    return {"done": done, "is_repeat": door.is_repeat, **read}


@pytest.fixture
def definition(environment):
    made = main.service(Settings(**environment))
    return replace(made, routers=(*made.routers, FORM))


@pytest.fixture
def send(api, issuer):
    """Sends these pairs as a browser's form, by somebody's token."""

    async def sent(body, **headers):
        every = {
            "Authorization": f"Bearer {issuer.token('coordinator')}",
            "Content-Type": "application/x-www-form-urlencoded",
            **headers,
        }
        return await api.client.post("/form", content=body, headers=every)

    return sent


async def test_a_form_is_read_as_people_meant_it(send):
    answer = await send("idempotency_key=k&version=3&note=+a%0D%0Ab+&row=1&row=2&row=1&row=&all=on&_charset_=utf-8")
    assert answer.json() == {
        "done": "a\nb",
        "is_repeat": False,
        "typed": {"note": "a\nb", "row": "", "all": "on"},
        "rows": ["1", "2"],
        "all": True,
    }


async def test_a_form_that_comes_once_more_has_no_second_effect(send, engine):
    first, second = [await send("idempotency_key=k&note=a") for _ in range(2)]
    assert (first.json()["done"], second.json()["done"], second.json()["is_repeat"]) == ("a", None, True)
    async with engine.connect() as connection:
        noted = await connection.exec_driver_sql("SELECT 1 FROM audit_entry WHERE action = 'items.take'")
        assert len(noted.all()) == 1


@pytest.mark.parametrize(
    ("case", "body", "headers", "status", "code"),
    [
        ("no key", "note=a", {}, 428, "idempotency_key_missing"),
        ("a key with a blank", "idempotency_key=a+b", {}, 422, "idempotency_key_malformed"),
        ("a version that is none", "idempotency_key=k&version=latest", {}, 422, "if_match_malformed"),
        ("another kind of body", "{}", {"Content-Type": "application/json"}, 415, "not_a_form"),
        ("too many fields", "&".join(f"f{number}=1" for number in range(201)), {}, 422, "form_unreadable"),
        ("no text", "note=%FF%FE", {}, 422, "form_unreadable"),
        ("a NUL character", "note=%00", {}, 422, "form_unreadable"),
        ("too long", "note=" + "a" * 1_100_000, {}, 413, "body_too_large"),
        ("no token", "idempotency_key=k", {"Authorization": ""}, 401, "token_missing"),
    ],
)
async def test_a_form_that_cannot_be_taken_is_refused_by_name(send, case, body, headers, status, code):
    answer = await send(body, **headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_form_sent_before_with_other_content_is_refused(send):
    assert (await send("idempotency_key=k&note=a")).status_code == 200
    answer = await send("idempotency_key=k&note=b")
    assert (answer.status_code, answer.json()["code"]) == (409, "form_sent_before")
