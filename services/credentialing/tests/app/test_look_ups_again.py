"""What is looked up without a claim is looked up once more when its answer grew too old for the start."""

from datetime import timedelta

import pytest

from credentialing.app.look_again import look_again
from credentialing.domain.item import ItemStatus
from credentialing.domain.sources.answer import Confirmed, Facts, Trouble
from credentialing.domain.sources.catalogue import NPPES
from services.credentialing.tests.app.asking import READER, Scripted, ana, known, make_due, only, turn
from services.credentialing.tests.builders import ASSIGNMENT, NOW, START, some_facility, some_offer, some_terms
from services.credentialing.tests.consumers.test_consumers import stored
from shared.contracts.terms import Discipline

NPI = "1234567893"
OPENS = START - timedelta(days=31)
CONFIRMED = Confirmed(facts=Facts(number=NPI, status_text="A"))


@pytest.fixture
async def file(house, works, clock):
    """A therapist's file, opened sixty days before the start; the registry was asked then."""
    clock.instant = NOW.replace(year=START.year, month=START.month, day=START.day) - timedelta(days=60)
    therapist = {"discipline": Discipline.PT, "specialty": "REHAB", "unit": "TELE"}
    await house.say(ana(npi=NPI, discipline=Discipline.PT), some_facility())
    await house.say(some_offer(terms=some_terms(**therapist)))
    await turn(works, only(Scripted(CONFIRMED), NPPES))


async def at_day(works, clock, day):
    clock.instant = clock.instant.replace(year=day.year, month=day.month, day=day.day)
    async with works.begin(READER) as work:
        await look_again(work, ASSIGNMENT)
    return [one.state.value for one in await known(works) if one.asked_of == NPPES]


async def test_a_look_up_that_grew_too_old_is_made_again_once_when_its_window_opens(works, clock, file):
    assert (await stored(works)).item("ID-NPI").status is ItemStatus.MISSING
    before = await at_day(works, clock, OPENS - timedelta(days=1))
    opened = [await at_day(works, clock, OPENS) for _ in range(2)]
    assert (before, opened) == (["answered"], [["answered", "waiting"]] * 2)
    await turn(works, only(Scripted(CONFIRMED), NPPES))
    assert (await stored(works)).item("ID-NPI").status is ItemStatus.VERIFIED
    assert await at_day(works, clock, OPENS + timedelta(days=3)) == ["answered", "answered"]


async def test_trouble_with_the_second_look_up_begins_no_third(works, clock, file):
    await at_day(works, clock, OPENS)
    await turn(works, only(Scripted(Trouble(why="away")), NPPES))
    await make_due(works)
    assert await at_day(works, clock, OPENS + timedelta(days=1)) == ["answered", "waiting"]
