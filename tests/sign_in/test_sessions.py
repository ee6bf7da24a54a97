"""How a session at the portal goes on, and how it ends."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from identity.domain import session
from identity.domain.access import TOKEN_LIVES
from portal.domain import browser_session
from services.identity.tests.api.browser import settled
from shared.clock import FixedClock
from tests.sign_in.conftest import Place, a_portal
from tests.sign_in.visitor import HTML, Visitor

SESSION = "portal_session"
TO_RENEW = "UPDATE browser_session SET access_ends_at = now() + interval '20 seconds'"
OVER = "UPDATE browser_session SET access_ends_at = now()"


@pytest.fixture
async def visitor(place: Place) -> Visitor:
    """A coordinator who is signed in."""
    await settled(place.identity_api)
    visitor = place.visitor()
    await visitor.sign_in()
    return visitor


async def status(visitor: Visitor) -> int:
    return (await visitor.get("/probe")).status_code


async def used_refresh_tokens(place: Place) -> int:
    return len(await place.rows("SELECT 1 FROM refresh_token WHERE used_at IS NOT NULL", of="identity"))


async def test_twenty_requests_at_once_in_two_processes_renew_the_tokens_once(
    place: Place, visitor: Visitor, trusting: dict[str, Any], clock: FixedClock
) -> None:
    """INVARIANT: a refresh token is sent once, however many requests find the access token at its end.

    What breaks it: asking identity without the row's lock, or without looking again once the lock is had; identity
    would take the second use for a theft and end the sign-in.
    """
    cookie = {"Cookie": f"{SESSION}={visitor.cookie(SESSION)}", **HTML}
    async with a_portal(trusting, clock) as other:
        apps = [httpx.ASGITransport(app=process.app(with_worker=False)) for process in (place.portal_process, other)]
        one, two = [httpx.AsyncClient(transport=app, base_url=place.portal.address) for app in apps]
        async with one, two:
            for renewals in (1, 2):
                await place.rows(OVER)
                asked = [client.get("/probe", headers=cookie) for client in (one, two) * 10]
                assert {answer.status_code for answer in await asyncio.gather(*asked)} == {200}
                assert await used_refresh_tokens(place) == renewals
    assert await status(visitor) == 200


async def test_a_session_ends_after_half_an_hour_without_use_and_after_twelve_hours_in_any_case(
    place: Place, visitor: Visitor
) -> None:
    await pass_minutes(place, 29)
    assert await status(visitor) == 200  # and that use is noted
    [row] = await place.rows("SELECT now() - seen_at < interval '1 minute' AS is_noted FROM browser_session")
    assert row["is_noted"]
    for ended in ("seen_at = now() - interval '31 minutes'", "ends_at = now()"):
        await place.rows(f"UPDATE browser_session SET {ended}")  # of the line above
        assert await status(visitor) == 303
        assert await place.rows("SELECT 1 FROM browser_session") == []
        await visitor.sign_in()


def test_what_the_portal_promises_is_what_identity_does() -> None:
    assert (browser_session.IDLE, browser_session.LONGEST) == (session.IDLE, session.LONGEST)
    assert (browser_session.TOLD_AFTER, session.UNHEARD) == (TOKEN_LIVES, TOKEN_LIVES)


async def test_a_page_that_is_open_keeps_nobody_signed_in(place: Place, visitor: Visitor) -> None:
    """INVARIANT: the idle end comes although the stream lives, and its tokens are renewed until then.

    What breaks it: noting what a page asks for by itself as a use, here or at identity.
    """
    by_itself = [("/live/services", {}), ("/probe", {"x_portal_live": "1"})]
    for after in (16, 13):
        await pass_minutes(place, after)
        for address, headers in by_itself:
            await place.rows(OVER)
            assert (await visitor.get(address, hx_request="true", **headers)).status_code == 200
    cookie = {"Cookie": f"{SESSION}={visitor.cookie(SESSION)}"}
    async with visitor.client.stream("GET", f"{place.portal.address}/live", headers=cookie) as stream:
        assert stream.status_code == 200
    assert await minutes_idle(place) == (29, 29)
    await pass_minutes(place, 1)
    for address, headers in by_itself:
        assert (await visitor.get(address, hx_request="true", **headers)).status_code == 401
    assert await place.rows("SELECT 1 FROM browser_session") == []
    assert "password" in (await visitor.get(str(await visitor.asked()))).text  # its sign-in is over, too


async def test_a_click_keeps_somebody_signed_in_and_identity_hears_of_it(place: Place, visitor: Visitor) -> None:
    for _ in range(3):
        await pass_minutes(place, 29)
        await place.rows("UPDATE browser_session SET access_ends_at = now() + interval '4 minutes'")
        assert await status(visitor) == 200  # by a token that the open page renewed a minute ago
        assert await minutes_idle(place) == (0, 0)


async def test_a_use_of_which_identity_did_not_hear_counts_when_it_does(place: Place, visitor: Visitor) -> None:
    await pass_minutes(place, 4)
    assert await status(visitor) == 200  # by the token in hand
    assert await minutes_idle(place) == (0, 4)
    await pass_minutes(place, 29)
    await place.rows(OVER)
    assert await status(visitor) == 200
    assert await minutes_idle(place) == (0, 0)


async def pass_minutes(place: Place, minutes: int) -> None:
    """As if so much time went by with nobody there; the access token is as good as it was."""
    earlier = f"interval '{minutes} minutes'"
    await place.rows(f"UPDATE browser_session SET seen_at = seen_at - {earlier}")
    await place.rows(f"UPDATE sign_in_session SET used_at = used_at - {earlier}", of="identity")


async def minutes_idle(place: Place) -> tuple[int, int]:
    """Since the last use that the portal knows of, and identity."""
    [here] = await place.rows("SELECT now() - seen_at AS idle FROM browser_session")
    [there] = await place.rows("SELECT now() - used_at AS idle FROM sign_in_session", of="identity")
    return here["idle"] // timedelta(minutes=1), there["idle"] // timedelta(minutes=1)


async def test_a_session_ends_when_identity_refuses_to_renew_it(place: Place, visitor: Visitor) -> None:
    await place.rows("UPDATE sign_in_session SET ended_at = now()", of="identity")
    assert await status(visitor) == 200  # the access token lasts its minutes
    await place.rows(TO_RENEW)
    assert await status(visitor) == 303
    assert await place.rows("SELECT 1 FROM browser_session") == []


async def test_while_identity_is_away_a_session_is_kept_and_the_page_says_who_is_away(
    place: Place, visitor: Visitor
) -> None:
    await place.identity.stop()
    await place.rows(TO_RENEW)
    while_it_lasts = await status(visitor)
    await place.rows(OVER)
    page = await visitor.get("/probe")
    part = await visitor.get("/probe", hx_request="true")
    await place.identity.start()
    assert while_it_lasts == 200
    assert (page.status_code, part.status_code) == (503, 503)
    assert "Identity does not answer" in page.text and "You are still signed in" in page.text
    assert "Identity does not answer" in part.text
    assert await status(visitor) == 200


async def test_signing_out_ends_the_session_here_and_at_identity_and_a_page_says_so(
    place: Place, visitor: Visitor
) -> None:
    secret = visitor.cookie(SESSION)
    left = await visitor.post("/sign-out")
    assert left.headers["location"].startswith(f"{place.identity.address}/logout?")
    assert "email" not in left.headers["location"]
    assert (visitor.cookie(SESSION), await place.rows("SELECT 1 FROM browser_session")) == (None, [])
    back = await visitor.get(left.headers["location"])
    assert back.headers["location"] == f"{place.portal.address}/signed-out"
    assert "You are signed out" in (await visitor.get(back.headers["location"])).text
    visitor.client.cookies.set(SESSION, secret or "", domain="127.0.0.1")
    assert await status(visitor) == 303
    assert "password" in (await visitor.get(str(await visitor.asked()))).text


async def test_signing_out_while_identity_is_away_ends_the_session_here_and_says_what_is_left(
    place: Place, visitor: Visitor
) -> None:
    await place.identity.stop()
    left = await visitor.post("/sign-out")
    await place.identity.start()
    assert left.headers["location"] == "/signed-out?only_here=1"
    assert "may still be signed in" in (await visitor.get(left.headers["location"])).text
    assert await place.rows("SELECT 1 FROM browser_session") == []


async def test_a_get_does_not_sign_anybody_out(visitor: Visitor) -> None:
    assert (await visitor.get("/sign-out")).status_code == 405
    assert await status(visitor) == 200


@pytest.mark.parametrize(
    ("case", "headers"),
    [
        ("another site", {"Origin": "https://elsewhere.example"}),
        ("another port", {"Origin": "http://127.0.0.1:1"}),
        ("no site", {"Origin": "null"}),
        ("silence", {}),
        ("another site, by the older header", {"Sec-Fetch-Site": "cross-site"}),
        ("a sister site, by the older header", {"Sec-Fetch-Site": "same-site"}),
    ],
)
async def test_a_form_of_another_site_is_refused_and_does_nothing(
    place: Place, visitor: Visitor, case: str, headers: dict[str, str]
) -> None:
    for address in ("/probe", "/sign-out", "/l"):
        form = {"idempotency_key": f"key-{case}", "token": "x"}
        answer = await visitor.client.post(place.portal.address + address, data=form, headers={**HTML, **headers})
        assert (answer.status_code, "Foreign page" in answer.text) == (403, True)
    assert await place.rows("SELECT 1 FROM audit_entry WHERE action = 'probe.change'") == []
    assert await status(visitor) == 200


async def test_a_form_is_done_once_however_often_it_is_sent(place: Place, visitor: Visitor) -> None:
    forms = [{"idempotency_key": "key-1", "note": "a"}, {"idempotency_key": "key-1", "note": "a"}]
    done = [(await visitor.post("/probe", **form)).json() for form in forms]
    changed = await visitor.post("/probe", idempotency_key="key-1", note="b")
    assert done == [{"done": True}, {"done": False}]
    assert (changed.status_code, "Form sent before" in changed.text) == (409, True)
    assert len(await place.rows("SELECT 1 FROM audit_entry WHERE action = 'probe.change'")) == 1


async def test_a_token_in_the_header_is_judged_by_itself_and_answered_as_programs_read(
    place: Place, visitor: Visitor
) -> None:
    answer = await visitor.client.post(
        f"{place.portal.address}/probe", data={"idempotency_key": "k"}, headers={"Authorization": "Bearer nonsense"}
    )
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
