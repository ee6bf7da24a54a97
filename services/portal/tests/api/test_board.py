"""The start board: who stands where, what is not safe, what is masked, and the same as a file."""

import csv
import io
from datetime import date

import pytest

from services.portal.tests.api.reading import Page
from services.portal.tests.api.signed_in import get_as
from services.portal.tests.builders import (
    a_client,
    a_clinician,
    a_facility,
    a_workstream,
    an_offer,
    some_terms,
)
from shared.contracts.workstreams import Status

HOSTILE = "<script>alert('1')</script> \"Bo\" & Co"
IN_DECEMBER = {"start_date": date(2025, 12, 8), "end_date": date(2026, 3, 8)}


@pytest.fixture
def board(api, issuer):
    """The board as a person sees it."""

    async def shown(path="/board", **who):
        answer = await get_as(api, issuer, path, **who)
        assert answer.status_code == 200, answer.text
        return Page(answer.text)

    return shown


@pytest.fixture
async def world(house):
    """Today is the evening of 1 December in Chicago. One start each: late, next week, in January, far away."""
    await house.say(
        a_facility(),
        a_facility(facility_id="fac_2", name="Mesa Grande Clinic", source_reference="F-2"),
        a_client(),
        a_clinician(),
        a_clinician(clinician_id="cln_2", name=HOSTILE, source_reference="C-2"),
    )
    starts = {
        "asg_late": ("cln_1", "fac_1", {"start_date": date(2025, 11, 24), "end_date": date(2026, 2, 22)}),
        "asg_soon": ("cln_2", "fac_2", IN_DECEMBER),
        "asg_edge": ("cln_1", "fac_1", {"start_date": date(2025, 12, 30), "end_date": date(2026, 3, 29)}),
        "asg_far": ("cln_1", "fac_1", {"start_date": date(2026, 3, 2), "end_date": date(2026, 5, 31)}),
    }
    for number, (key, (clinician, facility, days)) in enumerate(starts.items(), start=1):
        await house.say(
            an_offer(
                assignment_id=key,
                source_reference=f"O-{number}",
                clinician_id=clinician,
                terms=some_terms(facility_id=facility, **days),
            )
        )


async def test_starts_of_thirty_days_stand_by_facility_and_week_and_late_ones_on_top(world, board):
    page = await board()
    assert [head.partition(" 1 start")[0].partition(" 0 starts")[0] for head in page.rows[0]] == [
        *("Facility", "1–7 Dec", "8–14 Dec", "15–21 Dec", "22–28 Dec", "29–30 Dec"),
    ]
    assert [row[0].split(" 1 start")[0] for row in page.rows[1:]] == ["Mesa Grande Clinic", "Prairie Lake Hospital"]
    assert "start-asg_late" in page.ids
    assert "start-asg_soon" in page.ids
    assert "start-asg_far" not in page.ids
    assert "1 start day has passed" in page.text


async def test_what_people_typed_is_shown_and_never_run(world, board):
    page = await board()
    assert page.links[HOSTILE] == "/assignments/asg_soon"


async def test_a_column_says_how_many_start_and_what_they_are_worth(world, board):
    page = await board()
    soon = next(head for head in page.rows[0] if head.startswith("8–14 Dec"))
    assert soon == "8–14 Dec 1 start · $3,312/wk"
    assert "Starts 2 At risk 0 (0 %) Not started 1 Value a week $6,624" in page.text


async def test_a_blocked_department_shows_as_a_light_and_as_risk(world, house, board):
    blocked = a_workstream(assignment_id="asg_soon", status=Status.BLOCKED)
    await house.say(blocked, publisher="credentialing")
    page = await board()
    assert "At risk 1 (50 %)" in page.text
    (cards,) = page.lists["Mesa Grande Clinic, 8–14 Dec"]
    assert "Credentialing: blocked" in cards
    assert "Payroll: no answer yet" in cards
    assert "Blocked" in cards


async def test_what_is_billed_is_not_in_the_page_for_whom_it_is_masked(world, api, issuer):
    answer = await get_as(api, issuer, "/board", role="credentialing_specialist")
    assert answer.status_code == 200
    assert "$" not in answer.text
    assert "3,312" not in answer.text
    assert "6,624" not in answer.text


async def test_a_clinicians_name_is_not_in_the_page_for_whom_contact_is_masked(world, api, issuer):
    grant = {"id": "grt_1", "role": "payroll_specialist", "until": 4102444800, "assignments": ["asg_soon"]}
    answer = await get_as(api, issuer, "/board", role="virtual_specialist", grants=[grant])
    assert answer.status_code == 200, answer.text
    assert "Clinician …cln_2" in Page(answer.text).text
    assert "alert" not in answer.text
    assert "asg_edge" not in answer.text


async def test_another_teams_facility_is_not_there(world, board):
    page = await board(team_facilities=["fac_2"])
    assert [row[0].split(" 1 start")[0] for row in page.rows[1:]] == ["Mesa Grande Clinic"]
    assert "start-asg_late" not in page.ids
    assert "Prairie Lake" not in page.text


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("client=cli_1", {"asg_soon", "asg_edge"}),
        ("client=cli_9", set()),
        ("facility=fac_2", {"asg_soon"}),
        ("discipline=RN&state=accepted", {"asg_soon", "asg_edge"}),
        ("discipline=LPN", set()),
        ("risk=blocked", set()),
        ("from=2025-12-22&days=14", {"asg_edge"}),
        ("from=2026-03-01&days=7&by=day", {"asg_far"}),
        ("by=state", {"asg_soon", "asg_edge"}),
        ("state=&client=&discipline=&risk=&from=", {"asg_soon", "asg_edge"}),
    ],
)
async def test_filters_and_the_window_say_who_is_shown(world, board, asked, shown):
    page = await board(f"/board?{asked}")
    found = {each.removeprefix("start-") for each in page.ids if each.startswith("start-asg_")}
    assert found - {"asg_late"} == shown


async def test_a_board_by_state_has_a_column_for_each_state_that_somebody_is_in(world, board):
    page = await board("/board?by=state")
    assert "Accepted 2 starts · $6,624/wk" in page.text
    assert page.lists["Accepted"]
    assert "column-1" in page.ids
    assert "column-2" not in page.ids


async def test_a_board_without_starts_says_whether_a_filter_hides_them(world, board):
    assert "No start fits these filters" not in (await board()).text
    assert "No start fits these filters" in (await board("/board?discipline=MD")).text


async def test_an_empty_agency_is_told_what_comes_next(board):
    assert "Nobody starts in these days" in (await board()).text


@pytest.mark.parametrize(
    "asked", ["days=0", "days=93", "by=year", "state=over", "risk=over", "from=9999-01-01", "from=1", "wat=1", "page=0"]
)
async def test_what_the_board_does_not_know_is_refused(api, asked):
    assert (await api.get(f"/board?{asked}")).status_code == 422


async def test_the_board_as_a_file_has_its_starts_and_the_late_ones(world, api):
    answer = await api.get("/board?format=csv")
    assert answer.status_code == 200
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert [row["Assignment"] for row in rows] == ["asg_late", "asg_soon", "asg_edge"]
    assert rows[1]["Clinician"] == HOSTILE
    assert rows[1]["Value a week"] == "3312.00"
    assert rows[1]["State"] == "Accepted"


async def test_a_masked_value_is_not_in_the_file_either(world, api):
    answer = await api.get("/board?format=csv", role="credentialing_specialist")
    assert "3312" not in answer.text
    assert "asg_soon" in answer.text


async def test_only_who_may_read_boards_sees_one(api):
    assert (await api.get("/board", role="auditor")).status_code == 403
