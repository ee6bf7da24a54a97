"""Signing in at the portal by identity, and every way in which somebody else might."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from structlog.testing import capture_logs

from services.identity.tests.api.browser import settled
from tests.sign_in.conftest import Place
from tests.sign_in.visitor import with_parameter

SESSION, PENDING = "portal_session", "portal_pending"


@pytest.fixture(autouse=True)
async def ada(place: Place) -> str:
    """Ada Linden, a coordinator, who has a password; her id."""
    return str((await settled(place.identity_api))["person_id"])


async def test_whoever_is_not_signed_in_is_sent_there_and_comes_back_to_the_page_they_wanted(
    place: Place, ada: str
) -> None:
    visitor = place.visitor()
    first = await visitor.get("/probe?page=2")
    assert (first.status_code, first.headers["location"]) == (303, "/sign-in?next=%2Fprobe%3Fpage%3D2")

    begun = await visitor.get(first.headers["location"])
    asked = parse_qs(urlsplit(begun.headers["location"]).query)
    assert begun.headers["location"].startswith(f"{place.identity.address}/authorize?")
    assert (asked["code_challenge_method"], asked["scope"], "nonce" in asked) == (["S256"], ["openid"], True)

    back = await visitor.get(await visitor.identified(httpx.URL(begun.headers["location"])))
    assert (back.status_code, back.headers["location"]) == (303, "/probe?page=2")
    assert (await visitor.get("/probe?page=2")).json() == {"subject": ada}
    assert visitor.cookie(PENDING) is None
    again = await visitor.get("/sign-in?next=/probe")
    assert again.headers["location"] == "/probe"


async def test_cookies_cannot_be_read_by_scripts_or_sent_by_other_sites(place: Place) -> None:
    visitor = place.visitor()
    begun = await visitor.get("/sign-in")
    done = await visitor.get(await visitor.identified(httpx.URL(begun.headers["location"])))
    lines = [line for answer in (begun, done) for line in answer.headers.get_list("set-cookie")]
    kept = [line for line in lines if "Max-Age=0" not in line]
    assert [line.partition("=")[0] for line in kept] == [PENDING, SESSION]
    for line in kept:
        assert "HttpOnly" in line and "SameSite=lax" in line and "Path=/" in line and "Domain" not in line


async def test_only_the_hash_of_the_cookie_is_kept_and_no_token_can_be_read(place: Place) -> None:
    visitor = place.visitor()
    await visitor.sign_in()
    [row] = await place.rows("SELECT * FROM browser_session")
    secret = visitor.cookie(SESSION) or ""
    assert len(secret) == 43
    assert secret not in str(dict(row)) and b"eyJ" not in row["tokens"] and len(row["session_hash"]) == 64
    assert (row["kind"], row["ends_at"] - row["began_at"]) == ("person", row["ends_at"] - row["seen_at"])


async def test_a_new_sign_in_makes_a_new_session_and_ends_the_one_before(place: Place) -> None:
    visitor = place.visitor()
    await visitor.sign_in()
    before = visitor.cookie(SESSION)
    asked = await visitor.get("/sign-in?next=/probe&fresh=1")
    await visitor.get(await visitor.identified(httpx.URL(asked.headers["location"])))
    assert visitor.cookie(SESSION) not in (None, before)
    assert len(await place.rows("SELECT 1 FROM browser_session")) == 1
    old = await place.visitor().get("/probe", cookie=f"{SESSION}={before}")
    assert old.status_code == 303


async def test_a_state_that_was_begun_in_another_browser_lets_nobody_in(place: Place) -> None:
    victim, thief = place.visitor(), place.visitor()
    address = await thief.identified(await thief.asked())
    for visitor in (victim, place.visitor()):
        answer = await visitor.get(address)
        assert (answer.status_code, visitor.cookie(SESSION)) == (400, None)
        assert "was not begun in this browser" in answer.text
    await victim.asked()
    assert (await victim.get(address)).status_code == 400  # a sign-in of their own does not make it theirs
    assert await place.rows("SELECT 1 FROM browser_session") == []


async def test_a_code_that_is_replayed_lets_nobody_in_and_ends_the_sign_in(place: Place) -> None:
    visitor = place.visitor()
    address = await visitor.identified(await visitor.asked())
    pending = visitor.cookie(PENDING)
    assert (await visitor.get(address)).status_code == 303
    thief = place.visitor()
    replayed = await thief.get(address, cookie=f"{PENDING}={pending}")
    assert (replayed.status_code, thief.cookie(SESSION)) == (400, None)
    await place.rows("UPDATE browser_session SET access_ends_at = now()")
    assert (await visitor.get("/probe")).status_code == 303  # identity has ended it: one of the two was a thief


async def test_an_id_token_for_another_nonce_lets_nobody_in(place: Place) -> None:
    visitor = place.visitor()
    asked = await visitor.asked()
    answer = await visitor.get(await visitor.identified(with_parameter(asked, nonce="of-somebody-else")))
    assert (answer.status_code, visitor.cookie(SESSION)) == (400, None)


async def test_a_code_of_another_verifier_and_an_answer_of_another_issuer_let_nobody_in(place: Place) -> None:
    for changed in ({"code_challenge": "c" * 43}, {}):
        visitor = place.visitor()
        address = await visitor.identified(with_parameter(await visitor.asked(), **changed))
        answer = await visitor.get(str(address if changed else with_parameter(address, iss="https://other.example")))
        assert (answer.status_code, visitor.cookie(SESSION)) == (400, None)


async def test_a_sign_in_that_identity_refuses_is_told_with_a_way_to_begin_again(place: Place) -> None:
    visitor = place.visitor()
    asked = with_parameter(await visitor.asked("/probe?page=3"), prompt="none")
    sent_back = await visitor.client.get(asked)
    answer = await visitor.get(sent_back.headers["location"])
    assert answer.status_code == 400
    assert 'href="/sign-in?next=%2Fprobe%3Fpage%3D3"' in answer.text


async def test_what_needs_a_fresh_sign_in_asks_for_the_password_again_and_comes_back(place: Place) -> None:
    visitor = place.visitor()
    await visitor.sign_in()
    assert (await visitor.get("/probe/careful")).json() == {"is": "fresh"}
    await place.rows(
        "UPDATE sign_in_session SET authenticated_at = authenticated_at - interval '20 minutes'", of="identity"
    )
    await place.rows("UPDATE browser_session SET access_ends_at = now()")
    asked = await visitor.get("/probe/careful")
    assert asked.headers["location"] == "/sign-in?next=%2Fprobe%2Fcareful&fresh=1"
    begun = await visitor.get(asked.headers["location"])
    assert parse_qs(urlsplit(begun.headers["location"]).query)["max_age"] == ["0"]
    assert "password" in (await visitor.get(begun.headers["location"])).text
    back = await visitor.get(await visitor.identified(httpx.URL(begun.headers["location"])))
    assert (await visitor.get(back.headers["location"])).json() == {"is": "fresh"}


async def test_neither_tokens_nor_the_secrets_of_cookies_are_in_logs_or_pages(place: Place) -> None:
    visitor = place.visitor()
    with capture_logs() as lines:
        address = await visitor.identified(await visitor.asked())
        code = parse_qs(urlsplit(address).query)["code"][0]
        pending = visitor.cookie(PENDING)
        shown = [await visitor.get(address), await visitor.get("/probe"), await visitor.get("/nowhere")]
        secret = visitor.cookie(SESSION)
    said = str(lines) + "".join(answer.text + str(answer.headers.get("location")) for answer in shown)
    assert "portal.signed_in" in said
    for hidden in (code, pending, secret, "eyJ"):
        assert hidden and hidden not in said


async def test_while_identity_is_away_nobody_comes_in_and_the_page_names_it(place: Place) -> None:
    visitor = place.visitor()
    await place.identity.stop()
    answer = await visitor.get("/sign-in")
    await place.identity.start()
    assert answer.status_code == 503
    assert "Identity does not answer" in answer.text and "still signed in" not in answer.text
