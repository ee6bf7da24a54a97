"""The form of a new task."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from portal.api.views import written
from portal.app.queries.tasks import TaskAbout
from portal.domain.change_request import NOBODY
from portal.domain.holding import SPECIALIST_OF
from portal.domain.words import DEPARTMENTS
from shared.errors import Refused
from shared.ids import new_uuid

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """The form, with what was typed and what is wrong with it."""

    about: str
    assignment_id: str
    clinician_id: str
    back: str
    key: str
    fields: Mapping[str, str]
    errors: Mapping[str, str]
    trouble: str
    skills: Options
    people: Options
    today: str


def task_view(found: TaskAbout, *, fields: Mapping[str, str], refusal: Refused | None = None, back: str) -> TaskView:
    """The form in words. At first it is for whoever does the asker's own work, and nobody's in particular."""
    errors = {one.pointer.lstrip("/"): one.message for one in refusal.findings} if refusal else {}
    who = written.clinician(found.names, found.clinician_id) if found.clinician_id else ""
    place = written.place(found.names, found.facility_id) if found.facility_id else ""
    worker = found.asking.worker
    own = next((role for role in SPECIALIST_OF.values() if role in worker.roles), "coordinator")
    return TaskView(
        about=" · ".join(part for part in (who, place) if part),
        assignment_id=found.assignment_id or "",
        clinician_id=found.clinician_id or "",
        back=back,
        key=str(new_uuid()),
        fields={"skill": own, "to": NOBODY, **fields},
        errors=errors,
        trouble=str(refusal) if refusal and not errors else "",
        skills=(
            ("coordinator", "Coordinators"),
            *((role, f"{DEPARTMENTS[name]} specialists") for name, role in SPECIALIST_OF.items()),
        ),
        people=((NOBODY, "Nobody yet"), *((one.person_id, one.name) for one in found.people)),
        today=found.asking.now.astimezone(ZoneInfo(found.asking.time_zone)).date().isoformat(),
    )
