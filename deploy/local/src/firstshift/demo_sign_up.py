"""Opens the demo's accounts by identity's public API: the first by bootstrap, the others by invitation.

Opening them again changes nothing. An account whose opening was interrupted is invited once more.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from firstshift.demo_accounts import Account, accounts
from firstshift.demo_api import DemoStopped, TokenOf
from firstshift.demo_keyring import Keyring
from shared.ids import new_uuid

Body = dict[str, Any]


class Identity:
    """Identity's API as the first administrator uses it. `token(role)` gives a token of that role."""

    def __init__(self, url: str, token: TokenOf, http: httpx.AsyncClient) -> None:
        self._url = url
        self._token = token
        self._http = http

    async def first(self, account: Account, *, code: str, password: str) -> Body:
        """Opens the first administrator's account by the printed code."""
        body = {"code": code, "email": account.email, "name": account.name, "password": password}
        return await self._ask("POST", "/v1/bootstrap", json=body)

    async def invited(self, account: Account, **profile: object) -> str:
        """The code of an invitation for the account, which is opened unless it is there."""
        found = await self._ask("GET", "/v1/people", params={"search": account.email}, headers=await self._headers())
        if found["items"]:
            path, body = f"/v1/people/{found['items'][0]['person_id']}:invite", {}
        else:
            known = {"email": account.email, "name": account.name, "roles": list(account.roles)}
            path, body = "/v1/people", {**known, **profile}
        answer = await self._ask("POST", path, json=body, headers=await self._headers())
        return str(answer["code"])

    async def accept(self, code: str, password: str) -> Body:
        """Comes in by an invitation."""
        return await self._ask("POST", "/v1/invitations:accept", json={"code": code, "password": password})

    async def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {await self._token('administrator')}", "Idempotency-Key": str(new_uuid())}

    async def _ask(self, method: str, path: str, **request: Any) -> Body:
        answer = await self._http.request(method, self._url + path, **request)
        said: Body = answer.json()
        if answer.is_error:
            raise DemoStopped(f"identity answered {answer.status_code} to {method} {path}: {said.get('code')}.")
        return said


async def sign_up(
    keyring: Keyring, identity: Identity, *, bootstrap: Callable[[], Awaitable[str]], facilities: tuple[str, ...] = ()
) -> Keyring:
    """Opens every account that the keyring does not hold; returns the keyring with all of them.

    `bootstrap` gives the code for the first; `facilities` are those that the facility's approver answers for, whose
    account waits until there are some. Raises DemoStopped, and what `bootstrap` raises.
    """
    first, *others = accounts()
    if first.email not in keyring.second_factors:
        came = await identity.first(first, code=await bootstrap(), password=keyring.password)
        keyring = keyring.with_account(first.email, _secret(came))
    for account in others:
        is_bound = "facility_approver" in account.roles
        if account.email not in keyring.second_factors and (facilities or not is_bound):
            profile = {"facilities": list(facilities)} if is_bound else {}
            came = await identity.accept(await identity.invited(account, **profile), keyring.password)
            keyring = keyring.with_account(account.email, _secret(came))
    return keyring


def _secret(came: Body) -> str | None:
    factor = came["second_factor"]
    return str(factor["secret"]) if factor else None
