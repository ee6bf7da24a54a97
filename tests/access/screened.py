"""Two releases of an exclusion list, and a case of each of both people."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from credentialing.domain.screening.case import CaseState, ExclusionCase
from credentialing.domain.screening.matching import Verdict
from credentialing.domain.screening.record import Hit
from credentialing.domain.screening.release import Release
from credentialing.storage import screening_cases, screening_releases
from shared.db.work import Work
from shared.principal import Principal
from shared.testing.house import House
from tests.access.world import Thing, World, an_id, columns

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
UNDONE = frozenset(
    {"POST /v1/exclusion-lists/{list_name}/releases"}
    | {f"POST /v1/exclusion-cases/{{case_id}}:{verb}" for verb in ("decide", "approve")}
)
"""A list comes as a file, and a case is decided by a document that shows the check at the source."""


async def with_screening(house: House, world: World) -> World:
    """The world with all of that in it; the foreign case was released, so that no queue holds it."""
    async with house.works.begin(Principal(subject="seed")) as work:
        for names, state in ((world.own.names, CaseState.OPEN), (world.foreign.names, CaseState.RELEASED)):
            await screening_releases.save(work.session, _release(names["source"]))
            await _case(work, names, state)
    unknown = {**world.unknown.names, "case_id": an_id("exc", "unknown"), "release_id": an_id("rel", "unknown")}
    return replace(
        world,
        own=_thing(world.own, is_open=True),
        foreign=_thing(world.foreign, is_open=False),
        unknown=replace(world.unknown, names={**unknown, "list_name": "leie"}),
    )


def _thing(thing: Thing, *, is_open: bool) -> Thing:
    mark = thing.names["source"]
    ids = {"case_id": an_id("exc", mark), "list_name": "leie", "release_id": an_id("rel", mark)}
    names = {**thing.names, **ids}
    return Thing(names=names, rows={**thing.rows, "exclusion-cases": (columns(names, is_open=is_open),)})


def _release(mark: str) -> Release:
    return Release(
        release_id=an_id("rel", mark),
        list_name="leie",
        posted_on=date(2026, 1, 5),
        sha256=mark,
        columns=(),
        rows=0,
        faulty=0,
        findings=(),
        loaded_by="per_lead",
        loaded_at=AT,
    )


async def _case(work: Work, names: Mapping[str, str], state: CaseState) -> None:
    hit = Hit(line=2, fingerprint="f", verdict=Verdict.REVIEW, reasons=("name_exact", "dob_missing"), score=100)
    case = ExclusionCase(
        case_id=an_id("exc", names["source"]),
        clinician_id=names["clinician_id"],
        list_name="leie",
        release_id=an_id("rel", names["source"]),
        person_fingerprint="p",
        hit=hit,
        assignment_id=names["assignment_id"],
        facility_id=names["facility_id"],
        opened_at=AT,
        work_item_id=an_id("wki", names["source"]),
        state=state,
    )
    await screening_cases.save(work.session, case)
