"""What happens on the way: every department adapts by itself and says so."""

from datetime import timedelta

from tests.journeys.assignment import accepted, command, shown, until
from tests.journeys.department_work import finish_credentialing, opened
from tests.journeys.directory import today
from tests.system import System, eventually


async def test_a_cancelled_assignment_is_compensated_and_closed_everywhere(system: System) -> None:
    assignment_id = await accepted(system)
    await until(system, assignment_id, credentialing="open", timekeeping="open")
    await command(system, assignment_id, "cancel", reason="low census")
    closed = dict.fromkeys(("credentialing", "payroll", "housing", "timekeeping"), "closed")
    assignment = await until(system, assignment_id, state="fell_off", **closed)
    assert assignment["reason"] == "low census"
    for service in closed:
        rows = await system.rows(
            service, "SELECT state, count(*) FROM work_item WHERE assignment_id = $1 GROUP BY 1", assignment_id
        )
        assert "open" not in {row["state"] for row in rows}, f"{service} still has open work"


async def test_a_start_pushed_by_two_weeks_moves_shifts_nights_requirements_and_pay(system: System) -> None:
    assignment_id = await accepted(system)
    lead = system.caller("lead")
    before = await until(system, assignment_id, credentialing="open", timekeeping="open")
    new_start = today() + timedelta(weeks=8)
    await command(system, assignment_id, "push-start", new_start=new_start.isoformat())
    ids = {s: await opened(system, s, assignment_id) for s in ("credentialing", "payroll", "housing", "timekeeping")}

    async def adapted() -> set[int]:
        found = await shown(lead, assignment_id)
        return {light["terms_version"] for light in found["readiness"]["lights"].values()}

    await eventually(adapted, lambda versions: versions == {2})
    plan = (await lead.get("timekeeping", f"/v1/plans/{ids['timekeeping']}")).json()
    case = (await lead.get("housing", f"/v1/cases/{ids['housing']}")).json()
    file = (await lead.get("credentialing", f"/v1/files/{ids['credentialing']}")).json()
    profile = (await lead.get("payroll", f"/v1/profiles/{ids['payroll']}")).json()
    assert min(shift["work_date"] for shift in plan["shifts"] if shift["state"] == "planned") >= new_start.isoformat()
    assert case["arrival"] == (new_start - timedelta(days=1)).isoformat()
    assert (file["start_date"], file["terms_version"]) == (new_start.isoformat(), 2)
    assert profile["first_pay_date"] > new_start.isoformat()
    assert (await shown(lead, assignment_id))["version"] == before["version"] + 1


async def test_a_lost_credential_takes_the_clearance_back(system: System) -> None:
    assignment_id = await accepted(system, weeks_ahead=1)
    await command(system, assignment_id, "confirm")
    await finish_credentialing(system, assignment_id)
    await until(system, assignment_id, state="cleared")
    file_id = await opened(system, "credentialing", assignment_id)
    rejected = await system.caller("lead").post(
        "credentialing", f"/v1/files/{file_id}/items/LIC-RN:reject", {"because": "The board suspended it."}
    )
    assert rejected.status_code == 200, rejected.text
    await until(system, assignment_id, state="onboarding", credentialing="blocked")
