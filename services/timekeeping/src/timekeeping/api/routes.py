"""Timekeeping over HTTP."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from shared.db.versions import VersionMismatch
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.errors import CursorDamaged, CursorOfOtherList
from shared.http.openapi import problems
from shared.http.pages import Page, Paging
from shared.http.parameters import Day
from shared.http.previews import preview_router
from timekeeping.api.schemas.answers import PlanLine, PlanOut
from timekeeping.api.schemas.requests import NameApproversIn, RecordMissedIn, RecordWorkedIn
from timekeeping.app import queries
from timekeeping.app.name_approvers import NameApprovers, name_approvers
from timekeeping.app.record_missed import RecordMissed, record_missed
from timekeeping.app.record_worked import RecordWorked, record_worked
from timekeeping.app.register_clock import RegisterClock, register_clock
from timekeeping.domain import errors
from timekeeping.domain.plan import Plan
from timekeeping.domain.shift import Worked

router = APIRouter(prefix="/v1", tags=["plans"])
previews = preview_router(queries.preview_terms)

SHIFT = "/plans/{plan_id}/shifts/{work_date}"
PlanId = Annotated[str, Path(max_length=60)]
WorkDate = Annotated[Day, Path(description="The facility's day on which the shift began.")]


async def _show(
    request: Request,
    shifts_from: Annotated[Day | None, Query(description="Shows shifts and weeks from this day on.")] = None,
) -> Callable[[Plan], Answer]:
    clock, since = request.app.state.wiring.works.clock, shifts_from or date.min
    return lambda plan: Answer(body=PlanOut.of(plan, clock.now(), shifts_from=since), etag=plan.version)


Show = Annotated[Callable[[Plan], Answer], Depends(_show)]


@router.get(
    "/plans",
    summary="Plans by start date",
    dependencies=[allow("plans.read")],
    responses=problems(CursorDamaged, CursorOfOtherList),
)
async def list_plans(
    door: Reads,
    paging: Paging,
    assignment_id: Annotated[str | None, Query(max_length=60)] = None,
    clinician_id: Annotated[str | None, Query(max_length=60)] = None,
    facility_id: Annotated[str | None, Query(max_length=60)] = None,
    is_open: bool | None = None,
    starts_before: Day | None = None,
) -> Page[PlanLine]:
    wanted = queries.PlanFilter(
        assignment_id=assignment_id,
        clinician_id=clinician_id,
        facility_id=facility_id,
        is_open=is_open,
        starts_before=starts_before,
    )
    found = await door.read(lambda work: queries.plans_page(work, wanted, paging=paging))
    return found.page(PlanLine.model_validate)


@router.get(
    "/plans/{plan_id}",
    summary="One plan with its shifts and weeks",
    dependencies=[allow("plans.read")],
    responses=problems(NotFound),
    response_model=PlanOut,
)
async def get_plan(door: Reads, show: Show, plan_id: PlanId) -> Response:
    return await door.show(lambda work: queries.plan_by_id(work, plan_id), answer=show)


@router.post(
    "/plans/{plan_id}:register-clock",
    summary="The clinician can clock in from today on",
    dependencies=[allow("clocks.register")],
    responses=problems(NotFound, VersionMismatch, errors.PlanClosed),
    response_model=PlanOut,
)
async def register(door: Commands, show: Show, plan_id: PlanId) -> Response:
    return await door.command(lambda work: register_clock(work, RegisterClock(plan_id=plan_id)), answer=show)


@router.post(
    "/plans/{plan_id}:name-approvers",
    summary="Who approves the hours, and the backup",
    dependencies=[allow("approvers.name")],
    responses=problems(NotFound, VersionMismatch, errors.PlanClosed, errors.SameApprover),
    response_model=PlanOut,
)
async def name(
    door: Commands, show: Show, plan_id: PlanId, asked: Annotated[NameApproversIn, body(NameApproversIn)]
) -> Response:
    command = NameApprovers(plan_id=plan_id, approver=asked.approver.contact(), backup=asked.backup.contact())
    return await door.command(lambda work: name_approvers(work, command), answer=show)


@router.post(
    f"{SHIFT}:record-worked",
    summary="A shift was worked, planned or not",
    dependencies=[allow("shifts.record")],
    responses=problems(
        NotFound,
        VersionMismatch,
        errors.ShiftEndsBeforeItStarts,
        errors.MealLongerThanShift,
        errors.WorkDateDiffers,
        errors.ShiftOverlaps,
    ),
    response_model=PlanOut,
)
async def worked(
    door: Commands,
    show: Show,
    plan_id: PlanId,
    work_date: WorkDate,
    asked: Annotated[RecordWorkedIn, body(RecordWorkedIn)],
) -> Response:
    command = RecordWorked(plan_id=plan_id, work_date=work_date, worked=Worked(**asked.model_dump()))
    return await door.command(lambda work: record_worked(work, command), answer=show)


@router.post(
    f"{SHIFT}:record-missed",
    summary="A planned shift was not worked",
    dependencies=[allow("shifts.record")],
    responses=problems(NotFound, VersionMismatch, errors.NoShiftExpected),
    response_model=PlanOut,
)
async def missed(
    door: Commands,
    show: Show,
    plan_id: PlanId,
    work_date: WorkDate,
    asked: Annotated[RecordMissedIn, body(RecordMissedIn)],
) -> Response:
    command = RecordMissed(plan_id=plan_id, work_date=work_date, reason=asked.reason)
    return await door.command(lambda work: record_missed(work, command), answer=show)
