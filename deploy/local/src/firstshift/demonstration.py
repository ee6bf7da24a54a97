"""Loads the demo data into a fresh data folder, after readiness; a failure is told, and everything keeps running."""

import asyncio
from collections.abc import Callable, Mapping

import httpx

from firstshift.bootstrap import bootstrap_code
from firstshift.demo import ANSWER_SECONDS, load
from firstshift.demo_accounts import account_table
from firstshift.demo_keyring import keyring_of
from firstshift.demo_rows import SOURCE
from firstshift.demo_sign_up import Identity, sign_up
from firstshift.errors import CannotRun
from firstshift.home import Home
from firstshift.narration import Narration
from firstshift.services import base_url
from firstshift.tokens import sign_token

APPROVED_FOR = "F-201"
"""The facility, by the demo's reference, whose hours its approver confirms."""


async def load_demo(home: Home, ports: Mapping[str, int], narration: Narration) -> bool:
    """Load the demo data unless this folder has it. Returns whether it is there."""
    loaded = home.root / "demo.loaded"
    if loaded.exists():
        return True
    narration.say("loading the demo data …")
    urls = {service: base_url(port) for service, port in ports.items()}

    def token(role: str) -> str:
        return sign_token(home, roles=[role])

    try:
        with narration.hushed():
            told = await load(urls, token)
            await _open_accounts(home, urls, token)
    except (httpx.HTTPError, CannotRun) as error:
        narration.say(f"the demo data was not loaded whole: {error}", style="bold red")
        return False
    loaded.touch()
    narration.say(f"demo data: {told}")
    if "identity" in urls:
        narration.console.print(account_table(keyring_of(home)))
    return True


async def _open_accounts(home: Home, urls: Mapping[str, str], token: Callable[[str], str]) -> None:
    """One account for every role, where identity runs."""
    if "identity" not in urls:
        return
    async with httpx.AsyncClient(trust_env=False, timeout=ANSWER_SECONDS) as http:
        query = {"source": SOURCE, "source_reference": APPROVED_FOR}
        headers = {"Authorization": f"Bearer {token('recruiter')}"}
        found = await http.get(f"{urls['assignments']}/v1/facilities", params=query, headers=headers)
        facilities = tuple(one["facility_id"] for one in found.raise_for_status().json()["items"])
        await sign_up(
            keyring_of(home),
            Identity(urls["identity"], token, http),
            bootstrap=lambda: asyncio.to_thread(bootstrap_code, home),
            facilities=facilities,
        )
