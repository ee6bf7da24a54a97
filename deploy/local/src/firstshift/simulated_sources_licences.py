"""A simulated licence register with the neutral interface that credentialing speaks: asked once, answered later."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from firstshift.simulated_sources_ids import new_id
from firstshift.simulated_sources_webhooks import Webhooks

SOURCE = "licence_source"
LASTS = timedelta(days=425)


class Register:
    """Remembers what was asked under which transaction."""

    def __init__(self, today: date, names: Mapping[str, str], *, webhooks: Webhooks) -> None:
        self._today = today
        self._names = names
        self._webhooks = webhooks
        self._asked: dict[str, list[dict[str, str]]] = {}
        self._collected: dict[str, int] = {}
        self._forgotten: set[str] = set()

    @property
    def routes(self) -> list[Route]:
        """Where it answers."""
        return [
            Route("/lookups", self.take, methods=["POST"]),
            Route("/lookups/{transaction}", self.give),
            Route("/news", self.tell, methods=["POST"]),
        ]

    async def take(self, request: Request) -> Response:
        """A question is taken under a transaction."""
        lookups: list[dict[str, str]] = (await request.json())["lookups"]
        case = lookups[0]["number"][-2:]
        if case == "05":
            return PlainTextResponse("upstream", status_code=500)
        if case == "06":
            return JSONResponse({"detail": "asked too often"}, status_code=403)
        transaction = new_id("trx")
        self._asked[transaction] = lookups
        return JSONResponse({"transaction": transaction}, status_code=202)

    async def give(self, request: Request) -> Response:
        """The answers under a transaction, once they are ready."""
        transaction = request.path_params["transaction"]
        lookups = self._asked.get(transaction)
        if lookups is None:
            return JSONResponse({"detail": "no such transaction"}, status_code=404)
        number = lookups[0]["number"]
        if number.endswith("13") and number not in self._forgotten:
            self._forgotten.add(number)
            return JSONResponse({"detail": "no such transaction"}, status_code=404)
        times = self._collected[transaction] = self._collected.get(transaction, 0) + 1
        if number.endswith("08") and times < 3:
            return JSONResponse({"complete": False})
        return JSONResponse({"complete": True, "answers": [self._answer(lookup) for lookup in lookups]})

    async def tell(self, request: Request) -> Response:
        """Sends us this news of a licence."""
        news = await request.json()
        kind = "licence.disciplined" if news.get("disciplines") else "licence.changed"
        statuses = await self._webhooks.send(SOURCE, kind, {"licence": news}, times=news.pop("times", 1))
        return JSONResponse({"statuses": statuses})

    def _answer(self, lookup: Mapping[str, str]) -> dict[str, Any]:
        case = lookup["number"][-2:]
        answer: dict[str, Any] = {"record": lookup["record"], "problems": [], "person": {}, "licences": []}
        if case == "07":
            answer["problems"] = [{"code": "not_covered", "text": "This board does not take part for this kind."}]
            return answer
        name = "Mavis Otherwise" if case == "10" else self._names.get(lookup["number"], "")
        if name:
            first, _, last = name.rpartition(" ")
            answer["person"] = {"first_name": first, "last_name": last}
        if case != "00":
            neighbour = {**self._licence(lookup, "99"), "number": f"{lookup['number']}7"}  # registers match loosely
            answer["licences"] = [neighbour, self._licence(lookup, case)]
        return answer

    def _licence(self, lookup: Mapping[str, str], case: str) -> dict[str, Any]:
        expires = self._today + (timedelta(days=30) if case == "11" else LASTS)
        licence: dict[str, Any] = {
            "kind": lookup["kind"],
            "jurisdiction": lookup["jurisdiction"],
            "number": lookup["number"],
            "active": True,
            "status": "Active",
            "issued_on": "2019-06-14",
            "expires_on": expires.isoformat(),
            "compact": "multistate",
            "disciplines": [],
        }
        return licence | self._difference(case, expires)

    def _difference(self, case: str, expires: date) -> dict[str, Any]:
        action = {"taken_on": "2025-11-03", "basis": ["Unprofessional conduct"], "actions": ["Probation"]}
        differences: dict[str, dict[str, Any]] = {
            "01": {"active": False, "status": "Expired", "expires_on": (self._today - LASTS).isoformat()},
            "02": {"disciplines": [{**action, "against_privilege": False}]},
            "03": {"active": False, "status": "Suspended", "disciplines": [action]},
            "04": {"status": "Active - See Remarks 7b"},
            "09": {"active": 1, "issued_on": "06/14/2019", "expires_on": expires.strftime("%m/%d/%Y")},
            "12": {"disciplines": [{**action, "against_privilege": True}]},
        }
        return differences.get(case, {})
