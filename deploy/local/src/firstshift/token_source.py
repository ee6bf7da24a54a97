"""Tokens for this machine's commands: from identity, kept while they live; in test mode signed here."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from firstshift.demo_accounts import proofs_of
from firstshift.demo_keyring import keyring_of
from firstshift.home import Home, read_json, write_private_json
from firstshift.issuer import signs_in
from firstshift.kept_tokens import KeptTokens
from firstshift.machine_rights import new_operator_secret
from firstshift.portal import IDENTITY
from firstshift.sign_in import ANSWER_SECONDS, Token, sign_in, token_of
from firstshift.tokens import require_known, sign_token
from shared.clock import SystemClock

RENEWED_BEFORE = timedelta(days=30)
OPERATOR = "operator"


class Tokens:
    """Tokens of the system whose services have these addresses."""

    def __init__(self, home: Home, urls: Mapping[str, str], *, test_mode: bool) -> None:
        self._home = home
        self._identity = urls[IDENTITY] if signs_in(urls, test_mode=test_mode) else None
        self._kept = KeptTokens(home)

    async def of(self, role: str) -> str:
        """A token of the demo's account of this role. Raises CannotRun when there is none, or it is not let in."""
        if self._identity is None:
            return sign_token(self._home, roles=[role])
        require_known([role])
        proofs, address = proofs_of(keyring_of(self._home), role), self._identity
        return await self._kept.of(f"{proofs.email} at {address}", lambda: sign_in(address, proofs))

    async def operator(self) -> str:
        """A token of this machine's operator client. Raises CannotRun when identity does not let it in."""
        if self._identity is None:
            return sign_token(self._home, roles=[OPERATOR])
        address = self._identity
        return await self._kept.of(f"{OPERATOR} at {address}", lambda: self._operator_signs_in(address))

    async def _operator_signs_in(self, address: str) -> Token:
        kept = read_json(_file(self._home)) or await asyncio.to_thread(renew_operator, self._home)
        form = {"grant_type": "client_credentials", "client_id": kept["client_id"], "client_secret": kept["secret"]}
        async with httpx.AsyncClient(base_url=address, trust_env=False, timeout=ANSWER_SECONDS) as http:
            return await token_of(http, form)


def renew_operator(home: Home) -> dict[str, Any]:
    """The id and the secret of this machine's operator client, kept for its owner alone; new when about to end.

    Raises CannotRun when there is no database to make it in.
    """
    known = read_json(_file(home))
    if known and datetime.fromisoformat(known["expires_at"]) - RENEWED_BEFORE > SystemClock().now():
        return known
    made = new_operator_secret(home)
    fresh = {"client_id": made.client_id, "secret": made.secret, "expires_at": made.expires_at.isoformat()}
    write_private_json(_file(home), fresh)
    return fresh


def _file(home: Home) -> Path:
    return home.keys / "operator.private.json"
