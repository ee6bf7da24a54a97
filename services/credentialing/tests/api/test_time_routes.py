"""What runs out, the outlook of a file, the measures and the steps before a refusal, over HTTP."""

from datetime import datetime

import pytest

from credentialing.app.keep_expirables import keep_expirables
from credentialing.domain.requirement import Partition
from services.credentialing.tests.builders import (
    ASSIGNMENT,
    START,
    held_for,
    some_facility,
    some_offer,
    some_requirements,
)
from services.credentialing.tests.consumers.test_consumers import holds, stored
from services.credentialing.tests.domain.asked import held
from shared.contracts.assignments import AssignmentStarted
from shared.contracts.workstreams import WorkItemCompleted, WorkItemOpened, WorkItemWithdrawn
from shared.principal import Principal

BACKGROUND = next(one.code for one in some_requirements() if one.partition is Partition.BACKGROUND)
ANSWERS = {name: {"is_complete": True} for name in ("credentials", "competency", "background")}


@pytest.fixture
async def file(house, works):
    """An open file of a nurse who holds everything, also the authorisation of reports."""
    await holds(works, [*held_for(), held("BG-AUTH", credential_id="crd_authorisation")])
    await house.say(some_facility(), some_offer())
    async with works.begin(Principal(subject="system:credentialing")) as work:
        await keep_expirables(work)
    return await stored(works)


@pytest.fixture
async def worked(house, clock, file):
    """The same file after its first month of work."""
    await house.say(AssignmentStarted(assignment_id=ASSIGNMENT, terms_version=1, started_on=START))
    clock.instant = datetime(2027, 1, 4, 12, tzinfo=clock.instant.tzinfo)
    return file


async def test_the_calendar_counts_by_day_and_week_and_lists(api, file):
    answer = await api.get("/v1/expirables?from=2027-06-01&to=2028-06-30")
    shown = answer.json()
    assert answer.status_code == 200, answer.text
    assert sum(one["count"] for one in shown["days"]) == len(shown["lines"]) > 0
    assert sum(one["count"] for one in shown["weeks"]) == len(shown["lines"])
    assert "LIC-RN" in {line["code"] for line in shown["lines"]}


async def test_a_coordinator_sees_of_confidential_ones_their_part_alone_also_by_code(api, file):
    path = "/v1/expirables?from=2027-06-01&to=2028-06-30"
    everything = (await api.get(path)).json()["lines"]
    hidden = [line for line in everything if line["partition"] != "personnel"]
    assert hidden, "the list has confidential ones that run out"
    shown = (await api.get(path, role="coordinator")).json()["lines"]
    told = [line for line in shown if line["partition"] != "personnel"]
    assert {(line["code"], line["name"], line["expirable_id"]) for line in told} == {(None, None, None)}
    asked = await api.get(f"{path}&code={hidden[0]['code']}", role="coordinator")
    assert (asked.json()["lines"], asked.json()["days"]) == ([], [])


async def test_a_span_that_ends_before_it_begins_or_is_too_long_is_refused(api, file):
    for span in ("from=2026-02-02&to=2026-02-01", "from=2026-01-01&to=2028-01-01"):
        answer = await api.get(f"/v1/expirables?{span}")
        assert (answer.status_code, answer.json()["code"]) == (422, "range_not_shown")


async def test_a_file_that_holds_everything_is_clear_for_certain(api, file):
    answer = await api.get(f"/v1/files/{file.file_id}/forecast", role="coordinator")
    assert answer.status_code == 200, answer.text
    assert (await api.get("/v1/files/fil_unknown/forecast")).status_code == 404


async def test_an_empty_file_says_what_decides_it(api, house):
    await house.say(some_facility(), some_offer())
    (line,) = (await api.get("/v1/files")).json()["items"]
    shown = (await api.get(f"/v1/files/{line['file_id']}/forecast")).json()
    assert shown["critical_path"]
    assert 0 < shown["odds_by_start"] <= 1000
    assert shown["expected_on"] <= shown["likely_by"]
    assert len(shown["drivers"]) == 6


async def test_what_decides_is_told_by_its_item_to_who_sees_it_and_by_its_part_to_others(api, house):
    await house.say(some_facility(), some_offer())
    (line,) = (await api.get("/v1/files")).json()["items"]
    path = f"/v1/files/{line['file_id']}"
    hidden = {one["code"] for one in (await api.get(path)).json()["items"] if one["partition"] != "personnel"}
    parts = {"health", "background", "i9"}

    def names(shown):
        return {*shown["critical_path"], *(one["name"] for one in shown["drivers"])}

    whole = (await api.get(f"{path}/forecast")).json()
    told = (await api.get(f"{path}/forecast", role="coordinator")).json()
    assert (names(whole) & parts, bool(names(whole) & hidden)) == (set(), True)
    assert (bool(names(told) & parts), names(told) & hidden) == (True, set())
    assert (whole["likely_by"], whole["odds_by_start"]) == (told["likely_by"], told["odds_by_start"])


async def test_a_sample_is_drawn_once_and_audited_by_a_person(api, worked):
    drawn = await api.post("/v1/measure-samples", {"month": "2026-12", "measure": "HCSS-7"})
    sample = drawn.json()
    assert (drawn.status_code, sample["placed"], len(sample["files"])) == (201, 1, 1)
    again = await api.post("/v1/measure-samples", {"month": "2026-12", "measure": "HCSS-7"})
    assert (again.status_code, again.json()["code"]) == (409, "sample_drawn")
    path = f"/v1/measure-samples/{sample['sample_id']}"
    audited = await api.post(f"{path}/files/{worked.file_id}:audit", ANSWERS, role="credentialing_specialist")
    assert (audited.status_code, audited.json()["numerator"], audited.json()["denominator"]) == (200, 1, 1)
    (listed,) = (await api.get("/v1/measure-samples")).json()["items"]
    assert listed["sample_id"] == sample["sample_id"]
    figures = {one["measure"]: one for one in (await api.get("/v1/measures?month=2026-12")).json()}
    assert (figures["HCSS-7"]["per_mille"], figures["HCSS-6"]["per_mille"]) == (1000, None)


async def test_no_is_said_with_a_reason_and_a_refused_audit_counts_nothing(api, worked):
    sample = (await api.post("/v1/measure-samples", {"month": "2026-12", "measure": "HCSS-7"})).json()
    path = f"/v1/measure-samples/{sample['sample_id']}"
    silent = {**ANSWERS, "background": {"is_complete": False}}
    refused = await api.post(f"{path}/files/{worked.file_id}:audit", silent)
    assert (refused.status_code, refused.json()["code"]) == (422, "reason_missing")
    assert (await api.get(path)).json()["denominator"] == 0


async def test_a_customer_who_wants_no_return_counts_against_the_measure(api, worked):
    before = (await api.get("/v1/measures?month=2026-12")).json()
    wish = {"extent": "unit", "reason": "Late twice.", "asked_on": "2026-12-20"}
    recorded = await api.post(f"/v1/files/{worked.file_id}:do-not-return", wish, role="coordinator")
    assert recorded.status_code == 201, recorded.text
    again = await api.post(f"/v1/files/{worked.file_id}:do-not-return", wish)
    assert (again.status_code, again.json()["code"]) == (409, "return_refused_before")
    after = (await api.get("/v1/measures?month=2026-12")).json()
    travel = [[one for one in each if one["measure"] == "HCSS-5"][0] for each in (before, after)]
    assert [(one["numerator"], one["denominator"]) for one in travel] == [(1, 1), (0, 1)]


async def test_the_steps_of_an_adverse_action_keep_their_order_and_days(api, clock, file):
    opened = await api.post(f"/v1/files/{file.file_id}/adverse-actions", {"code": BACKGROUND, "report": "rep_1"})
    action = opened.json()
    assert (opened.status_code, action["step"], action["earliest_final_on"]) == (201, "review", None)
    path = f"/v1/adverse-actions/{action['action_id']}"
    first = {"sent_on": "2026-01-05", "encloses": ["report_copy", "summary_of_rights"]}
    sent = await api.post(f"{path}:send-pre-adverse", first)
    assert (sent.status_code, sent.json()["earliest_final_on"]) == (200, "2026-01-13")
    last = {
        "sent_on": "2026-01-12",
        "cra_name": "Lantern Screening",
        "cra_contact": "303-555-0142",
        "states": sent.json()["final_states"],
    }
    clock.instant = datetime(2026, 1, 13, 18, tzinfo=clock.instant.tzinfo)
    early = await api.post(f"{path}:send-final", last)
    assert (early.status_code, early.json()["code"]) == (409, "final_notice_too_soon")
    final = await api.post(f"{path}:send-final", {**last, "sent_on": "2026-01-13"})
    assert (final.status_code, final.json()["step"], final.json()["free_copy_until"]) == (200, "final", "2026-03-14")
    (listed,) = (await api.get(f"/v1/adverse-actions?file_id={file.file_id}&is_open=false")).json()["items"]
    assert listed["action_id"] == action["action_id"]


async def test_a_dispute_holds_the_last_notice_until_it_is_resolved(api, clock, file):
    opened = await api.post(f"/v1/files/{file.file_id}/adverse-actions", {"code": BACKGROUND, "report": "rep_1"})
    path = f"/v1/adverse-actions/{opened.json()['action_id']}"
    await api.post(
        f"{path}:send-pre-adverse", {"sent_on": "2026-01-05", "encloses": ["report_copy", "summary_of_rights"]}
    )
    disputed = await api.post(f"{path}:dispute", {"on": "2026-01-05"}, role="credentialing_specialist")
    assert (disputed.json()["step"], disputed.json()["earliest_final_on"]) == ("disputed", None)
    clock.instant = datetime(2026, 1, 12, 18, tzinfo=clock.instant.tzinfo)
    resolved = await api.post(f"{path}:resolve-dispute", {"on": "2026-01-12", "resolution": "upheld"})
    assert resolved.json()["earliest_final_on"] == "2026-01-21"
    upheld = {"opened_on": "2026-01-05", "resolved_on": "2026-01-12", "resolution": "upheld"}
    assert resolved.json()["disputes"] == [upheld]
    cleared = await api.post(f"{path}:clear", {"reason": "The record is of another person."})
    assert (cleared.json()["step"], cleared.json()["is_open"]) == ("cleared", False)
    assert cleared.json()["cleared_on"] == "2026-01-12"


async def test_each_step_is_a_work_item_that_is_done_when_it_is_taken_and_tells_nothing(api, house, file):
    """INVARIANT: nobody who was told of a report is forgotten, and no work item tells what a report says.

    What breaks it: a step that changes the action and not its file; an action or a kind that names item or report.
    """
    opened = await api.post(f"/v1/files/{file.file_id}/adverse-actions", {"code": BACKGROUND, "report": "rep_1"})
    path = f"/v1/adverse-actions/{opened.json()['action_id']}"
    sent = {"sent_on": "2026-01-05", "encloses": ["report_copy", "summary_of_rights"]}
    await api.post(f"{path}:send-pre-adverse", sent)

    async def reviews(event_class):
        return [one for one in await house.said(event_class) if one.kind == "review_report"]

    items = await reviews(WorkItemOpened)
    assert [one.due_at.date().isoformat() for one in items] == ["2026-01-08", "2026-01-14"]  # midnight in Denver
    told = [(one.partition, [(action.method, action.path) for action in one.actions]) for one in items]
    assert told == [("background", [("GET", f"/v1/files/{file.file_id}")])] * 2
    assert [one.work_item_id for one in await reviews(WorkItemCompleted)] == [items[0].work_item_id]
    await api.post(f"{path}:clear", {"reason": "The record is of another person."})
    assert [one.work_item_id for one in await reviews(WorkItemCompleted)] == [one.work_item_id for one in items]
    assert await reviews(WorkItemWithdrawn) == []


async def test_only_a_lead_sends_notices_and_draws_samples(api, file):
    body = {"month": "2026-12", "measure": "HCSS-7"}
    refused = await api.post("/v1/measure-samples", body, role="credentialing_specialist")
    step = await api.post("/v1/adverse-actions/adv_1:clear", {"reason": "No."}, role="credentialing_specialist")
    assert (refused.status_code, step.status_code) == (403, 403)
