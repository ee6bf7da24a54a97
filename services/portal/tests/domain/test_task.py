"""Tasks that people write down."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from portal.domain.errors import AssigneeDoesNotFit, ItemClosed, NotATask, NotYourDepartment, TaskInvalid
from portal.domain.holding import Worker
from portal.domain.item import WorkItem
from portal.domain.task import About, TaskDraft, finished, opened, reopened
from services.portal.tests.domain.test_holding import ANA, CLEO, HAL, an_item

NOW = datetime(2026, 1, 5, 3, tzinfo=UTC)
"""Sunday evening in Chicago."""
CHICAGO = About(time_zone="America/Chicago", assignment_id="asg_1", clinician_id="cln_1", facility_id="fac_1")


def a_task(**overrides: Any) -> WorkItem:
    valid: dict[str, Any] = {"title": "Call the unit", "due_on": date(2026, 1, 6), "skill": "housing_specialist"}
    draft = TaskDraft(**valid | overrides)
    return opened(draft, CHICAGO, work_item_id="wki_9", by="per_cleo", now=NOW)


def test_a_task_is_due_at_the_end_of_work_of_its_day():
    task = a_task()
    assert task.due_at == datetime(2026, 1, 6, 23, tzinfo=UTC)  # 17:00 CST
    assert (task.department, task.kind, task.told, task.owner_id) == ("portal", "task", 1, None)
    assert (task.assignment_id, task.facility_id, task.clinician_id) == ("asg_1", "fac_1", "cln_1")


def test_today_is_the_zones_today():
    assert a_task(due_on=date(2026, 1, 4)).due_at == datetime(2026, 1, 4, 23, tzinfo=UTC)


def test_a_task_can_be_somebodys_from_the_start():
    assert a_task(to=HAL).owner_id == "per_hal"


@pytest.mark.parametrize(
    ("why", "overrides", "fields"),
    [
        ("no title", {"title": " "}, ["/title"]),
        ("a long title", {"title": "x" * 201}, ["/title"]),
        ("no day", {"due_on": None}, ["/due_on"]),
        ("yesterday", {"due_on": date(2026, 1, 3)}, ["/due_on"]),
        ("in two years", {"due_on": date(2028, 1, 5)}, ["/due_on"]),
        ("for a role that does none", {"skill": "auditor"}, ["/skill"]),
        ("a stranger", {"is_to_unknown": True}, ["/to"]),
        ("everything", {"title": "", "due_on": None, "skill": ""}, ["/title", "/skill", "/due_on"]),
    ],
)
def test_all_that_is_wrong_with_a_task_is_said_at_once(why, overrides, fields):
    with pytest.raises(TaskInvalid) as refused:
        a_task(**overrides)
    assert [finding.pointer for finding in refused.value.findings] == fields


def test_a_task_goes_to_nobody_whose_work_it_is_not():
    with pytest.raises(AssigneeDoesNotFit):
        a_task(to=ANA)


def test_a_task_is_done_by_who_does_it_and_can_be_opened_again():
    done = finished(a_task(), by=HAL, why="They called back", now=NOW + timedelta(hours=1))
    assert (done.is_open, done.status, done.closed_by, done.closed_why) == (
        False,
        "completed",
        "per_hal",
        "They called back",
    )
    again = reopened(done, by=HAL, now=NOW + timedelta(hours=2))
    assert (again.is_open, again.status, again.closed_at, again.closed_why) == (True, "open", None, None)


@pytest.mark.parametrize(
    ("why", "item", "by", "refusal"),
    [
        ("a department's item", an_item(), ANA, NotATask),
        ("another's work", a_task(), ANA, NotYourDepartment),
        ("done already", finished(a_task(), by=CLEO, why="", now=NOW), CLEO, ItemClosed),
    ],
)
def test_what_is_not_ones_task_is_not_ticked_off(why, item, by, refusal):
    with pytest.raises(refusal):
        finished(item, by=by, why="", now=NOW)


def test_an_open_task_stays_as_it_is_when_opened_again():
    task = a_task()
    assert reopened(task, by=Worker(person_id="per_2", roles=frozenset({"lead"})), now=NOW) is task
