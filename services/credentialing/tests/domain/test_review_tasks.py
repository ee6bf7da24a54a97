"""People judge what a vendor found, step by step, and no work item tells what it is about."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from credentialing.domain.answers import answered
from credentialing.domain.file import File, close, recheck
from credentialing.domain.held import Check, Held, HeldStatus, rejected, verified
from credentialing.domain.measures.adverse_action import (
    AdverseAction,
    FinalNotice,
    PreAdverse,
    Resolution,
    clear,
    dispute,
    resolve_dispute,
    send_final,
    send_pre_adverse,
)
from credentialing.domain.measures.review import with_review
from credentialing.domain.source_result import SourceResult
from credentialing.domain.sources.answer import Unclear
from credentialing.domain.sources.background import judge_work
from credentialing.domain.sources.inquiry import about_claim
from credentialing.domain.sources.result import Provenance, result_of
from credentialing.domain.standing import standing, told_in_part
from services.credentialing.tests.builders import CLINICIAN, END, NOW, TODAY, held_for, some_file, some_held
from services.credentialing.tests.builders import some_requirements as requirements
from shared.contracts.assignments import AssignmentEnded, State
from shared.workstreams.standing import Standing, Task

COUNTY = next(one for one in requirements() if one.code == "BG-COUNTY")
CLAIM = some_held(COUNTY, status=HeldStatus.PENDING, verified_on=None, verified_by=None, source=None)
ELSE = held_for(but=["BG-COUNTY"])
CONSIDER = {"id": "rep_1", "status": "complete", "result": "consider"}
LOOK = [("GET", "/v1/files/fil_0001")]


def said(about: Held, thing: dict[str, str], result_id: str = "res_1") -> SourceResult:
    answer = judge_work(thing, reference="can_1")
    assert isinstance(answer, Unclear) or thing["result"] == "clear"
    provenance = Provenance(result_id=result_id, source="background_vendor", at=NOW, by="system:credentialing")
    return result_of(answer, about_claim(about), provenance=provenance)  # type: ignore[arg-type]


def after(claim: Held, thing: dict[str, str], result_id: str = "res_1") -> Held:
    (changed,) = answered([claim], said(claim, thing, result_id), credential_id="crd_new")
    return changed


def holding(claim: Held) -> File:
    return some_file((*ELSE, claim))


def tasks(file: File) -> dict[str, Task]:
    return {task.key: task for task in standing(file, NOW).tasks}


DOUBTED = after(CLAIM, CONSIDER)


def test_what_a_vendor_found_is_for_a_specialist_to_judge_and_names_no_item() -> None:
    waiting, doubted = tasks(holding(CLAIM)), tasks(holding(DOUBTED))
    assert (list(waiting), list(doubted)) == (["verify:BG-COUNTY"], ["review:BG-COUNTY"])
    task = doubted["review:BG-COUNTY"]
    assert (task.kind, task.skill, task.partition) == ("review_report", "background_review", "background")
    assert [(one.method, one.path) for one in task.actions] == LOOK


@pytest.mark.parametrize("status", ["canceled", "expired", "disputed", "a word of tomorrow"])
def test_every_other_doubt_about_a_report_looks_the_same(status: str) -> None:
    """Who sees the queue cannot tell a report that found something from an order that ran out."""
    other = tasks(holding(after(CLAIM, {**CONSIDER, "status": status})))["review:BG-COUNTY"]
    assert other == tasks(holding(DOUBTED))["review:BG-COUNTY"]


@pytest.mark.parametrize(
    "decided",
    [
        after(DOUBTED, {**CONSIDER, "result": "clear"}, "res_2"),
        verified(DOUBTED, Check(by="per_second", source="vendor", on=TODAY)),
        rejected(DOUBTED, "Found."),
    ],
)
def test_it_is_done_when_a_new_result_came_or_the_item_was_decided(decided: Held) -> None:
    now = standing(holding(decided), NOW)
    assert "review:BG-COUNTY" not in [task.key for task in now.tasks]
    assert "review:BG-COUNTY" in now.completed


def test_a_later_report_on_what_counts_already_is_judged_and_takes_nothing_by_itself() -> None:
    file = holding(after(some_held(COUNTY), CONSIDER))
    assert (list(tasks(file)), file.item("BG-COUNTY").is_met) == (["review:BG-COUNTY"], True)


def under_review(**changes: object) -> AdverseAction:
    action = AdverseAction(
        action_id="adv_1",
        file_id="fil_0001",
        assignment_id="asg_1",
        clinician_id=CLINICIAN,
        facility_id="fac_mesa",
        code="BG-COUNTY",
        report="rep_1",
        opened_on=TODAY,
        opened_by="per_specialist",
    )
    return replace(action, **changes)  # type: ignore[arg-type]


def followed(*actions: AdverseAction) -> File:
    file = holding(DOUBTED)
    for action in actions:
        file = with_review(file, action)
    return file


PRE = send_pre_adverse(
    under_review(),
    PreAdverse(sent_on=TODAY, sent_by="per_lead"),
    encloses=("report_copy", "summary_of_rights"),
    today=TODAY,
)
DISPUTED = dispute(PRE, on=TODAY, today=TODAY)
CORRECTED = resolve_dispute(DISPUTED, Resolution.CORRECTED, on=date(2026, 11, 16), today=date(2026, 11, 16))
FINAL = send_final(
    PRE,
    FinalNotice(sent_on=date(2026, 11, 18), sent_by="per_lead", cra_name="Lantern", cra_contact="303-555-0142"),
    states=("cra_did_not_decide", "free_copy_60_days", "dispute_right"),
    today=date(2026, 11, 18),
)


def end_of(day: date) -> datetime:
    """Midnight in Denver in winter."""
    return datetime(day.year, day.month, day.day + 1, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("action", "key", "due_on"),
    [
        (under_review(), "adverse:adv_1:review", date(2026, 11, 12)),  # Veterans Day is none
        (PRE, "adverse:adv_1:pre_adverse", date(2026, 11, 18)),
        (DISPUTED, "adverse:adv_1:disputed", date(2026, 12, 9)),
        (CORRECTED, "adverse:adv_1:review", date(2026, 11, 18)),
    ],
)
def test_the_next_step_is_one_task_that_is_due_when_it_may_be_taken(
    action: AdverseAction, key: str, due_on: date
) -> None:
    found = tasks(followed(under_review(), action))
    assert list(found) == [key]
    assert (found[key].due_at, found[key].kind, found[key].partition) == (
        end_of(due_on),
        "review_report",
        "background",
    )
    assert [(one.method, one.path) for one in found[key].actions] == LOOK
    assert {step.key for step in standing(followed(action), NOW).tasks}.isdisjoint(
        standing(followed(action), NOW).completed
    )


@pytest.mark.parametrize("last", [clear(PRE, reason="Of somebody else.", on=TODAY), FINAL])
def test_after_the_last_step_the_item_itself_is_decided(last: AdverseAction) -> None:
    now = standing(followed(under_review(), PRE, last), NOW)
    assert [task.key for task in now.tasks] == ["verify:BG-COUNTY"]
    assert {"adverse:adv_1:review", "adverse:adv_1:pre_adverse", "review:BG-COUNTY"} <= now.completed


def test_a_new_result_after_the_last_step_is_judged_anew() -> None:
    file = followed(clear(PRE, reason="Of somebody else.", on=TODAY))
    again = recheck(file, (*ELSE, after(DOUBTED, CONSIDER, "res_9")), today=TODAY)
    assert list(tasks(again)) == ["review:BG-COUNTY"]


def test_who_was_told_is_owed_an_end_also_when_the_assignment_is_over() -> None:
    ended = AssignmentEnded(assignment_id="asg_1", terms_version=1, ended_on=END, state=State.FELL_OFF)
    open_steps = [
        [task.key for task in standing(close(followed(one), ended), NOW).tasks] for one in (under_review(), PRE)
    ]
    assert open_steps == [[], ["adverse:adv_1:pre_adverse"]]


def test_who_sees_no_confidential_items_is_not_told_of_a_review() -> None:
    part: Standing = told_in_part(standing(followed(under_review()), NOW))
    assert [task.key for task in part.tasks] == []
    assert [one.task_key for one in part.obstacles] == [None]
