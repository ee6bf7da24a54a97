"""What changes in the simulated world: three agreements, whose topic is a log, and a facility, whose topic is state."""

import json
from functools import cache
from pathlib import Path

from shared.contracts.assignments import AgreementSigned, FacilityChanged
from tests.simulation.publishing import Aggregate

LOG, STATE = "assignments.assignment.v1", "assignments.facility.v1"
"""Both are consumed by housing."""

_EXAMPLE = json.loads(
    (Path(__file__).parents[2] / "shared/src/shared/contracts/examples/facility.changed/1.json").read_text()
)


def _agreement(key: str) -> Aggregate:
    @cache  # the same in every world
    def value(version: int) -> str:
        return json.dumps({"assignment_id": key, "terms_version": version, "document_sha256": "9f" * 32})

    return Aggregate(topic=LOG, key=key, type=AgreementSigned.event_type, value=value)


def _facility(key: str) -> Aggregate:
    @cache
    def value(version: int) -> str:
        return json.dumps({**_EXAMPLE, "facility_id": key, "orientation_days": version})

    return Aggregate(topic=STATE, key=key, type=FacilityChanged.event_type, value=value)


AGGREGATES = (_agreement("asg_1"), _agreement("asg_2"), _agreement("asg_3"), _facility("fac_1"))
