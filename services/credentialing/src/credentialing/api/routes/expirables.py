"""What runs out when, over HTTP."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query

from credentialing.api.schemas.expirables import CalendarOut
from credentialing.app.queries.expirables import Asked, calendar
from credentialing.domain.expirables.errors import RangeNotShown
from shared.http.access import allow
from shared.http.commands import Reads
from shared.http.openapi import problems
from shared.http.parameters import Day
from shared.reach import Reach

router = APIRouter(prefix="/v1", tags=["expirables"])

READ, SHOWS_ALL = "expirables.read", "files.read_confidential"


def _sees_all(reaches: Mapping[str, Reach]) -> bool:
    """Whether confidential items are told wherever the list reaches; by half, they are told nowhere."""
    listed, told = reaches[READ], reaches[SHOWS_ALL]
    same = [(one.is_all, one.queue, one.by_column()) for one in (listed, told)]
    return told.is_all or same[0] == same[1]


@router.get(
    "/expirables",
    summary="What runs out in a range of days, with the assignments it touches",
    dependencies=[allow(READ, besides=(SHOWS_ALL,))],
    responses=problems(RangeNotShown),
)
async def list_expirables(
    door: Reads,
    first: Annotated[Day | None, Query(alias="from", description="Today when left out.")] = None,
    last: Annotated[Day | None, Query(alias="to", description="Ninety days later when left out.")] = None,
    clinician_id: Annotated[str | None, Query(max_length=60)] = None,
    assignment_id: Annotated[str | None, Query(max_length=60)] = None,
    code: Annotated[str | None, Query(max_length=40)] = None,
) -> CalendarOut:
    asked = Asked(
        first=first,
        last=last,
        clinician_id=clinician_id,
        assignment_id=assignment_id,
        code=code,
        sees_all=_sees_all(door.reaches),
    )
    return CalendarOut.of(await door.read(lambda work: calendar(work, asked)))
