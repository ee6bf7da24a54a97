"""What runs out is read from the files, and reminded of while days, or months, pass."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from credentialing.app.give_notices import give_notices
from credentialing.app.keep_expirables import keep_expirables
from credentialing.app.take_result import take_result
from credentialing.domain.expirables.calendar import Span
from credentialing.domain.source_result import Outcome, SourceResult
from credentialing.jobs import reminding
from credentialing.storage import courses, expirables
from credentialing.storage.expirables import Wanted
from credentialing.storage.tables import expirable_notice
from services.credentialing.tests.builders import ASSIGNMENT, some_facility, some_held, some_offer, some_requirements
from services.credentialing.tests.consumers.test_consumers import holds, stored
from shared.contracts.assignments import AssignmentEnded, State
from shared.principal import Principal

BLS = "CERT-BLS"
LAST = date(2026, 8, 31)
WHEN = Span(first=date(2026, 8, 1), last=date(2026, 8, 31))


@pytest.fixture
async def file(house, works):
    """An open file whose BLS card runs out before the assignment begins."""
    (asked,) = [one for one in some_requirements() if one.code == BLS]
    card = some_held(asked, issued_on=date(2024, 8, 31), received_on=date(2025, 12, 1), expires_on=LAST)
    await holds(works, [card])
    await house.say(some_facility(), some_offer())
    return await stored(works)


async def _run(works, job):
    async with works.begin(Principal(subject="system:credentialing")) as work:
        return await job(work)


async def _running_out(works, span=WHEN):
    async with works.begin(Principal(subject="reader")) as work:
        return list(await expirables.running_out(work.session, Wanted(span=span)))


async def _noted(works):
    async with works.begin(Principal(subject="reader")) as work:
        rows = await work.session.execute(select(expirable_notice).order_by(expirable_notice.c.due_on))
        return [(row.days_before, row.given_on) for row in rows.all()]


async def test_a_changed_file_is_read_once(works, file):
    assert await _run(works, keep_expirables) == 1
    assert await _run(works, keep_expirables) == 0
    (found,) = await _running_out(works)
    assert (found.code, found.expires_on, found.clinician_id) == (BLS, LAST, file.clinician_id)


async def test_a_clock_that_jumps_over_months_loses_no_step_and_repeats_none(works, clock, file):
    await _run(works, keep_expirables)
    assert await _run(works, give_notices) == 0
    clock.instant = datetime(2026, 10, 1, 12, tzinfo=clock.instant.tzinfo)
    assert [await _run(works, give_notices), await _run(works, give_notices)] == [1, 0]
    assert await _noted(works) == [(days, date(2026, 10, 1)) for days in (60, 30, 14, 7, 1)]


async def test_each_step_is_given_on_its_day(works, clock, file):
    await _run(works, keep_expirables)
    clock.instant = datetime(2026, 7, 2, 12, tzinfo=clock.instant.tzinfo)
    await _run(works, give_notices)
    clock.advance(timedelta(days=30))
    await _run(works, give_notices)
    assert await _noted(works) == [(60, date(2026, 7, 2)), (30, date(2026, 8, 1))]


async def test_the_course_of_what_is_missing_is_kept_and_what_was_held_has_none(works, house, file):
    await _run(works, keep_expirables)
    async with works.begin(Principal(subject="reader")) as work:
        known = await courses.of_file(work.session, file.file_id)
    assert known.keys() == {item.code for item in file.items if not item.is_met}
    assert {one.confirmed_on for one in known.values()} == {None}


async def test_a_span_shows_only_its_days(works, file):
    await _run(works, keep_expirables)
    assert await _running_out(works, Span(first=date(2026, 9, 1), last=date(2026, 9, 30))) == []


async def test_a_renewal_confirmed_between_assignments_begins_the_steps_anew(house, works, clock, file):
    ended = AssignmentEnded(assignment_id=ASSIGNMENT, terms_version=1, ended_on=date(2026, 1, 5), state=State.FELL_OFF)
    await house.say(ended)
    await _run(works, keep_expirables)
    renewed = SourceResult(
        result_id="res_1",
        clinician_id=file.clinician_id,
        code=BLS,
        subject="",
        source="red_cross",
        outcome=Outcome.CONFIRMED,
        checked_at=clock.instant,
        checked_by="per_specialist",
        issued_on=date(2025, 12, 31),
        expires_on=date(2027, 12, 31),
    )
    await _run(works, lambda work: take_result(work, renewed))
    assert await _run(works, keep_expirables) == 1
    assert await _running_out(works) == []
    (found,) = await _running_out(works, Span(first=date(2027, 12, 1), last=date(2027, 12, 31)))
    assert found.steps == (60, 30, 14, 7, 1)


async def test_both_sweeps_run_by_themselves(works, clock, file):
    assert await reminding.run_due(works) == 1
    clock.instant = datetime(2026, 8, 30, 12, tzinfo=clock.instant.tzinfo)
    assert [await reminding.run_due(works), await reminding.run_due(works)] == [1, 0]
    assert len(await _noted(works)) == 5
