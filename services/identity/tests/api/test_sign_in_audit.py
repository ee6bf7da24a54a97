"""What the audit keeps of signing in: who came in and how, who was kept out and why, and no address."""

import json

import pytest
from sqlalchemy import select

from services.identity.tests.api.browser import ADA, code_now, settled
from shared.db.tables import audit_entry

ENTRY = audit_entry.c


@pytest.fixture
def noted(works):
    """What was noted of signing in, in order: object, action, reason, details."""

    async def look():
        wanted = select(ENTRY.object, ENTRY.action, ENTRY.reason, ENTRY.details)
        wanted = wanted.where(ENTRY.action.like("sign_in.%")).order_by(ENTRY.at, ENTRY.id)
        async with works.engine.connect() as connection:
            return [(*row[:3], json.loads(row[3])) for row in await connection.execute(wanted)]

    return look


async def test_who_comes_in_is_noted_with_how(api, browser, noted):
    person = await settled(api)
    await browser.ask()
    await browser.password()
    [(who, action, reason, details)] = await noted()
    assert (who, action, reason) == (person["person_id"], "sign_in.accept", None)
    assert details["methods"] == ["pwd"] and details["session_id"].startswith("ses_")


async def test_a_second_factor_is_noted_once_it_is_proven(api, browser, noted):
    person = await settled(api, roles=["lead"])
    await browser.ask()
    await browser.password()
    after_password = await noted()
    await browser.code("000000")
    [wrong] = await noted()
    assert (after_password, wrong[:3]) == ([], (person["person_id"], "sign_in.refuse", "wrong_code"))


async def test_a_proven_second_factor_says_so(api, browser, noted):
    person = await settled(api, roles=["lead"])
    await browser.ask()
    await browser.password()
    await browser.code(code_now(person["second_factor"]["secret"]))
    [(who, action, _, details)] = await noted()
    assert (who, action, details["methods"]) == (person["person_id"], "sign_in.accept", ["pwd", "otp", "mfa"])


async def test_a_wrong_password_and_a_closed_account_are_told_apart_here_alone(api, browser, noted):
    person = await settled(api)
    await browser.ask()
    wrong = await browser.password(password="not the right password")
    await api.post(f"/v1/people/{person['person_id']}:disable", role="administrator")
    closed = await browser.password()
    assert (wrong.status_code, closed.status_code, wrong.text) == (400, 400, closed.text)
    assert [entry[:3] for entry in await noted()] == [
        (person["person_id"], "sign_in.refuse", "wrong_password"),
        (person["person_id"], "sign_in.refuse", "account_disabled"),
    ]


async def test_an_address_without_an_account_is_noted_by_a_hash_alone(api, browser, noted):
    """INVARIANT: the audit names nobody who tried an address that has no account here.

    What breaks it: noting the address, or a hash that differs each time: tries for one would look like tries for many.
    """
    await browser.ask()
    for email in (ADA["email"], ADA["email"].upper(), "ben@agency.example"):
        await browser.password(email)
    first, again, other = await noted()
    assert (first[:3], first) == ((None, "sign_in.refuse", "no_account"), again)
    assert other[3]["account"] != first[3]["account"]
    assert "agency" not in repr((first, other)).lower()


async def test_an_attempt_that_came_too_soon_is_not_noted(api, browser, noted):
    await browser.ask()
    answers = [await browser.password("ben@agency.example") for _ in range(12)]
    tried = [one for one in answers if one.status_code == 400]
    assert len(tried) < len(answers)
    assert len(await noted()) == len(tried)
