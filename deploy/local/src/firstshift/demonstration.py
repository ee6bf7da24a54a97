"""Loads the demo data into a fresh data folder, after readiness; a failure is told, and everything keeps running."""

import asyncio
from collections.abc import Mapping

import httpx

from firstshift.demo import ANSWER_SECONDS, load
from firstshift.demo_keyring import keyring_of
from firstshift.demo_rows import SOURCE
from firstshift.demo_sign_up import Identity, sign_up
from firstshift.errors import CannotRun
from firstshift.home import Home
from firstshift.machine_rights import bootstrap_code
from firstshift.narration import Narration
from firstshift.portal import IDENTITY
from firstshift.token_source import Tokens

APPROVED_FOR = "F-201"
"""The facility, by the demo's reference, whose hours its approver confirms."""


async def load_demo(home: Home, urls: Mapping[str, str], narration: Narration, *, tokens: Tokens) -> bool:
    """Load the demo data unless this folder has it. Returns whether it is there.

    Its people come first: where identity signs the tokens, nobody can do anything without an account.
    """
    loaded = home.root / "demo.loaded"
    if loaded.exists():
        return True
    narration.say("loading the demo data …")
    try:
        with narration.hushed():
            await _open_accounts(home, urls, tokens)
            told = await load(urls, tokens.of)
            await _open_accounts(home, urls, tokens, facilities=await _approved_for(urls, tokens))
    except (httpx.HTTPError, CannotRun) as error:
        narration.say(f"the demo data was not loaded whole: {error}", style="bold red")
        return False
    loaded.touch()
    narration.say(f"demo data: {told}")
    return True


async def _open_accounts(
    home: Home, urls: Mapping[str, str], tokens: Tokens, *, facilities: tuple[str, ...] = ()
) -> None:
    """One account for every role, where identity runs; the facility's approver waits for the facility."""
    if IDENTITY not in urls:
        return
    async with httpx.AsyncClient(trust_env=False, timeout=ANSWER_SECONDS) as http:
        await sign_up(
            keyring_of(home),
            Identity(urls[IDENTITY], tokens.of, http),
            bootstrap=lambda: asyncio.to_thread(bootstrap_code, home),
            facilities=facilities,
        )


async def _approved_for(urls: Mapping[str, str], tokens: Tokens) -> tuple[str, ...]:
    async with httpx.AsyncClient(trust_env=False, timeout=ANSWER_SECONDS) as http:
        query = {"source": SOURCE, "source_reference": APPROVED_FOR}
        headers = {"Authorization": f"Bearer {await tokens.of('recruiter')}"}
        found = await http.get(f"{urls['assignments']}/v1/facilities", params=query, headers=headers)
        return tuple(one["facility_id"] for one in found.raise_for_status().json()["items"])
