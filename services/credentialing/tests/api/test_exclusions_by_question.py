"""While no extract of SAM.gov is loaded it is asked about everybody with a file; once one is, screening decides."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from credentialing import main
from credentialing.api.routes.files import PRIVATE_KINDS
from credentialing.app.claim_inquiries import claim_inquiries
from credentialing.app.queries.screening import whom_to_search
from credentialing.clients.sam import Sam
from credentialing.clients.sources import Sources
from credentialing.domain.sources.answer import Confirmed, Facts, RequestError
from credentialing.domain.sources.catalogue import SAM
from credentialing.domain.sources.inquiry import TRIES_BEFORE_PEOPLE, Inquiry, State
from credentialing.jobs import asking
from credentialing.settings import Settings
from credentialing.storage import source_results
from credentialing.storage.numbers import Numbers
from credentialing.storage.screening_people import People
from services.credentialing.tests.api.test_screening import OTHERS, SPECIALIST, ana, item_of
from services.credentialing.tests.app.asking import READER, Scripted, known, make_due, only
from services.credentialing.tests.builders import CLINICIAN, NOW, some_facility, some_offer
from services.credentialing.tests.clients.simulation import simulated
from services.credentialing.tests.domain.screening.rows_of_lists import leie_file
from shared.contracts.workstreams import WorkItemOpened, WorkItemWithdrawn
from shared.runtime.definition import Service
from shared.runtime.jobs import Jobs
from shared.vault.keys import FileKeys
from shared.vault.private_values import PrivateValues
from shared.vault.vault import Vault

EXTRACT = (
    b"Classification,Name,First,Middle,Last,Excluding Agency,Active Date,Termination Date,NPI\r\n"
    b"Individual,,Ottokar,,Quennell,GSA,01/02/2020,Indefinite,\r\n"
)
SEARCHED = {"source": "SAM.gov exclusions", "checked_on": "2026-11-09", "status": "Not listed"}
CLEAR = Confirmed(facts=Facts(status_text="no active exclusion"))


@pytest.fixture(autouse=True)
def today(clock):
    """Three weeks before the start."""
    clock.instant = NOW


@pytest.fixture
def definition(environment: dict[str, Any]) -> Service:
    told = {**environment, "source_sam_url": "http://127.0.0.1:1", "source_sam_key": "an-invented-key"}
    return main.service(Settings(**told))


@pytest.fixture
def people(vault_key_file) -> People:
    vault = Vault("credentialing", FileKeys(str(vault_key_file)))
    return People(vault, PrivateValues(vault, PRIVATE_KINDS))


@pytest.fixture
def name() -> str:
    return "Ana Example"


@pytest.fixture
async def file(house, api, name):
    """The one open file."""
    await house.say(ana(name=name), some_facility(), some_offer())
    (line,) = (await api.get("/v1/files")).json()["items"]
    return line


@pytest.fixture
def turn(works, people, vault_key_file):
    """One turn of everything that asks these sources."""
    numbers = Numbers(Vault("credentialing", FileKeys(str(vault_key_file))))
    return lambda sources: Jobs(asking(sources, numbers, people=people)).run_due(works)


@asynccontextmanager
async def sam(**told: Any) -> AsyncIterator[Sources]:
    """SAM.gov, simulated."""
    async with simulated(**told) as simulation:
        sources = Sources({SAM: Sam(f"{simulation.url}/sam", key="an-invented-key")}, secrets={})
        try:
            yield sources
        finally:
            await sources.aclose()


async def the_question(works) -> Inquiry:
    (found,) = [one for one in await known(works) if one.about.code == "EXC-SAM"]
    return found


async def the_result(works):
    async with works.begin(READER) as work:
        (found,) = await source_results.of_clinician(work.session, CLINICIAN)
    return found


async def opened(house, kind: str) -> list[WorkItemOpened]:
    return [one for one in await house.said(WorkItemOpened) if one.kind == kind]


async def test_a_file_has_sam_asked_and_nobody_listed_meets_the_item(works, api, file, turn):
    assert (await the_question(works)).state is State.WAITING
    lines = {one["source"]: one for one in (await api.get("/v1/sources")).json()["items"]}
    assert (lines["sam"]["is_set_up"], lines["sam"]["waiting"]) == (True, 1)
    async with sam() as sources:
        await turn(sources)
    result = await the_result(works)
    assert ((await the_question(works)).state, await item_of(api, file, "EXC-SAM")) == (State.ANSWERED, "verified")
    assert (result.source, result.outcome, result.url) == ("sam", "confirmed", "https://sam.gov/search/")
    assert (result.status_text, result.issued_on) == ("no active exclusion", NOW.date())


@pytest.mark.parametrize("name", ["Zelda Barred"])
async def test_what_may_be_the_clinician_waits_for_a_person_who_prints_the_search(
    works, api, house, file, turn, evidence
):
    async with sam() as sources:
        await turn(sources)
    assert await item_of(api, file, "EXC-SAM") == "received"
    result = await the_result(works)
    assert (result.outcome, result.needs_adjudication) == ("unclear", False)
    assert "a person of NY (HHS, from 2011-12-12 without an end)" in str(result.note)
    assert "BARRED" not in str(result.note).upper(), "what is told stays when the clinician is forgotten"
    (task,) = [one for one in await opened(house, "verify_credential") if one.actions[0].path.endswith("EXC-SAM:check")]
    assert [action.name for action in task.actions] == ["check", "reject"]
    checked = {**SEARCHED, "document_id": evidence}
    answer = await api.post(f"/v1/files/{file['file_id']}/items/EXC-SAM:check", checked, role=SPECIALIST)
    assert (answer.status_code, await item_of(api, file, "EXC-SAM")) == (200, "verified")


@pytest.mark.parametrize("name", ["Zelda Barred"])
async def test_a_row_of_hhs_is_left_to_the_leie_once_that_is_loaded(load, works, api, file, turn):
    await load(leie_file(*OTHERS))
    async with sam() as sources:
        await turn(sources)
    assert await item_of(api, file, "EXC-SAM") == "verified"
    assert "1 left to the LEIE" in str((await the_result(works)).note)


async def test_other_names_are_searched_and_the_birth_date_is_compared_here(works, api, file, turn, people):
    await api.put(f"/v1/clinicians/{CLINICIAN}/private-values/birth_date", {"value": "1990-04-17"}, role=SPECIALIST)
    alias = {"first": "Zelda", "last": "Barred", "kind": "former"}
    assert (await api.post(f"/v1/clinicians/{CLINICIAN}/aliases", alias, role=SPECIALIST)).status_code < 300
    async with works.begin(READER) as work:
        whom = await whom_to_search(work, people, clinician_id=CLINICIAN)
        assert await whom_to_search(work, people, clinician_id="cln_nobody") is None
    assert whom is not None
    assert (str(whom.person.birth_date), [one.last for one in whom.person.names]) == (
        "1990-04-17",
        ["Example", "Barred"],
    )
    async with sam() as sources:
        await turn(sources)
    assert await item_of(api, file, "EXC-SAM") == "received"


async def test_of_somebody_who_was_erased_there_is_nothing_to_search_for(works, api, file, turn, vault_key_file):
    await api.put(f"/v1/clinicians/{CLINICIAN}/private-values/birth_date", {"value": "1990-04-17"}, role=SPECIALIST)
    async with works.begin(READER) as work:
        await Vault("credentialing", FileKeys(str(vault_key_file))).destroy_keys(work, CLINICIAN)
    async with sam() as sources:
        await turn(sources)
    found = await the_question(works)
    assert (found.state, found.last_trouble) == (State.FAILED_REQUEST, "There is no name to search for.")


async def test_a_day_that_is_over_is_waited_out_and_people_hear_after_some_tries(works, house, file, turn):
    async with sam(sam_questions_a_day=0) as sources:
        for _ in range(TRIES_BEFORE_PEOPLE):
            assert await opened(house, "source_unavailable") == []
            await turn(sources)
            await make_due(works)
    (task,) = await opened(house, "source_unavailable")
    assert [action.name for action in task.actions] == ["guide", "check", "ask"]


async def test_without_an_address_or_a_key_it_is_a_search_by_hand(environment, works, api, file, turn, evidence):
    keyless = main.service(Settings(**environment, source_sam_url="http://127.0.0.1:1"))
    assert keyless.resources["sources"].names == ()  # type: ignore[attr-defined]
    await turn(Sources({}, secrets={}))
    assert (await the_question(works)).state is State.MANUAL
    checked = {**SEARCHED, "document_id": evidence}
    await api.post(f"/v1/files/{file['file_id']}/items/EXC-SAM:check", checked, role=SPECIALIST)
    assert (await the_question(works)).state is State.ANSWERED


async def test_a_list_that_is_loaded_ends_the_question_and_begins_none(load, works, api, house, file, turn, evidence):
    await turn(only(Scripted(RequestError(why="Too many.")), SAM))
    assert [one.assignment_id for one in await opened(house, "source_unavailable")] == [file["assignment_id"]]
    assert (await load(EXTRACT, name="sam")).status_code == 201
    source = Scripted(CLEAR)
    await turn(only(source, SAM))
    assert ((await the_question(works)).state, source.questions) == (State.DROPPED, [])
    (task,) = await opened(house, "source_unavailable")
    assert task.work_item_id in [one.work_item_id for one in await house.said(WorkItemWithdrawn)]
    place = f"/v1/files/{file['file_id']}/items/EXC-SAM"
    refused = [
        await api.post(f"{place}:ask", role=SPECIALIST),
        await api.post(f"{place}:check", {**SEARCHED, "document_id": evidence}, role=SPECIALIST),
    ]
    assert [(one.status_code, one.json()["code"]) for one in refused] == [(409, "screening_decides")] * 2
    await house.say(some_offer(assignment_id="asg_2", source_reference="O-2"))
    assert (await the_question(works)).state is State.DROPPED


async def test_nothing_that_waits_is_asked_once_the_list_is_loaded(load, works, file):
    """Also in the seconds before the question is dropped: ten a day are few."""
    async with works.begin(READER) as work:
        assert len(await claim_inquiries(work, SAM, at_most=4)) == 1
    await make_due(works)
    await load(EXTRACT, name="sam")
    async with works.begin(READER) as work:
        assert await claim_inquiries(work, SAM, at_most=4) == ()


async def test_an_answer_on_its_way_while_the_list_is_loaded_counts_for_nothing(load, works, api, file, turn):
    """INVARIANT: once a list is loaded nothing but screening confirms its item.

    What breaks it: taking the answer of a question that was asked just before.
    """

    async def loads() -> None:
        await load(EXTRACT, name="sam")

    await turn(only(Scripted(CLEAR, before=loads), SAM))
    assert ((await the_question(works)).state, await item_of(api, file, "EXC-SAM")) == (State.DROPPED, "missing")


async def test_a_person_has_sam_asked_again(works, api, file, turn):
    await turn(only(Scripted(RequestError(why="Too many.")), SAM))
    asked = await api.post(f"/v1/files/{file['file_id']}/items/EXC-SAM:ask", role=SPECIALIST)
    assert (asked.status_code, asked.json()["state"]) == (200, "waiting")
    shown = (await api.get(f"/v1/files/{file['file_id']}/items/EXC-SAM", role=SPECIALIST)).json()
    assert shown["asked_of"] == "sam"
