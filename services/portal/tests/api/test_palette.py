"""What is found from anywhere, and what is not."""

from html.parser import HTMLParser

import pytest

from services.portal.tests.api.signed_in import get_as
from services.portal.tests.builders import a_clinician, a_facility, an_item, an_offer, some_terms

HOSTILE = "Zoë <script>alert('1')</script> O’Brien-Núñez"


class Options(HTMLParser):
    """The groups of a listbox with the text and the address of each option."""

    def __init__(self, text):
        super().__init__()
        self.groups: dict[str, list[list[str]]] = {}
        self._group: list[list[str]] = []
        self._depth: int | None = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        assert tag != "script"
        if given.get("role") == "group":
            self._group = self.groups.setdefault(given["aria-label"], [])
        elif given.get("role") == "option":
            self._group.append([given["data-href"], ""])
            self._depth = 0
        elif tag == "small":
            self._depth = None

    def handle_data(self, data):
        if self._depth is not None and self._group:
            self._group[-1][1] += data.strip()


@pytest.fixture
def look(api, issuer):
    """The groups found for what somebody types."""

    async def looked(typed, *, here="/work", **who):
        answer = await get_as(api, issuer, "/palette", params={"q": typed, "here": here}, is_part=True, **who)
        assert answer.status_code == 200, answer.text
        return Options(answer.text).groups

    return looked


@pytest.fixture
async def world(house):
    await house.say(
        a_facility(),
        a_facility(facility_id="fac_2", name="Mesa Grande Clinic", source_reference="F-2"),
        a_clinician(),
        a_clinician(clinician_id="cln_2", name=HOSTILE, source_reference="C-2"),
        an_offer(),
        an_offer(
            assignment_id="asg_2",
            clinician_id="cln_2",
            source_reference="REQ-77",
            terms=some_terms(facility_id="fac_2"),
        ),
    )


async def test_a_clinician_is_found_by_the_beginnings_of_words_in_any_order(world, look):
    found = await look("call ine")
    assert found["Clinicians"] == [["/clinicians/cln_1", "Ines Calloway"]]
    assert found["Assignments"] == [["/assignments/asg_1", "Ines Calloway at Prairie Lake Hospital"]]
    assert "Facilities" not in found


@pytest.mark.parametrize("typed", ["zoe", "ZOË", "nunez", "núñez", "o'brien", "brien nun", "o’b"])
async def test_accents_case_and_apostrophes_hide_nobody(world, look, typed):
    assert (await look(typed))["Clinicians"][0][0] == "/clinicians/cln_2"


async def test_what_people_typed_is_shown_and_never_run(world, look):
    assert (await look("zoe"))["Clinicians"] == [["/clinicians/cln_2", HOSTILE]]


async def test_a_facility_brings_its_assignments(world, look):
    found = await look("mesa")
    assert found["Facilities"] == [["/facilities/fac_2", "Mesa Grande Clinic"]]
    assert [href for href, _ in found["Assignments"]] == ["/assignments/asg_2"]


@pytest.mark.parametrize("typed", ["req-7", "REQ-77", "asg_2"])
async def test_an_assignment_is_found_by_its_reference_or_id(world, look, typed):
    assert [href for href, _ in (await look(typed))["Assignments"]] == ["/assignments/asg_2"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'", "a:* | b", "!!", "((", "x" * 80, "ines & calloway:*"])
async def test_signs_of_search_languages_are_only_text(world, look, typed):
    found = await look(typed)
    assert "Facilities" not in found


async def test_a_team_finds_no_assignment_of_others_but_every_clinician(world, look):
    found = await look("ines", team_facilities=["fac_2"])
    assert "Assignments" not in found
    assert found["Clinicians"] == [["/clinicians/cln_1", "Ines Calloway"]]
    assert "Facilities" not in await look("prairie", team_facilities=["fac_2"])


async def test_a_source_finds_its_own_alone(world, house, look):
    await house.say(an_offer(assignment_id="asg_3", source="ats", source_reference="T-3", clinician_id="cln_1"))
    found = await look("ines", role="recruiter", sources=["ats"])
    assert [href for href, _ in found["Assignments"]] == ["/assignments/asg_3"]
    assert [href for href, _ in found["Clinicians"]] == ["/clinicians/cln_1"]
    assert "Clinicians" not in await look("zoe", role="recruiter", sources=["ats"])


async def test_nobody_guesses_a_name_that_they_are_not_shown(world, api, issuer, look):
    grant = {"id": "grt_1", "role": "credentialing_specialist", "until": 4_000_000_000, "assignments": ["asg_1"]}
    who = {"role": "virtual_specialist", "grants": [grant]}
    assert "Clinicians" not in await look("ines", **who)
    answer = await get_as(api, issuer, "/palette", params={"q": "prairie"}, is_part=True, **who)
    assert "Ines" not in answer.text
    assert "/assignments/asg_1" in answer.text


async def test_nothing_typed_offers_ones_own_work_and_the_pages(world, house, look):
    await house.say(an_item())
    found = await look("")
    assert [href for href, _ in found["Go to"]][:2] == ["/work", "/board"]
    assert set(found) == {"Go to"}


async def test_pages_are_those_of_ones_roles(world, look):
    assert "Go to" not in await look("parked")
    assert (await look("set"))["Go to"] == [["/me", "Your settings"]]


async def test_an_operator_finds_pages_and_nobody(world, api, issuer):
    found = await get_as(api, issuer, "/pages", params={"q": "", "here": "/parked"}, is_part=True, role="operator")
    assert Options(found.text).groups == {"Go to": [["/parked", "Parked events"], ["/me", "Your settings"]]}
    shown = await get_as(api, issuer, "/pages", params={"q": "ines"}, role="operator")
    assert (shown.status_code, "Nothing found" in shown.text, "Calloway" in shown.text) == (200, True, False)
    assert 'data-palette="/pages"' in shown.text and 'href="/pages" data-opens="palette"' in shown.text
    for path in ("/palette", "/search"):
        assert (await get_as(api, issuer, path, role="operator")).status_code == 403


async def test_whoever_may_find_people_is_offered_that(world, api, issuer):
    for role in ("recruiter", "coordinator"):
        page = await get_as(api, issuer, "/search", role=role)
        assert 'data-palette="/palette"' in page.text and 'action="/search"' in page.text


async def test_on_an_assignments_page_its_commands_come_first(world, look):
    found = await look("push", here="/assignments/asg_1/timeline")
    assert next(iter(found)) == "On this page"
    ((href, text),) = found["On this page"]
    assert text == "Push the start"
    assert href.startswith("/assignments/asg_1/do?")
    assert "On this page" not in await look("", here="/assignments/asg_1", team_facilities=["fac_2"])
    assert "On this page" not in await look("", here="/assignments/asg_none")
    offered = await look("", here="/assignments/asg_1", role="credentialing_specialist")
    here = {text: href for href, text in offered["On this page"]}
    assert here["Ask for a reference"] == "/assignments/asg_1/references#ask"
    assert (here["References"], here["Skills"]) == ("/assignments/asg_1/references", "/assignments/asg_1/skills")
    assert "Push the start" not in here
    assert "Create a task" in here
    assert "On this page" not in await look("skills", here="/assignments/asg_1", role="coordinator")


async def test_the_same_is_found_without_scripts(world, api, issuer):
    answer = await get_as(api, issuer, "/search", params={"q": "zoe"})
    assert answer.status_code == 200
    assert "/clinicians/cln_2" in answer.text
    assert "<script>alert" not in answer.text


async def test_what_finds_nothing_says_so(world, api, issuer):
    assert "Nothing found" in (await get_as(api, issuer, "/search", params={"q": "qqqq"})).text
