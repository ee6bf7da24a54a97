"""Of both assignments: a report under adjudication, what runs out, and a sample that holds both files."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from credentialing.domain.held import Held, HeldStatus
from credentialing.domain.measures.adverse_action import AdverseAction, Step
from credentialing.domain.measures.hcss import MeasureId
from credentialing.domain.measures.sample import Sample
from credentialing.storage import adverse_actions, credentials, measures
from shared.db.work import Work
from shared.principal import Principal
from shared.testing.house import House
from tests.access.world import Thing, World, an_id, columns

OPENED_ON = date(2026, 1, 5)
DRAWN_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
SAMPLE = an_id("smp", "both")

UNDONE = frozenset(
    {"POST /v1/measure-samples", "POST /v1/files/{file_id}:do-not-return"}
    | {f"POST /v1/adverse-actions/{{action_id}}:{step}" for step in ("dispute", "resolve-dispute", "send-final")}
    | {"POST /v1/adverse-actions/{action_id}:send-pre-adverse"}
)
"""No month is over in which somebody worked, and the days of the examples are still to come."""


async def with_measures(house: House, world: World) -> World:
    """The world with all of that in it; the foreign report is cleared, so that no queue holds it."""
    own, foreign = world.own.names, world.foreign.names
    async with house.works.begin(Principal(subject="seed")) as work:
        await _report(work, own, step=Step.REVIEW)
        await _report(work, foreign, step=Step.CLEARED)
        await measures.save_sample(work.session, _sample(own["file_id"], foreign["file_id"]))
    unknown = {**world.unknown.names, "action_id": an_id("adv", "unknown"), "sample_id": an_id("smp", "unknown")}
    return replace(
        world,
        own=_thing(world.own, is_open=True),
        foreign=_thing(world.foreign, is_open=False),
        unknown=replace(world.unknown, names=unknown),
    )


def _thing(thing: Thing, *, is_open: bool) -> Thing:
    row = columns(thing.names, is_open=is_open)
    names = {**thing.names, "action_id": an_id("adv", thing.names["source"]), "sample_id": SAMPLE}
    return Thing(names=names, rows={**thing.rows, "adverse-actions": (row,), "measure-samples": ({},)})


async def _report(work: Work, names: Mapping[str, str], *, step: Step) -> None:
    action = AdverseAction(
        file_id=names["file_id"],
        assignment_id=names["assignment_id"],
        clinician_id=names["clinician_id"],
        facility_id=names["facility_id"],
        action_id=an_id("adv", names["source"]),
        code="BG-SOR",
        report="rep_1",
        opened_on=OPENED_ON,
        opened_by="per_lead",
        step=step,
    )
    authorisation = Held(
        credential_id=an_id("crd", f"auth{names['source']}"),
        clinician_id=names["clinician_id"],
        code="BG-AUTH",
        subject="",
        issued_on=OPENED_ON,
        received_on=OPENED_ON,
        status=HeldStatus.VERIFIED,
    )
    await adverse_actions.save(work.session, action)
    await credentials.save(work.session, authorisation)


def _sample(*files: str) -> Sample:
    return Sample(
        sample_id=SAMPLE,
        month=date(2025, 12, 1),
        measure_id=MeasureId.HCSS_7,
        seed=SAMPLE,
        placed=2,
        placements_12m=2,
        group="a",
        files=files,
        drawn_by="per_lead",
        drawn_at=DRAWN_AT,
    )
