"""Housing over HTTP."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from housing.api.schemas import (
    AgreementIn,
    BookIn,
    CaseLine,
    CaseOut,
    CheckOutIn,
    LiabilityIn,
    OwnHousingIn,
    ReleaseIn,
    UnitIn,
)
from housing.app import queries
from housing.app.book_unit import BookUnit, book_unit
from housing.app.check_out import CheckOut, check_out
from housing.app.choose_unit import ChooseUnit, choose_unit
from housing.app.confirm_own_housing import ConfirmOwnHousing, confirm_own_housing
from housing.app.record_agreement import RecordAgreement, record_agreement
from housing.app.record_liability import RecordLiability, record_liability
from housing.app.release_unit import ReleaseUnit, release_unit
from housing.domain import errors
from housing.domain.case import Case
from shared.contracts.terms import HousingMode
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
from shared.money import Money

router = APIRouter(prefix="/v1", tags=["cases"])
previews = preview_router(queries.preview_terms)

CASE = "/cases/{case_id}"
MISSED = (NotFound, VersionMismatch)
REFUSALS = (*MISSED, errors.CaseClosed)
CaseId = Annotated[str, Path(max_length=60)]
Number = Annotated[int, Path(ge=1, le=10_000)]


async def _show(request: Request) -> Callable[[Case], Answer]:
    clock = request.app.state.wiring.works.clock
    return lambda case: Answer(body=CaseOut.of(case, clock.now()), etag=case.version)


Show = Annotated[Callable[[Case], Answer], Depends(_show)]


@router.get(
    "/cases",
    summary="Cases by start date",
    dependencies=[allow("cases.read")],
    responses=problems(CursorDamaged, CursorOfOtherList),
)
async def list_cases(
    door: Reads,
    paging: Paging,
    assignment_id: Annotated[str | None, Query(max_length=60)] = None,
    clinician_id: Annotated[str | None, Query(max_length=60)] = None,
    mode: HousingMode | None = None,
    is_open: bool | None = None,
    starts_before: Day | None = None,
) -> Page[CaseLine]:
    wanted = queries.CaseFilter(
        assignment_id=assignment_id,
        clinician_id=clinician_id,
        mode=mode,
        is_open=is_open,
        starts_before=starts_before,
    )
    found = await door.read(lambda work: queries.cases_page(work, wanted, paging=paging))
    return found.page(CaseLine.model_validate)


@router.get(
    CASE,
    summary="One case with its nights, what is arranged and what it costs",
    dependencies=[allow("cases.read")],
    responses=problems(NotFound),
    response_model=CaseOut,
)
async def get_case(door: Reads, show: Show, case_id: CaseId) -> Response:
    return await door.show(lambda work: queries.case_by_id(work, case_id), answer=show)


@router.post(
    f"{CASE}:record-agreement",
    summary="The clinician signed the terms",
    dependencies=[allow("cases.record_agreement")],
    responses=problems(*REFUSALS, errors.AgreementAheadOfTerms),
    response_model=CaseOut,
)
async def sign(
    door: Commands, show: Show, case_id: CaseId, asked: Annotated[AgreementIn, body(AgreementIn)]
) -> Response:
    command = RecordAgreement(case_id=case_id, terms_version=asked.terms_version)
    return await door.command(lambda work: record_agreement(work, command), answer=show)


@router.post(
    f"{CASE}:confirm-own-housing",
    summary="The clinician has a place of their own for all nights",
    dependencies=[allow("cases.confirm_own_housing")],
    responses=problems(*REFUSALS, errors.NotAStipend, errors.ZipInvalid),
    response_model=CaseOut,
)
async def confirm(
    door: Commands, show: Show, case_id: CaseId, asked: Annotated[OwnHousingIn, body(OwnHousingIn)]
) -> Response:
    command = ConfirmOwnHousing(case_id=case_id, zip_code=asked.zip)
    return await door.command(lambda work: confirm_own_housing(work, command), answer=show)


@router.post(
    f"{CASE}:choose-unit",
    summary="Hold a unit of the agency for all nights",
    dependencies=[allow("cases.choose_unit")],
    responses=problems(*REFUSALS, errors.NotAnAgencyUnit, errors.RentInvalid),
    response_model=CaseOut,
)
async def choose(door: Commands, show: Show, case_id: CaseId, asked: Annotated[UnitIn, body(UnitIn)]) -> Response:
    command = ChooseUnit(case_id=case_id, **asked.model_dump())
    return await door.command(lambda work: choose_unit(work, command), answer=show)


@router.post(
    f"{CASE}:book",
    summary="Commit money for the chosen unit",
    dependencies=[allow("cases.book")],
    responses=problems(
        *REFUSALS,
        errors.NotAnAgencyUnit,
        errors.NoUnitChosen,
        errors.UnitForOtherNights,
        errors.AlreadyBooked,
        errors.MoneyNotYetCommitted,
    ),
    response_model=CaseOut,
)
async def book(door: Commands, show: Show, case_id: CaseId, asked: Annotated[BookIn, body(BookIn)]) -> Response:
    command = BookUnit(case_id=case_id, booking_reference=asked.booking_reference)
    return await door.command(lambda work: book_unit(work, command), answer=show)


@router.post(
    f"{CASE}:release",
    summary="Give the unit up",
    dependencies=[allow("cases.release")],
    responses=problems(*REFUSALS, errors.NotAnAgencyUnit, errors.NoUnitChosen),
    response_model=CaseOut,
)
async def release(
    door: Commands, show: Show, case_id: CaseId, asked: Annotated[ReleaseIn, body(ReleaseIn)]
) -> Response:
    command = ReleaseUnit(case_id=case_id, reason=asked.reason)
    return await door.command(lambda work: release_unit(work, command), answer=show)


@router.post(
    f"{CASE}:check-out",
    summary="The clinician left the agency's unit",
    dependencies=[allow("cases.check_out")],
    responses=problems(*MISSED, errors.NobodyToCheckOut),
    response_model=CaseOut,
)
async def leave(
    door: Commands, show: Show, case_id: CaseId, asked: Annotated[CheckOutIn, body(CheckOutIn)]
) -> Response:
    command = CheckOut(case_id=case_id, on=asked.on)
    return await door.command(lambda work: check_out(work, command), answer=show)


@router.post(
    f"{CASE}/releases/{{number}}:record-liability",
    summary="What a given-up booking still costs",
    dependencies=[allow("releases.record_liability")],
    responses=problems(*MISSED, errors.NoLiabilityToCheck, errors.AmountInvalid),
    response_model=CaseOut,
)
async def settle(
    door: Commands, show: Show, case_id: CaseId, number: Number, asked: Annotated[LiabilityIn, body(LiabilityIn)]
) -> Response:
    command = RecordLiability(case_id=case_id, number=number, owed=Money.of(asked.owed))
    return await door.command(lambda work: record_liability(work, command), answer=show)
