"""Credentialing as its people use it: a specialist, a lead as the second person, and the simulated sources outside."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import httpx

from shared.ids import new_uuid
from tests.journeys.assignment import accepted
from tests.journeys.department_work import LISTS, opened, upload
from tests.journeys.directory import FACILITIES, SOURCE, clinician
from tests.journeys.papers import PDF, a_pdf
from tests.system import CALL_SECONDS, System, eventually

SERVICE = "credentialing"
PATIENCE_SECONDS = 90
"""Jobs look every 15 seconds, and the machine may be busy."""
ORDERED = ("BG-COUNTY", "BG-SOR", "DRUG-10")
"""What the background vendor is asked for an intensive care nurse, once the candidate has agreed."""
Json = dict[str, Any]


async def business_day(system: System) -> date:
    """The calendar day of the system's own clock, in Denver."""
    now = (await system.caller("operator").get("assignments", "/v1/clock")).json()["now"]
    return (datetime.fromisoformat(now) - timedelta(hours=7)).date()


@dataclass(frozen=True)
class Desk:
    """One file of credentialing at its desk."""

    system: System
    assignment_id: str
    clinician_id: str
    path: str

    async def file(self) -> Json:
        """The file as specialists see it."""
        return await self._read(self.path)

    async def item(self, code: str) -> Json:
        """One item of the file."""
        return next(one for one in (await self.file())["items"] if one["code"] == code)

    async def behind(self, code: str) -> Json:
        """One item with its claims and what its sources said."""
        return await self._read(f"{self.path}/items/{code}")

    async def look(self, what: str) -> Json:
        """A part of the file by its name: `why-not`, `decisions`, `provenance`, `changes`, `inquiries`, `forecast`."""
        return await self._read(f"{self.path}/{what}")

    async def open_codes(self) -> list[str]:
        """What still keeps the clinician from starting."""
        return [one["code"] for one in (await self.look("why-not"))["blockers"]]

    async def upload(self, code: str, content: bytes | None = None, *, media_type: str = PDF) -> str:
        """The clinician's paper for an item comes in; its document."""
        content = content or a_pdf(f"Paper for {code} of {self.clinician_id}", "Issued by an invented office")
        return await upload(self.system, self.clinician_id, code, content=content, media_type=media_type)

    async def receive(self, code: str, **claim: Any) -> Json:
        """What somebody read from a paper comes in as a claim."""
        return await self._do("credentialing_specialist", f"items/{code}:receive", claim)

    async def verify(self, code: str, source: str = "primary source") -> Json:
        """A second person confirms it with its source."""
        return await self._do("lead", f"items/{code}:verify", {"source": source})

    async def ask(self, code: str) -> Json:
        """The source is to be asked now."""
        return await self._do("credentialing_specialist", f"items/{code}:ask", {})

    async def command(self, role: str, verb: str, body: Json) -> Json:
        """Another command about this file, such as `packets` or `items/CODE:check`."""
        return await self._do(role, verb, body)

    async def until(self, code: str, **wanted: Any) -> Json:
        """The item once each field named has the value wanted."""
        return await eventually(
            lambda: self.item(code),
            lambda found: all(found[name] == value for name, value in wanted.items()),
            seconds=PATIENCE_SECONDS,
        )

    async def until_cleared(self, is_cleared: bool = True) -> Json:
        """The file once it is cleared, or no longer."""
        return await eventually(
            self.file, lambda found: bool(found["cleared_through"]) is is_cleared, seconds=PATIENCE_SECONDS
        )

    async def until_terms(self, version: int) -> Json:
        """The file once it is measured by this version of the terms."""
        return await eventually(self.file, lambda found: found["terms_version"] == version, seconds=PATIENCE_SECONDS)

    async def bring(self, code: str, **claim: Any) -> Json:
        """A paper comes in, is read, and is confirmed by a second person."""
        day = (await business_day(self.system)).isoformat()
        document_id = await self.upload(code)
        await self.receive(code, **{"issued_on": day, "document_id": document_id, **claim})
        return await self.verify(code)

    async def bring_all(self, *, but: Collection[str] = ()) -> None:
        """Everything that a person can bring now and that is still open, each with its paper."""
        day = await business_day(self.system)
        for item in (await self.file())["items"]:
            if item["is_met"] or item["status"] == "due_later" or item["code"] in (*but, *LISTS):
                continue
            printed = {"expires_on": (day + timedelta(days=700)).isoformat()}
            await self.bring(item["code"], **(printed if item["code"] in ("ID-PHOTO", "LIC-RN") else {}))

    async def until_answered(self, code: str, **wanted: Any) -> Json:
        """The item as the licence register's answer leaves it.

        The register works on a question for minutes; a person who does not want to wait has it asked for the answer.
        """

        async def states() -> set[str]:
            return {one["state"] for one in (await self.look("inquiries"))["items"] if one["code"] == code}

        await eventually(states, lambda found: "pending" in found, seconds=PATIENCE_SECONDS)
        await self.ask(code)
        return await self.until(code, **wanted)

    async def order(self, *codes: str) -> None:
        """The background vendor is asked for these, and answers by its webhook."""
        for code in codes:
            await self.ask(code)
        for code in codes:
            await self.until(code, status="verified")

    async def _read(self, path: str) -> Json:
        answer = await self.system.caller("lead").get(SERVICE, path)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    async def _do(self, role: str, verb: str, body: Json) -> Json:
        answer = await self.system.caller(role).post(SERVICE, f"{self.path}/{verb}", body)
        assert answer.is_success, f"{verb}: {answer.text[:500]}"
        done: Json = answer.json()
        return done


async def known(system: System, reference: str, **person: Any) -> str:
    """A nurse in the directory, known by this reference."""
    path = f"/v1/clinicians/{SOURCE}/{reference}"
    answer = await system.caller("coordinator").put("assignments", path, {**clinician(1), **person})
    assert answer.is_success, answer.text
    return reference


async def facility(system: System, reference: str, name: str) -> str:
    """A hospital in Denver of its own, known by this reference."""
    path, body = f"/v1/facilities/{SOURCE}/{reference}", {**FACILITIES["F-1"], "name": name}
    answer = await system.caller("coordinator").put("assignments", path, body)
    assert answer.is_success, answer.text
    return reference


async def offered(system: System, person: str, *, in_days: int = 14, **changes: Any) -> "Desk":
    """The desk of a fresh accepted offer of thirteen weeks that begin in so many days."""
    start = await business_day(system) + timedelta(days=in_days)
    dates = {"start_date": start.isoformat(), "end_date": (start + timedelta(days=90)).isoformat()}
    return await desk_of(system, await accepted(system, **{"clinician_reference": person, **dates, **changes}))


async def written(system: System, path: str, body: Json) -> Json:
    """What a lead writes for the first time: a rule, a template of packets."""
    headers = {
        "Authorization": f"Bearer {await system.token(('lead',))}",
        "Idempotency-Key": str(new_uuid()),
        "If-Match": '"0"',
    }
    async with httpx.AsyncClient(timeout=CALL_SECONDS) as http:
        answer = await http.put(system.urls[SERVICE] + path, json=body, headers=headers)
    assert answer.is_success, answer.text
    said: Json = answer.json()
    return said


async def plan_of(system: System, assignment_id: str) -> Json:
    """Timekeeping's plan of the assignment."""
    lead = system.caller("lead")
    path = f"/v1/plans/{await opened(system, 'timekeeping', assignment_id)}"
    found: Json = (await lead.get("timekeeping", path)).json()
    return found


async def shifts_blocked(system: System, assignment_id: str, *, through: date | None) -> list[Json]:
    """The blocked shifts, once timekeeping has the clearance through this day; None: once it was revoked."""
    wanted = through.isoformat() if through else None

    async def look() -> Json:
        return await plan_of(system, assignment_id)

    plan = await eventually(look, lambda found: found["cleared_through"] == wanted, seconds=PATIENCE_SECONDS)
    return [shift for shift in plan["shifts"] if shift["blocked"]]


async def desk_of(system: System, assignment_id: str) -> Desk:
    """The desk with the file of this assignment, as soon as it is open."""
    path = f"/v1/files/{await opened(system, SERVICE, assignment_id)}"
    file = (await system.caller("lead").get(SERVICE, path)).json()
    return Desk(system=system, assignment_id=assignment_id, clinician_id=file["clinician_id"], path=path)
