"""What an open page hears, who hears it, and when it ends."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from portal.api.pages.live import MOST_STREAMS
from portal.api.pages.live_mail import instant_id
from services.portal.tests.api.hearing import served
from services.portal.tests.builders import (
    a_clinician,
    a_completion,
    a_facility,
    a_person,
    a_workstream,
    an_item,
    an_offer,
    items,
    some_terms,
)
from shared.contracts.identity import AccessWithdrawn

HERE = "?place=asg_1"
PART = {"HX-Request": "true"}


@pytest.fixture
async def town(process, issuer):
    async with served(process, issuer) as town:
        yield town


async def test_what_one_changes_the_other_hears_as_ids_alone(town, house):
    async with town.hear() as ear:
        await house.say(a_facility(), a_clinician(), an_offer(), an_item(), publisher=None)
        kind, data = await ear.next("changed")
        while "wki_1" not in data["items"]:
            kind, data = await ear.next("changed")
    assert kind == "changed"
    assert set(data) == {"items", "assignments", "others", "at"}
    assert (data["items"], data["assignments"]) == (["wki_1"], ["asg_1"])


async def test_a_departments_word_is_told_as_its_assignment(town, house):
    await house.say(an_offer())
    async with town.hear() as ear:
        await house.say(a_workstream(), publisher="payroll")
        assert (await ear.next("changed"))[1]["assignments"] == ["asg_1"]


async def test_a_team_hears_nothing_of_other_facilities(town, house):
    await house.say(
        an_offer(), an_offer(assignment_id="asg_2", source_reference="O-2", terms=some_terms(facility_id="fac_2"))
    )
    async with town.hear(token=town.token(team_facilities=["fac_2"])) as ear:
        await house.say(a_workstream(), publisher="payroll")
        await house.say(a_workstream(assignment_id="asg_2"), publisher="payroll")
        assert (await ear.next("changed"))[1]["assignments"] == ["asg_2"]


async def test_a_transaction_of_many_rows_says_to_look_at_everything(town, house):
    await house.say(an_offer())
    async with town.hear() as ear:
        await house.say(*items(*range(150)), publisher="payroll")
        assert (await ear.next("look", "changed"))[0] == "look"


async def test_whoever_comes_back_hears_what_they_missed(town, house, clock):
    left_at = clock.now()
    clock.advance(timedelta(minutes=1))
    await house.say(an_offer(), an_item(), publisher=None)
    async with town.hear(f"?since={instant_id(left_at)}") as ear:
        assert ear.missed == [("changed", ["wki_1"], ["asg_1"])]


async def test_whoever_was_away_for_too_long_looks_at_everything(town, clock):
    left_at = clock.now() - timedelta(minutes=11)
    async with town.hear(f"?since={instant_id(left_at)}") as ear:
        assert ear.missed == [("look", [], [])]


async def test_whoever_comes_for_the_first_time_is_told_of_nothing_before(town, house, clock):
    await house.say(an_offer())
    async with town.hear() as ear:
        assert ear.missed == []


@pytest.mark.parametrize(
    ("place", "page"), [("asg_1", "/assignments/asg_1"), ("cln_1", "/clinicians/cln_1"), ("fac_1", "/facilities/fac_1")]
)
async def test_two_on_one_page_hear_of_each_other_and_see_names(town, house, place, page):
    people = (a_person(), a_person(person_id="per_2", name="Ana <Brandt>"))
    await house.say(a_facility(), a_clinician(), an_offer(), *people, publisher=None)
    assert f'data-live-place="{place}"' in (await town.get(page)).text
    async with town.hear(f"?place={place}") as ear:
        ana = town.token(person="per_2")
        async with town.hear(f"?place={place}", token=ana) as other:
            while "Ana" not in (shown := await _people(town, place)):
                assert (await ear.next("present"))[1] == {"places": [place]}
            assert "Ana &lt;Brandt&gt;" in shown
            assert "Tomas" not in shown
            assert "Tomas Okafor-Lind" in (await _people(town, place, token=ana))
            assert other
        while "Ana" in await _people(town, place):
            await ear.next("present")


async def test_nobody_is_on_a_page_that_they_do_not_reach(town, house):
    await house.say(an_offer(), a_person())
    stranger = town.token(person="per_2", team_facilities=["fac_2"])
    async with town.hear(HERE, token=stranger), town.hear(HERE):
        # Both are noted at once, so where the one is shown the other would be.
        while "Tomas" not in (shown := await _people(town, token=town.token("lead", person="per_3"))):
            await asyncio.sleep(0)
        assert "per_2" not in shown
    assert (await town.get("/live/presence?place=asg_1", token=stranger)).status_code == 404


@pytest.mark.parametrize(
    ("place", "who", "status"),
    [
        ("cln_1", {"team_facilities": ["fac_2"]}, 200),
        ("fac_1", {"team_facilities": ["fac_2"]}, 404),
        ("fac_1", {"team_facilities": ["fac_1"]}, 200),
        ("cln_2", {"role": "recruiter", "sources": ["elsewhere"]}, 404),
        ("cln_1", {"role": "recruiter", "sources": ["demo"]}, 200),
        ("cln_9", {}, 404),
        ("fac_9", {}, 404),
    ],
)
async def test_who_is_at_a_clinician_or_facility_is_told_to_whom_its_page_is_shown(town, house, place, who, status):
    await house.say(a_facility(), a_clinician(), a_clinician(clinician_id="cln_2", source_reference="C-2"), an_offer())
    token = town.token(**who)
    answers = [
        await town.get(path, token=token)
        for path in (f"/live/presence?place={place}", f"/{'clinicians' if place[0] == 'c' else 'facilities'}/{place}")
    ]
    assert [answer.status_code for answer in answers] == [status, status]


@pytest.mark.parametrize("place", ["", "asg_1'--", "../work", "asg_1%0A", "x" * 79])
async def test_what_is_no_place_is_refused(town, place):
    assert (await town.get(f"/live?place={place}")).json()["code"] == "not_a_place"


async def test_one_person_has_six_streams_and_another_their_own(town):
    async with asyncio.TaskGroup() as group:
        enough, are_open = asyncio.Event(), asyncio.Semaphore(0)

        async def page():
            async with town.hear():
                are_open.release()
                await enough.wait()

        for _ in range(MOST_STREAMS):
            group.create_task(page())
        for _ in range(MOST_STREAMS):
            await are_open.acquire()
        refused = await town.get("/live")
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many_streams")
        async with town.hear(token=town.token(person="per_2")):
            enough.set()


async def test_a_stream_ends_with_its_token(town, house):
    await house.say(an_offer())
    async with town.hear(token=town.token(seconds=3)) as ear:  # and five seconds of leeway
        while True:
            await house.say(a_workstream(), publisher="payroll")
            try:
                await ear.next()
            except EOFError:
                return


async def test_a_stream_tells_nothing_more_once_access_was_withdrawn(town, house):
    await house.say(an_offer())
    async with town.hear() as ear:
        now = town.process.works.clock.now() + timedelta(days=3650)
        await house.say(AccessWithdrawn(subject="per_1", withdrawn_at=now, reason="signed_out"))
        async with asyncio.timeout(15):
            with pytest.raises(EOFError):
                while True:
                    await house.say(a_workstream(), publisher="payroll")
                    await ear.next()


async def test_streams_end_when_the_process_does(town):
    async with town.hear() as ear:
        town.app.state.ending.set()
        with pytest.raises(EOFError):
            await ear.next()


async def test_a_lost_line_is_found_again_and_everything_looked_at(town, house, engine):
    await house.say(an_offer())
    async with town.hear() as ear:
        async with engine.begin() as connection:
            await connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = 'portal-live'"
            )
        assert (await ear.next("look"))[0] == "look"
        await house.say(an_item())
        assert (await ear.next("changed"))[1]["items"] == ["wki_1"]


async def test_closed_work_is_told_as_well(town, house):
    await house.say(an_offer(), an_item())
    async with town.hear() as ear:
        await house.say(a_completion())
        assert "wki_1" in (await ear.next("changed"))[1]["items"]


async def test_nobody_without_a_role_of_ours_listens(town):
    assert (await town.get("/live", token=town.token("facility_approver", facilities=["fac_1"]))).status_code == 403


async def test_the_stream_is_neither_kept_nor_collected_on_its_way(town):
    headers = {"Authorization": f"Bearer {town.token()}", "Accept-Encoding": "gzip"}
    async with (
        httpx.AsyncClient(base_url=town.address) as client,
        client.stream("GET", "/live", headers=headers) as answer,
    ):
        given = answer.headers
    assert given["content-type"].startswith("text/event-stream")
    assert (given["cache-control"], given["x-accel-buffering"]) == ("no-store", "no")
    assert "content-encoding" not in given


async def _people(town, place="asg_1", **who):
    return (await town.get(f"/live/presence?place={place}", **who, **PART)).text
