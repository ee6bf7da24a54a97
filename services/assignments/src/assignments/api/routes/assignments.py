"""Assignments over HTTP: an offer comes in, and how things stand."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from assignments.api.routes.bodies import Read, judged
from assignments.api.routes.doors import ForTerms, show
from assignments.api.schemas.assignments import AssignmentLine, AssignmentOut, TermsHistoryOut
from assignments.api.schemas.drafts import offer_draft
from assignments.api.schemas.offers import OfferIn, OfferState
from assignments.api.schemas.previews import RehearsalOut
from assignments.app import queries
from assignments.app.take_offer import TakeOffer, take_offer
from assignments.domain.errors import OfferAlreadyKnown
from assignments.storage.assignments import AssignmentFilter
from shared.contracts.assignments import State
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.commands import Reads
from shared.http.errors import CursorDamaged, CursorOfOtherList
from shared.http.openapi import problems
from shared.http.pages import Page, Paging
from shared.http.parameters import Day

router = APIRouter(prefix="/v1", tags=["assignments"])

AssignmentId = Annotated[str, Path(max_length=60)]
Key = Annotated[str | None, Query(max_length=80)]
READ = allow("assignments.read")
REHEARSED: dict[int | str, dict[str, Any]] = {
    200: {"model": RehearsalOut, "description": "With validate_only: what the departments say."}
}


async def _wanted(
    state: State | None = None,
    clinician_id: Key = None,
    facility_id: Key = None,
    client_id: Key = None,
    source: Key = None,
    source_reference: Key = None,
    starts_from: Day | None = None,
    starts_before: Day | None = None,
    is_ready: bool | None = None,
) -> AssignmentFilter:
    return AssignmentFilter(
        state=state,
        clinician_id=clinician_id,
        facility_id=facility_id,
        client_id=client_id,
        source=source,
        source_reference=source_reference,
        starts_from=starts_from,
        starts_before=starts_before,
        is_ready=is_ready,
    )


@router.post(
    "/assignments",
    summary="An offer comes in, accepted by the clinician or still open",
    dependencies=[allow("assignments.offer")],
    status_code=201,
    responses={**problems(OfferAlreadyKnown), **REHEARSED},
    response_model=AssignmentOut,
)
async def post_offer(door: ForTerms, asked: Annotated[Read, judged(OfferIn)]) -> Response:
    command = TakeOffer(
        draft=offer_draft(asked.draft),
        is_accepted=asked.draft.state is not OfferState.OFFERED,
        unread=asked.unread,
    )
    return await door.take(lambda work: take_offer(work, command))


@router.get(
    "/assignments",
    summary="Assignments by start date",
    dependencies=[READ],
    responses=problems(CursorDamaged, CursorOfOtherList),
)
async def list_assignments(
    door: Reads, paging: Paging, wanted: Annotated[AssignmentFilter, Depends(_wanted)]
) -> Page[AssignmentLine]:
    found = await door.read(lambda work: queries.assignments_page(work, wanted, paging=paging))
    return found.page(AssignmentLine.model_validate)


@router.get(
    "/assignments/{assignment_id}",
    summary="One assignment with its terms and readiness",
    dependencies=[READ],
    responses=problems(NotFound),
    response_model=AssignmentOut,
)
async def get_assignment(door: Reads, assignment_id: AssignmentId) -> Response:
    return await door.show(lambda work: queries.assignment_by_id(work, assignment_id), answer=show)


@router.get(
    "/assignments/{assignment_id}/terms",
    summary="Every version of the terms, or the one in force on a day",
    dependencies=[READ],
    responses=problems(NotFound),
)
async def get_terms(door: Reads, assignment_id: AssignmentId, on: Day | None = None) -> TermsHistoryOut:
    return TermsHistoryOut.of(await door.read(lambda work: queries.terms_versions(work, assignment_id, on=on)))
