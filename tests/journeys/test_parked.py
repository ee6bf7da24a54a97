"""A poisoned event: parked alone, seen, tried again, and skipped with a reason by an operator's commands."""

import json
import re

from shared.contracts.event import encode
from shared.ids import new_id
from shared.messaging.envelope import to_record
from shared.messaging.kafka import KafkaBroker
from shared.testing.events import a_workstream, an_envelope
from tests.journeys.assignment import accepted, until
from tests.system import System, eventually


async def poison(system: System) -> str:
    """Sends assignments an answer of payroll about an assignment that never was; its id."""
    stranger = a_workstream(new_id("asg"))
    producer = await KafkaBroker(f"127.0.0.1:{system.parts['kafka']['port']}").producer()
    await producer.send([to_record(an_envelope(stranger, data=encode(stranger)))])
    await producer.close()
    return stranger.assignment_id


async def test_an_operator_sees_replays_and_skips_a_parked_event(system: System) -> None:
    stranger = await poison(system)
    operator = system.caller("operator")

    async def parked() -> list[dict[str, object]]:
        items = (await operator.get("assignments", "/v1/parked-events")).json()["items"]
        return [item for item in items if item["key"] == stranger]

    ((event),) = await eventually(parked, bool)
    number = str(event["id"])
    listed = system.command("parked", "ls")
    assert (listed.returncode, stranger in listed.stdout, "assignments" in listed.stdout) == (0, True, True)
    shown = system.command("parked", "show", "assignments", number)
    assert shown.returncode == 0 and re.search(r"workstream\.changed", shown.stdout)

    assert system.command("parked", "replay", "assignments", number).returncode == 0
    await eventually(parked, lambda events: bool(events) and events[0]["reason"] == "failed")
    skipped = system.command("parked", "skip", "assignments", number, "--reason", "sent by a broken client")
    assert skipped.returncode == 0, skipped.stderr
    assert await parked() == []
    again = system.command("parked", "skip", "assignments", number, "--reason", "twice")
    assert again.returncode != 0 and "settled" in (again.stdout + again.stderr)

    await until(system, await accepted(system), payroll="open")
    assert json.dumps(await parked()) == "[]"
