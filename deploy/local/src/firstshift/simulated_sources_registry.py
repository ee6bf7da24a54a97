"""A simulated NPI registry, version 2.1: its shapes of 2019 and of 2026, its errors with status 200."""

import asyncio
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

GIVEN = "Alma Bruno Carla Dario Edith Felix Greta Henri Irene Jonas".split()
FAMILY = "Ashgrove Birchall Cottonwood Dunmoor Elmhurst Fernley Glenrock Hazelton Ivydale Juniper".split()
CREATED_SECONDS = 1_127_347_200
"""22 September 2005."""


class Registry:
    """Answers by number."""

    def __init__(self, names: Mapping[str, str], *, slow_seconds: float) -> None:
        self._names = names
        self._slow_seconds = slow_seconds

    @property
    def routes(self) -> list[Route]:
        """Where it answers."""
        return [Route("/", self.look_up)]

    async def look_up(self, request: Request) -> Response:
        """One number; everything else that the real one takes is refused as it refuses what it cannot use."""
        asked = request.query_params
        if asked.get("version") != "2.1":
            return _error("Unsupported Version. Supported versions: [2.1]", "version", "17")
        number = asked.get("number", "")
        if not number:
            return _error("No valid search criteria provided", "", "04")
        if len(number) != 10 or not number.isdigit():
            return _error("NPI must be 10 digits", "number", "06")
        return await self._answer(number, number[7:9])

    async def _answer(self, number: str, case: str) -> Response:
        if case == "08":
            await asyncio.sleep(self._slow_seconds)
        odd = _odd(case)
        if odd is not None:
            return odd
        entry = _old(number, self._name(number)) if case == "04" else _new(number, self._name(number), case)
        return JSONResponse({"result_count": 1, "results": [entry]})

    def _name(self, number: str) -> tuple[str, str]:
        first, _, last = self._names.get(number, "").rpartition(" ")
        return (first, last) if last else (GIVEN[int(number[5])], FAMILY[int(number[6])])


def _odd(case: str) -> Response | None:
    """Answers without an entry; None for the others."""
    if case == "00":
        return JSONResponse({"result_count": 0, "results": []})
    if case == "06":
        return JSONResponse({}, status_code=429, headers={"Retry-After": "30"})
    if case == "07":
        return _error("Field number requires a further field", "number", "07")
    texts = {"05": "upstream", "09": "<html>maintenance</html>", "10": '{"result_count": 1, "results": [{"number": "12'}
    return PlainTextResponse(texts[case], status_code=500 if case == "05" else 200) if case in texts else None


def _new(number: str, name: tuple[str, str], case: str) -> dict[str, Any]:
    if case == "03":
        basic = {"organization_name": "LAKESIDE HOME HEALTH LLC", "status": "A", "enumeration_date": "2011-03-01"}
        return {"number": number, "enumeration_type": "NPI-2", "basic": basic}
    first, last = ("MAVIS", "OTHERWISE") if case == "02" else (name[0].upper(), name[1].upper())
    basic = {"first_name": first, "last_name": last, "credential": "RN", "sex": "F", "status": "A"}
    basic |= {"enumeration_date": "2005-09-22", "last_updated": "2024-02-11", "sole_proprietor": "NO"}
    if case == "01":
        basic |= {"status": "D", "deactivation_date": "2025-06-30"}
    return {
        "number": number,
        "enumeration_type": "NPI-1",
        "basic": basic,
        "created_epoch": str(CREATED_SECONDS * 1000),
        "last_updated_epoch": "1707609600000",
        "taxonomies": [{"code": "163W00000X", "desc": "Registered Nurse", "primary": True, "license": "self-reported"}],
        "addresses": [],
        "other_names": [],
        "identifiers": [],
    }


def _old(number: str, name: tuple[str, str]) -> dict[str, Any]:
    """As in 2019: numbers as numbers, seconds, `gender`, the name in one piece besides."""
    basic = {"first_name": name[0], "last_name": name[1], "name": " ".join(name), "gender": "F", "status": "A"}
    basic |= {"enumeration_date": "2005-09-22", "last_updated": "2019-05-03"}
    return {
        "number": int(number),
        "enumeration_type": "NPI-1",
        "basic": basic,
        "created_epoch": CREATED_SECONDS,
        "last_updated_epoch": 1_556_841_600,
    }


def _error(description: str, field: str, number: str) -> Response:
    return JSONResponse({"Errors": [{"description": description, "field": field, "number": number}]})
