"""Rules over HTTP: who writes them, what a refusal says, what they would change and what they changed."""

from typing import Any

import pytest

from credentialing.jobs import jobs
from services.credentialing.tests.builders import START, held_for, some_facility, some_offer, some_terms
from services.credentialing.tests.consumers.test_consumers import holds, pushed
from shared.testing.api import Api

MESA = "/v1/rules/facility-mesa-colour"
FACILITY = f"fac_{'0' * 26}"
TODAY = START.replace(month=11, day=9)


def some_rule(**given: Any) -> dict[str, Any]:
    plain = {
        "level": "facility",
        "title": "Mesa General",
        "source": "contract of Mesa General",
        "when": {"facility": ["fac_mesa"]},
        "require": {"HLTH-COLOR": {}},
        "effective_from": "2026-11-30",
    }
    return {**plain, **given}


async def put(api: Api, path: str, body: Any, *, version: int = 0, role: str = "lead") -> Any:
    token = api.issuer.token(role)
    headers = {"Authorization": f"Bearer {token}", "If-Match": f'"{version}"'}
    return await api.client.put(path, json=body, headers=headers)


@pytest.fixture(autouse=True)
def on_the_day(clock):
    """The business day of the builders."""
    clock.instant = clock.instant.replace(year=TODAY.year, month=TODAY.month, day=TODAY.day)


async def test_a_lead_writes_a_rule_and_its_next_version(api):
    first = await put(api, MESA, some_rule())
    again = await put(api, MESA, some_rule(), version=1)
    later = await put(api, MESA, some_rule(title="Mesa General, again"), version=1)
    shown = await api.get(MESA)
    assert [(one.status_code, one.headers["etag"]) for one in (first, again, later)] == [
        (200, '"1"'),
        (200, '"1"'),
        (200, '"2"'),
    ]
    assert first.json()["rule_set"] + 1 == later.json()["rule_set"]
    assert (shown.headers["etag"], [one["version"] for one in shown.json()["versions"]]) == ('"2"', [1, 2])
    assert first.json()["require"] == {"HLTH-COLOR": {}}


async def test_a_rule_written_on_an_older_version_is_refused(api):
    await put(api, MESA, some_rule())
    late = await put(api, MESA, some_rule(title="Other"))
    assert (late.status_code, late.json()["code"]) == (412, "version_mismatch")
    assert len((await api.get(MESA)).json()["versions"]) == 1


@pytest.mark.parametrize(
    ("case", "changed", "found"),
    [
        ("an unknown item", {"require": {"TB-99": {}}}, [("/require/TB-99", "unknown_code")]),
        ("an unknown value", {"require": {"TB-12": {"max_age": 12}}}, [("/require/TB-12/max_age", "unknown_field")]),
        ("a value of no kind", {"require": {"TB-12": {"must_cover": "ever"}}},
         [("/require/TB-12/must_cover", "not_one_of")]),
        ("a value out of range", {"require": {"TB-12": {"max_age_months": 0}}},
         [("/require/TB-12/max_age_months", "out_of_range")]),
        ("law made waivable", {"require": {"LIC-RN": {"waivable": "facility"}}},
         [("/require/LIC-RN/waivable", "never_waivable")]),
        ("an unknown state", {"when": {"state": ["XX"]}}, [("/when/state", "unknown_value")]),
        ("a day in the past", {"effective_from": "2026-11-08"}, [("/effective_from", "in_the_past")]),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_refused_with_its_pointer(api, case, changed, found):
    refused = await put(api, MESA, some_rule(**changed))
    assert refused.status_code == 422, case
    assert [(one["pointer"], one["code"]) for one in refused.json()["errors"]] == found, case
    assert (await api.get(MESA)).status_code == 404


async def test_every_value_comes_back_as_it_was_written(api):
    asked = {
        "IMM-FLU": {"season": {"first": "09-15", "last": "04-30"}, "mode": "renew_by"},
        "FAC-PACKET": {"due_weekday_before_start": "mon", "bound_to": "assignment", "confirmed_by": "client"},
        "DRUG-10": {"panel": ["pcp", "thc"], "window_before_start": 30, "trails_days": 5},
    }
    written = await put(api, MESA, some_rule(require=asked, when={"discipline": ["NP", "RN"], "specialty": ["er"]}))
    assert written.status_code == 200, written.text
    assert written.json()["require"] == asked
    assert written.json()["when"] == {"discipline": ["APRN", "RN"], "specialty": ["ED"]}


@pytest.mark.parametrize(("role", "reads", "writes"), [
    ("credentialing_specialist", 200, 403), ("coordinator", 200, 403), ("recruiter", 403, 403), ("lead", 200, 200),
])  # fmt: skip
async def test_specialists_and_coordinators_read_rules_and_leads_write_them(api, role, reads, writes):
    assert (await put(api, MESA, some_rule(), role=role)).status_code == writes
    assert (await api.get("/v1/rules", role=role)).status_code == reads
    assert (await api.get("/v1/requirement-catalogue", role=role)).status_code == reads


async def test_rules_of_a_day_are_found_by_what_they_ask_and_name(api):
    await put(api, MESA, some_rule())
    asking = (await api.get("/v1/rules?code=TB-12")).json()["items"]
    of_state = (await api.get("/v1/rules?state=FL&on=2026-11-30")).json()["items"]
    before, since = [
        (await api.get(f"/v1/rules?facility_id=fac_mesa&on={day}")).json()["items"]
        for day in ("2026-11-29", "2026-11-30")
    ]
    assert [one["rule_id"] for one in asking] == ["agency-tuberculosis"]
    assert [one["rule_id"] for one in of_state] == ["state-fl-level-2"]
    assert (before, [one["rule_id"] for one in since]) == ([], ["facility-mesa-colour"])


async def test_the_catalogue_shows_127_items_with_their_usual_values(api):
    items = {one["code"]: one for one in (await api.get("/v1/requirement-catalogue")).json()["items"]}
    assert len(items) == 127
    assert items["IMM-FLU"]["season"] == {"first": "10-01", "last": "03-31"}
    assert (items["TB-12"]["max_age_months"], items["TB-12"]["bound_to"]) == (12, "clinician")


async def test_a_preview_says_which_open_files_would_change_and_changes_none(api, house, works):
    await holds(works, held_for())
    await house.say(some_facility(), some_offer())
    await house.say(
        some_facility(facility_id="fac_other"),
        some_offer(assignment_id="asg_2", terms=some_terms(facility_id="fac_other")),
    )
    answer = await api.post(f"{MESA}:preview", some_rule(require={"HLTH-COLOR": {}, "TB-12": {"max_age_months": 6}}))
    shown = answer.json()
    assert (answer.status_code, shown["looked_at"], shown["is_whole"]) == (200, 1, True)
    assert shown["counts"]["files"] == shown["counts"]["added"] == 1
    assert [(one["assignment_id"], one["added"], one["dropped"]) for one in shown["files"]] == [
        ("asg_1", ["HLTH-COLOR"], [])
    ]
    assert (await api.get(MESA)).status_code == 404


async def test_a_rule_that_begins_after_a_start_leaves_that_file_alone(api, house):
    await house.say(some_facility(), some_offer())
    later = some_rule(effective_from="2026-12-01")
    assert (await api.post(f"{MESA}:preview", later)).json()["counts"]["files"] == 0
    assert (await api.post(f"{MESA}:preview", some_rule())).json()["counts"]["files"] == 1


async def the_file(api: Api) -> dict[str, Any]:
    (line,) = (await api.get("/v1/files")).json()["items"]
    shown: dict[str, Any] = (await api.get(f"/v1/files/{line['file_id']}")).json()
    return shown


async def test_a_facility_that_adds_an_item_reopens_the_file_with_a_diff(api, house, works):
    await holds(works, held_for())
    await house.say(some_facility(), some_offer())
    before = await the_file(api)
    await put(api, MESA, some_rule())
    await jobs.run_due(works)
    after = await the_file(api)
    (change,) = (await api.get(f"/v1/files/{after['file_id']}/changes")).json()["items"]
    codes = [{item["code"] for item in file["items"]} for file in (before, after)]
    assert codes[1] - codes[0] == {"HLTH-COLOR"}
    assert (change["added"], change["dropped"], change["why"]) == (["HLTH-COLOR"], [], "rules")
    [added] = [item for item in after["items"] if item["code"] == "HLTH-COLOR"]
    assert added["rules"] == ["facility-mesa-colour"]


async def test_files_that_ask_the_same_only_note_the_rule_set_and_are_left_alone_after(api, house, works):
    await house.say(some_facility(), some_offer())
    await put(api, MESA, some_rule(when={"facility": ["fac_other"]}))
    await jobs.run_due(works)
    file = await the_file(api)
    etag = (await api.get(f"/v1/files/{file['file_id']}")).headers["etag"]
    await jobs.run_due(works)
    assert (await api.get(f"/v1/files/{file['file_id']}")).headers["etag"] == etag
    assert (await api.get(f"/v1/files/{file['file_id']}/changes")).json()["items"] == []


async def test_new_files_ask_by_the_rules_of_their_first_day(api, house):
    await put(api, MESA, some_rule())
    await house.say(some_facility(), some_offer())
    assert "HLTH-COLOR" in {item["code"] for item in (await the_file(api))["items"]}


async def test_an_ended_rule_asks_no_longer_after_its_last_day(api, house):
    await put(api, MESA, some_rule(effective_from="2026-11-09"))
    past = await api.post(f"{MESA}:end", {"last_day": "2026-11-08"}, if_match="1")
    ended = await api.post(f"{MESA}:end", {"last_day": "2026-11-20"}, if_match="1")
    assert (past.status_code, past.json()["code"]) == (422, "rule_ends_in_past")
    assert (ended.status_code, ended.json()["version"], ended.json()["effective_to"]) == (200, 2, "2026-11-20")
    await house.say(some_facility(), some_offer())
    assert "HLTH-COLOR" not in {item["code"] for item in (await the_file(api))["items"]}


async def test_a_facility_adopts_a_published_packet_once(api, house):
    await house.say(some_facility(facility_id=FACILITY))
    body = {"facility_id": FACILITY, "effective_from": "2026-11-30"}
    first = await api.post("/v1/rule-templates/centura:adopt", body)
    again = await api.post("/v1/rule-templates/centura:adopt", body)
    assert (first.status_code, first.json()) == (200, again.json())
    (rule,) = first.json()["items"]
    assert rule["when"] == {"facility": [FACILITY]}
    assert rule["require"]["TB-12"] == {"max_age_months": 24}
    assert [one["name"] for one in (await api.get("/v1/rule-templates")).json()["items"]] == [
        "st-lukes",
        "centura",
        "uc-san-diego",
    ]


@pytest.mark.parametrize(("template", "facility"), [("mesa", FACILITY), ("centura", f"fac_{'1' * 26}")])
async def test_nothing_unknown_is_adopted(api, house, template, facility):
    await house.say(some_facility(facility_id=FACILITY))
    body = {"facility_id": facility, "effective_from": "2026-11-30"}
    assert (await api.post(f"/v1/rule-templates/{template}:adopt", body)).status_code == 404


async def test_new_terms_that_reopen_items_are_kept_beside_what_rules_changed(api, house, works):
    await holds(works, held_for())
    await house.say(some_facility(), some_offer())
    await house.say(pushed(400))
    file = await the_file(api)
    (change,) = (await api.get(f"/v1/files/{file['file_id']}/changes")).json()["items"]
    assert (change["why"], change["added"], change["dropped"]) == ("terms", [], [])
    assert {"TB-12", "HLTH-PHYS"} <= set(change["reopened"])
    assert (await api.get(f"/v1/files/{file['file_id']}/changes", role="coordinator")).status_code == 403


FACTS = {"setting": "hospital", "msp": None, "units": [{"unit": "icu", "work_mode": "remote", "site": None}]}


async def test_what_is_said_of_a_facility_decides_rules_that_depend_on_it(api, house, works):
    await house.say(some_facility(), some_offer())
    await put(
        api, MESA, some_rule(when={"facility": ["fac_mesa"], "work_mode": ["remote"]}, require={}, exempt=["TB-12"])
    )
    assert "TB-12" in {item["code"] for item in (await the_file(api))["items"]}
    said = await put(api, "/v1/facilities/fac_mesa/facts", FACTS)
    again = await put(api, "/v1/facilities/fac_mesa/facts", FACTS, version=1)
    assert [(one.status_code, one.headers["etag"]) for one in (said, again)] == [(200, '"1"'), (200, '"1"')]
    await jobs.run_due(works)
    file = await the_file(api)
    assert "TB-12" not in {item["code"] for item in file["items"]}
    (change,) = (await api.get(f"/v1/files/{file['file_id']}/changes")).json()["items"]
    assert change["dropped"] == ["TB-12"]


async def test_facts_of_a_facility_are_refused_where_they_are_wrong_or_it_is_unknown(api, house):
    await house.say(some_facility())
    units = [{"unit": "ICU", "work_mode": "somewhere"}, {"unit": "icu"}]
    wrong = await put(api, "/v1/facilities/fac_mesa/facts", {"units": units})
    found = [(one["pointer"], one["code"]) for one in wrong.json()["errors"]]
    assert found == [("/units/0/work_mode", "unknown_value"), ("/units/1/unit", "named_twice")]
    assert (await put(api, "/v1/facilities/fac_none/facts", FACTS)).status_code == 404
    assert (await api.get("/v1/facilities/fac_mesa/facts")).headers["etag"] == '"0"'


async def test_provenance_names_every_rule_that_asks_and_the_one_that_lifts(api, house):
    await house.say(some_facility(), some_offer())
    await put(api, MESA, some_rule(require={"CERT-BLS": {"issuers": ["AHA"]}}, exempt=["TB-12"]))
    await put(api, f"{MESA}-two", some_rule(require={"CERT-BLS": {"issuers": ["ARC"]}}))
    file = await the_file(api)
    answer = await api.get(f"/v1/files/{file['file_id']}/provenance")
    shown = answer.json()
    [bls] = [one for one in shown["items"] if one["code"] == "CERT-BLS"]
    assert bls["rules"] == ["agency-life-support", "facility-mesa-colour", "facility-mesa-colour-two"]
    assert shown["exempted"] == {"TB-12": "facility-mesa-colour"}
    assert list(shown["conflicts"]) == ["CERT-BLS"]
    assert shown["rule_set"] == shown["file_rule_set"] + 2
