"""What the page of the sources shows that credentialing does not know: names, and the agency's day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from portal.app.queries.agency import agency_day
from portal.storage import names
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoWaits:
    """Names by id, as far as they are shown, and the agency's today."""

    names: Mapping[str, str]
    today: date


async def who_waits(work: Work, clinician_ids: Collection[str]) -> WhoWaits:
    """Those whose credentials wait for a source."""
    return WhoWaits(names=await names.names_of(work.session, clinician_ids), today=await agency_day(work))
