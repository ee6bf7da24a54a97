"""Takes one assignment of the demo as far as its plan says, each step only if it was not taken before."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from firstshift.demo_api import DemoApi, Found, MovedOn, until
from firstshift.demo_offers import Goal, Plan
from firstshift.demo_work import (
    CASES,
    FILES,
    PLANS,
    PROFILES,
    Bodies,
    Department,
    Place,
    begin_work,
    bring_credentials,
    place_of,
    work_off,
)

PERCENT = {Goal.BEGUN: 45, Goal.ONBOARDING: 80}
"""The share of the credentials that is there; further on it is all of them."""

NOON = time(12, tzinfo=UTC)
CALLED_OFF = "The unit closed the position."
REFUSED = "Took an offer nearer to home."


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One assignment on its way. `monday` is the first day of the week in which the demo was first loaded."""

    api: DemoApi
    plan: Plan
    assignment_id: str
    clinician_id: str
    monday: date
    zip: str

    async def take(self) -> None:
        """As far as the plan says."""
        if self.plan.twist == "declined":
            await self._unless_over("decline", {"reason": REFUSED})
            return
        places = {department: await self._place(department) for department in (FILES, PROFILES, CASES, PLANS)}
        if await self._is_over():
            return
        await self._onboard(places)
        if self.plan.goal >= Goal.ACTIVE:
            await self._work(places[PLANS])
        await self._twist()

    async def _onboard(self, places: dict[Department, Place]) -> None:
        goal = self.plan.goal
        if goal >= Goal.ONBOARDING:
            await self._sign_and_confirm()
        if goal >= Goal.BEGUN:
            await bring_credentials(places[FILES], self.monday, percent=PERCENT.get(goal, 100))
            await begin_work(places[PROFILES], self._bodies, count=2)
        if goal >= Goal.READY:
            for department in (PROFILES, CASES, PLANS):
                await work_off(places[department], self._bodies)
        if goal >= Goal.CLEARED:
            await self._until_in("cleared", "active")

    async def _sign_and_confirm(self) -> None:
        found = await self._look()
        if not found["agreements"]:
            await self._do("sign-agreement", self._signed())
        if found["state"] == "accepted":
            await self._do("confirm", {})

    def _signed(self) -> dict[str, Any]:
        """The agreement as it was signed; the hash stands for a document that is not part of the demo."""
        signed_at = datetime.combine(self.monday - timedelta(days=3), NOON)
        return {
            "terms_version": 1,
            "document_sha256": sha256(f"demo agreement {self.plan.reference}".encode()).hexdigest(),
            "signers": [
                {"signer_id": self.clinician_id, "role": "clinician", "signed_at": signed_at.isoformat()},
            ],
        }

    async def _work(self, place: Place) -> None:
        """The shifts of the weeks before the demo's first were worked as planned."""
        found = await until(lambda: _cleared(place), f"clearance of {self.plan.reference} in timekeeping")
        for shift in found["shifts"]:
            if shift["state"] == "planned" and shift["work_date"] < self.monday.isoformat():
                expected = shift["expected"]
                body = {
                    "started_at": expected["starts_at"],
                    "ended_at": expected["ends_at"],
                    "unpaid_meal_minutes": 30,
                }
                await place.do(f"{place.path}/shifts/{shift['work_date']}:record-worked", body)
        await self._until_in("active")

    async def _twist(self) -> None:
        found = await self._look()
        terms = found["terms"]
        if self.plan.twist == "cancelled":
            await self._do("cancel", {"reason": CALLED_OFF})
        if self.plan.twist == "pushed" and terms["version"] == 1:
            later = date.fromisoformat(terms["start_date"]) + timedelta(weeks=2)
            await self._do("push-start", {"new_start": later.isoformat()})
        if self.plan.twist == "extended" and terms["version"] == 1:
            later = date.fromisoformat(terms["end_date"]) + timedelta(weeks=4)
            await self._do("extend", {"new_end": later.isoformat(), "clinician_accepted": True})

    @property
    def _bodies(self) -> Bodies:
        reference = self.plan.reference
        return {
            "accept": lambda _: {"note": "Checked against the rates of the locality."},
            "record": lambda _: {"received_on": self.monday.isoformat()},
            "record_agreement": lambda case: {"terms_version": case["terms_version"]},
            "confirm_own_housing": lambda _: {"zip": self.zip},
            "choose_unit": lambda _: {
                "reference": f"unit-{reference[-2:]}",
                "name": f"Meadow Row {reference[-2:]}",
                "rent_per_week": "420.00",
            },
            "book_unit": lambda _: {"booking_reference": f"MR-{reference}"},
            "register_clock": lambda _: None,
            "name_approvers": lambda _: {
                "approver": {"reference": "charge-1", "display_name": "Charge nurse, first shift"},
                "backup": {"reference": "manager-1", "display_name": "Manager of the unit"},
            },
        }

    async def _place(self, department: Department) -> Place:
        return await place_of(self.api, department, self.plan.reference, self.assignment_id)

    async def _look(self) -> Found:
        return await self.api.get("coordinator", "assignments", f"/v1/assignments/{self.assignment_id}")

    async def _do(self, verb: str, body: dict[str, Any]) -> None:
        """The command, given again when an event changed the assignment between the look and it."""
        path = f"/v1/assignments/{self.assignment_id}:{verb}"
        key = f"{self.plan.reference}:{verb}"

        async def give() -> Found | None:
            version = (await self._look())["version"]
            try:
                return await self.api.post("coordinator", "assignments", path, body, key=key, version=version)
            except MovedOn:
                return None

        await until(give, f"quiet moment to {verb} {self.plan.reference}")

    async def _is_over(self) -> bool:
        return (await self._look())["state"] in ("fell_off", "declined")

    async def _unless_over(self, verb: str, body: dict[str, Any]) -> None:
        if not await self._is_over():
            await self._do(verb, body)

    async def _until_in(self, *states: str) -> None:
        async def look() -> Found | None:
            found = await self._look()
            return found if found["state"] in states else None

        await until(look, f"{states[0]} {self.plan.reference} in assignments")


async def _cleared(place: Place) -> Found | None:
    found = await place.look()
    return found if found["cleared_through"] else None
