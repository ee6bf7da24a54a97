"""When a file can be clear, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path

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
    dependencies=[allow("forecasts.read")],
    responses=problems(NotFound),
)
async def get_forecast(door: Reads, file_id: Annotated[str, Path(max_length=60)]) -> ForecastOut:
    found = await door.read(lambda work: forecast_of(work, file_id))
    return ForecastOut.model_validate(found)
