"""`POST /v1/previews`: the one call between services. It runs a department's real decision and writes nothing."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import ConfigDict

from shared.contracts.assignments import FacilityChanged
from shared.contracts.previews import Preview, PreviewRequest
from shared.contracts.terms import Terms
from shared.db.within import covers
from shared.db.work import Work
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.bodies import Id, RequestBody, ResponseBody
from shared.http.commands import Reads
from shared.http.decoding import body
from shared.http.openapi import problems

ACTION = "previews.ask"

_TERMS: dict[str, Any] = {
    "version": 1,
    "facility_id": "fac_01m8095ps8e00rc1kcn27y03zf",
    "unit": "ICU",
    "discipline": "RN",
    "specialty": "ICU",
    "start_date": "2026-02-02",
    "end_date": "2026-05-02",
    "shift_pattern": {"shifts_per_week": 3, "starts_at": "19:00:00", "ends_at": "07:30:00"},
    "guaranteed_hours_per_week": "36",
    "pay_package": {"hourly_rates": {"REG": "40.00"}},
}


class PreviewIn(RequestBody):
    """Terms as they would be, for a clinician; `assignment_id` when the assignment exists already."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"clinician_id": "cln_01m8095ps8e00rc1kcn27y03zf", "terms": _TERMS}]}
    )

    clinician_id: Id
    terms: Terms
    assignment_id: Id | None = None


class PreviewFinding(ResponseBody):
    """One thing that stands in the way of these terms."""

    pointer: str
    code: str
    message: str


class PreviewOut(ResponseBody):
    """A department's answer."""

    model_config = ConfigDict(
        frozen=True,
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "service": "housing",
                    "findings": [],
                    "expected_ready_on": "2026-01-28",
                    "effects": ["92 nights from 2026-02-01 to 2026-05-04."],
                }
            ]
        },
    )

    service: str
    findings: tuple[PreviewFinding, ...]
    expected_ready_on: date | None
    effects: tuple[str, ...]


def preview_router(ask: Callable[[Work, PreviewRequest], Awaitable[Preview]]) -> APIRouter:
    """The route of one department, which answers with `ask`; its policy names the action `previews.ask`."""
    router = APIRouter(prefix="/v1", tags=["previews"])

    @router.post(
        "/previews",
        summary="What these terms would mean here; nothing is written",
        dependencies=[allow(ACTION)],
        responses=problems(NotFound),
    )
    async def preview(door: Reads, asked: Annotated[PreviewIn, body(PreviewIn)]) -> PreviewOut:
        request = PreviewRequest(clinician_id=asked.clinician_id, terms=asked.terms, assignment_id=asked.assignment_id)

        async def look(work: Work) -> Preview:
            await _require_reached(work, request)
            return await ask(work, request)

        return PreviewOut.model_validate(await door.read(look))

    return router


async def _require_reached(work: Work, asked: PreviewRequest) -> None:
    """Terms at a facility that is nothing to the principal, of nobody who is theirs, are answered to nobody.

    Raises NotFound, as for a facility that this service does not know.
    """
    facility = await work.known(FacilityChanged, asked.terms.facility_id)
    named = {
        "facility_id": asked.terms.facility_id,
        "source": facility.source if facility else None,
        "assignment_id": asked.assignment_id,
        "clinician_id": asked.clinician_id,
    }
    if not covers(work.session, named):
        raise NotFound(what="facility", id=asked.terms.facility_id)
