"""Days pass over one assignment, and its department looks again."""

from collections.abc import Sequence

from shared.contracts.workstreams import Status, WorkstreamChanged
from shared.runtime.jobs import Jobs
from shared.testing.house import House


async def look_twice(jobs: Jobs, house: House) -> tuple[Sequence[Status], Sequence[int]]:
    """The status of each `workstream.changed` so far, and how many assignments each of the two looks took in hand."""
    looked = [await jobs.run_due(house.works), await jobs.run_due(house.works)]
    return [said.status for said in await house.said(WorkstreamChanged)], looked
