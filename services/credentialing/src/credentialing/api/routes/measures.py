"""The staffing measures over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from credentialing.api.schemas.measures import (
    AuditIn,
    DoNotReturnIn,
    DoNotReturnOut,
    DrawIn,
    FigureOut,
    Month,
    SampleLine,
    SampleOut,
    first_day,
)
from credentialing.app.audit_file import AuditFile, audit_file
from credentialing.app.draw_sample import DrawSample, draw_sample
from credentialing.app.queries import measures as queries
from credentialing.app.record_do_not_return import RecordDoNotReturn, record_do_not_return
from credentialing.domain.measures import errors
from credentialing.domain.measures.do_not_return import DoNotReturn
from credentialing.domain.measures.hcss import MeasureId
from credentialing.domain.measures.sample import Sample
from shared.db.versions import VersionMismatch
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.errors import CursorDamaged, CursorOfOtherList
from shared.http.openapi import problems
from shared.http.pages import Page, Paging

router = APIRouter(prefix="/v1", tags=["measures"])

SampleId = Annotated[str, Path(max_length=60)]
FileId = Annotated[str, Path(max_length=60)]
SAMPLE = "/measure-samples/{sample_id}"


def _shown(sample: Sample) -> Answer:
    return Answer(body=SampleOut.of(sample), etag=sample.version)


def _drawn(sample: Sample) -> Answer:
    location = f"/v1/measure-samples/{sample.sample_id}"
    return Answer(status=201, body=SampleOut.of(sample), etag=sample.version, location=location)


def _recorded(wish: DoNotReturn) -> Answer:
    return Answer(status=201, body=DoNotReturnOut.model_validate(wish))


@router.get(
    "/measures",
    summary="Figures of the staffing measures by month, with their definitions",
    dependencies=[allow("measures.read")],
)
async def list_measures(
    door: Reads, month: Annotated[Month | None, Query()] = None, months: Annotated[int, Query(ge=1, le=12)] = 1
) -> list[FigureOut]:
    first = first_day(month) if month else None
    return [FigureOut.of(one) for one in await door.read(lambda work: queries.figures(work, first, months=months))]


@router.get(
    "/measure-samples",
    summary="Samples, the newest month first",
    dependencies=[allow("measures.read")],
    responses=problems(CursorDamaged, CursorOfOtherList),
)
async def list_samples(door: Reads, paging: Paging) -> Page[SampleLine]:
    found = await door.read(lambda work: queries.samples_page(work, paging=paging))
    return found.page(SampleLine.model_validate)


@router.post(
    "/measure-samples",
    summary="Draw the files of a month",
    status_code=201,
    dependencies=[allow("measures.draw")],
    responses=problems(errors.MonthNotOver, errors.NoPlacements, errors.SampleDrawn),
    response_model=SampleOut,
)
async def draw(door: Commands, asked: Annotated[DrawIn, body(DrawIn)]) -> Response:
    command = DrawSample(month=asked.first_day, measure_id=MeasureId(asked.measure))
    return await door.command(lambda work: draw_sample(work, command), answer=_drawn)


@router.get(
    SAMPLE,
    summary="One sample with its audits",
    dependencies=[allow("measures.read")],
    responses=problems(NotFound),
    response_model=SampleOut,
)
async def get_sample(door: Reads, sample_id: SampleId) -> Response:
    return await door.show(lambda work: queries.sample_by_id(work, sample_id), answer=_shown)


@router.post(
    f"{SAMPLE}/files/{{file_id}}:audit",
    summary="Say what was found in a drawn file",
    dependencies=[allow("measures.audit")],
    responses=problems(NotFound, VersionMismatch, errors.NotInSample, errors.AuditedByMachine, errors.ReasonMissing),
    response_model=SampleOut,
)
async def audit(
    door: Commands, sample_id: SampleId, file_id: FileId, asked: Annotated[AuditIn, body(AuditIn)]
) -> Response:
    command = AuditFile(sample_id=sample_id, file_id=file_id, answers=asked.answers())
    return await door.command(lambda work: audit_file(work, command), answer=_shown)


@router.post(
    "/files/{file_id}:do-not-return",
    summary="Record that the customer asked for no return",
    status_code=201,
    dependencies=[allow("do_not_return.record")],
    responses=problems(NotFound, errors.ReturnRefusedBefore, errors.DatedOutsideStep),
    response_model=DoNotReturnOut,
)
async def do_not_return(
    door: Commands, file_id: FileId, asked: Annotated[DoNotReturnIn, body(DoNotReturnIn)]
) -> Response:
    command = RecordDoNotReturn(file_id=file_id, **asked.model_dump())
    return await door.command(lambda work: record_do_not_return(work, command), answer=_recorded)
