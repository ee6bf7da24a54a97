"""What identity does by itself."""

from sqlalchemy import text

from services.identity.tests.api.browser import given, settled
from shared.runtime.jobs import Jobs


async def test_the_first_turn_makes_the_keys_and_the_second_nothing(definition, works, api):
    kids = []
    for _ in range(2):
        await definition.jobs.run_due(works)
        kids.append([key["kid"] for key in (await api.client.get("/.well-known/jwks.json")).json()["keys"]])
    assert (len(kids[0]), kids[0]) == (2, kids[1])


async def test_private_keys_are_published_and_stored_by_nobody(definition, works, api):
    """INVARIANT: whoever reads the database or the published keys cannot sign.

    What breaks it: publishing or storing the pair in place of its public half and its sealed one.
    """
    await definition.jobs.run_due(works)
    published = (await api.client.get("/.well-known/jwks.json")).json()["keys"]
    async with works.engine.connect() as connection:
        stored = (await connection.execute(text("SELECT public_jwk, sealed_private_jwk FROM signing_key"))).all()
    assert not any("d" in key for key in published)
    assert len(stored) == 2 and not any('"d"' in public or '"d"' in sealed for public, sealed in stored)


async def test_what_has_long_ended_is_forgotten_and_the_rest_stays(definition, works, api, browser):
    await settled(api)
    await browser.ask()
    await browser.tokens(given(await browser.password())["code"])
    kept = await Jobs(definition.jobs.jobs).run_due(works)
    async with works.engine.begin() as connection:
        for table, column in (
            ("sign_in_session", "used_at"),
            ("authorization_code", "expires_at"),
            ("refresh_token", "expires_at"),
            ("failure", "failed_at"),
        ):
            await connection.execute(text(f"UPDATE {table} SET {column} = {column} - interval '30 days'"))
    forgotten = await Jobs(definition.jobs.jobs).run_due(works)
    assert (kept, forgotten) == (0, 4)
