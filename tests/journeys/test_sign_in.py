"""Who comes in as people and systems do, by identity's tokens, and how soon what was given is taken back."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from shared.clock import SystemClock
from tests.journeys.accounts import ask, done, exchange, fresh_sign_in, open_accounts, person_id_of
from tests.journeys.assignment import accepted
from tests.journeys.directory import SOURCE, fill_directory
from tests.system import System, eventually, running_system

TAKEN_BACK_SECONDS = 30
"""Ten are promised; tests/access holds that bound with a clock of its own, and a busy machine must not fail here."""


@pytest.fixture(scope="module")
def system() -> Iterator[System]:
    """A system as `make run` starts it: identity signs every token."""
    with running_system() as system:
        asyncio.run(_open(system))
        yield system


async def _open(system: System) -> None:
    await open_accounts(system)
    await fill_directory(system)


async def test_who_is_signed_out_is_refused_by_every_service_with_the_same_token(system: System) -> None:
    token = await fresh_sign_in(system, "coordinator")

    async def statuses() -> set[int]:
        asked = (ask(system, token, service, "/v1/timeline?assignment_id=asg_none") for service in system.urls)
        return {answer.status_code for answer in await asyncio.gather(*asked)}

    assert await statuses() == {200}
    who = (await ask(system, token, "identity", "/v1/me")).json()["person_id"]
    await done(system, "administrator", f"/v1/people/{who}:sign-out", {})
    await eventually(statuses, lambda found: found == {401}, seconds=TAKEN_BACK_SECONDS)
    token = await fresh_sign_in(system, "coordinator")
    assert await statuses() == {200}


async def test_a_virtual_specialist_reads_the_one_case_that_was_lent_until_it_is_taken_back(system: System) -> None:
    lent, other = await accepted(system), await accepted(system)
    before = await fresh_sign_in(system, "virtual_specialist")
    assert (await ask(system, before, "assignments", f"/v1/assignments/{lent}")).status_code == 403
    grant = {
        "person_id": await person_id_of(system, "virtual_specialist"),
        "role": "housing_specialist",
        "assignments": [lent],
        "until": (SystemClock().now() + timedelta(days=1)).isoformat(),
        "reason": "Helps with one case",
    }
    given = await done(system, "administrator", "/v1/grants", grant)
    token = await fresh_sign_in(system, "virtual_specialist")

    async def read(assignment_id: str) -> httpx.Response:
        return await ask(system, token, "assignments", f"/v1/assignments/{assignment_id}")

    shown = (await read(lent)).json()
    whole = (await system.caller("housing_specialist").get("assignments", f"/v1/assignments/{lent}")).json()
    listed = (await ask(system, token, "assignments", "/v1/assignments")).json()["items"]
    assert (shown["terms"]["pay_package"], shown["terms"]["bill_rates"]) == (None, None)
    assert whole["terms"]["pay_package"] and whole["terms"]["bill_rates"]
    assert [one["assignment_id"] for one in listed] == [lent]
    assert (await read(other)).status_code == 404
    assert (await ask(system, token, "payroll", "/v1/profiles")).status_code == 403
    await done(system, "administrator", f"/v1/grants/{given['grant_id']}:revoke", {"reason": "Done"})

    async def status() -> int:
        return (await read(lent)).status_code

    await eventually(status, lambda found: found == 403, seconds=TAKEN_BACK_SECONDS)


async def test_a_recruiters_system_sees_its_own_source_alone(system: System) -> None:
    assignment_id = await accepted(system)
    own, stranger = [await _system_of(system, source) for source in (SOURCE, "elsewhere")]
    path = f"/v1/assignments/{assignment_id}"
    found = [await ask(system, token, "assignments", path) for token in (own, stranger)]
    listed = [(await ask(system, token, "assignments", "/v1/assignments")).json()["items"] for token in (own, stranger)]
    assert [answer.status_code for answer in found] == [200, 404]
    assert (assignment_id in {one["assignment_id"] for one in listed[0]}, listed[1]) == (True, [])
    known = [(await ask(system, token, "assignments", "/v1/clinicians")).json()["items"] for token in (own, stranger)]
    assert (bool(known[0]), known[1]) == (True, [])


async def test_a_clinician_comes_in_by_a_link_and_sees_their_own_alone(system: System) -> None:
    own, other = [await accepted(system) for _ in range(2)]
    seen = (await system.caller("recruiter").get("assignments", f"/v1/assignments/{own}")).json()
    wanted = {"for": "clinician", "clinician_id": seen["clinician_id"], "purpose": "see_assignment"}
    link = await done(system, "housing_specialist", "/v1/links", wanted)
    token = await exchange(system, grant_type="urn:firstshift:grant-type:link", link=link["token"])
    listed = (await ask(system, token, "assignments", "/v1/assignments")).json()["items"]
    found = [await ask(system, token, "assignments", f"/v1/assignments/{one}") for one in (own, other)]
    assert [answer.status_code for answer in found] == [200, 404]
    assert own in {one["assignment_id"] for one in listed}
    assert {one["clinician_id"] for one in listed} == {seen["clinician_id"]}
    assert (await ask(system, token, "payroll", "/v1/profiles")).status_code == 403


def test_the_commands_of_an_operator_and_of_a_newcomer_sign_in_by_themselves(system: System) -> None:
    parked = system.command("parked", "ls")
    tokens = [system.command("token", "--role", "recruiter").stdout for _ in range(2)]
    assert (parked.returncode, parked.stdout) == (0, "Nothing is parked.\n")
    assert tokens[0] == tokens[1] and tokens[0].count(".") == 2
    nobody = system.command("token", "--role", "facility_approver")
    assert (nobody.returncode, "identity bootstrap" in nobody.stderr) == (1, True)


async def _system_of(system: System, source: str) -> str:
    """A token of a recruiters' system that speaks for this source."""
    wanted = {"name": f"System of {source}", "kind": "recruiter_system", "scopes": ["recruiting"], "sources": [source]}
    client = await done(system, "administrator", "/v1/api-clients", wanted)
    proof = {"client_id": client["client_id"], "client_secret": client["secret"]}
    return await exchange(system, grant_type="client_credentials", **proof)
