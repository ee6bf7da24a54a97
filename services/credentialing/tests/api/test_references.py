"""Requests to people outside over HTTP: asked, answered by link, counted."""

from datetime import timedelta
from typing import Any

import pytest

from credentialing import main
from credentialing.app.remind_outside import remind_outside
from credentialing.jobs import reminding
from credentialing.settings import Settings
from services.credentialing.tests.builders import some_facility, some_offer
from services.credentialing.tests.clients import papers
from services.credentialing.tests.consumers.test_consumers import stored
from services.credentialing.tests.domain.outside.test_requests import GOOD
from shared.principal import Principal
from shared.runtime.definition import Service

OF_ANA = "/v1/clinicians/cln_ana/outside-requests"
SPECIALIST = "credentialing_specialist"
ROSA = {"kind": "supervisor", "name": "Rosa Keller", "email": "rosa@example.org", "claimed": "ICU, 2021 to 2023"}
OPEN, ANSWER = "/v1/outside-requests:open", "/v1/outside-requests:answer"


@pytest.fixture
def definition(environment: dict[str, Any]) -> Service:
    """With a bound on what is asked in vain."""
    return main.service(Settings(**{**environment, "rate_limit_unknown_per_minute": 30}))


@pytest.fixture(autouse=True)
async def ana(house, clock):
    """The clinician with a file; today is within every window before its start."""
    clock.instant = clock.instant.replace(year=2026, month=11, day=2)
    await house.say(papers.ana(), some_facility(), some_offer())


@pytest.fixture
def ask(api):
    async def asked(**changes):
        answer = await api.post(OF_ANA, {**ROSA, **changes}, role=SPECIALIST)
        assert answer.status_code == 201, answer.text
        return answer.json()

    return asked


@pytest.fixture
def say(api):
    """Answers as the holder of a link: without any token."""

    async def said(secret, **content):
        return await api.client.post(ANSWER, json={"secret": secret, **content})

    return said


async def item(works, code="REF-2"):
    return (await stored(works)).item(code)


async def test_two_references_answered_by_link_satisfy_the_item(api, works, ask, say):
    first, second = await ask(), await ask(name="Tom Vale", email="tom@example.org")
    opened = await api.client.post(OPEN, json={"secret": first["secret"]})
    assert (opened.status_code, opened.json()["clinician"], opened.json()["claimed"]) == (
        200,
        "Ana Example",
        ROSA["claimed"],
    )
    assert {one["name"] for one in opened.json()["questions"]} >= GOOD.keys()
    assert (await say(first["secret"], answers=GOOD)).json() == {"state": "answered"}
    assert (await item(works)).status == "missing"
    await say(second["secret"], answers=GOOD)
    assert (await item(works)).status == "verified"
    states = [one["state"] for one in (await api.get(OF_ANA, role=SPECIALIST)).json()["items"]]
    assert states == ["answered", "answered"]


async def test_an_employers_answer_satisfies_the_verification(works, ask, say):
    asked = await ask(kind="employer")
    answers = {"employed": "yes", "title": "RN", "from": "2021-03-01", "eligible": "yes", "position": "Ada, HR"}
    assert asked["code"] == "BG-EMP"
    assert (await say(asked["secret"], answers=answers)).status_code == 200
    if "BG-EMP" in {one.code for one in (await stored(works)).items}:
        assert (await item(works, "BG-EMP")).status == "verified"


async def test_the_secret_is_shown_once_and_kept_nowhere(api, ask, engine):
    once = await api.post(OF_ANA, ROSA, role=SPECIALIST, key="k1")
    again = await api.post(OF_ANA, ROSA, role=SPECIALIST, key="k1")
    rehearsed = await api.post(f"{OF_ANA}?validate_only=true", ROSA, role=SPECIALIST)
    assert once.json()["secret"].startswith("fs_outside_")
    assert (again.json()["secret"], rehearsed.json()["secret"]) == (None, None)
    async with engine.connect() as connection:
        rows = (await connection.exec_driver_sql("SELECT body FROM outside_request")).all()
        keys = (await connection.exec_driver_sql("SELECT * FROM idempotency")).all()
    kept = f"{rows} {keys}"
    assert len(rows) == 1
    assert not [word for word in (once.json()["secret"], "Rosa", "rosa@example.org", "2021") if word in str(rows)]
    assert once.json()["secret"] not in kept


async def test_what_opens_nothing_does_not_say_why(api, clock, ask, say):
    lost, late, gone = await ask(), await ask(), await ask()
    renewed = await api.post(f"/v1/outside-requests/{lost['request_id']}:renew-link", role=SPECIALIST)
    assert renewed.status_code == 200
    withdrawn = await api.post(f"/v1/outside-requests/{gone['request_id']}:withdraw", role=SPECIALIST)
    assert (withdrawn.status_code, withdrawn.json()["state"]) == (200, "withdrawn")
    assert (await say(renewed.json()["secret"], answers=GOOD)).status_code == 200
    clock.advance(timedelta(days=31))
    for secret in (lost["secret"], late["secret"], gone["secret"], "fs_outside_of_nothing_at_all"):
        for path in (OPEN, ANSWER):
            refused = await api.client.post(path, json={"secret": secret})
            assert (refused.status_code, refused.json()["code"]) == (404, "outside_link_invalid")


async def test_guesses_are_counted_and_held_back(api):
    answers = [await api.client.post(OPEN, json={"secret": f"fs_outside_guess_{number:020}"}) for number in range(40)]
    assert answers[0].status_code == 404
    assert answers[-1].status_code == 429


async def test_the_same_answer_again_is_taken_once_and_another_is_refused(api, works, ask, say):
    first, second = await ask(), await ask()
    for _ in range(2):
        assert (await say(first["secret"], answers=GOOD)).status_code == 200
    assert (await item(works)).status == "missing"
    changed = await say(first["secret"], answers={**GOOD, "rehire": "no"})
    assert (changed.status_code, changed.json()["code"]) == (409, "outside_answer_changed")
    declined = await say(second["secret"], declines=True, because="I do not give references.")
    assert declined.json() == {"state": "declined"}
    assert (await item(works)).status == "missing"


async def test_faults_are_all_named_and_nothing_is_kept(api, ask, say):
    asked = await ask()
    refused = await say(asked["secret"], answers={"rehire": "perhaps"})
    assert refused.status_code == 422
    assert {one["pointer"] for one in refused.json()["errors"]} >= {"/answers/rehire", "/answers/position"}
    (line,) = (await api.get(OF_ANA, role=SPECIALIST)).json()["items"]
    assert line["state"] == "asked"


async def test_a_doubtful_answer_waits_for_a_person(api, works, ask, say):
    good, doubtful = await ask(), await ask()
    await say(good["secret"], answers=GOOD)
    await say(doubtful["secret"], answers={**GOOD, "concerns": "yes", "remarks": "Ask me."})
    path = f"/v1/outside-requests/{doubtful['request_id']}"
    shown = (await api.get(path, role=SPECIALIST)).json()
    assert (shown["waits_for_judgement"], shown["answers"]["remarks"], shown["name"]) == (
        True,
        "Ask me.",
        "Rosa Keller",
    )
    assert (await item(works)).status == "missing"
    judged = await api.post(f"{path}:judge", {"counts": True, "because": "An old matter, settled."}, role=SPECIALIST)
    assert (judged.status_code, judged.json()["counts"]) == (200, True)
    assert (await item(works)).status == "verified"
    again = await api.post(f"{path}:judge", {"counts": False, "because": "No."}, role=SPECIALIST)
    assert (again.status_code, again.json()["code"]) == (409, "nothing_to_judge")


async def test_a_clock_that_jumps_over_weeks_loses_no_reminder(api, works, clock, ask):
    asked = await ask()
    clock.advance(timedelta(days=20))
    async with works.begin(Principal(subject="system:credentialing")) as work:
        assert await remind_outside(work) == 1
    async with works.begin(Principal(subject="system:credentialing")) as work:
        assert await remind_outside(work) == 0
    shown = (await api.get(f"/v1/outside-requests/{asked['request_id']}", role=SPECIALIST)).json()
    assert (shown["state"], len(shown["reminded_on"])) == ("reminded", 3)
    assert "remind_outside" in {job.name for job in reminding.jobs}


async def test_coordinators_and_clinicians_read_no_answers(api, ask):
    asked = await ask()
    for role in ("coordinator", "clinician"):
        refused = await api.get(f"/v1/outside-requests/{asked['request_id']}", role=role)
        assert refused.status_code in (403, 404)


async def test_who_answered_is_told_without_opening_the_answer(api, ask, say):
    answered = await ask()
    await say(answered["secret"], answers=GOOD)
    path = f"/v1/outside-requests/{answered['request_id']}"

    async def noted() -> list[str]:
        entries = (await api.get("/v1/audit-entries", role="auditor")).json()["items"]
        return [one["object"] for one in entries if one["action"] == "outside.read_answer"]

    closed = (await api.get(f"{path}?opens_answer=false", role=SPECIALIST)).json()
    assert (closed["name"], closed["state"], closed["answers"]) == ("Rosa Keller", "answered", None)
    assert await noted() == []
    whole = (await api.get(path, role=SPECIALIST)).json()
    assert whole == {**closed, "answers": GOOD}
    assert await noted() == [answered["request_id"]]
    refused = await api.get(f"{path}?opens_answer=false", role="coordinator")
    assert refused.status_code == 403
