"""A shift was worked."""

import structlog

from assignments.app.record import record
from assignments.domain import course
from assignments.domain.lifecycle import BEFORE_START
from assignments.storage import assignments
from assignments.storage.directory import facilities
from shared.calendar import local_day
from shared.contracts.timekeeping import ShiftWorked
from shared.db.work import Work

log = structlog.get_logger()


async def follow_work(work: Work, shift: ShiftWorked) -> None:
    """The first one of a cleared assignment starts it; work before that is noted. Raises NotFound."""
    assignment = await assignments.to_change(work.session, shift.assignment_id)
    facility = await facilities.present(work.session, assignment.terms.facility_id)
    today = local_day(work.now, facility.time_zone)
    followed = await record(
        work, course.follow_work(assignment, worked_on=shift.work_date, today=today), before=assignment
    )
    if followed.state in BEFORE_START:
        log.info(
            "assignments.worked_before_start",
            assignment_id=shift.assignment_id,
            shift_id=shift.shift_id,
            state=followed.state.value,
        )
