"""The way of an assignment over HTTP, from the offer to its end, and what a refusal leaves behind."""

from datetime import timedelta
from typing import Any

import pytest

from assignments.api.schemas.examples import OFFER, PAY
from services.assignments.tests.builders import START, VALID_THROUGH
from shared.contracts.assignments import AgreementSigned, AssignmentChanged, AssignmentEnded
from shared.contracts.catalogue import DEPARTMENTS
from shared.contracts.credentialing import ClearanceGranted
from shared.contracts.workstreams import Blocker, Status, WorkstreamChanged
from shared.http.access import calls_in_threads, routes_without_policy, unused_actions
from shared.http.app import operations_without_examples
from shared.runtime.process import Process

SIGNED = {
    "document_sha256": "9f" * 32,
    "terms_version": 1,
    "signers": [{"signer_id": "cln_1", "role": "clinician", "signed_at": "2026-01-05T14:00:00Z"}],
}


class Assignment:
    """One assignment as a coordinator handles it: each command names the version just read."""

    def __init__(self, api, made):
        self.api = api
        self.id = made["assignment_id"]
        self.path = f"/v1/assignments/{self.id}"

    async def look(self):
        return (await self.api.get(self.path)).json()

    async def do(self, verb, *, role="coordinator", **asked):
        version = str((await self.look())["version"])
        return await self.api.post(f"{self.path}:{verb}", asked, role=role, if_match=version)


@pytest.fixture
async def it(api, directory):
    return Assignment(api, (await api.post("/v1/assignments", OFFER, role="recruiter")).json())


@pytest.fixture
async def active(it, house, clock):
    """The assignment on its first day."""
    await it.do("confirm")
    await house.say(ClearanceGranted(assignment_id=it.id, terms_version=1, valid_through=VALID_THROUGH))
    clock.advance(timedelta(days=28))
    await it.do("start", started_on=START.isoformat())
    return it


async def test_an_assignment_is_driven_from_its_offer_to_ready_and_to_its_end(it, house, clock):
    assert (await it.do("sign-agreement", **SIGNED)).json()["unsigned"] == []
    assert (await it.do("confirm", confirmed={"unit": "ICU 4"})).json()["state"] == "onboarding"
    await house.say(ClearanceGranted(assignment_id=it.id, terms_version=1, valid_through=VALID_THROUGH))
    for department in DEPARTMENTS:
        ready = WorkstreamChanged(assignment_id=it.id, terms_version=1, status=Status.READY, done=3, total=3)
        await house.say(ready, publisher=department)
    shown = await it.look()
    assert (shown["state"], shown["readiness"]["is_ready"], shown["cleared_through"]) == (
        "cleared",
        True,
        VALID_THROUGH.isoformat(),
    )
    assert shown["readiness"]["forecast"] == {"outlook": "on_time", "days_late": 0}
    clock.advance(timedelta(days=28))
    started = await it.do("start", started_on=START.isoformat())
    clock.advance(timedelta(days=90))
    ended = await it.do("end")
    assert (started.json()["state"], ended.json()["state"], ended.json()["ended_on"]) == (
        "active",
        "completed",
        "2026-05-02",
    )
    assert [event.document_sha256 for event in await house.said(AgreementSigned)] == ["9f" * 32]
    assert await house.versions_said("assignments.assignment.v1") == {it.id: list(range(1, 8))}


async def test_the_blocker_on_the_critical_path_and_the_forecast_are_shown(it, house, clock):
    blocker = Blocker(code="CERT-BLS:missing", owner="clinician", since=clock.now(), due=START - timedelta(days=14))
    late = START + timedelta(days=3)
    answer = WorkstreamChanged(
        assignment_id=it.id,
        terms_version=1,
        status=Status.AT_RISK,
        done=3,
        total=17,
        expected_ready_on=late,
        blockers=(blocker,),
    )
    await house.say(answer, publisher="credentialing")
    readiness = (await it.look())["readiness"]
    light = readiness["lights"]["credentialing"]
    assert (light["status"], light["terms_version"], light["done"], light["total"]) == ("at_risk", 1, 3, 17)
    assert readiness["forecast"] == {"outlook": "late", "days_late": 3}
    assert (readiness["critical_blocker"]["department"], readiness["critical_blocker"]["code"]) == (
        "credentialing",
        "CERT-BLS:missing",
    )


async def test_new_terms_are_added_and_nothing_is_overwritten(active, api, house):
    floated = await active.do("float", unit="Step-down 2", effective_on="2026-02-16")
    pay = {**PAY, "hourly_rates": {"REG": "30.00", "OT": "45.00"}}
    changed = await active.do(
        "change-terms", effective_on="2026-03-02", revision={"pay_package": pay}, clinician_accepted=True
    )
    extended = await active.do("extend", new_end="2026-05-30", clinician_accepted=True)
    assert [one.status_code for one in (floated, changed, extended)] == [200, 200, 200]
    history = (await api.get(f"{active.path}/terms")).json()["items"]
    assert [(one["why"], one["addendum_required"]) for one in history] == [
        (None, False),
        ("unit_changed", False),
        ("rate_changed", True),
        ("extended", False),
    ]
    (in_february,) = (await api.get(f"{active.path}/terms?on=2026-02-20")).json()["items"]
    assert (in_february["terms"]["unit"], in_february["terms"]["version"]) == ("Step-down 2", 2)
    assert [event.terms.version for event in await house.said(AssignmentChanged)] == [2, 3, 4]
    assert extended.json()["readiness"]["terms_version"] == 4


async def test_dates_and_terms_move_before_the_start(it):
    pushed = await it.do("push-start", role="recruiter", new_start="2026-02-16")
    advanced = await it.do("advance-start", role="recruiter", new_start="2026-02-09", new_end="2026-05-09")
    amended = await it.do("amend", role="recruiter", revision={"guaranteed_hours_per_week": "30"})
    shortened = await it.do("end-early", new_end="2026-04-30")
    dates = [(one.json()["terms"]["start_date"], one.json()["terms"]["end_date"]) for one in (pushed, advanced)]
    assert dates == [("2026-02-16", "2026-05-16"), ("2026-02-09", "2026-05-09")]
    assert amended.json()["terms"]["guaranteed_hours_per_week"] == "30"
    assert (shortened.json()["terms"]["end_date"], shortened.json()["version"]) == ("2026-04-30", 5)


async def test_a_rehearsed_push_asks_the_four_about_the_new_terms_and_changes_nothing(it, previews):
    before = await it.look()
    path = f"{it.path}:push-start?validate_only=true"
    answer = await it.api.post(path, {"new_start": "2026-02-16"}, role="recruiter", if_match="1")
    (asked,) = previews.asked
    assert (answer.status_code, answer.json()["terms"]["version"], asked.terms.start_date.day) == (200, 2, 16)
    assert (asked.assignment_id, await it.look()) == (it.id, before)


ENDS = [("cancel", {"reason": "low census"}, "fell_off"), ("decline", {}, "invalid_transition")]


@pytest.mark.parametrize(("verb", "asked", "outcome"), ENDS)
async def test_an_assignment_ends_by_the_commands_of_its_state_only(it, house, verb, asked, outcome):
    answer = await it.do(verb, role="recruiter", **asked)
    assert outcome in (answer.json().get("state"), answer.json().get("code"))
    assert len(await house.said(AssignmentEnded)) == (answer.status_code == 200)


async def test_a_running_assignment_is_broken_off_with_a_reason(active, house):
    ended = await active.do("terminate", on="2026-02-02", reason="Did not keep to the unit's rules.")
    assert (ended.json()["state"], ended.json()["ended_on"]) == ("terminated", "2026-02-02")


async def test_who_does_not_come_is_a_no_show_once_the_day_is_there(it, house, clock):
    await it.do("confirm")
    await house.say(ClearanceGranted(assignment_id=it.id, terms_version=1, valid_through=VALID_THROUGH))
    assert (await it.do("no-show")).json()["code"] == "too_early"
    clock.advance(timedelta(days=28))
    assert (await it.do("no-show")).json()["state"] == "no_show"


REFUSED: list[tuple[str, dict[str, Any], int, str, int]] = [
    ("confirm", {"confirmed": {"unit": "ER", "bill_rates": {"REG": "80.00"}}}, 409, "terms_mismatch", 2),
    ("push-start", {"new_start": "2026-01-20"}, 409, "not_a_push", 0),
    ("push-start", {"new_start": "2026-02-16", "new_end": "2029-02-16"}, 422, "invalid_request", 1),
    ("advance-start", {"new_start": "9999-12-31"}, 422, "invalid_request", 1),
    ("amend", {"new_end": "2029-02-16"}, 422, "invalid_request", 1),
    ("amend", {"revision": {"unit": "ER"}}, 422, "invalid_request", 1),
    ("sign-agreement", {**SIGNED, "terms_version": 2}, 422, "unknown_terms_version", 0),
    ("cancel", {"reason": " "}, 422, "invalid_request", 1),
    ("start", {"started_on": "2026-02-02"}, 409, "invalid_transition", 0),
]


async def test_a_refused_command_changes_nothing(it, house):
    before = await it.look()
    for verb, asked, status, code, faults in REFUSED:
        answer = await it.do(verb, **asked)
        assert (answer.status_code, answer.json()["code"], len(answer.json()["errors"])) == (status, code, faults), verb
        assert (await it.look(), await house.said(AssignmentChanged)) == (before, []), verb


async def test_a_fault_in_new_terms_is_pointed_to_where_the_request_says_it(active):
    changed = await active.do("change-terms", effective_on="2026-03-02", revision={"unit": "ER"})
    floated = await active.do("float", effective_on="2026-03-02", unit="ER")
    assert [one.json()["errors"][0]["pointer"] for one in (changed, floated)] == ["/revision/unit", "/unit"]


async def test_a_change_names_the_version_it_was_decided_on(it):
    path = f"{it.path}:cancel"
    without = await it.api.post(path, {"reason": "low census"})
    stale = await it.api.post(path, {"reason": "low census"}, if_match="7")
    assert [(one.status_code, one.json()["code"]) for one in (without, stale)] == [
        (428, "if_match_missing"),
        (412, "version_mismatch"),
    ]


async def test_a_rehearsal_names_the_version_too(it, previews):
    path = f"{it.path}:push-start?validate_only=true"
    stale = await it.api.post(path, {"new_start": "2026-02-16"}, role="recruiter", if_match="7")
    assert (stale.status_code, stale.json()["code"], previews.asked) == (412, "version_mismatch", [])


MAY_NOT = [("recruiter", "confirm"), ("recruiter", "no-show"), ("housing_specialist", "cancel"), ("operator", "accept")]


async def test_who_may_not(it):
    assert [(await it.do(verb, role=role)).status_code for role, verb in MAY_NOT] == [403] * len(MAY_NOT)


async def test_every_route_has_a_policy_and_an_example(process: Process):
    app = process.app(with_worker=False)
    assert (routes_without_policy(app), unused_actions(app), operations_without_examples(app)) == ([], [], [])
    assert calls_in_threads(app) == []
