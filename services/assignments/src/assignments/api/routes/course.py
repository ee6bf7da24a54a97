"""Commands that move an assignment along its way, from the offer to one of its ends."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from assignments.api.routes.doors import IT, REFUSED, ForAssignment, Seen
from assignments.api.schemas.assignments import AssignmentOut
from assignments.api.schemas.commands import ConfirmIn, DeclineIn, ReasonIn, StartIn, TerminateIn
from assignments.app.accept_offer import accept_offer
from assignments.app.cancel_assignment import CancelAssignment, cancel_assignment
from assignments.app.change_assignment import Command
from assignments.app.confirm_assignment import ConfirmAssignment, confirm_assignment
from assignments.app.decline_offer import DeclineOffer, decline_offer
from assignments.app.end_assignment import end_assignment
from assignments.app.report_no_show import report_no_show
from assignments.app.start_assignment import StartAssignment, start_assignment
from assignments.app.terminate_assignment import TerminateAssignment, terminate_assignment
from assignments.domain import errors
from shared.http.access import allow
from shared.http.decoding import body
from shared.http.openapi import problems

router = APIRouter(prefix="/v1", tags=["commands"])


@router.post(
    f"{IT}:accept",
    summary="The clinician takes the open offer",
    dependencies=[allow("assignments.accept")],
    responses=problems(*REFUSED),
    response_model=AssignmentOut,
)
async def accept(door: ForAssignment, assignment_id: Seen) -> Response:
    return await door.command(lambda work: accept_offer(work, Command(assignment_id=assignment_id)))


@router.post(
    f"{IT}:decline",
    summary="The clinician does not take the open offer",
    dependencies=[allow("assignments.decline")],
    responses=problems(*REFUSED),
    response_model=AssignmentOut,
)
async def decline(door: ForAssignment, assignment_id: Seen, asked: Annotated[DeclineIn, body(DeclineIn)]) -> Response:
    command = DeclineOffer(assignment_id=assignment_id, reason=asked.reason)
    return await door.command(lambda work: decline_offer(work, command))


@router.post(
    f"{IT}:cancel",
    summary="The assignment falls off before it began",
    dependencies=[allow("assignments.cancel")],
    responses=problems(*REFUSED, errors.ReasonRequired),
    response_model=AssignmentOut,
)
async def cancel(door: ForAssignment, assignment_id: Seen, asked: Annotated[ReasonIn, body(ReasonIn)]) -> Response:
    command = CancelAssignment(assignment_id=assignment_id, reason=asked.reason)
    return await door.command(lambda work: cancel_assignment(work, command))


@router.post(
    f"{IT}:confirm",
    summary="The client confirms, and onboarding begins",
    dependencies=[allow("assignments.confirm")],
    responses=problems(*REFUSED, errors.TermsMismatch),
    response_model=AssignmentOut,
)
async def confirm(door: ForAssignment, assignment_id: Seen, asked: Annotated[ConfirmIn, body(ConfirmIn)]) -> Response:
    command = ConfirmAssignment(
        assignment_id=assignment_id, confirmed=asked.confirmed.value() if asked.confirmed else None
    )
    return await door.command(lambda work: confirm_assignment(work, command))


@router.post(
    f"{IT}:start",
    summary="The clinician has arrived",
    dependencies=[allow("assignments.start")],
    responses=problems(*REFUSED, errors.TooEarly),
    response_model=AssignmentOut,
)
async def start(door: ForAssignment, assignment_id: Seen, asked: Annotated[StartIn, body(StartIn)]) -> Response:
    command = StartAssignment(assignment_id=assignment_id, started_on=asked.started_on)
    return await door.command(lambda work: start_assignment(work, command))


@router.post(
    f"{IT}:end",
    summary="The last day is reached",
    dependencies=[allow("assignments.end")],
    responses=problems(*REFUSED, errors.TooEarly),
    response_model=AssignmentOut,
)
async def end(door: ForAssignment, assignment_id: Seen) -> Response:
    return await door.command(lambda work: end_assignment(work, Command(assignment_id=assignment_id)))


@router.post(
    f"{IT}:terminate",
    summary="The running assignment is broken off",
    dependencies=[allow("assignments.terminate")],
    responses=problems(*REFUSED, errors.ReasonRequired, errors.TooEarly),
    response_model=AssignmentOut,
)
async def terminate(
    door: ForAssignment, assignment_id: Seen, asked: Annotated[TerminateIn, body(TerminateIn)]
) -> Response:
    command = TerminateAssignment(assignment_id=assignment_id, on=asked.on, reason=asked.reason)
    return await door.command(lambda work: terminate_assignment(work, command))


@router.post(
    f"{IT}:no-show",
    summary="The clinician did not come",
    dependencies=[allow("assignments.no_show")],
    responses=problems(*REFUSED, errors.TooEarly, errors.TimeRecorded),
    response_model=AssignmentOut,
)
async def no_show(door: ForAssignment, assignment_id: Seen) -> Response:
    return await door.command(lambda work: report_no_show(work, Command(assignment_id=assignment_id)))
