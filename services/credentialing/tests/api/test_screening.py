"""Exclusion lists over HTTP: what is taken in, who is screened, what people decide about it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from credentialing.storage.tables import exclusion_change, exclusion_release, exclusion_row, screened_identity
from services.credentialing.tests.builders import NOW, START, some_facility, some_offer, some_terms
from services.credentialing.tests.domain.screening.rows_of_lists import leie_file, leie_line
from shared.contracts.assignments import Address, AssignmentChanged, AssignmentEnded, ClinicianChanged, State, Why
from shared.contracts.terms import Discipline
from shared.contracts.workstreams import WorkItemCompleted, WorkItemOpened, WorkItemWithdrawn
from shared.runtime.jobs import run_once

ANA = "cln_ana"
SPECIALIST = "credentialing_specialist"
HERS = leie_line(LASTNAME="EXAMPLE", FIRSTNAME="ANA", DOB="19900417")
OTHERS = [leie_line(LASTNAME=f"OTHER{letter}", FIRSTNAME="GAIL", DOB="19550404") for letter in "ABCDEFGH"]
FINDING = {"found": "not_the_person", "reason": "The number does not match at the source."}


def ana(**fields: Any) -> ClinicianChanged:
    usual = {
        "clinician_id": ANA,
        "source": "demo",
        "source_reference": "C-1",
        "name": "Ana Example",
        "email": "ana@example.org",
        "phone": "555-0100",
        "home": Address(street="1 Elm St", city="Denver", state="CO", zip="80202"),
        "discipline": Discipline.RN,
        "specialties": ("ICU",),
    }
    return ClinicianChanged(**{**usual, **fields})


@pytest.fixture(autouse=True)
def today(clock):
    """Three weeks before the start."""
    clock.instant = NOW


@pytest.fixture
async def file(house, api):
    """The one open file, of somebody whose birth date is known."""
    await house.say(ana(), some_facility(), some_offer())
    await api.put(f"/v1/clinicians/{ANA}/private-values/birth_date", {"value": "1990-04-17"}, role=SPECIALIST)
    (line,) = (await api.get("/v1/files")).json()["items"]
    return line


@pytest.fixture
def move(process, works):
    """Moves open cases of ended assignments."""
    jobs = {job.name: job for job in process.service.jobs.jobs}
    return lambda: run_once(jobs["move_exclusion_cases"], works)


async def count(works, table) -> int:
    async with works.engine.connect() as connection:
        return int(await connection.scalar(select(func.count()).select_from(table)) or 0)


async def item_of(api, file, code: str = "EXC-LEIE") -> str:
    shown = (await api.get(f"/v1/files/{file['file_id']}")).json()
    return str(next(item["status"] for item in shown["items"] if item["code"] == code))


async def the_case(api) -> Any:
    (case,) = (await api.get("/v1/exclusion-cases?is_open=true")).json()["items"]
    return case


async def test_a_release_is_taken_in_whole_and_said_how_it_differs(load, api, works):
    first = (await load(leie_file(HERS, *OTHERS))).json()
    changed = HERS.replace('"TOLEDO"', '"AKRON"')
    answer = await load(leie_file(changed, *OTHERS[1:], leie_line(LASTNAME="NEW")), "2026-11-10")
    second = answer.json()
    assert (first["rows"], first["added"], first["previous_id"]) == (9, 0, None)
    assert (answer.status_code, second["rows"], second["previous_id"]) == (201, 9, first["release_id"])
    assert (second["added"], second["removed"], second["changed"]) == (1, 1, 1)
    changes = (await api.get(f"{answer.headers['location']}/changes")).json()["items"]
    assert sorted((one["change"], one["last"]) for one in changes) == [
        *(("added", "NEW"), ("changed", "EXAMPLE"), ("removed", "OTHERA")),
    ]
    assert (await api.get(answer.headers["location"])).json() == second
    assert len((await api.get("/v1/exclusion-lists/leie/releases")).json()["items"]) == 2


async def test_the_same_file_again_is_the_same_release(load, works):
    first, again = await load(leie_file(HERS)), await load(leie_file(HERS), "2026-11-13")
    assert first.json() == again.json()
    assert (await count(works, exclusion_release), await count(works, exclusion_row)) == (1, 1)


@pytest.mark.parametrize(
    ("content", "day", "code"),
    [
        (b"", "2026-11-10", "list_file_too_small"),
        (leie_file(HERS, *OTHERS).replace(b"DOB", b"BIRTHDAY"), "2026-11-10", "list_header_changed"),
        (leie_file(HERS, *OTHERS[:5]), "2026-11-10", "list_file_too_small"),
        (leie_file(HERS, *OTHERS, *(["short"] * 21)), "2026-11-10", "list_file_faulty"),
        (leie_file(*OTHERS), "2026-11-08", "list_file_outdated"),
        (b"\x00\xff\xfe" * 100, "2026-11-10", "list_header_changed"),
    ],
)
async def test_a_file_that_cannot_be_right_leaves_nothing_behind(load, works, content, day, code):
    await load(leie_file(HERS, *OTHERS))
    refused = await load(content, day)
    assert (refused.status_code // 100, refused.json()["code"]) == (4, code)
    kept = [await count(works, table) for table in (exclusion_release, exclusion_row, exclusion_change)]
    assert kept == [1, 9, 0]


async def test_a_few_damaged_rows_are_reported_with_their_lines(load):
    damaged = leie_line(LASTNAME="DAY", DOB="19840230")
    made = (await load(leie_file(HERS, "short", damaged, *OTHERS))).json()
    assert (made["rows"], made["faulty"]) == (10, 1)
    assert [(one["line"], one["column"], one["code"]) for one in made["findings"]] == [
        *((3, "", "row_too_short"), (4, "DOB", "date_impossible")),
    ]


async def test_a_file_that_is_too_large_is_refused_before_it_is_read(api, load, works):
    headers = {"Authorization": f"Bearer {api.issuer.token('lead')}", "Idempotency-Key": "k"}
    path = "/v1/exclusion-lists/leie/releases?posted_on=2026-11-09"
    answer = await api.client.post(path, content=b"x", headers={**headers, "Content-Length": str(65 * 1024 * 1024)})
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert (await load(leie_file(HERS), name="state-zz")).status_code == 404
    assert (await load(leie_file(HERS), role=SPECIALIST)).status_code == 403
    assert await count(works, exclusion_release) == 0


async def test_who_is_on_no_list_is_screened_once_and_confirmed(load, screen, api, file):
    await load(leie_file(*OTHERS))
    before = (await api.get("/v1/exclusion-lists")).json()["items"][0]
    assert (await screen(), await screen()) == ([1], [])
    after = (await api.get("/v1/exclusion-lists")).json()["items"][0]
    assert [(one["active"], one["screened"]) for one in (before, after)] == [(1, 0), (1, 1)]
    assert await item_of(api, file) == "verified"
    (screening,) = (await api.get(f"/v1/clinicians/{ANA}/screenings")).json()["items"]
    assert (screening["outcome"], screening["has_birth_date"], screening["hits"]) == ("clear", True, [])


async def test_who_is_on_the_list_is_stopped_and_people_are_asked(load, screen, api, house, file):
    await load(leie_file(HERS, *OTHERS))
    assert await screen() == [1]
    case = await the_case(api)
    assert (case["verdict"], case["reasons"], case["state"]) == ("block", ["name_exact", "dob_exact"], "open")
    assert await item_of(api, file) == "rejected"
    (item,) = [one for one in await house.said(WorkItemOpened) if one.kind == "review_exclusion"]
    assert (item.assignment_id, item.actions[-1].name) == (file["assignment_id"], "decide")
    shown = (await api.get(f"/v1/exclusion-cases/{case['case_id']}")).json()
    assert (shown["entry"]["last"], shown["entry"]["has_birth_date"]) == ("EXAMPLE", True)
    assert [name["last"] for name in shown["names"]] == ["Example"]


async def test_nobody_confirms_by_hand_past_a_case_that_stands(load, screen, api, house, file):
    await load(leie_file(HERS, *OTHERS))
    await screen()
    place = f"/v1/files/{file['file_id']}"

    refused = await api.post(f"{place}/items/EXC-LEIE:verify", {"source": "oig.hhs.gov"})

    assert (refused.status_code, refused.json()["code"]) == (409, "exclusion_case_stands")
    assert await item_of(api, file) != "verified"


async def test_a_release_takes_two_people_and_is_remembered(load, screen, api, house, file, evidence):
    await load(leie_file(HERS, *OTHERS))
    await screen()
    path = f"/v1/exclusion-cases/{(await the_case(api))['case_id']}"
    decided = await api.post(f"{path}:decide", {**FINDING, "document_id": evidence}, role=SPECIALIST)
    alone = await api.post(f"{path}:approve", role=SPECIALIST)
    assert (decided.json()["state"], alone.status_code) == ("awaits_approval", 403)
    assert alone.json()["code"] == "approval_needs_another"
    assert await item_of(api, file) == "rejected"
    released = await api.post(f"{path}:approve", role="lead")
    assert (released.json()["state"], await item_of(api, file)) == ("released", "verified")
    ended = [one for one in await house.said(WorkItemCompleted) if one.kind == "review_exclusion"]
    assert len(ended) == 1
    await load(leie_file(HERS, *OTHERS, leie_line(LASTNAME="NEW")), "2026-11-10")
    assert await screen() == [1]
    assert (await api.get("/v1/exclusion-cases?is_open=true")).json()["items"] == []
    assert await item_of(api, file) == "verified"
    await load(leie_file(HERS.replace("1128b4", "1128a1"), *OTHERS, leie_line(LASTNAME="NEW")), "2026-11-11")
    await screen()
    assert ((await the_case(api))["state"], await item_of(api, file)) == ("open", "rejected")


async def test_a_finding_that_it_is_the_person_counts_at_once(load, screen, api, file, evidence):
    await load(leie_file(HERS.replace("19900417", ""), *OTHERS))
    await screen()
    case = await the_case(api)
    assert (case["verdict"], case["reasons"]) == ("review", ["name_exact", "dob_missing"])
    assert await item_of(api, file) != "verified"
    found = {"found": "is_the_person", "reason": "The number matches at the source.", "document_id": evidence}
    decided = await api.post(f"/v1/exclusion-cases/{case['case_id']}:decide", found, role=SPECIALIST)
    assert (decided.json()["state"], await item_of(api, file)) == ("confirmed", "rejected")


async def test_a_finding_without_its_evidence_is_refused(load, screen, api, file, evidence):
    await load(leie_file(HERS, *OTHERS))
    await screen()
    case = await the_case(api)
    await api.post(f"/v1/documents/{evidence}:refuse", {"because": "illegible"}, role=SPECIALIST)
    refused = [
        await api.post(
            f"/v1/exclusion-cases/{case['case_id']}:decide", {**FINDING, "document_id": one}, role=SPECIALIST
        )
        for one in ("doc_unknown", evidence)
    ]
    assert [(one.status_code, one.json()["code"]) for one in refused] == [
        (422, "invalid_request"),
        (409, "document_not_usable"),
    ]
    assert refused[0].json()["errors"][0]["pointer"] == "/document_id"
    assert (await the_case(api)) == case


async def test_a_row_that_left_the_list_takes_its_case_with_it(load, screen, api, house, file):
    await load(leie_file(HERS, *OTHERS))
    await screen()
    await load(leie_file(*OTHERS), "2026-11-10")
    await screen()
    assert (await api.get("/v1/exclusion-cases?is_open=true")).json()["items"] == []
    withdrawn = [one for one in await house.said(WorkItemWithdrawn) if one.kind == "review_exclusion"]
    assert (len(withdrawn), await item_of(api, file)) == (1, "verified")


async def test_another_name_is_searched_for_as_soon_as_it_is_known(load, screen, api, works, file):
    await load(leie_file(leie_line(LASTNAME="OSGOOD", FIRSTNAME="ANA", DOB="19900417"), *OTHERS))
    assert await screen() == [1]
    assert await item_of(api, file) == "verified"
    name = {"first": "Ana", "last": "Osgood"}
    first = await api.post(f"/v1/clinicians/{ANA}/aliases", name, role="coordinator")
    again = await api.post(f"/v1/clinicians/{ANA}/aliases", name, role="coordinator")
    assert (first.status_code, first.json()) == (201, again.json())
    assert await screen() == [1]
    assert (await the_case(api))["reasons"] == ["former_name", "dob_exact"]
    assert len((await api.get(f"/v1/clinicians/{ANA}/aliases")).json()["items"]) == 1
    assert await count(works, screened_identity) == 2


async def test_who_changed_the_name_the_birth_date_or_the_start_is_screened_again(load, screen, api, house, file):
    await load(leie_file(*OTHERS))
    assert await screen() == [1]
    await house.say(ana(name="Ana Other"))
    assert await screen() == [1]
    await api.put(f"/v1/clinicians/{ANA}/private-values/birth_date", {"value": "1990-04-18"}, role=SPECIALIST)
    assert await screen() == [1]
    terms = some_terms(version=2, start_date=some_terms().start_date + timedelta(days=7))
    changed = AssignmentChanged(
        assignment_id=file["assignment_id"],
        clinician_id=ANA,
        terms=terms,
        changed=("start_date",),
        effective_on=terms.start_date,
        why=Why.START_PUSHED,
        state=State.ONBOARDING,
    )
    await house.say(changed)
    assert (await screen(), await screen()) == ([1], [])


async def test_who_starts_soon_is_screened_again(load, screen, api, clock, file):
    clock.instant = NOW - timedelta(days=60)
    await load(leie_file(*OTHERS), "2026-09-10")
    turns = []
    for days in (60, 31, 30, 4, 3, 0, -1):
        clock.instant = NOW.replace(month=START.month, day=START.day) - timedelta(days=days)
        turns.append(len(await screen()))
    assert turns == [1, 1, 0, 0, 1, 0, 0]


async def test_who_is_not_active_is_not_screened(load, screen, api, house, file):
    await house.say(
        AssignmentEnded(
            assignment_id=file["assignment_id"],
            terms_version=1,
            ended_on=some_terms().start_date,
            state=State.FELL_OFF,
            reason="low census",
        )
    )
    await load(leie_file(HERS, *OTHERS))
    assert await screen() == []


async def test_each_start_has_its_own_screening(load, screen, house, file):
    await load(leie_file(*OTHERS))
    await screen()
    await house.say(some_offer(assignment_id="asg_2", source_reference="O-2"))
    assert (await screen(), await screen()) == ([1], [])


async def test_an_open_case_goes_with_the_person_to_the_next_assignment(load, screen, move, api, house, file):
    await load(leie_file(HERS, *OTHERS))
    await screen()
    await house.say(some_offer(assignment_id="asg_2", source_reference="O-2"))
    await house.say(
        AssignmentEnded(
            assignment_id=file["assignment_id"],
            terms_version=1,
            ended_on=some_terms().start_date,
            state=State.FELL_OFF,
            reason="low census",
        )
    )
    assert (await move(), await move()) == (1, 0)
    assert (await the_case(api))["assignment_id"] == "asg_2"
    said = [one.assignment_id for one in await house.said(WorkItemOpened) if one.kind == "review_exclusion"]
    assert said == [file["assignment_id"], "asg_2"]


async def test_who_is_late_is_counted_and_listed(load, screen, api, clock, file):
    await load(leie_file(*OTHERS))
    clock.advance(timedelta(days=8))
    (late,) = (await api.get("/v1/exclusion-lists")).json()["items"]
    assert (late["due_on"], late["overdue"], late["days_overdue"]) == ("2026-11-14", 1, 3)
    (line,) = (await api.get("/v1/unscreened-files", role=SPECIALIST)).json()["items"]
    assert line["file_id"] == file["file_id"]
    await screen()
    (done,) = (await api.get("/v1/exclusion-lists")).json()["items"]
    assert (done["overdue"], (await api.get("/v1/unscreened-files")).json()["items"]) == (0, [])


async def test_many_people_are_screened_some_at_a_time_and_it_goes_on_where_it_stopped(load, screen, house, api):
    await house.say(some_facility())
    for number in range(60):
        clinician_id = f"cln_{number}"
        await house.say(
            ana(clinician_id=clinician_id, source_reference=clinician_id),
            some_offer(assignment_id=f"asg_{number}", source_reference=clinician_id, clinician_id=clinician_id),
        )
    await load(leie_file(*OTHERS))
    assert await screen() == [50, 10]


async def test_nothing_private_stands_in_the_rows_of_a_screening(load, screen, works, api, file):
    await api.post(f"/v1/clinicians/{ANA}/aliases", {"first": "Ana", "last": "Osgood"})
    await load(leie_file(HERS, *OTHERS))
    await screen()
    tables = (
        "screening",
        "screened_file",
        "screened_identity",
        "other_name",
        "exclusion_case",
        "outbox",
        "source_result",
    )
    async with works.engine.connect() as connection:
        for table in tables:
            rows = (await connection.exec_driver_sql(f"SELECT * FROM {table}")).all()
            told = " ".join(map(str, rows))
            assert rows
            assert not any(word in told for word in ("1990-04-17", "19900417", "Osgood", "OSGOOD"))
