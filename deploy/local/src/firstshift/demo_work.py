"""Does the departments' work for an assignment of the demo, task by task, as their APIs offer it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from firstshift.demo_api import Body, DemoApi, Found, until
from firstshift.demo_credentialing import left_alone, paper_of, send_paper
from firstshift.demo_papers import page

Bodies = Mapping[str, Callable[[Found], Body]]
"""What is sent for an action of this name, made from the department's present answer."""

SPECIALIST = "credentialing_specialist"
SECOND = "lead"
SEASONAL = ("IMM-FLU",)
"""What counts only when it was given for its season."""
SEEN_DAYS_BEFORE = 2
"""Papers are issued that long before the demo's first day, or before the start if that has passed."""

SOURCES = {
    "LIC": "Register of the licensing board",
    "CERT": "Register of the issuer",
    "EMP": "Original documents inspected",
}
LISTS = {
    "EXC-LEIE": "OIG exclusions search",
    "EXC-SAM": "SAM.gov exclusions",
    "EXC-STATE": "State Medicaid exclusion list",
}
"""Where exclusions are looked for by hand."""
ELSEWHERE = "Record in the file"
PRINTED = ("LIC-", "CERT-CST", "ID-PHOTO", "MD-DEA", "MD-BOARD", "MD-COI")
"""What prints its last day and a number: licences, registrations, boards' certificates, identification, insurance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """Where a department keeps its part of an assignment, by which name its id goes, and who works there."""

    service: str
    path: str
    id: str
    role: str


FILES = Department(service="credentialing", path="/v1/files", id="file_id", role=SPECIALIST)
PROFILES = Department(service="payroll", path="/v1/profiles", id="profile_id", role="payroll_specialist")
CASES = Department(service="housing", path="/v1/cases", id="case_id", role="housing_specialist")
PLANS = Department(service="timekeeping", path="/v1/plans", id="plan_id", role="timekeeping_specialist")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One assignment's part in a department."""

    department: Department
    reference: str
    path: str
    api: DemoApi

    async def look(self) -> Found:
        """How it stands now."""
        return await self.api.get(self.department.role, self.department.service, self.path)

    async def do(self, path: str, body: Body = None, *, again: object = "", role: str = "") -> Found:
        """A command; `again` tells it from the same one under other terms, `role` is who gives it (the department)."""
        key = f"{self.reference}:{again}:{path}"
        return await self.api.post(role or self.department.role, self.department.service, path, body, key=key)


async def place_of(api: DemoApi, department: Department, reference: str, assignment_id: str) -> Place:
    """The assignment's part in a department, as soon as that has opened it."""

    async def look() -> Found | None:
        found = await api.get(department.role, department.service, department.path, assignment_id=assignment_id)
        return next(iter(found["items"]), None)

    opened = await until(look, f"{department.path.rpartition('/')[2]} entry for {reference} in {department.service}")
    path = f"{department.path}/{opened[department.id]}"
    return Place(department=department, reference=reference, path=path, api=api)


async def bring_credentials(place: Place, monday: date, *, percent: int) -> None:
    """The first items of the file, up to this share of them, come in and are verified."""
    file = await place.look()
    alone = left_alone(place.reference)
    wanted = file["items"][: len(file["items"]) * percent // 100]
    for item in (one for one in wanted if one["code"] not in alone):
        await _bring(place, file, item, monday)


async def begin_work(place: Place, bodies: Bodies, *, count: int) -> None:
    """Does the first tasks of the department, no more than `count` of them ever."""
    found = await place.look()
    for task in found["standing"]["tasks"][: max(count - found["standing"]["done"], 0)]:
        await _do(place, found, task, bodies)


async def work_off(place: Place, bodies: Bodies) -> None:
    """Does every task of the department until it is ready; what cannot be done yet is waited for."""

    async def step() -> Found | None:
        found = await place.look()
        for task in found["standing"]["tasks"]:
            await _do(place, found, task, bodies)
        return found if found["standing"]["status"] == "ready" else None

    await until(step, f"end of the work for {place.reference} in {place.department.service}")


async def _do(place: Place, found: Found, task: Found, bodies: Bodies) -> None:
    action = task["actions"][-1]
    if body := bodies.get(action["name"]):
        await place.do(action["path"], body(found), again=found["terms_version"])


async def _bring(place: Place, file: Found, item: Found, monday: date) -> None:
    if item["is_met"] or (item["status"] == "due_later" and item["code"] in SEASONAL):
        return
    path, again = f"{place.path}/items/{item['code']}", file["terms_version"]
    if item["code"] in LISTS:
        await _search(place, file, item["code"], monday=monday)
        return
    if item["status"] != "received":
        await place.do(f"{path}:receive", await _claim(place, file, item["code"], monday), again=again)
    kind = item["code"].partition("-")[0]
    source = {"source": SOURCES.get(kind, ELSEWHERE)}
    await place.do(f"{path}:verify", source, again=again, role=SECOND)  # some items never by who recorded them


async def _search(place: Place, file: Found, code: str, *, monday: date) -> None:
    """Somebody prints the search of an exclusion list of which no file is loaded yet; the others are screened."""
    loaded = await place.api.get(SECOND, place.department.service, "/v1/exclusion-lists")
    if code in (one["code"] for one in loaded["items"]):
        return
    looked_on = (monday - timedelta(days=SEEN_DAYS_BEFORE)).isoformat()
    paper = page(code.lower(), LISTS[code], f"Searched on {looked_on}", "No results")
    sent = await send_paper(place.api, file["clinician_id"], code, paper=paper, reference=place.reference)
    seen = {"source": LISTS[code], "checked_on": looked_on, "status": "No results", "document_id": sent}
    await place.do(f"{place.path}/items/{code}:check", seen, again=file["terms_version"])


async def _claim(place: Place, file: Found, code: str, monday: date) -> dict[str, Any]:
    """What was shown, with the paper it was read from if the demo has that."""
    shown = _shown(file, code, monday)
    paper = paper_of(place.reference, code, shown)
    if paper is None:
        return shown
    sent = await send_paper(place.api, file["clinician_id"], code, paper=paper, reference=place.reference)
    return {**shown, "document_id": sent}


def _shown(file: Found, code: str, monday: date) -> dict[str, Any]:
    """What was shown; some papers print a last day."""
    issued = min(monday, date.fromisoformat(file["start_date"])) - timedelta(days=SEEN_DAYS_BEFORE)
    shown = {"issued_on": issued.isoformat()}
    if code.startswith(PRINTED):
        shown["expires_on"] = (date.fromisoformat(file["end_date"]) + timedelta(days=200)).isoformat()
        shown["number"] = _number(code, file["clinician_id"])
    return shown


def _number(code: str, clinician_id: str) -> str:
    """An invented number; of those that end in 77 the simulated register says nothing odd."""
    digits = int.from_bytes(sha256(f"{code} {clinician_id}".encode()).digest()[:4])
    return f"{digits % 10**6:06}77"
