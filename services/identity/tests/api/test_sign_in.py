"""Signing in on the pages, and the tokens that it brings."""

import pytest

from identity.domain.session import IDLE
from services.identity.tests.api.browser import ADA, PASSWORD, Browser, code_now, given, invited, settled


async def signed_in(browser, **changes):
    """The tokens of Ada, who signs in with a password alone."""
    await browser.ask(**changes)
    answer = await browser.tokens(given(await browser.password())["code"])
    assert answer.status_code == 200, answer.json()
    return answer.json()


async def test_a_password_brings_a_code_and_the_code_tokens(api, browser):
    await settled(api)
    page = await browser.ask()
    back = given(await browser.password())
    answer = await browser.tokens(back["code"])
    assert (page.status_code, "Sign in" in page.text) == (200, True)
    assert (back["state"], back["iss"]) == ("state-1", browser.issuer)
    assert answer.json().keys() == {
        "access_token", "token_type", "expires_in", "scope", "refresh_token", "id_token"
    }  # fmt: skip
    assert (answer.json()["token_type"], answer.json()["expires_in"]) == ("Bearer", 300)


async def test_whoever_is_signed_in_is_not_asked_again_unless_the_client_wants_it(api, browser):
    await settled(api)
    await signed_in(browser)
    again, asked, fresh = await browser.ask(), await browser.ask(prompt="login"), await browser.ask(max_age="0")
    assert (len(given(again)["code"]), asked.status_code) == (43, 200)
    assert "Sign in" in asked.text and "Sign in" in fresh.text


async def test_nobody_is_asked_when_the_client_does_not_want_it(api, browser):
    assert given(await browser.ask(prompt="none"))["error"] == "login_required"


async def test_a_role_that_decides_needs_a_second_factor(api, browser):
    person = await settled(api, roles=["lead"])
    secret = person["second_factor"]["secret"]
    await browser.ask()
    setting_up = await browser.password()
    kept = await browser.code(code_now(secret))
    back = given(await browser.ask())
    assert (setting_up.status_code, secret in setting_up.text) == (200, True)
    assert (kept.status_code, kept.text.count("<li><code>")) == (200, 10)
    assert (await browser.tokens(back["code"])).status_code == 200


async def test_a_code_of_the_app_is_taken_once(api, parts):
    person = await settled(api, roles=["lead"])
    secret = person["second_factor"]["secret"]
    code = code_now(secret)
    first, second = [Browser(api.client), Browser(api.client)]
    for one in (first, second):
        await one.ask(prompt="login")
        await one.password()
        answer = await one.code(code)
    assert (answer.status_code, "used before" in answer.text) == (400, True)


async def test_a_recovery_code_stands_in_for_the_app_once(api, browser):
    person = await settled(api, roles=["lead"])
    await browser.ask()
    await browser.password()
    shown = await browser.code(code_now(person["second_factor"]["secret"]))
    recovery = shown.text.split("<li><code>")[1].split("<")[0]
    answers = []
    for typed in (recovery.upper(), recovery):
        await browser.ask(prompt="login")
        await browser.password()
        answers.append((await browser.code(typed)).status_code)
    assert answers == [303, 400]


async def test_an_unfinished_sign_in_opens_nothing(api, browser):
    await settled(api, roles=["lead"])
    await browser.ask()
    await browser.password()
    assert "Sign in" in (await browser.ask()).text


async def test_a_wrong_password_and_an_unknown_address_look_alike(api, browser):
    await settled(api)
    await browser.ask()
    wrong = await browser.password(password="not the right sentence")
    unknown = await browser.password(email="nobody@agency.example")
    same = wrong.text.replace(ADA["email"], "") == unknown.text.replace("nobody@agency.example", "")
    assert (wrong.status_code, unknown.status_code, same) == (400, 400, True)


async def test_a_closed_account_looks_like_a_wrong_password(api, browser):
    person = await settled(api)
    await api.post(f"/v1/people/{person['person_id']}:disable", role="administrator")
    await browser.ask()
    assert (await browser.password()).status_code == 400


async def test_who_has_not_accepted_the_invitation_has_no_way_in(api, browser):
    await invited(api)
    await browser.ask()
    assert (await browser.password(password="")).status_code == 400


async def test_failures_slow_the_next_attempt_and_a_known_device_is_not_slowed(api, browser, works):
    """INVARIANT: whoever tries passwords does not keep the owner out.

    What breaks it: one counter for an account, whatever device the attempts come from.
    """
    await settled(api)
    await signed_in(browser)
    stranger = Browser(api.client)
    known = dict(api.client.cookies)
    api.client.cookies.clear()
    await stranger.ask()
    answers = [await stranger.password(password=f"guess number {number}") for number in range(6)]
    assert [answer.status_code for answer in answers] == [400] * 6
    async with works.engine.begin() as connection:  # as after many more: the second that six cost may be over by now
        await connection.exec_driver_sql(
            "UPDATE failure SET blocked_until = now() + interval '15 minutes' WHERE blocked_until > failed_at"
        )
    slowed = await stranger.password()
    assert (slowed.status_code, 60 < int(slowed.headers["retry-after"]) <= 900) == (429, True)
    api.client.cookies.update(known)
    await browser.ask(prompt="login")
    assert (await browser.password()).status_code == 303


async def test_a_form_of_another_site_signs_nobody_in(api, browser):
    await settled(api)
    await browser.ask()
    refused = []
    for headers in ({"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {}):
        form = {"step": "password", "email": ADA["email"], "password": PASSWORD}
        refused.append((await api.client.post(browser.action, data=form, headers=headers)).status_code)
    assert refused == [403] * 4


@pytest.mark.parametrize(
    ("case", "changes"),
    [
        ("another client", {"client_id": "elsewhere"}),
        ("another address", {"redirect_uri": "http://127.0.0.1:8400/signed-in/"}),
        ("a longer address", {"redirect_uri": "http://127.0.0.1:8400/signed-in?next=x"}),
    ],
)
async def test_what_is_not_registered_is_never_led_to(browser, case, changes):
    answer = await browser.ask(**changes)
    assert (answer.status_code, "location" in answer.headers) == (400, False)


@pytest.mark.parametrize(
    ("case", "changes", "error"),
    [
        ("implicit", {"response_type": "token"}, "unsupported_response_type"),
        ("no PKCE", {"code_challenge": ""}, "invalid_request"),
        ("plain PKCE", {"code_challenge_method": "plain"}, "invalid_request"),
        ("no openid", {"scope": "profile"}, "invalid_scope"),
        ("a request object", {"request": "e30"}, "request_not_supported"),
        ("max_age of no number", {"max_age": "soon"}, "invalid_request"),
    ],
)
async def test_what_cannot_be_answered_is_said_to_the_client(browser, case, changes, error):
    back = given(await browser.ask(**changes))
    assert (back["error"], back["state"], "code" in back) == (error, "state-1", False)


async def test_pages_run_no_scripts_and_are_framed_by_nobody(browser):
    answer = await browser.ask()
    policy = answer.headers["content-security-policy"]
    assert "script" not in answer.text and policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "frame-ancestors 'none'" in policy and "form-action 'self' http://127.0.0.1:8400;" in policy
    assert answer.headers["cache-control"] == "no-store"


async def test_what_people_type_is_never_part_of_the_page(api, browser):
    await browser.ask()
    answer = await browser.password(email='"><script>alert(1)</script>@x.example')
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    ("case", "changes"),
    [
        ("another verifier", {"code_verifier": "w" * 43}),
        ("another address", {"redirect_uri": "http://127.0.0.1:8400/elsewhere"}),
        ("another client", {"client_id": "elsewhere"}),
    ],
)
async def test_a_code_is_good_only_for_whom_it_was_given_to(api, browser, case, changes):
    await settled(api)
    await browser.ask()
    code = given(await browser.password())["code"]
    denied = await browser.tokens(code, **changes)
    assert (denied.status_code, denied.json()["error"]) == (400, "invalid_grant")
    assert (await browser.tokens(code)).status_code == 400


async def test_a_code_that_comes_twice_ends_what_it_brought(api, browser):
    """INVARIANT: a stolen code is worth nothing, whoever comes first.

    What breaks it: answering the second use without ending the session of the first.
    """
    await settled(api)
    await browser.ask()
    code = given(await browser.password())["code"]
    first, second = await browser.tokens(code), await browser.tokens(code)
    assert (first.status_code, second.json()["error"]) == (200, "invalid_grant")
    assert (await browser.refresh(first.json()["refresh_token"])).status_code == 400


async def test_refresh_tokens_change_and_one_that_comes_twice_ends_the_session(api, browser):
    """INVARIANT: a stolen refresh token does not outlive its first double use.

    What breaks it: handing out tokens for one that was used, or leaving its successors alive.
    """
    await settled(api)
    first = (await signed_in(browser))["refresh_token"]
    second = (await browser.refresh(first)).json()["refresh_token"]
    reused, then = await browser.refresh(first), await browser.refresh(second)
    assert (first != second, reused.status_code, then.status_code) == (True, 400, 400)
    assert "Sign in" in (await browser.ask()).text


async def test_a_sign_in_that_is_not_used_ends(api, browser, works):
    await settled(api)
    refresh = (await signed_in(browser))["refresh_token"]
    async with works.engine.begin() as connection:
        await connection.exec_driver_sql(
            f"UPDATE sign_in_session SET used_at = used_at - interval '{int(IDLE.total_seconds()) + 1} seconds'"
        )
    assert (await browser.refresh(refresh)).status_code == 400
    assert "Sign in" in (await browser.ask()).text


async def test_a_sign_in_ends_after_half_a_day(api, browser, works):
    await settled(api)
    refresh = (await signed_in(browser))["refresh_token"]
    async with works.engine.begin() as connection:
        await connection.exec_driver_sql(
            "UPDATE sign_in_session SET authenticated_at = authenticated_at - interval '12 hours'"
        )
    assert (await browser.refresh(refresh)).status_code == 400


async def test_roles_that_ask_for_more_end_what_was_proven_with_less(api, browser):
    """INVARIANT: nobody holds a role that needs a second factor by a sign-in without one.

    What breaks it: renewing tokens by the session alone, without looking at the roles of today.
    """
    person = await settled(api)
    refresh = (await signed_in(browser))["refresh_token"]
    await api.post(f"/v1/people/{person['person_id']}:change-roles", {"roles": ["lead"]}, role="administrator")
    assert (await browser.refresh(refresh)).status_code == 400


async def test_a_disabled_person_renews_nothing(api, browser):
    person = await settled(api)
    refresh = (await signed_in(browser))["refresh_token"]
    await api.post(f"/v1/people/{person['person_id']}:disable", role="administrator")
    assert (await browser.refresh(refresh)).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("case", "form", "status", "error"),
    [
        ("no grant type", {"scope": "openid"}, 400, "invalid_request"),
        ("an unknown one", {"grant_type": "password"}, 400, "unsupported_grant_type"),
        ("a code of nobody", {"grant_type": "authorization_code", "code": "x"}, 400, "invalid_grant"),
        ("a token of nobody", {"grant_type": "refresh_token", "refresh_token": "x"}, 400, "invalid_grant"),
    ],
)
async def test_the_token_endpoint_answers_in_words_of_its_standard(browser, case, form, status, error):
    answer = await browser.client.post("/token", data=form)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.headers["content-type"] == "application/json"


async def test_a_body_that_is_no_form_is_named(browser):
    answers = [
        await browser.client.post("/token", json={"grant_type": "refresh_token"}),
        await browser.client.post(
            "/token",
            content="grant_type=x&grant_type=y",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        ),
        await browser.client.post("/token", data={"grant_type": "refresh_token"}, headers={"Authorization": "Basic !"}),
    ]
    told = [(answer.status_code, answer.json()["error"]) for answer in answers]
    assert told == [(400, "invalid_request"), (400, "invalid_request"), (401, "invalid_client")]


async def test_signing_out_ends_the_session(api, browser):
    await settled(api)
    tokens = await signed_in(browser)
    hinted = {"id_token_hint": tokens["id_token"], "post_logout_redirect_uri": "http://127.0.0.1:8400/", "state": "s"}
    answer = await api.client.get("/logout", params=hinted)
    assert (answer.status_code, answer.headers["location"]) == (303, "http://127.0.0.1:8400/?state=s")
    assert (await browser.refresh(tokens["refresh_token"])).status_code == 400


async def test_without_a_proof_of_the_client_the_person_is_asked_to_sign_out(api, browser):
    await settled(api)
    tokens = await signed_in(browser)
    asked = await api.client.get("/logout", params={"post_logout_redirect_uri": "https://elsewhere.example/"})
    assert ("Do you want to sign out" in asked.text, (await browser.ask()).status_code) == (True, 303)
    done = await api.client.post("/logout", headers={"Origin": browser.issuer})
    assert (done.status_code, "You are signed out" in done.text) == (200, True)
    assert (await browser.refresh(tokens["refresh_token"])).status_code == 400
