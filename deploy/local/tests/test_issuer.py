"""Who signs tokens: identity where it runs, in test mode this machine's key beside it; without it, that key alone."""

import asyncio
import json
import stat
import time
from base64 import urlsafe_b64decode
from pathlib import Path
from typing import Any

import pytest

from firstshift.demo_keyring import keyring_of
from firstshift.errors import CannotRun
from firstshift.home import Home, write_private_json
from firstshift.issuer import issuer_for
from firstshift.kept_tokens import KeptTokens
from firstshift.sign_in import Token
from firstshift.token_source import Tokens, renew_operator
from firstshift.tokens import ISSUER, public_keys, sign_token

IDENTITY = {"assignments": 8401, "identity": 8404}
URLS = {"identity": "http://127.0.0.1:9"}


def test_identity_signs_where_it_runs_and_is_known_by_its_address(home: Home) -> None:
    issuer = issuer_for(home, IDENTITY, test_mode=False)

    assert issuer.name == "http://127.0.0.1:8404"
    assert issuer.keys == "http://127.0.0.1:8404/.well-known/jwks.json"


@pytest.mark.parametrize("test_mode", [True, False])
def test_without_identity_this_machine_signs(home: Home, test_mode: bool) -> None:
    issuer = issuer_for(home, {"assignments": 8401}, test_mode=test_mode)

    assert issuer.name == ISSUER
    assert json.loads(Path(issuer.keys).read_text())["keys"]
    assert _claims(sign_token(home, roles=["lead"]))["iss"] == ISSUER


def test_in_test_mode_this_machine_signs_in_identitys_name_and_the_keys_of_both_are_known(home: Home) -> None:
    issuer = issuer_for(home, IDENTITY, test_mode=True)
    own = json.loads(Path(issuer.keys).read_text())["keys"]
    of_identity = {"kty": "OKP", "crv": "Ed25519", "kid": "k", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    public_keys(home, of_identity)

    assert issuer.name == _claims(sign_token(home, roles=["lead"]))["iss"] == "http://127.0.0.1:8404"
    assert json.loads(Path(issuer.keys).read_text())["keys"] == [*own, of_identity]


async def test_a_token_is_asked_for_once_kept_for_its_owner_alone_and_renewed_before_its_end(home: Home) -> None:
    given: list[str] = []

    async def give() -> Token:
        given.append("")
        await asyncio.sleep(0)
        return Token(text=f"token {len(given)}", ends_at=time.time() + 300)

    kept = KeptTokens(home)
    first = await asyncio.gather(*(kept.of("ada", give) for _ in range(3)))
    by_another_command = await KeptTokens(home).of("ada", give)
    of_another = await kept.of("ben", give)
    file = home.keys / "tokens.private.json"
    mode = stat.S_IMODE(file.stat().st_mode)
    write_private_json(file, {name: {**one, "ends_at": time.time() + 59} for name, one in _read(file).items()})

    assert (first, by_another_command, of_another, mode) == (["token 1"] * 3, "token 1", "token 2", 0o600)
    assert await kept.of("ada", give) == "token 3"
    assert _read(file).keys() == {"ada", "ben"}


async def test_without_accounts_the_way_to_the_first_is_told(home: Home) -> None:
    tokens = Tokens(home, URLS, test_mode=False)

    with pytest.raises(CannotRun) as nobody:
        await tokens.of("recruiter")
    with pytest.raises(CannotRun) as unknown:
        await tokens.of("king")
    with pytest.raises(CannotRun) as by_link:
        keyring_of(home).with_account("ruth.ferryman@example.org", None)
        await tokens.of("clinician")

    assert "firstshift identity bootstrap" in nobody.value.fix
    assert unknown.value.problem == "There is no role king."
    assert "/v1/links" in by_link.value.fix


def test_an_operators_secret_is_kept_until_a_month_before_its_end(home: Home) -> None:
    kept = {"client_id": "apc_1", "secret": "fs_live_1", "expires_at": "2999-01-01T00:00:00+00:00"}
    write_private_json(home.keys / "operator.private.json", kept)

    assert renew_operator(home) == kept
    write_private_json(home.keys / "operator.private.json", {**kept, "expires_at": "2020-01-01T00:00:00+00:00"})
    with pytest.raises(CannotRun, match="identity does not answer to operator-secret"):
        renew_operator(home)  # nothing runs here


def _claims(token: str) -> dict[str, Any]:
    body = token.split(".")[1]
    found: dict[str, Any] = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return found


def _read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text())
    return found
