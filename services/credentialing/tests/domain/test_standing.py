"""What credentialing tells the others, and what it never tells."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from credentialing.domain.commands import receive, reject, verify
from credentialing.domain.file import File, close
from credentialing.domain.held import Check, HeldStatus, Shown
from credentialing.domain.standing import standing
from services.credentialing.tests.builders import (
    ASSIGNMENT,
    END,
    NOW,
    START,
    TODAY,
    came_in,
    held_for,
    some_file,
    some_held,
    some_requirements,
    some_terms,
)
from shared.contracts.assignments import AssignmentEnded, State
from shared.contracts.workstreams import Action, Status
from shared.workstreams.standing import Obstacle

EVERYTHING = held_for()
ALL = len(EVERYTHING)
LICENCE = next(one for one in some_requirements() if one.code == "LIC-RN")


def with_rejected(code: str) -> File:
    return some_file(tuple(replace(one, status=HeldStatus.REJECTED) if one.code == code else one for one in EVERYTHING))


def closed() -> File:
    ended = AssignmentEnded(assignment_id=ASSIGNMENT, terms_version=1, ended_on=TODAY, state=State.DECLINED, reason="x")
    return close(some_file(), ended)


@pytest.mark.parametrize(
    ("case", "file", "status", "done", "ready_on"),
    [
        ("nothing held: a licence takes longer than three weeks", some_file(), Status.AT_RISK, 0, date(2026, 12, 8)),
        (
            "all but the licence card items that take days",
            some_file(held_for(but=["CERT-BLS", "REF-2"])),
            Status.OPEN,
            ALL - 2,
            date(2026, 11, 11),
        ),
        ("everything held", some_file(EVERYTHING), Status.READY, ALL, None),
        ("an exclusion hit only the source can lift", with_rejected("EXC-LEIE"), Status.BLOCKED, ALL - 1, TODAY),
        ("a rejected card can be replaced", with_rejected("CERT-BLS"), Status.OPEN, ALL - 1, date(2026, 11, 11)),
        ("the assignment has ended", closed(), Status.CLOSED, 0, None),
    ],
)  # fmt: skip
def test_the_status_says_how_far_we_are(
    case: str, file: File, status: Status, done: int, ready_on: date | None
) -> None:
    said = standing(file, NOW)
    assert (said.status, said.done, said.total, said.expected_ready_on) == (status, done, ALL, ready_on), case


def test_an_open_item_turns_at_risk_the_day_after_it_was_due() -> None:
    file = some_file(held_for(but=["CERT-BLS"]))  # one day to get it, one to verify it
    due = START - timedelta(days=2)
    evening = datetime(due.year, due.month, due.day, 23, tzinfo=UTC)
    assert standing(file, evening).status is Status.OPEN
    assert standing(file, evening + timedelta(days=1)).status is Status.AT_RISK


def test_health_is_one_obstacle_that_names_no_item() -> None:
    said = standing(some_file(held_for(but=["DRUG-10", "IMM-HBV", "CERT-BLS"])), NOW)
    assert said.obstacles == (
        Obstacle(
            code="CERT-BLS:missing", owner="clinician", due=date(2026, 11, 28), task_key="collect:personnel"
        ),
        Obstacle(code="health_incomplete", owner="clinician", due=date(2026, 11, 28), task_key="collect:health"),
    )  # fmt: skip


def test_a_rejected_health_item_looks_like_a_missing_one() -> None:
    missing = standing(some_file(held_for(but=["DRUG-10"])), NOW)
    refused = standing(with_rejected("DRUG-10"), NOW)
    assert (missing.obstacles, missing.tasks) == (refused.obstacles, refused.tasks)


def test_a_task_about_health_shows_the_file_and_names_no_item() -> None:
    (task,) = standing(with_rejected("DRUG-10"), NOW).tasks
    assert task.actions == (Action(name="open", method="GET", path="/v1/files/fil_0001"),)


def test_no_command_of_a_confidential_part_says_which_item_is_open() -> None:
    """Tasks travel to everybody who sees the queue; a path would name the item."""
    pending = tuple(replace(one, status=HeldStatus.PENDING) for one in EVERYTHING)
    tasks = standing(some_file(pending), NOW).tasks
    shown = {
        part: {(action.method, action.path) for task in tasks if task.partition == part for action in task.actions}
        for part in {task.partition for task in tasks}
    }
    assert all(shown[part] == {("GET", "/v1/files/fil_0001")} for part in ("health", "background", "i9"))
    assert ("POST", "/v1/files/fil_0001/items/LIC-RN:verify") in shown["personnel"]


def test_what_others_bring_is_one_task_a_part_and_each_look_up_one() -> None:
    said = standing(some_file(), NOW)
    keys = [task.key for task in said.tasks]
    assert len(keys) == len(set(keys))
    assert {key for key in keys if key.startswith("collect")} == {
        "collect:personnel",
        "collect:i9",
        "collect:background",
        "collect:health",
    }
    assert {"check:EXC-LEIE", "check:EXC-SAM", "check:BG-COUNTY"} < set(keys)
    assert {task.partition for task in said.tasks} == {"personnel", "i9", "background", "health"}


def test_what_may_come_after_the_start_is_work_and_keeps_nobody_from_being_ready() -> None:
    said = standing(some_file(held_for(but=["EMP-I9"])), NOW)
    assert (said.status, said.obstacles, said.expected_ready_on) == (Status.READY, (), None)
    assert [task.key for task in said.tasks] == ["collect:i9"]
    assert said.done == said.total - 1


def test_a_renewal_that_waits_is_to_be_verified_while_the_older_one_counts() -> None:
    renewal = some_held(LICENCE, credential_id="crd_9", received_on=TODAY, status=HeldStatus.PENDING)
    said = standing(some_file((*EVERYTHING, renewal)), NOW)
    assert (said.status, [task.key for task in said.tasks]) == (Status.READY, ["verify:LIC-RN"])


def test_a_received_licence_is_a_task_with_its_commands_and_a_week_of_billing_at_stake() -> None:
    held = tuple(replace(one, status=HeldStatus.PENDING) if one.code == "LIC-RN" else one for one in EVERYTHING)
    (task,) = standing(some_file(held), NOW).tasks
    assert (task.key, task.kind, task.partition) == ("verify:LIC-RN", "verify_credential", "personnel")
    assert task.due_at == datetime(2026, 11, 30, 7, tzinfo=UTC)  # the end of 29 November in Denver
    assert task.money_at_stake_cents == 333_000  # 36 hours at 92.50
    assert task.actions == (
        Action(name="verify", method="POST", path="/v1/files/fil_0001/items/LIC-RN:verify"),
        Action(name="reject", method="POST", path="/v1/files/fil_0001/items/LIC-RN:reject"),
    )


def test_nothing_is_at_stake_in_figures_when_no_rate_was_agreed() -> None:
    offered = some_file(terms=some_terms(bill_rates={}))
    assert {task.money_at_stake_cents for task in standing(offered, NOW).tasks} == {None}


def test_tasks_are_completed_by_what_was_done() -> None:
    held = held_for(but=["LIC-RN"])
    shown = Shown(issued_on=date(2025, 1, 1), expires_on=END + timedelta(days=1))
    came = receive(some_file(held), "LIC-RN", shown=shown, received=came_in(), held=held)
    assert "collect:personnel" in standing(came.file, NOW).completed
    assert "verify:LIC-RN" not in standing(came.file, NOW).completed
    check = Check(by="per_specialist", source="Nursys", on=TODAY)
    known = (*held, came.credential)
    checked = verify(came.file, "LIC-RN", held=known, check=check)
    refused = reject(came.file, "LIC-RN", because="x", held=known, today=TODAY)
    assert "verify:LIC-RN" in standing(checked.file, NOW).completed
    assert "verify:LIC-RN" in standing(refused.file, NOW).completed
    assert "collect:personnel" not in standing(refused.file, NOW).completed


def test_the_end_withdraws_every_task() -> None:
    said = standing(closed(), NOW)
    assert (said.tasks, said.obstacles, said.withdrawal) == ((), (), "assignment_ended")
