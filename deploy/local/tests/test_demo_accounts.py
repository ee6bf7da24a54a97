"""The demo's accounts: one for every role, opened by identity's own API, at most once."""

import asyncio
import os
import stat
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
import httpx
import pytest

from firstshift.demo_accounts import account_table, accounts, code_now
from firstshift.demo_keyring import WORDS, Keyring, keyring_of
from firstshift.demo_sign_up import Identity, sign_up
from firstshift.errors import CannotRun
from firstshift.home import Home
from firstshift.ports import LOOPBACK, give_port
from firstshift.token_source import Tokens
from firstshift.tokens import ROLES, public_keys, sign_token
from shared.testing.postgres import postgres_server
from shared.vault.keys import make_key_file

FACILITY = f"fac_{'0' * 26}"
BY_LINK = {"clinician", "status_reader"}


def test_every_role_that_signs_in_has_one_account() -> None:
    counted = Counter(role for account in accounts() for role in account.roles)

    assert counted == dict.fromkeys(set(ROLES) - BY_LINK, 1)
    assert accounts()[0].roles == ("administrator",)
    assert all(account.email.endswith("@example.org") for account in accounts())
    assert len({account.email for account in accounts()}) == len(accounts())


def test_a_new_keyring_has_a_password_of_its_own_and_says_that_there_are_no_accounts(home: Home) -> None:
    one, other = keyring_of(home), keyring_of(home)

    assert one.password != other.password  # written down with the first account
    assert set(one.password.split()) <= set(WORDS)
    assert len(one.password.split()) == 5
    with pytest.raises(CannotRun):
        account_table(one)


def test_a_keyring_is_written_down_for_its_owner_alone(home: Home) -> None:
    first = keyring_of(home).with_account("ada@example.org", "JBSWY3DPEHPK3PXP" * 2)
    kept = first.with_account("ben@example.org", None)

    assert keyring_of(home) == kept
    assert stat.S_IMODE((home.keys / "demo.json").stat().st_mode) == 0o600
    assert len(code_now(kept, " Ada@example.org ")) == 6
    for email in ("ben@example.org", "nobody@example.org"):
        with pytest.raises(CannotRun) as refused:
            code_now(kept, email)
        assert refused.value.fix == "Accounts that have one: ada@example.org."


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres_server() as url:
        yield url


@contextmanager
def identity_on(home: Home, server: str) -> Iterator[dict[str, str]]:
    """Identity as a process of its own on a fresh database; gives its address and its environment."""
    name = f"identity_{home.root.parent.name[-8:].lower()}"
    asyncio.run(_execute(server, f'CREATE DATABASE "{name}"'))
    port = give_port(home, "identity", 0)
    make_key_file(home.keys / "identity.vault.json")
    told = {
        "DATABASE_URL": f"{server}/{name}",
        "KAFKA_BOOTSTRAP_SERVERS": f"{LOOPBACK}:1",  # none: identity answers without
        "FIRSTSHIFT_ISSUER_KEYS": str(public_keys(home)),
        "VAULT_KEYS": str(home.keys / "identity.vault.json"),
        "HOST": LOOPBACK,
        "PORT": str(port),
    }
    environment = {**os.environ, **told}
    command = [sys.executable, "-P", "-m", "identity"]
    subprocess.run([*command, "migrate"], env=environment, check=True, capture_output=True)
    with (home.logs / "identity.log").open("w") as log:
        process = subprocess.Popen([*command, "api"], env=environment, stdout=log, stderr=log)
        try:
            _until_ready(f"http://{LOOPBACK}:{port}", process)
            yield {**environment, "URL": f"http://{LOOPBACK}:{port}"}
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture
def identity(home: Home, server: str) -> Iterator[dict[str, str]]:
    with identity_on(home, server) as told:
        yield told


async def test_accounts_are_opened_once_and_an_interrupted_one_again(home: Home, identity: dict[str, str]) -> None:
    """The whole way over HTTP: printed code, first administrator, invitations, passwords, second factors."""
    codes: list[str] = []

    async def bootstrap() -> str:
        command = (sys.executable, "-P", "-m", "identity", "bootstrap")
        process = await asyncio.create_subprocess_exec(*command, env=identity, stdout=subprocess.PIPE)
        printed, _ = await process.communicate()
        codes.append(printed.decode().strip())
        return codes[-1]

    async with httpx.AsyncClient(trust_env=False, timeout=30) as http:
        api = Identity(identity["URL"], Tokens(home, {}, test_mode=True).of, http)
        opened = await sign_up(keyring_of(home), api, bootstrap=bootstrap, facilities=(FACILITY,))
        again = await sign_up(keyring_of(home), api, bootstrap=bootstrap, facilities=(FACILITY,))
        lost = {email: one for email, one in opened.second_factors.items() if email != "lena.helmsworth@example.org"}
        healed = await sign_up(Keyring(home, opened.password, lost), api, bootstrap=bootstrap)
        headers = {"Authorization": f"Bearer {sign_token(home, roles=['administrator'])}"}
        people = (await http.get(f"{identity['URL']}/v1/people", headers=headers)).json()["items"]

    with_code = {email for email, secret in opened.second_factors.items() if secret}
    assert (again, len(codes)) == (opened, 1)
    assert healed.second_factors.keys() == opened.second_factors.keys() == {one["email"] for one in people}
    assert {account.roles[0] for account in accounts() if account.email in with_code} == {
        "administrator",
        "lead",
        "payroll_approver",
    }
    assert [one["facilities"] for one in people if "facility_approver" in one["roles"]] == [[FACILITY]]
    assert account_table(opened).row_count == len(accounts())


def _until_ready(url: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < end:
        try:
            if httpx.get(f"{url}/readyz", trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("identity does not answer")


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url.replace("+asyncpg", "") + "/postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
