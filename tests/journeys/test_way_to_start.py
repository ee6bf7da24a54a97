"""From the accepted offer to the first shift, by the commands that people have."""

from shared.clock import SystemClock
from tests.journeys.assignment import accepted, command, until
from tests.journeys.department_work import (
    finish_credentialing,
    finish_housing,
    finish_payroll,
    finish_timekeeping,
)
from tests.journeys.directory import today
from tests.system import System


async def test_an_offer_is_driven_to_its_start(system: System) -> None:
    assignment_id = await accepted(system, weeks_ahead=0)
    await command(system, assignment_id, "confirm")
    signed = {"signer_id": "per-1", "role": "clinician", "signed_at": SystemClock().now().isoformat()}
    await command(system, assignment_id, "sign-agreement", document_sha256="9f" * 32, terms_version=1, signers=[signed])
    await finish_credentialing(system, assignment_id)
    await finish_payroll(system, assignment_id)
    await finish_housing(system, assignment_id)
    await finish_timekeeping(system, assignment_id)
    ready = dict.fromkeys(("credentialing", "payroll", "housing", "timekeeping"), "ready")
    assignment = await until(system, assignment_id, state="cleared", **ready)
    assert assignment["readiness"]["is_ready"]
    started = await command(system, assignment_id, "start", started_on=today().isoformat())
    assert started["state"] == "active"


async def test_clearance_that_comes_before_the_confirmation_is_remembered(system: System) -> None:
    assignment_id = await accepted(system, weeks_ahead=1)
    await finish_credentialing(system, assignment_id)
    assert (await until(system, assignment_id, credentialing="ready"))["state"] == "accepted"
    await command(system, assignment_id, "confirm")
    await until(system, assignment_id, state="cleared")


async def test_the_timeline_of_an_assignment_reads_as_one_story(system: System) -> None:
    assignment_id = await accepted(system)
    await until(system, assignment_id, credentialing="open", timekeeping="open")
    shown = system.command("trace", assignment_id)
    assert shown.returncode == 0, shown.stderr
    for word in ("offer.accepted", "workstream.changed", "credentialing", "payroll", "housing", "timekeeping"):
        assert word in shown.stdout
