"""Somebody writes down a task, about an assignment, a clinician or nothing in particular."""

from dataclasses import dataclass
from datetime import date

from portal.app.record import record
from portal.app.record_entry import record_entry
from portal.domain.assignment import Assignment
from portal.domain.change_request import NOBODY
from portal.domain.entry import Entry
from portal.domain.item import WorkItem, ranked
from portal.domain.task import About, TaskDraft, opened
from portal.storage import assignments, people, queue, workstreams
from shared.contracts.assignments import ClinicianChanged
from shared.contracts.portal import WorkItemAssigned
from shared.db.within import OutOfReach, covers
from shared.db.work import Work
from shared.errors import NotFound

OPENED = "task.opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """A task as a form sends it; `to` is a person's id, "nobody" or empty."""

    title: str
    due_on: date | None
    skill: str
    to: str = ""
    assignment_id: str | None = None
    clinician_id: str | None = None


async def open_task(work: Work, command: OpenTask) -> WorkItem:
    """The task, in the queue; one about a clinician belongs to their present assignment, if they have one.

    Raises NotFound, TaskInvalid, AssigneeDoesNotFit, and OutOfReach where its maker could not see it.
    """
    assignment = await _assignment(work, command)
    zone = assignment.time_zone if assignment else None
    about = About(
        time_zone=zone or await people.zone_of(work, work.principal.subject),
        assignment_id=assignment.assignment_id if assignment else None,
        clinician_id=assignment.clinician_id if assignment else await _clinician(work, command.clinician_id),
        facility_id=assignment.facility_id if assignment else None,
        source=assignment.source if assignment else None,
    )
    task = opened(
        await _draft(work, command),
        about,
        work_item_id=work.new_id("wki"),
        by=work.principal.subject,
        now=work.now,
    )
    streams = await workstreams.of_assignment(work.session, assignment.assignment_id) if assignment else ()
    saved = await record(work, ranked(_reached(work, task), assignment, streams=streams))
    await _tell(work, saved)
    return saved


async def _assignment(work: Work, command: OpenTask) -> Assignment | None:
    assignment_id = command.assignment_id
    if assignment_id is None and command.clinician_id:
        assignment_id = await queue.present_assignment_of(work.session, command.clinician_id)
    return await assignments.to_read(work.session, assignment_id) if assignment_id else None


async def _clinician(work: Work, clinician_id: str | None) -> str | None:
    if clinician_id is not None and await work.known(ClinicianChanged, clinician_id) is None:
        raise NotFound(what="clinician", id=clinician_id)
    return clinician_id


async def _draft(work: Work, command: OpenTask) -> TaskDraft:
    to = await people.find_worker(work, command.to)
    return TaskDraft(
        title=command.title,
        due_on=command.due_on,
        skill=command.skill,
        to=to,
        is_to_unknown=to is None and command.to not in ("", NOBODY),
    )


def _reached(work: Work, task: WorkItem) -> WorkItem:
    columns = {"assignment_id", "facility_id", "clinician_id", "source", "is_open"}
    if not covers(work.session, {name: getattr(task, name) for name in columns}):
        raise OutOfReach
    return task


async def _tell(work: Work, task: WorkItem) -> None:
    said = WorkItemAssigned(
        work_item_id=task.work_item_id,
        kind=task.kind,
        assignment_id=task.assignment_id,
        owner_id=task.owner_id,
        by=work.principal.subject,
        note_given=False,
    )
    entry = Entry(
        type=OPENED,
        key=task.work_item_id,
        aggregate_version=task.told,
        work_item_id=task.work_item_id,
        assignment_id=task.assignment_id,
        payload=work.publish(said, version=task.told),
    )
    await record_entry(work, entry)
