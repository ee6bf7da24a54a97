"""When a file can be clear, over HTTP."""

from functools import partial

from fastapi import APIRouter, Request

from credentialing.api.routes.files import SHOWS_ALL, FileId, sees_all
from credentialing.api.schemas.forecasts import ForecastOut
from credentialing.app.queries.forecasts import forecast_of
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.commands import Reads
from shared.http.openapi import problems

router = APIRouter(prefix="/v1", tags=["forecasts"])


@router.get(
    "/files/{file_id}/forecast",
    summary="When a file can be clear, how likely before the start, and what decides it",
    dependencies=[allow("forecasts.read", besides=(SHOWS_ALL,))],
    responses=problems(NotFound),
)
async def get_forecast(request: Request, door: Reads, file_id: FileId) -> ForecastOut:
    shows_all = partial(sees_all, request)
    found = await door.read(lambda work: forecast_of(work, file_id, shows_all=shows_all))
    return ForecastOut.model_validate(found)
