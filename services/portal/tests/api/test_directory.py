"""Lists and pages of clinicians and facilities: who finds whom, and what is masked."""

import csv
import io
from datetime import date
from typing import Any

import pytest

from services.portal.tests.api.reading import Page
from services.portal.tests.api.signed_in import get_as
from services.portal.tests.builders import a_client, a_clinician, a_facility, an_item, an_offer, some_terms

HOSTILE = '<img src=x onerror=alert(1)> "Bo" & Co'
GRANT = {"id": "grt_1", "role": "housing_specialist", "until": 4102444800, "assignments": ["asg_1"]}
VIRTUAL: dict[str, Any] = {"role": "virtual_specialist", "grants": [GRANT]}


@pytest.fixture
def look(api, issuer):
    """A page as a person sees it."""

    async def shown(path, **who):
        answer = await get_as(api, issuer, path, **who)
        assert answer.status_code == 200, answer.text
        return Page(answer.text)

    return shown


@pytest.fixture
async def world(house):
    """Two facilities; Ines starts at the first on 5 January, the other at the second; a third has no assignment."""
    await house.say(
        a_client(),
        a_facility(),
        a_facility(facility_id="fac_2", name=HOSTILE, source_reference="F-2"),
        a_clinician(),
        a_clinician(clinician_id="cln_2", name=HOSTILE, source_reference="C-2", email="bo@example.com"),
        a_clinician(clinician_id="cln_3", name="Zora Abend", source_reference="C-3"),
    )
    await house.say(
        an_offer(),
        an_offer(
            assignment_id="asg_2", source_reference="O-2", clinician_id="cln_2", terms=some_terms(facility_id="fac_2")
        ),
    )
    await house.say(an_item(), publisher="credentialing")


async def test_clinicians_stand_by_name_with_what_is_on_the_way(world, look):
    page = await look("/clinicians")
    assert [row[0] for row in page.rows] == ["Clinician", HOSTILE, "Ines Calloway", "Zora Abend"]
    assert page.rows[2] == ["Ines Calloway", "RN", "ICU", "0", "1", "Mon 5 Jan 2026", "1"]
    assert page.rows[3] == ["Zora Abend", "RN", "ICU", "–", "–", "–", "–"]
    assert page.links["Ines Calloway"] == "/clinicians/cln_1"


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("q=call+in", ["Ines Calloway"]),
        ("q=abend", ["Zora Abend"]),
        ("q=nobody", []),
        ("discipline=RN&q=zora", ["Zora Abend"]),
        ("discipline=LPN", []),
        ("q=&discipline=", [HOSTILE, "Ines Calloway", "Zora Abend"]),
        ("q=%27%22%3A%2A%7C%28", []),
    ],
)
async def test_clinicians_are_found_by_words_and_discipline(world, look, asked, names):
    page = await look(f"/clinicians?{asked}")
    assert [row[0] for row in page.rows[1:]] == names
    assert names or "Nothing fits" in page.text


@pytest.mark.parametrize("path", ["/clinicians?discipline=RN", "/facilities?client=cli_1"])
async def test_a_list_goes_on_behind_its_page_and_back_again(world, house, look, path):
    if "facilities" in path:
        await house.say(a_facility(facility_id="fac_3", name="Zenith Clinic", source_reference="F-3"))
    first = await look(f"{path}&limit=2")
    rest = await look(first.links["Next"] + "&limit=2")
    again = await look(rest.links["Previous"] + "&limit=2")
    assert (len(first.rows), len(rest.rows)) == (3, 2)
    assert not {row[0] for row in first.rows[1:]} & {row[0] for row in rest.rows[1:]}
    assert again.rows == first.rows
    assert {"Next", "Previous"} & first.links.keys() == {"Next"} == {"Next", "Previous"} & again.links.keys()
    assert {"Next", "Previous"} & rest.links.keys() == {"Previous"}


async def test_the_way_back_has_whom_somebody_added_meanwhile(world, house, look):
    first = await look("/clinicians?limit=2")
    rest = await look(first.links["Next"] + "&limit=2")
    await house.say(a_clinician(clinician_id="cln_4", name="Mara Iversen", source_reference="C-4"))
    back = await look(rest.links["Previous"] + "&limit=2")
    assert [row[0] for row in back.rows[1:]] == ["Ines Calloway", "Mara Iversen"]
    assert [row[0] for row in (await look(back.links["Previous"] + "&limit=2")).rows[1:]] == [HOSTILE, "Ines Calloway"]


async def test_a_clinicians_page_has_contact_assignments_and_open_work(world, look):
    page = await look("/clinicians/cln_1")
    assert "Ines Calloway" in page.text
    assert "ines.calloway@example.com" in page.text
    assert "218 Juniper Lane, Santa Fe, NM 87501" in page.text
    assert page.links["Prairie Lake Hospital"] == "/assignments/asg_1"
    assert page.links["Verify license"] == "/work/wki_1"


async def test_a_clinician_without_assignments_is_told_to_be_one(world, look):
    assert "No assignment within your reach" in (await look("/clinicians/cln_3")).text


@pytest.mark.parametrize("path", ["/clinicians/cln_9", "/facilities/fac_9"])
async def test_whom_nobody_told_of_is_not_there(world, api, path):
    assert (await api.get(path)).status_code == 404


async def test_contact_is_not_in_the_bytes_for_whom_it_is_masked(world, api, issuer):
    answer = await get_as(api, issuer, "/clinicians/cln_1", **VIRTUAL)
    assert answer.status_code == 200
    for secret in ("Calloway", "calloway", "505-555", "Juniper", "87501"):
        assert secret not in answer.text
    assert "Not shown to your role" in answer.text


async def test_who_is_shown_no_names_cannot_guess_them_either(world, look):
    for asked in ("", "?q=ines", "?q=nobody"):
        page = await look(f"/clinicians{asked}", **VIRTUAL)
        assert [row[0] for row in page.rows[1:]] == ["Clinician …cln_1"]
        assert "q" not in page.fields


async def test_a_grant_for_one_assignment_opens_its_clinician_and_facility_alone(world, api, issuer):
    expected = {
        "/clinicians/cln_1": 200,
        "/clinicians/cln_2": 404,
        "/clinicians/cln_3": 404,
        "/facilities/fac_1": 200,
        "/facilities/fac_2": 404,
    }
    assert {path: (await get_as(api, issuer, path, **VIRTUAL)).status_code for path in expected} == expected


async def test_a_team_sees_every_clinician_but_only_its_own_facilities_and_assignments(world, look, api, issuer):
    team = {"team_facilities": ["fac_2"]}
    assert len((await look("/clinicians", **team)).rows) == 4
    assert [row[0] for row in (await look("/facilities", **team)).rows[1:]] == [HOSTILE]
    assert (await get_as(api, issuer, "/facilities/fac_1", team_facilities=["fac_2"])).status_code == 404
    page = await look("/clinicians/cln_1", **team)
    assert "No assignment within your reach" in page.text
    assert "Verify license" not in page.text


async def test_facilities_say_where_they_lie_and_what_time_it_is_there(world, look):
    page = await look("/facilities")
    assert page.rows[0] == [
        "Facility",
        "Place",
        "Client",
        "Active",
        "On the way",
        "Next start",
        "Open work",
        "Time there",
    ]
    assert page.rows[2] == [
        *("Prairie Lake Hospital", "Duluth, MN", "Prairie Health Partners", "0", "1", "Mon 5 Jan 2026", "1"),
        "21:00 CST",
    ]


@pytest.mark.parametrize(
    ("asked", "count"), [("state=MN", 2), ("state=NM", 0), ("client=cli_1", 2), ("client=cli_2", 0), ("q=lake+prai", 1)]
)
async def test_facilities_are_found_by_words_state_and_client(world, look, asked, count):
    assert max(len((await look(f"/facilities?{asked}")).rows) - 1, 0) == count


async def test_a_facilitys_page_has_its_units_its_week_and_who_starts(world, look):
    page = await look("/facilities/fac_1")
    for said in ("America/Chicago", "Sunday", "Prairie Health Partners", "1 Lake Road, Duluth, MN 55802", "ICU", "MS"):
        assert said in page.text
    assert page.links["Ines Calloway"] == "/assignments/asg_1"
    assert "Mon 1 Dec, 21:00 CST" in page.text


async def test_what_people_typed_is_shown_and_never_run(world, look):
    assert HOSTILE in (await look("/clinicians/cln_2")).text
    assert HOSTILE in (await look("/facilities/fac_2")).text


async def test_an_empty_directory_says_what_comes_next(look):
    assert "Nobody here yet" in (await look("/clinicians")).text
    assert "No facility here yet" in (await look("/facilities")).text


@pytest.mark.parametrize(("path", "head"), [("/clinicians", "Clinician"), ("/facilities", "Facility")])
async def test_a_list_as_a_file_has_every_row(world, api, path, head):
    answer = await api.get(f"{path}?format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows[0][head] == HOSTILE
    assert rows[1]["Next start"] == str(date(2026, 1, 5))
    assert (await api.get(f"{path}?format=xlsx")).content.startswith(b"PK")


@pytest.mark.parametrize(
    "asked", ["state=minnesota", "discipline=nurse", "cursor=x", "limit=0", "wat=1", "q=" + "a" * 101]
)
async def test_what_a_list_does_not_know_is_refused(api, asked):
    for path in ("/clinicians", "/facilities"):
        assert (await api.get(f"{path}?{asked}")).status_code in (400, 422)


async def test_a_character_that_no_text_can_hold_is_no_defect(api):
    for path in ("/clinicians?q=%00", "/facilities?client=%00", "/board?client=%00", "/funnel?client=%00"):
        assert (await api.get(path)).status_code < 500
