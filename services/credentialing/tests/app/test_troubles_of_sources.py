"""Which sources do not answer, since when, what they said last, and who waits for them."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from credentialing.app.queries.inquiries import SourceLines, sources_now
from credentialing.domain.sources.answer import Pending, RequestError, Trouble
from credentialing.domain.sources.catalogue import LICENCES, NPPES
from credentialing.domain.sources.inquiry import TRIES_BEFORE_PEOPLE, About
from services.credentialing.tests.app.asking import (
    READER,
    Scripted,
    begun,
    make_due,
    only,
    turn,
    with_all_but_the_licence,
)
from services.credentialing.tests.builders import ASSIGNMENT, CLINICIAN
from shared.reach import Reach

SILENT = Trouble(why="It answered with 503.")


async def now(works, *, reach: Reach | None = None) -> SourceLines:
    async with works.begin(READER, reach=reach) as work:
        return await sources_now(work, [LICENCES])


async def trouble(works):
    lines = {one.source: one for one in (await now(works)).sources}
    assert lines[NPPES].trouble is None
    return lines[LICENCES].trouble


async def test_a_source_that_answers_is_in_no_trouble(works):
    await begun(works)

    assert await trouble(works) is None
    await turn(works, only(Scripted(Pending(reference="t", again_in_seconds=600))))
    assert await trouble(works) is None


async def test_trouble_lasts_from_the_first_try_in_vain_with_what_was_said_last(works, clock):
    since = clock.instant
    for number in range(2):
        await begun(works, About(clinician_id=f"cln_{number}", code="LIC-RN", number="1", jurisdiction="CO"))
        await turn(works, only(Scripted(Trouble(why=f"It answered with 50{number}."))))
        clock.advance(timedelta(hours=1))

    found = await trouble(works)

    assert (found.since, found.questions, found.said) == (since, 2, "It answered with 501.")


async def test_the_next_try_is_told_by_the_clock_that_people_look_at(works, clock):
    await begun(works)
    await turn(works, only(Scripted(Trouble(why="too often", again_in_seconds=1800, is_for_all=True))))
    clock.advance(timedelta(days=400))

    found = await trouble(works)

    assert timedelta(minutes=29) < found.next_try_at - clock.instant <= timedelta(minutes=30)
    await make_due(works)
    assert (await trouble(works)).next_try_at == clock.instant


async def test_trouble_is_over_when_the_source_answers_and_begins_anew_when_it_stops(works, clock):
    await begun(works)
    answers = Scripted(SILENT, SILENT, Pending(reference="t", again_in_seconds=0), SILENT)
    for is_troubled in (True, True, False, True):
        clock.advance(timedelta(hours=1))
        await turn(works, only(answers))
        await make_due(works)
        assert bool(await trouble(works)) is is_troubled

    assert (await trouble(works)).since == clock.instant


async def test_what_was_asked_in_vain_before_that_was_noted_counts_from_its_beginning(works, clock):
    opened_at = clock.instant
    await begun(works)
    clock.advance(timedelta(hours=1))
    await turn(works, only(Scripted(SILENT)))
    async with works.engine.begin() as connection:
        await connection.execute(text("UPDATE inquiry SET body = (body::jsonb - 'troubled_since')::text"))

    assert (await trouble(works)).since == opened_at


async def test_who_waits_is_told_with_file_and_work_item_once_people_heard_of_it(house, works):
    await with_all_but_the_licence(house, works, "1234577")
    for _ in range(TRIES_BEFORE_PEOPLE):
        assert (await now(works)).unanswered == []
        await turn(works, only(Scripted(SILENT)))
        await make_due(works)

    (one,) = (await now(works)).unanswered

    asked = one.inquiry
    assert (asked.about.clinician_id, asked.about.code, asked.attempts) == (CLINICIAN, "LIC-RN", TRIES_BEFORE_PEOPLE)
    assert (asked.work_item_for, asked.work_item_id is None, one.file_id[:4]) == (ASSIGNMENT, False, "fil_")


async def test_a_question_that_is_not_taken_needs_people_and_is_no_trouble_of_its_source(house, works):
    await with_all_but_the_licence(house, works, "1234577")
    await turn(works, only(Scripted(RequestError(why="No such number."))))

    (one,) = (await now(works)).unanswered

    assert one.inquiry.last_trouble == "No such number."
    assert await trouble(works) is None


@pytest.mark.parametrize(("facility_id", "seen"), [("fac_mesa", 1), ("fac_other", 0)])
async def test_who_waits_is_told_within_reach(house, works, facility_id, seen):
    await with_all_but_the_licence(house, works, "1234577")
    await turn(works, only(Scripted(RequestError(why="No such number."))))

    found = await now(works, reach=Reach(facility_id=frozenset({facility_id})))

    assert len(found.unanswered) == seen
