"""The funnel's page: figures with their definitions, the rows behind each, and the same as files."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from portal.domain.funnel import DEFINITIONS, Stage
from services.portal.tests.api.reading import Page
from services.portal.tests.api.signed_in import get_as
from services.portal.tests.builders import a_client, a_clinician, a_facility
from services.portal.tests.storage.rows import an_assignment, put

ACCEPTED = datetime(2025, 10, 6, 15, tzinfo=UTC)
START = date(2025, 11, 3)
"""Four weeks before today, a Monday, which is 1 December at the agency."""
HOSTILE = "<b>\"no\"</b> & 'never' #?"


@pytest.fixture
def look(api, issuer):
    """A page as a person sees it."""

    async def shown(path="/funnel", **who):
        answer = await get_as(api, issuer, path, **who)
        assert answer.status_code == 200, answer.text
        return Page(answer.text)

    return shown


def on_its_way(number, **overrides):
    valid = {"accepted_at": ACCEPTED, "first_start_date": START, "start_date": START, "clinician_id": "cln_1"}
    return an_assignment(number, **valid | overrides)


@pytest.fixture
async def world(house, engine):
    """Eight accepted offers, each at another outcome; cli_2 has the last two."""
    await house.say(a_facility(), a_client(), a_client(client_id="cli_2", name="Mesa Care", source_reference="K-2"))
    await house.say(a_clinician())
    cleared = {"cleared_at": ACCEPTED + timedelta(days=9), "state": "cleared"}
    started = {**cleared, "state": "active", "started_on": START}
    lost = {"state": "fell_off", "is_open": False, "ended_on": START, "end_reason": HOSTILE}
    await put(
        engine,
        [
            on_its_way(1, **started, first_paid_on=date(2025, 11, 14), is_paid_right=True),
            on_its_way(2, **started, first_paid_on=date(2025, 11, 14), is_paid_right=False),
            on_its_way(3, **started),
            on_its_way(4, **{**started, "started_on": START + timedelta(days=1)}),
            on_its_way(5, **cleared, work_state=None),
            on_its_way(6, **lost),
            on_its_way(7, client_id="cli_2", first_start_date=date(2026, 1, 5), **cleared),
            on_its_way(
                8, client_id="cli_2", first_start_date=date(2026, 1, 5), accepted_at=ACCEPTED + timedelta(days=40)
            ),
        ],
    )


def row_of(page, begin):
    (found,) = [row for row in page.rows if row and row[0].startswith(begin)]
    return found


def figures(page, stage):
    """Passed, not due yet and failed, without the words that only screen readers hear."""
    return [cell.rpartition(": ")[2] for cell in row_of(page, stage)[1:4]]


async def test_each_step_says_how_many_passed_wait_and_failed_and_how_it_is_counted(world, look):
    page = await look()
    assert figures(page, "Accepted") == ["8", "0", "0"]
    assert figures(page, "Cleared") == ["6", "1", "1"]  # all but 6 and 8; 8; 6
    assert figures(page, "Started on time") == ["3", "2", "3"]  # 1 2 3; 7 8; 4 5 6
    assert figures(page, "Paid right") == ["1", "2", "5"]  # 1; 7 8; 2 3 4 5 6
    for definition in DEFINITIONS.values():
        assert definition in page.text
    assert row_of(page, "Paid right")[4:] == ["17 %", "33 %", "11 days", "$3,312"]  # 1/6; 1/3; 3 to 14 November


async def test_every_figure_leads_to_as_many_rows_as_it_says(world, look):
    page = await look()
    behind = {text: href for text, href in page.links.items() if href.startswith("/funnel/rows")}
    figures = {text: href for text, href in behind.items() if text.rpartition(" ")[2].isdigit()}
    assert len(figures) == 19
    for text, href in figures.items():
        rows = (await look(href)).rows
        assert len(rows) - 1 == int(text.rpartition(" ")[2]), text


async def test_rows_say_where_each_assignment_stands(world, look):
    page = await look("/funnel/rows?stage=started&result=failed")
    assert [row[2] for row in page.rows[1:]] == ["Lost before clearance", "Cleared, start day missed", "Started late"]
    assert "/funnel?by=client" in page.hrefs
    assert DEFINITIONS[Stage.STARTED] in page.text


async def test_losses_are_shown_with_their_reason_which_is_never_run(world, look):
    page = await look()
    assert row_of(page, "Fell off")[1] == HOSTILE
    href = page.links[f"Fell off, {HOSTILE}: 1"]
    assert parse_qs(urlsplit(href).query)["reason"] == [HOSTILE]
    rows = (await look(href)).rows
    assert [row[7] for row in rows[1:]] == [f"Fell off: {HOSTILE}"]


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("client", ["Prairie Health Partners", "Mesa Care"]),
        ("state", ["MN", "Not known yet"]),
        ("discipline", ["RN"]),
        ("month", ["Nov 2025", "Oct 2025"]),
    ],
)
async def test_the_funnel_is_told_apart_by_client_state_discipline_and_month(world, look, by, groups):
    page = await look(f"/funnel?by={by}")
    heads = [number for number, row in enumerate(page.rows) if row and row[0] == by.capitalize()]
    (head,) = heads
    assert [row[0] for row in page.rows[head + 1 : head + 1 + len(groups)]] == groups


@pytest.mark.parametrize(
    ("asked", "accepted"),
    [
        ("client=cli_2", "2"),
        ("state=MN", "7"),
        ("discipline=LPN", None),
        ("first=2025-11&last=2025-11", "1"),
        ("first=2025-10&last=2025-10", "7"),
        ("first=&last=&client=&state=&discipline=", "8"),
        ("first=2025-01&last=2025-02", None),
    ],
)
async def test_filters_and_months_say_whom_it_counts(world, look, asked, accepted):
    page = await look(f"/funnel?{asked}")
    if accepted is None:
        assert "was accepted" in page.text
        assert not page.rows
    else:
        assert figures(page, "Accepted")[0] == accepted


async def test_starts_on_time_stand_by_week_as_a_table_too(world, look):
    page = await look()
    assert row_of(page, "3 Nov") == ["3 Nov", "3", "3", "50 %"]
    assert row_of(page, "10 Nov") == ["10 Nov", "0", "0", "–"]


async def test_another_teams_assignments_are_not_counted(world, look):
    assert "No offer was accepted" in (await look(team_facilities=["fac_2"])).text


async def test_what_is_billed_is_not_in_the_page_for_whom_it_is_masked(world, api, issuer):
    answer = await get_as(api, issuer, "/funnel", role="timekeeping_specialist")
    assert answer.status_code == 200
    assert "3,312" not in answer.text
    assert "$" not in answer.text
    file = await get_as(api, issuer, "/funnel/rows?format=csv", role="timekeeping_specialist")
    assert "3312" not in file.text


async def test_an_empty_funnel_says_what_it_begins_with(look):
    assert "The funnel begins with the first accepted offer" in (await look()).text


async def test_the_funnel_and_its_rows_are_files_too(world, api):
    def read(answer):
        return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))

    table = read(await api.get("/funnel?format=csv"))
    assert [row["Client"] for row in table] == ["Prairie Health Partners", "Mesa Care", "All"]
    assert table[-1]["Accepted"] == "8"
    assert table[-1]["Started on time %"] == "50"
    rows = read(await api.get("/funnel/rows?stage=paid&format=csv"))
    assert [(row["Assignment"], row["Stands at"], row["Value a week"]) for row in rows] == [
        ("asg_0001", "Paid right", "3312.00")
    ]
    assert (await api.get("/funnel?format=xlsx")).content.startswith(b"PK")


@pytest.mark.parametrize(
    "asked", ["first=2025", "first=2025-13", "first=1899-01", "by=city", "stage=hired", "wat=1", "client=" + "c" * 61]
)
async def test_what_the_funnel_does_not_know_is_refused(api, asked):
    assert (await api.get(f"/funnel?{asked}")).status_code == 422
