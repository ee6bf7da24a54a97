"""A piece belongs to the clinician: one receipt serves every profile it can."""

import asyncio
from datetime import date

import pytest

from payroll.app.record_piece import RecordPiece, record_piece
from payroll.domain.errors import PieceAlreadyReceived
from payroll.storage import profiles
from services.payroll.tests.builders import an_end, an_offer, some_facility
from shared.contracts.assignments import State
from shared.contracts.workstreams import WorkItemCompleted
from shared.principal import Principal

SPECIALIST = Principal(subject="per_specialist")
CAME = date(2026, 1, 2)
ANOTHER = an_offer(assignment_id="asg_2")
OF_SOMEBODY_ELSE = an_offer(assignment_id="asg_3", clinician_id="cln_2")


async def stored(works, assignment_id="asg_1"):
    async with works.begin(SPECIALIST) as work:
        return await profiles.find_for_assignment(work.session, assignment_id)


async def record(works, key, assignment_id="asg_1"):
    profile = await stored(works, assignment_id)
    async with works.begin(SPECIALIST) as work:
        return await record_piece(work, RecordPiece(profile_id=profile.profile_id, key=key, received_on=CAME))


async def received(works, assignment_id="asg_1"):
    profile = await stored(works, assignment_id)
    return [(line.key, line.received_on, line.reused) for line in profile.pieces if line.received_on]


async def test_a_piece_completes_the_clinicians_other_open_profiles_too(house, works):
    await house.say(some_facility(), an_offer(), ANOTHER, OF_SOMEBODY_ELSE)
    await record(works, "w4")
    completed = await house.said(WorkItemCompleted)
    assert [(item.assignment_id, item.kind) for item in completed] == [("asg_1", "collect_w4"), ("asg_2", "collect_w4")]
    assert await received(works, "asg_1") == [("w4", CAME, False)]
    assert await received(works, "asg_2") == [("w4", CAME, True)]
    assert await received(works, "asg_3") == []


async def test_a_tax_home_is_declared_for_one_assignment(house, works):
    await house.say(some_facility(), an_offer(), ANOTHER)
    await record(works, "tax_home_declaration")
    assert (await received(works, "asg_2"), (await stored(works, "asg_2")).version) == ([], 1)


async def test_the_next_profile_starts_with_what_the_clinician_gave(house, works):
    await house.say(some_facility(), an_offer())
    for key in ("w4", "state_withholding_az", "tax_home_declaration"):
        await record(works, key)
    await house.say(an_end(State.FELL_OFF, date(2026, 1, 6)), ANOTHER)
    assert await received(works, "asg_2") == [
        ("w4", CAME, True),
        ("state_withholding_az", CAME, True),
    ]


async def test_a_refused_piece_changes_nothing(house, works):
    await house.say(some_facility(), an_offer(), ANOTHER)
    await record(works, "w4")
    before = await stored(works, "asg_1"), await stored(works, "asg_2"), await house.said(WorkItemCompleted)
    with pytest.raises(PieceAlreadyReceived):
        await record(works, "w4", "asg_2")
    assert (await stored(works, "asg_1"), await stored(works, "asg_2"), await house.said(WorkItemCompleted)) == before


async def test_a_profile_opened_while_a_piece_comes_has_it(house, works):
    """INVARIANT: no profile asks for a piece that the clinician gave.

    What breaks it: opening a profile without the clinician's lock, beside the transaction that records the piece.
    """
    await house.say(some_facility(), an_offer())
    profile = await stored(works)
    async with works.begin(SPECIALIST) as work:
        await record_piece(work, RecordPiece(profile_id=profile.profile_id, key="w4", received_on=CAME))
        opening = asyncio.create_task(house.say(ANOTHER))
        done, _ = await asyncio.wait({opening}, timeout=0.3)
        assert not done
    await opening
    assert await received(works, "asg_2") == [("w4", CAME, True)]
