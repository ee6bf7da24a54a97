"""A simulated background and drug vendor: candidate, invitation, report, and a webhook for each step."""

import asyncio
from datetime import date
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from firstshift.simulated_sources_ids import new_id
from firstshift.simulated_sources_webhooks import Webhooks

SOURCE = "background_vendor"
PRIVATE = frozenset(("ssn", "social_security_number", "dob", "birth_date"))
"""The candidate gives these on our page; an order that holds one is refused."""

OUTCOMES: dict[str, dict[str, Any]] = {
    "consider": {"status": "complete", "result": "consider"},
    "engaged": {"status": "complete", "result": "consider", "adjudication": "engaged"},
    "adverse": {"status": "complete", "result": "consider", "adjudication": "post_adverse_action"},
    "suspended": {"status": "suspended", "result": None},
    "paused": {"status": "paused", "result": None},
    "canceled": {"status": "canceled", "result": None},
    "dispute": {"status": "dispute", "result": "consider"},
    "positive": {"object": "drug_screening", "status": "complete", "disposition": "positive"},
    "negative": {"object": "drug_screening", "status": "complete", "disposition": "negative"},
}


class Vendor:
    """Remembers candidates, invitations and reports; the same key makes the same thing once."""

    def __init__(self, today: date, *, webhooks: Webhooks) -> None:
        self._today = today
        self._webhooks = webhooks
        self._made: dict[str, dict[str, Any]] = {}
        self._candidates: dict[str, dict[str, Any]] = {}
        self._invitations: dict[str, dict[str, Any]] = {}
        self._reports: dict[str, dict[str, Any]] = {}
        self._telling = asyncio.Lock()

    @property
    def routes(self) -> list[Route]:
        """Where it answers."""
        return [
            Route("/candidates", self.add_candidate, methods=["POST"]),
            Route("/invitations", self.invite, methods=["POST"]),
            Route("/invitations", self.list_invitations),
            Route("/reports", self.list_reports),
        ]

    async def add_candidate(self, request: Request) -> Response:
        """A person is made known."""
        person = await request.json()
        tag = _tag(person.get("email", ""))
        if tag == "busy":
            return JSONResponse({"error": "busy"}, status_code=503)
        if tag == "refused" or PRIVATE & person.keys() or not person.get("last_name"):
            return JSONResponse({"error": "The candidate cannot be made as asked."}, status_code=400)
        candidate = self._once(request, lambda: {"id": new_id("can"), "object": "candidate", **person})
        self._candidates[candidate["id"]] = candidate
        return JSONResponse(candidate, status_code=201)

    async def invite(self, request: Request) -> Response:
        """The candidate is asked by e-mail; here they answer at once, unless their tag says otherwise."""
        asked = await request.json()
        if asked.get("candidate_id") not in self._candidates:
            return JSONResponse({"error": "no such candidate"}, status_code=404)
        is_new = request.headers.get("idempotency-key", "") not in self._made
        made = {"object": "invitation", "status": "pending", "created_at": self._at(9), **asked}
        invitation = self._once(request, lambda: {"id": new_id("inv"), **made})
        self._invitations[invitation["id"]] = invitation
        work = BackgroundTask(self._work, invitation) if is_new else None
        return JSONResponse(dict(invitation), status_code=201, background=work)

    async def list_invitations(self, request: Request) -> Response:
        """Those of a candidate."""
        return _listed(self._invitations, request)

    async def list_reports(self, request: Request) -> Response:
        """Those of a candidate."""
        return _listed(self._reports, request)

    async def _work(self, invitation: dict[str, Any]) -> None:
        tag = _tag(self._candidates[invitation["candidate_id"]]["email"])
        if tag == "waiting":
            return
        invitation["status"] = "expired" if tag == "expired" else "completed"
        await self._tell(tag, f"invitation.{invitation['status']}", invitation)
        if tag == "expired":
            return
        report = {
            "id": new_id("rep"),
            "object": "report",
            "candidate_id": invitation["candidate_id"],
            "package": invitation["package"],
            "created_at": self._at(10),
            "completed_at": self._at(11),
            **OUTCOMES.get(tag, {"status": "complete", "result": "clear"}),
        }
        self._reports[report["id"]] = report
        await self._tell(tag, f"{report['object']}.completed", report)

    async def _tell(self, tag: str, kind: str, thing: dict[str, Any]) -> None:
        if tag != "silent":
            async with self._telling:
                await self._webhooks.send(SOURCE, kind, {"object": dict(thing)}, times=2 if tag == "twice" else 1)

    def _once(self, request: Request, make: Any) -> dict[str, Any]:
        key = request.headers.get("idempotency-key") or new_id("key")
        return self._made.setdefault(key, make() if key not in self._made else {})

    def _at(self, hour: int) -> str:
        return f"{self._today.isoformat()}T{hour:02}:00:00Z"


def _listed(things: dict[str, dict[str, Any]], request: Request) -> Response:
    wanted = request.query_params.get("candidate_id")
    found = [thing for thing in things.values() if thing["candidate_id"] == wanted]
    return JSONResponse({"object": "list", "data": found, "count": len(found)})


def _tag(email: str) -> str:
    return email.partition("@")[0].partition("+")[2]
