"""An assignment as recruiters and coordinators see it, and the commands they give."""

from typing import Any

from tests.journeys.directory import an_offer
from tests.system import Caller, System, eventually


async def shown(caller: Caller, assignment_id: str) -> dict[str, Any]:
    """The assignment with its readiness."""
    body: dict[str, Any] = (await caller.get("assignments", f"/v1/assignments/{assignment_id}")).json()
    return body


def lights(assignment: dict[str, Any]) -> dict[str, str]:
    """The status of each department for the present terms."""
    return {name: light["status"] for name, light in assignment["readiness"]["lights"].items()}


async def accepted(system: System, **changes: Any) -> str:
    """A fresh accepted offer; the id of its assignment."""
    answer = await system.caller("recruiter").post("assignments", "/v1/assignments", an_offer(**changes))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["assignment_id"])


async def command(system: System, assignment_id: str, verb: str, **body: Any) -> dict[str, Any]:
    """Gives a command as a coordinator who has just read the assignment; the assignment afterwards."""
    coordinator = system.caller("coordinator")
    version = (await shown(coordinator, assignment_id))["version"]
    path = f"/v1/assignments/{assignment_id}:{verb}"
    answer = await coordinator.post("assignments", path, body, version=version)
    assert answer.status_code == 200, answer.text
    changed: dict[str, Any] = answer.json()
    return changed


async def until(system: System, assignment_id: str, **wanted: Any) -> dict[str, Any]:
    """The assignment once each light named has the status wanted, and `state` the state."""
    coordinator = system.caller("coordinator")

    def fits(found: dict[str, Any]) -> bool:
        now = {"state": found["state"], **lights(found)}
        return all(now[name] == value for name, value in wanted.items())

    return await eventually(lambda: shown(coordinator, assignment_id), fits)
