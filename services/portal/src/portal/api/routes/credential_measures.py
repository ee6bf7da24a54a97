"""The staffing measures by month, the samples that are drawn for them, and the audits of the drawn files."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import StringConstraints
from starlette.responses import Response

from portal.api.pages.asked import Blank
from portal.api.pages.calls import Calls
from portal.api.pages.doors import Forms
from portal.api.pages.measure_pages import MeasurePages
from portal.api.pages.page import Pages
from portal.api.views.measures import MONTH
from shared.http.access import allow

router = APIRouter(include_in_schema=False)

AskedMonth = Annotated[Annotated[str, StringConstraints(pattern=MONTH.pattern)] | None, Blank, Query()]
SampleId = Annotated[str, Path(pattern=r"^smp_[0-9a-z]{1,40}$")]
FileId = Annotated[str, Path(pattern=r"^fil_[0-9a-z]{1,40}$")]
LIST = "/credentialing/measures"
ONE = f"{LIST}/{{sample_id}}"
AUDIT = f"{ONE}/files/{{file_id}}"
READ = allow("measures.read")


async def _measures(door: Pages, services: Calls) -> MeasurePages:
    return MeasurePages(door=door, services=services)


Measures = Annotated[MeasurePages, Depends(_measures)]


@router.get(LIST, dependencies=[READ])
async def show_measures(measures: Measures, month: AskedMonth = None) -> Response:
    """The figures of a month with their definitions, and the trend of twelve."""
    return await measures.show_months(month)


@router.post(LIST, dependencies=[allow("measures.draw")])
async def draw(door: Forms, measures: Measures) -> Response:
    """Draws the files of a month."""
    return await measures.draw(door.form)


@router.get(ONE, dependencies=[READ])
async def show_sample(measures: Measures, sample_id: SampleId) -> Response:
    """The drawn files and how far their audit is."""
    return await measures.show_sample(sample_id)


@router.get(AUDIT, dependencies=[READ])
async def show_audit(measures: Measures, sample_id: SampleId, file_id: FileId) -> Response:
    """What a person found in one drawn file, or the form to say it."""
    return await measures.show_audit(sample_id, file_id)


@router.post(AUDIT, dependencies=[allow("measures.audit")])
async def audit(door: Forms, measures: Measures, sample_id: SampleId, file_id: FileId) -> Response:
    """Keeps what a person found."""
    return await measures.audit(sample_id, file_id, door.form)
