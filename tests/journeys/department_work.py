"""What people in the four departments do until their lights are green, by the same APIs as they use."""

from datetime import timedelta
from typing import Any

import httpx

from shared.ids import new_uuid
from tests.journeys.directory import today
from tests.journeys.papers import PDF, a_pdf
from tests.system import CALL_SECONDS, Caller, System, eventually

LISTS = ("EXC-LEIE", "EXC-SAM", "EXC-STATE")
"""What screening answers where a file of the list is loaded."""
SCREENING_SECONDS = 90
"""It looks every 15 seconds, and the machine may be busy."""
PLURALS = {"credentialing": "files", "payroll": "profiles", "housing": "cases", "timekeeping": "plans"}


async def opened(system: System, service: str, assignment_id: str) -> str:
    """The id of a department's part of an assignment, once it is there."""
    lead = system.caller("lead")

    async def look() -> list[Any]:
        items: list[Any] = (await lead.get(service, f"/v1/{PLURALS[service]}?assignment_id={assignment_id}")).json()[
            "items"
        ]
        return items

    (line,) = await eventually(look, bool)
    return str(next(value for name, value in line.items() if name.endswith("_id")))


async def finish_credentialing(system: System, assignment_id: str) -> None:
    """Every item is received, and verified by a second person; exclusion lists are searched at their sources."""
    lead, file_id = system.caller("lead"), await opened(system, "credentialing", assignment_id)
    specialist = system.caller("credentialing_specialist")
    file = (await lead.get("credentialing", f"/v1/files/{file_id}")).json()
    proof = {"issued_on": today().isoformat(), "expires_on": (today() + timedelta(days=700)).isoformat()}
    for item in file["items"]:
        if item["is_met"] or (item["status"] == "due_later" and item["code"] == "IMM-FLU"):
            continue  # a dose before its season does not count
        path = f"/v1/files/{file_id}/items/{item['code']}"
        if item["code"] in LISTS:
            await _search(system, file, item["code"])
            continue
        done(await specialist.post("credentialing", f"{path}:receive", proof))
        done(await lead.post("credentialing", f"{path}:verify", {"source": "primary source"}))


async def _search(system: System, file: dict[str, Any], code: str) -> None:
    """Somebody prints the search of the list; where a file of it is loaded, screening does it."""
    specialist, path = system.caller("credentialing_specialist"), f"/v1/files/{file['file_id']}"
    printed = await upload(system, file["clinician_id"], code, content=a_pdf(f"Search of {code}: no results"))
    seen = {"source": "the list's own search", "checked_on": today().isoformat(), "status": "No results"}
    answer = await specialist.post("credentialing", f"{path}/items/{code}:check", {**seen, "document_id": printed})
    if answer.json().get("code") != "screening_decides":
        done(answer)
        return

    async def is_met() -> bool:
        items = (await specialist.get("credentialing", path)).json()["items"]
        return bool(next(one["is_met"] for one in items if one["code"] == code))

    await eventually(is_met, bool, seconds=SCREENING_SECONDS)


async def upload(system: System, clinician_id: str, code: str, *, content: bytes, media_type: str = PDF) -> str:
    """A clinician's paper for an item comes in; its document."""
    headers = {
        "Authorization": f"Bearer {await system.token(('credentialing_specialist',))}",
        "Idempotency-Key": str(new_uuid()),
        "Content-Type": media_type,
        "File-Name": f"{code}.pdf",
    }
    address = f"{system.urls['credentialing']}/v1/clinicians/{clinician_id}/documents"
    async with httpx.AsyncClient(timeout=CALL_SECONDS * 3) as http:
        answer = await http.post(address, params={"code": code}, content=content, headers=headers)
    assert answer.status_code in (200, 201), answer.text
    assert answer.json()["status"] == "ready", answer.text
    return str(answer.json()["document_id"])


async def finish_payroll(system: System, assignment_id: str) -> None:
    """Every piece is recorded and the package accepted where it asks for that."""
    lead, profile_id = system.caller("lead"), await opened(system, "payroll", assignment_id)
    for _ in range(20):
        profile = (await lead.get("payroll", f"/v1/profiles/{profile_id}")).json()
        actions = [action for task in profile["standing"]["tasks"] for action in task["actions"]]
        commands = [action for action in actions if action["method"] == "POST"]
        if not commands:
            return
        await _do(lead, "payroll", commands[0])


async def finish_timekeeping(system: System, assignment_id: str) -> None:
    """The clock is registered and two approvers are named."""
    lead, plan_id = system.caller("lead"), await opened(system, "timekeeping", assignment_id)
    done(await lead.post("timekeeping", f"/v1/plans/{plan_id}:register-clock"))
    approvers = {
        "approver": {"reference": "per-1", "display_name": "Unit lead"},
        "backup": {"reference": "per-2", "display_name": "House lead"},
    }
    done(await lead.post("timekeeping", f"/v1/plans/{plan_id}:name-approvers", approvers))


async def finish_housing(system: System, assignment_id: str) -> None:
    """The clinician's own housing is confirmed."""
    lead, case_id = system.caller("lead"), await opened(system, "housing", assignment_id)
    done(await lead.post("housing", f"/v1/cases/{case_id}:confirm-own-housing", {"zip": "80203"}))


async def _do(lead: Caller, service: str, action: dict[str, str]) -> None:
    bodies: dict[str, Any] = {
        "record": {"received_on": today().isoformat()},
        "accept-package": {"note": "Checked."},
    }
    verb = action["path"].rpartition(":")[2]
    done(await lead.post(service, action["path"], bodies[verb]))


def done(answer: Any) -> Any:
    """The answer of a command that must have worked."""
    assert answer.status_code in (200, 201), f"{answer.request.url}: {answer.text}"
    return answer
