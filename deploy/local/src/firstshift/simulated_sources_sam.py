"""Simulated exclusions of SAM.gov, version 4: pages of at most ten, few questions a day, forbidden characters."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

FORBIDDEN = frozenset("&|{}^\\")
LARGEST = 10
TIMES = {"MANY": 23, "CROWD": 99}


class Exclusions:
    """Counts the day's questions."""

    def __init__(self, *, questions_a_day: int) -> None:
        self._left = questions_a_day

    @property
    def routes(self) -> list[Route]:
        """Where it answers."""
        return [Route("/exclusions", self.look_up)]

    async def look_up(self, request: Request) -> Response:
        """One page of active exclusions by name or NPI."""
        asked = request.query_params
        if not asked.get("api_key"):
            return _error(403, "API_KEY_MISSING", "No api_key was supplied.")
        if self._left <= 0:
            return _error(429, "OVER_RATE_LIMIT", "You have exceeded your rate limit.")
        self._left -= 1
        if any(FORBIDDEN & set(value) for value in asked.values()):
            return _error(400, "INVALID", "A value holds a character that is not allowed.")
        page, size = int(asked.get("page", "0")), int(asked.get("size", "10"))
        if not 1 <= size <= LARGEST:
            return _error(400, "INVALID", "size is 1 to 10.")
        found = _found(asked.get("exclusionName", "").upper(), asked.get("npi", ""))
        return JSONResponse({"totalRecords": len(found), "excludedEntity": found[page * size : (page + 1) * size]})


def _found(name: str, npi: str) -> list[dict[str, Any]]:
    words = name.split()
    for word in TIMES.keys() & set(words):
        return [_record(f"{word}{number}", "PAT", npi="") for number in range(TIMES[word])]
    return [_record("BARRED", "ZELDA", npi=npi)] if "BARRED" in words or npi == "1972902351" else []


def _record(last: str, first: str, *, npi: str) -> dict[str, Any]:
    action = {"activateDate": "12-12-2011", "terminationDate": None, "terminationType": "Indefinite"}
    return {
        "exclusionDetails": {
            "classificationType": "Individual",
            "exclusionType": "Prohibition/Restriction",
            "exclusionProgram": "Reciprocal",
            "excludingAgencyCode": "HHS",
        },
        "exclusionIdentification": {"firstName": first, "lastName": last, "npi": npi or None},
        "exclusionActions": {"listOfActions": [{**action, "recordStatus": "Active"}]},
        "exclusionPrimaryAddress": {"city": "BROOKLYN", "stateOrProvinceCode": "NY"},
    }


def _error(status: int, code: str, message: str) -> Response:
    return JSONResponse({"status": status, "errorCode": code, "message": message}, status_code=status)
