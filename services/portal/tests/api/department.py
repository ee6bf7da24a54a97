"""A department as the portal's calls find it: its own contract, its own refusals, and what it was asked."""

import asyncio
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any

import httpx
from fastapi import FastAPI, Header, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict

from portal.clients.services import Services

PREVIEWS = [
    {"service": "credentialing", "answered": True, "findings": [], "expected_ready_on": "2026-01-02", "effects": []},
    {"service": "payroll", "answered": True, "effects": ["First pay date moves to 2026-01-30."], "findings": []},
    {"service": "housing", "answered": False},
    {
        "service": "timekeeping",
        "answered": True,
        "effects": [],
        "findings": [{"pointer": "", "code": "x", "message": "Nobody approves hours <b>then</b>."}],
    },
]


PAPERS = [
    {"code": "HLT-TB", "name": "Tuberculosis <i>test</i>", "status": "received"},
    {"code": "../elsewhere", "name": "Odd one", "status": "missing"},
]


class Source(BaseModel):
    """Who confirmed it."""

    model_config = ConfigDict(extra="forbid")

    source: str


class NewStart(BaseModel):
    """The new first day; the last day moves along unless it is given."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"new_start": "2026-02-16"}]})

    new_start: date
    new_end: date | None = None


class Shift(BaseModel):
    """The week's shifts."""

    model_config = ConfigDict(extra="forbid")

    shifts_per_week: int
    starts_at: time


class Revision(BaseModel):
    """What is different; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    unit: str | None = None
    specialty: str | None = None
    shift_pattern: Shift | None = None
    bill_rates: dict[str, Decimal] | None = None


class Amendment(BaseModel):
    """What is different, and the new last day, if there is one."""

    model_config = ConfigDict(extra="forbid")

    revision: Revision = Revision()
    new_end: date | None = None


class Department:
    """Answers as assignments does, at a few commands; `trouble` is (status, code) of every command from now on."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.version = 7
        self.start = "2026-01-05"
        self.terms: dict[str, Any] = {
            "end_date": "2026-04-05",
            "unit": "ICU",
            "specialty": "ICU",
            "shift_pattern": {"shifts_per_week": 3, "starts_at": "07:00:00"},
            "bill_rates": {"REG": "92.00", "OT": "138.00"},
        }
        self.trouble: tuple[int, str] | None = None
        self.hangs = False
        self.app = self._app()

    def services(self) -> Services:
        """The portal's way to it; housing has an address where nobody listens."""
        transport = httpx.ASGITransport(app=self.app)
        urls = {"assignments": "http://assignments.test", "housing": "http://127.0.0.1:9"}
        return Services(urls, transports={"assignments": transport})

    def _app(self) -> FastAPI:
        app = FastAPI(title="assignments", version="0.1.0")
        app.add_exception_handler(RequestValidationError, _refused)
        path = "/v1/assignments/{assignment_id}"

        @app.get(path, summary="One assignment")
        async def get(assignment_id: str, authorization: Annotated[str, Header()]) -> JSONResponse:
            self.asked.append({"read": assignment_id, "authorization": authorization})
            return self._answer()

        @app.post(f"{path}:push-start", summary="The assignment starts later")
        async def push(
            request: Request,
            assignment_id: str,
            body: NewStart,
            idempotency_key: Annotated[str | None, Header()] = None,
            if_match: Annotated[str, Header()] = "",
            validate_only: Annotated[bool, Query()] = False,
        ) -> JSONResponse:
            headers = {"key": idempotency_key, "version": if_match, "request": request.headers["x-request-id"]}
            self.asked.append({"body": body.model_dump(mode="json"), "rehearsal": validate_only, **headers})
            if self.hangs:
                await asyncio.Event().wait()
            if self.trouble:
                return _problem(*self.trouble)
            if validate_only:
                return JSONResponse({"terms": {}, "expected_ready_on": None, "previews": PREVIEWS})
            if if_match != f'"{self.version}"':
                return _problem(412, "version_mismatch")
            self.version += 1
            self.start = body.new_start.isoformat()
            return self._answer()

        @app.post(f"{path}:end", summary="The last day is reached")
        async def end(assignment_id: str) -> JSONResponse:
            self.asked.append({"ended": assignment_id})
            return self._answer()

        self._take_amendments(app, path)
        self._take_papers(app, path)
        return app

    def _take_amendments(self, app: FastAPI, path: str) -> None:
        @app.post(f"{path}:amend", summary="The terms before the start")
        async def amend(
            body: Amendment, if_match: Annotated[str, Header()], validate_only: Annotated[bool, Query()] = False
        ) -> JSONResponse:
            self.asked.append({"body": body.model_dump(mode="json", exclude_unset=True)})
            return self._answer() if if_match == f'"{self.version}"' else _problem(412, "version_mismatch")

    def _take_papers(self, app: FastAPI, path: str) -> None:
        @app.post(f"{path}/papers/{{code}}:verify", summary="Its source confirmed a paper")
        async def verify(assignment_id: str, code: str, body: Source) -> JSONResponse:
            self.asked.append({"verified": code, "source": body.source})
            return self._answer()

        @app.post(f"{path}/papers/{{code}}:reveal", summary="What it says", tags=["private values"])
        async def reveal(assignment_id: str, code: str) -> JSONResponse:
            raise AssertionError("what is private is not asked for by a form")

    def _answer(self) -> JSONResponse:
        body: dict[str, Any] = {
            "assignment_id": "asg_1",
            "terms": {"version": 1, "start_date": self.start, **self.terms},
            "unsigned": [],
        }
        body["papers"] = PAPERS
        return JSONResponse(body, headers={"ETag": f'"{self.version}"'})


def _problem(status: int, code: str, errors: list[dict[str, str]] | None = None) -> JSONResponse:
    body = {"title": code, "detail": f"It says {code}.", "code": code, "errors": errors or [], "status": status}
    return JSONResponse(body, status, media_type="application/problem+json")


async def _refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = [
        {"pointer": "/" + "/".join(str(step) for step in one["loc"][1:]), "code": one["type"], "message": one["msg"]}
        for one in error.errors()
    ]
    return _problem(422, "invalid_request", errors)
