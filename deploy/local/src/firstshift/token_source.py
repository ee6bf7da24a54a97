"""Tokens for this machine's commands: from identity, kept while they live; in test mode signed here."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from firstshift.demo_accounts import proofs_of
from firstshift.demo_keyring import keyring_of
from firstshift.home import Home, read_json, write_private_json
from firstshift.issuer import IDENTITY, signs_in
from firstshift.machine_rights import new_operator_secret
from firstshift.sign_in import ANSWER_SECONDS, Token, sign_in, token_of
from firstshift.tokens import require_known, sign_token
from shared.clock import SystemClock

MARGIN_SECONDS = 60
"""A token is not used in its last minute, so that what it is wanted for can be done."""
RENEWED_BEFORE = timedelta(days=30)
OPERATOR = "operator"

Give = Callable[[], Awaitable[Token]]


class Tokens:
    """Tokens of the system whose services have these addresses."""

    def __init__(self, home: Home, urls: Mapping[str, str], *, test_mode: bool) -> None:
        self._home = home
        self._identity = urls[IDENTITY] if signs_in(urls, test_mode=test_mode) else None
        self._asking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def of(self, role: str) -> str:
        """A token of the demo's account of this role. Raises CannotRun when there is none, or it is not let in."""
        if self._identity is None:
            return sign_token(self._home, roles=[role])
        require_known([role])
        proofs, address = proofs_of(keyring_of(self._home), role), self._identity
        return await self._kept(proofs.email, lambda: sign_in(address, proofs))

    async def operator(self) -> str:
        """A token of this machine's operator client. Raises CannotRun when identity does not let it in."""
        if self._identity is None:
            return sign_token(self._home, roles=[OPERATOR])
        return await self._kept(OPERATOR, self._operator_signs_in)

    async def _kept(self, who: str, give: Give) -> str:
        """The token of before while it lives; one asks, and whoever else wants it waits."""
        name = f"{who} at {self._identity}"
        async with self._asking[name]:
            known = read_json(_file(self._home, "tokens")).get(name)
            if known and known["ends_at"] - MARGIN_SECONDS > time.time():
                return str(known["text"])
            fresh = await give()
            kept = {**_live(self._home), name: {"text": fresh.text, "ends_at": fresh.ends_at}}
            write_private_json(_file(self._home, "tokens"), kept)
            return fresh.text

    async def _operator_signs_in(self) -> Token:
        assert self._identity
        kept = read_json(_file(self._home, OPERATOR)) or await asyncio.to_thread(renew_operator, self._home)
        form = {"grant_type": "client_credentials", "client_id": kept["client_id"], "client_secret": kept["secret"]}
        async with httpx.AsyncClient(base_url=self._identity, trust_env=False, timeout=ANSWER_SECONDS) as http:
            return await token_of(http, form)


def renew_operator(home: Home) -> dict[str, Any]:
    """The id and the secret of this machine's operator client, kept for its owner alone; new where they are about to
    end. Raises CannotRun.
    """
    known = read_json(_file(home, OPERATOR))
    if known and datetime.fromisoformat(known["expires_at"]) - RENEWED_BEFORE > SystemClock().now():
        return known
    made = new_operator_secret(home)
    fresh = {"client_id": made.client_id, "secret": made.secret, "expires_at": made.expires_at.isoformat()}
    write_private_json(_file(home, OPERATOR), fresh)
    return fresh


def _live(home: Home) -> dict[str, Any]:
    return {name: one for name, one in read_json(_file(home, "tokens")).items() if one["ends_at"] > time.time()}


def _file(home: Home, name: str) -> Path:
    return home.keys / f"{name}.private.json"
