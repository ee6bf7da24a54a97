"""Questions are put to sources outside every transaction; trouble waits, answers reach the file, news stops at once."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from credentialing.app.answer_inquiry import answer_inquiry
from credentialing.app.begin_inquiry import begin_inquiry
from credentialing.app.begin_look_ups import begin_look_ups
from credentialing.app.claim_inquiries import claim_inquiries
from credentialing.app.queries.inquiries import inquiries_of_file, source_lines
from credentialing.clients.sources import Sources
from credentialing.domain.held import HeldStatus
from credentialing.domain.sources.answer import Pending, Trouble
from credentialing.domain.sources.catalogue import LICENCES, NPPES, PACES
from credentialing.domain.sources.inquiry import TRIES_BEFORE_PEOPLE, About, State
from credentialing.domain.sources.question import Question
from credentialing.storage import credentials, files, source_results
from credentialing.storage.tables import inquiry
from services.credentialing.tests.app.asking import (
    ABOUT,
    CONFIRMED,
    READER,
    Scripted,
    ana,
    at,
    begun,
    fields_of,
    known,
    licence_item,
    make_due,
    only,
    set_aside,
    turn,
    with_all_but_the_licence,
)
from services.credentialing.tests.builders import (
    ASSIGNMENT,
    CLINICIAN,
    some_facility,
    some_offer,
)
from services.credentialing.tests.clients.simulation import simulated
from shared.contracts.assignments import AssignmentEnded
from shared.contracts.assignments import State as AssignmentState
from shared.contracts.credentialing import ClearanceGranted
from shared.contracts.workstreams import WorkItemCompleted, WorkItemOpened, WorkItemWithdrawn


async def test_a_register_confirms_a_claim_and_the_clinician_is_cleared(house, works):
    await with_all_but_the_licence(house, works, "1234577")
    async with simulated() as simulation, at(simulation) as sources:
        await turn(works, sources)
        assert [(one.state, one.last_trouble) for one in await known(works)][0][0] is State.PENDING
        assert await house.said(ClearanceGranted) == []
        await make_due(works)
        await turn(works, sources)
    (answered,) = [one for one in await known(works) if one.asked_of == LICENCES]
    assert (answered.state, answered.attempts) == (State.ANSWERED, 0)
    assert (await licence_item(works)).is_met
    assert len(await house.said(ClearanceGranted)) == 1


async def test_a_register_that_knows_better_refuses_the_claim(house, works):
    await with_all_but_the_licence(house, works, "1234503")
    async with simulated() as simulation, at(simulation) as sources:
        for _ in range(2):
            await turn(works, sources)
            await make_due(works)
    async with works.begin(READER) as work:
        (held,) = [one for one in await credentials.of_clinician(work.session, CLINICIAN) if one.code == "LIC-RN"]
        (result,) = await source_results.of_clinician(work.session, CLINICIAN)
    assert (held.status, result.status_text, result.checked_by) == (
        HeldStatus.REJECTED,
        "Suspended",
        "system:credentialing",
    )


async def test_trouble_waits_longer_each_time_tells_people_after_three_tries_and_fails_nothing(house, works):
    await with_all_but_the_licence(house, works, "1234505")
    before = await licence_item(works)
    async with simulated() as simulation, at(simulation) as sources:
        for tries in range(1, TRIES_BEFORE_PEOPLE + 1):
            opened = [one for one in await house.said(WorkItemOpened) if one.kind == "source_unavailable"]
            assert opened == []
            await turn(works, sources)
            assert await turn(works, sources) == 0  # not due again
            (waiting,) = [one for one in await known(works) if one.asked_of == LICENCES]
            assert (waiting.state, waiting.attempts) == (State.WAITING, tries)
            await make_due(works)
    (opened_item,) = [one for one in await house.said(WorkItemOpened) if one.kind == "source_unavailable"]
    assert waiting.last_trouble == "The register answers with 500."
    assert [action.name for action in opened_item.actions] == ["guide", "check", "ask"]
    assert await licence_item(works) == before
    assert opened_item.assignment_id == ASSIGNMENT


async def test_the_work_item_ends_when_the_source_answers_again(house, works):
    await with_all_but_the_licence(house, works, "1234577")
    source = Scripted(
        *[Trouble(why="away")] * TRIES_BEFORE_PEOPLE, Pending(reference="t", again_in_seconds=0), CONFIRMED
    )
    for _ in range(TRIES_BEFORE_PEOPLE + 1):
        await turn(works, only(source))
        await make_due(works)
    (item,) = [one for one in await house.said(WorkItemOpened) if one.kind == "source_unavailable"]
    withdrawn = [one.work_item_id for one in await house.said(WorkItemWithdrawn)]
    assert item.work_item_id in withdrawn
    await turn(works, only(source))
    assert item.work_item_id not in [one.work_item_id for one in await house.said(WorkItemCompleted)]
    assert (await house.versions_said("credentialing.work_item.v1"))[item.work_item_id] == [1, 2]


async def test_trouble_of_an_ended_assignment_goes_with_the_clinician_to_the_next(house, works):
    await with_all_but_the_licence(house, works, "1234577")
    for _ in range(TRIES_BEFORE_PEOPLE):
        await turn(works, only(Scripted(Trouble(why="away"))))
        await make_due(works)
    await house.say(some_offer(assignment_id="asg_2", source_reference="O-2"))
    ended = AssignmentEnded(
        assignment_id=ASSIGNMENT, terms_version=1, ended_on=date(2026, 1, 5), state=AssignmentState.FELL_OFF
    )
    await house.say(ended)
    await set_aside(works, only(Scripted(CONFIRMED)))
    opened = [one for one in await house.said(WorkItemOpened) if one.kind == "source_unavailable"]
    assert [one.assignment_id for one in opened] == [ASSIGNMENT, "asg_2"]
    assert opened[0].work_item_id in [one.work_item_id for one in await house.said(WorkItemWithdrawn)]


async def test_nothing_is_open_or_locked_while_a_source_is_asked(works):
    """INVARIANT: no transaction of ours waits for somebody outside.

    What breaks it: asking inside the unit of work that claimed; the row would then be locked here.
    """
    await begun(works)
    rows = []

    async def look() -> None:
        async with works.engine.begin() as connection:
            locked = await connection.execute(select(inquiry.c.fence).with_for_update(nowait=True))
            rows.extend(locked.scalars())

    await turn(works, only(Scripted(CONFIRMED, before=look)))
    assert rows == [1]


async def test_an_answer_after_the_lease_is_not_taken_twice(works):
    """INVARIANT: one question has one answer, however slow whoever asked it was.

    What breaks it: settling a question without comparing the fence.
    """
    await begun(works)
    async with works.begin(READER) as work:
        (slow,) = await claim_inquiries(work, LICENCES, at_most=4)
    async with works.begin(READER) as work:
        assert await claim_inquiries(work, LICENCES, at_most=4) == []
    await make_due(works)
    async with works.begin(READER) as work:
        (fast,) = await claim_inquiries(work, LICENCES, at_most=4)
    for due in (fast, slow):
        async with works.begin(READER) as work:
            await answer_inquiry(work, due.claimed, answer=CONFIRMED)
    async with works.begin(READER) as work:
        assert len(await source_results.of_clinician(work.session, CLINICIAN)) == 1


async def test_two_workers_never_take_the_same_question(works):
    for number in range(20):
        await begun(works, About(clinician_id=f"cln_{number}", code="LIC-RN", number="1", jurisdiction="CO"))

    async def take() -> list[str]:
        async with works.begin(READER) as work:
            return [one.claimed.inquiry.inquiry_id for one in await claim_inquiries(work, LICENCES, at_most=4)]

    taken = [one for some in await asyncio.gather(*(take() for _ in range(5))) for one in some]
    assert len(taken) == len(set(taken)) == 20


async def test_a_register_is_asked_no_more_often_than_it_allows(works):
    pace = PACES[LICENCES]
    for number in range(pace.calls + 5):
        await begun(works, About(clinician_id=f"cln_{number}", code="LIC-RN", number="1", jurisdiction="CO"))
    async with works.begin(READER) as work:
        first = await claim_inquiries(work, LICENCES, at_most=100)
    async with works.begin(READER) as work:
        second = await claim_inquiries(work, LICENCES, at_most=100)
    assert (len(first), len(second)) == (pace.calls, 0)


async def test_a_source_that_is_closed_for_all_is_asked_nothing_else(works):
    for number in range(3):
        await begun(works, About(clinician_id=f"cln_{number}", code="LIC-RN", number="1", jurisdiction="CO"))
    source = Scripted(Trouble(why="too often", again_in_seconds=1800, is_for_all=True))
    async with works.begin(READER) as work:
        (due,) = await claim_inquiries(work, LICENCES, at_most=1)
    async with works.begin(READER) as work:
        await answer_inquiry(work, due.claimed, answer=source.answers[0])
    assert await turn(works, only(source)) == 0
    assert source.questions == []


async def test_without_an_address_questions_are_set_aside_and_come_back_with_one(works):
    await begun(works)
    await turn(works, Sources({}, secrets={}))
    assert [one.state for one in await known(works)] == [State.MANUAL]
    await turn(works, only(Scripted(CONFIRMED)))
    assert [one.state for one in await known(works)] == [State.ANSWERED]


async def test_a_question_whose_claim_is_gone_is_dropped(works):
    async with works.begin(READER) as work:
        await begin_inquiry(work, ABOUT)
    await turn(works, only(Scripted(CONFIRMED)))
    assert [one.state for one in await known(works)] == [State.DROPPED]


async def test_the_same_question_is_asked_once_and_an_older_claim_no_more(works):
    first, again = await begun(works), await begun(works)
    newer = await begun(works, About(**{**fields_of(ABOUT), "credential_id": "crd_new", "number": "99"}))
    other_state = await begun(works, About(**{**fields_of(ABOUT), "subject": "AZ", "jurisdiction": "AZ"}))
    assert first is not None
    assert again == first
    states = {one.inquiry_id: one.state for one in await known(works)}
    assert newer is not None
    assert other_state is not None
    assert states == {
        first.inquiry_id: State.DROPPED,
        newer.inquiry_id: State.WAITING,
        other_state.inquiry_id: State.WAITING,
    }


async def test_orders_are_placed_by_people_alone_and_nothing_is_asked_where_nobody_answers(works):
    order = About(clinician_id=CLINICIAN, code="BG-COUNTY")
    assert [await begun(works, order), await begun(works, About(clinician_id=CLINICIAN, code="CERT-BLS"))] == [
        None,
        None,
    ]
    assert await begun(works, order, by_person=True) is not None


async def test_a_number_is_looked_up_when_a_file_asks_for_it(house, works):
    await house.say(ana(npi="1234567550"), some_facility(), some_offer())
    async with works.begin(READER) as work:
        file = await files.find_for_assignment(work.session, ASSIGNMENT)
        assert file is not None
        asks = any(item.code == "ID-NPI" for item in file.items)
        await begin_look_ups(work, file)
        await begin_inquiry(work, About(clinician_id=CLINICIAN, code="ID-NPI"))
    async with simulated(names={"1234567550": "Ana Example"}) as simulation, at(simulation) as sources:
        await turn(works, sources)
        assert "GET /nppes/" in await simulation.asked()
    (answered,) = [one for one in await known(works) if one.asked_of == NPPES]
    assert (answered.state, answered.result_id is not None) == (State.ANSWERED, True)
    if asks:
        async with works.begin(READER) as work:
            file = await files.find_for_assignment(work.session, ASSIGNMENT)
            assert file is not None
            assert file.item("ID-NPI").is_met


async def test_nothing_private_goes_out_with_a_question(house, works):
    await house.say(ana(npi="1234567893"))
    await begun(works)
    source = Scripted(CONFIRMED)
    await turn(works, only(source))
    (asked,) = source.questions
    assert (asked.name, asked.email, asked.number) == ("Ana Example", "ana@example.org", "123477")
    assert set(Question.__dataclass_fields__) == {
        "inquiry_id",
        "code",
        "today",
        "name",
        "email",
        "number",
        "jurisdiction",
        "reference",
        "screened",
    }
    assert asked.screened is None


async def test_what_waits_is_counted_by_source(works):
    await begun(works)
    async with works.begin(READER) as work:
        lines = {one.source: one for one in await source_lines(work, [LICENCES])}
    assert (lines[LICENCES].is_set_up, lines[LICENCES].waiting, lines[LICENCES].due) == (True, 1, 1)
    assert (lines[NPPES].is_set_up, lines[NPPES].waiting) == (False, 0)


async def test_a_file_shows_what_was_asked_for_it(house, works):
    await with_all_but_the_licence(house, works, "1234577")
    async with works.begin(READER) as work:
        file = await files.find_for_assignment(work.session, ASSIGNMENT)
        assert file is not None
        assert "LIC-RN" in {one.about.code for one in await inquiries_of_file(work, file.file_id)}


@pytest.mark.parametrize("days", [0, 400])
async def test_waits_are_of_real_time_wherever_business_time_is(works, clock, days):
    clock.advance(timedelta(days=days))
    await begun(works)
    async with works.begin(READER) as work:
        assert len(await claim_inquiries(work, LICENCES, at_most=4)) == 1
