"""What the form of a new task is shown with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.app.queries.queue import asking_of
from portal.domain.queue_filter import Asking
from portal.storage import assignments, names, work_items
from shared.contracts.assignments import ClinicianChanged
from shared.contracts.identity import PersonChanged
from shared.db.work import Work
from shared.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAbout:
    """What a task would be about, who may do it, and the names of what is mentioned."""

    assignment_id: str | None
    clinician_id: str | None
    names: Mapping[str, str]
    people: Sequence[PersonChanged]
    asking: Asking
    facility_id: str | None = None


async def task_about(
    work: Work, *, assignment_id: str | None, clinician_id: str | None, work_item_id: str | None
) -> TaskAbout:
    """What a new task is about: an item's task is about its assignment. Raises NotFound."""
    if work_item_id:
        item = await work_items.to_read(work.session, work_item_id)
        assignment_id, clinician_id = item.assignment_id, item.clinician_id
    facility_id = None
    if assignment_id:
        assignment = await assignments.to_read(work.session, assignment_id)
        clinician_id, facility_id = assignment.clinician_id, assignment.facility_id
    elif clinician_id and await work.known(ClinicianChanged, clinician_id) is None:
        raise NotFound(what="clinician", id=clinician_id)
    return TaskAbout(
        assignment_id=assignment_id,
        clinician_id=clinician_id,
        facility_id=facility_id,
        names=await names.names_of(work.session, [clinician_id, facility_id]),
        people=await names.people(work.session),
        asking=await asking_of(work),
    )
