"""Everybody whom the demo knows has an account in a running system, and signs in at its identity."""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx

from firstshift.demo_accounts import proofs_of
from firstshift.demo_keyring import keyring_of
from firstshift.demo_sign_up import Identity, sign_up
from firstshift.machine_rights import bootstrap_code
from firstshift.sign_in import sign_in
from tests.system import CALL_SECONDS, System

SIGN_UP_SECONDS = 30


async def open_accounts(system: System) -> None:
    """One account for every role that no facility bounds; the first by the code that the machine's owner prints."""
    async with httpx.AsyncClient(trust_env=False, timeout=SIGN_UP_SECONDS) as http:
        await sign_up(
            keyring_of(system.home),
            Identity(system.urls["identity"], system.tokens.of, http),
            bootstrap=lambda: asyncio.to_thread(bootstrap_code, system.home),
        )


async def fresh_sign_in(system: System, role: str) -> str:
    """A token by a sign-in of now, of the account of this role."""
    return (await sign_in(system.urls["identity"], proofs_of(keyring_of(system.home), role))).text


async def exchange(system: System, **form: str) -> str:
    """The token that identity gives for this form."""
    async with httpx.AsyncClient(timeout=CALL_SECONDS) as http:
        answer = await http.post(f"{system.urls['identity']}/token", data=form)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


async def ask(system: System, token: str, service: str, path: str) -> httpx.Response:
    """A read with this very token."""
    async with httpx.AsyncClient(timeout=CALL_SECONDS) as http:
        return await http.get(system.urls[service] + path, headers={"Authorization": f"Bearer {token}"})


async def done(system: System, role: str, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """What identity answers to a command of somebody of this role."""
    answer = await system.caller(role).post("identity", path, dict(body))
    assert answer.is_success, answer.text
    said: dict[str, Any] = answer.json()
    return said


async def person_id_of(system: System, role: str) -> str:
    """The id of the account of this role."""
    email = proofs_of(keyring_of(system.home), role).email
    [person] = (await system.caller("administrator").get("identity", f"/v1/people?search={email}")).json()["items"]
    return str(person["person_id"])
