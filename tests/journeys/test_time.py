"""Days pass: in a system of its own, since its clock moves for everybody in it."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.journeys.assignment import accepted, until
from tests.journeys.directory import fill_directory
from tests.system import System, running_system


@pytest.fixture(scope="module")
def system() -> Iterator[System]:
    """A system in test mode that no other test uses."""
    with running_system("--test-mode") as system:
        asyncio.run(fill_directory(system))
        yield system


async def test_days_pass_and_what_nobody_did_is_at_risk(system: System) -> None:
    assignment_id = await accepted(system, weeks_ahead=8)
    await until(system, assignment_id, payroll="open", timekeeping="open")
    moved = system.command("clock", "advance", "70d")
    assert moved.returncode == 0, moved.stderr
    await until(system, assignment_id, payroll="at_risk", timekeeping="at_risk", credentialing="at_risk")
