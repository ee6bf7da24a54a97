"""Commands about what is agreed: the signed agreement, dates and terms."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from assignments.api.routes.doors import IT, PREVIEWED, REFUSED, ForAssignment, ForTerms, Seen
from assignments.api.schemas.assignments import AssignmentOut
from assignments.api.schemas.commands import (
    AgreementIn,
    AmendIn,
    ChangeTermsIn,
    ExtendIn,
    FloatIn,
    NewEndIn,
    NewStartIn,
)
from assignments.app.advance_start import AdvanceStart, advance_start
from assignments.app.amend_assignment import AmendAssignment, amend_assignment
from assignments.app.change_terms import ChangeTerms, change_terms
from assignments.app.end_early import EndEarly, end_early
from assignments.app.extend_assignment import ExtendAssignment, extend_assignment
from assignments.app.push_start import PushStart, push_start
from assignments.app.sign_agreement import SignAgreement, sign_agreement
from assignments.domain import errors
from shared.http.access import allow
from shared.http.decoding import body
from shared.http.openapi import problems

router = APIRouter(prefix="/v1", tags=["commands"])


@router.post(
    f"{IT}:sign-agreement",
    summary="The clinician signed the agreement, or an addendum",
    dependencies=[allow("assignments.sign_agreement")],
    responses=problems(*REFUSED, errors.UnknownTermsVersion),
    response_model=AssignmentOut,
)
async def post_sign_agreement(
    door: ForAssignment, assignment_id: Seen, asked: Annotated[AgreementIn, body(AgreementIn)]
) -> Response:
    command = SignAgreement(assignment_id=assignment_id, agreement=asked.value())
    return await door.command(lambda work: sign_agreement(work, command))


@router.post(
    f"{IT}:push-start",
    summary="The assignment starts later",
    dependencies=[allow("assignments.push_start")],
    responses={**problems(*REFUSED, errors.NotAPush), **PREVIEWED},
)
async def post_push_start(
    door: ForTerms, assignment_id: Seen, asked: Annotated[NewStartIn, body(NewStartIn)]
) -> Response:
    command = PushStart(assignment_id=assignment_id, new_start=asked.new_start, new_end=asked.new_end)
    return await door.command(lambda work: push_start(work, command))


@router.post(
    f"{IT}:advance-start",
    summary="The assignment starts earlier",
    dependencies=[allow("assignments.advance_start")],
    responses={**problems(*REFUSED, errors.NotAnAdvance), **PREVIEWED},
)
async def post_advance_start(
    door: ForTerms, assignment_id: Seen, asked: Annotated[NewStartIn, body(NewStartIn)]
) -> Response:
    command = AdvanceStart(assignment_id=assignment_id, new_start=asked.new_start, new_end=asked.new_end)
    return await door.command(lambda work: advance_start(work, command))


@router.post(
    f"{IT}:extend",
    summary="The assignment ends later",
    dependencies=[allow("assignments.extend")],
    responses={
        **problems(*REFUSED, errors.NotAnExtension, errors.ClinicianNotAccepted, errors.ConflictingPlacement),
        **PREVIEWED,
    },
)
async def extend(door: ForTerms, assignment_id: Seen, asked: Annotated[ExtendIn, body(ExtendIn)]) -> Response:
    command = ExtendAssignment(
        assignment_id=assignment_id,
        new_end=asked.new_end,
        clinician_accepted=asked.clinician_accepted,
        revision=asked.revision.value(),
    )
    return await door.command(lambda work: extend_assignment(work, command))


@router.post(
    f"{IT}:end-early",
    summary="The assignment ends earlier than agreed",
    dependencies=[allow("assignments.end_early")],
    responses={**problems(*REFUSED, errors.NotAnEarlyEnd), **PREVIEWED},
)
async def post_end_early(door: ForTerms, assignment_id: Seen, asked: Annotated[NewEndIn, body(NewEndIn)]) -> Response:
    command = EndEarly(assignment_id=assignment_id, new_end=asked.new_end)
    return await door.command(lambda work: end_early(work, command))


@router.post(
    f"{IT}:change-terms",
    summary="Other terms from a day on, once it has started",
    dependencies=[allow("assignments.change_terms")],
    responses={**problems(*REFUSED, errors.ClinicianNotAccepted, errors.NothingChanges), **PREVIEWED},
)
async def post_change_terms(
    door: ForTerms, assignment_id: Seen, asked: Annotated[ChangeTermsIn, body(ChangeTermsIn)]
) -> Response:
    command = ChangeTerms(assignment_id=assignment_id, change=asked.value())
    return await door.command(lambda work: change_terms(work, command))


@router.post(
    f"{IT}:float",
    summary="Another unit from a day on",
    dependencies=[allow("assignments.float")],
    responses={**problems(*REFUSED, errors.NothingChanges), **PREVIEWED},
)
async def float_clinician(door: ForTerms, assignment_id: Seen, asked: Annotated[FloatIn, body(FloatIn)]) -> Response:
    command = ChangeTerms(assignment_id=assignment_id, change=asked.value())
    return await door.command(lambda work: change_terms(work, command))


@router.post(
    f"{IT}:amend",
    summary="Other terms before it has started",
    dependencies=[allow("assignments.amend")],
    responses={**problems(*REFUSED, errors.NothingChanges), **PREVIEWED},
)
async def amend(door: ForTerms, assignment_id: Seen, asked: Annotated[AmendIn, body(AmendIn)]) -> Response:
    command = AmendAssignment(assignment_id=assignment_id, revision=asked.revision.value(), new_end=asked.new_end)
    return await door.command(lambda work: amend_assignment(work, command))
