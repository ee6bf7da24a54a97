"""Whatever bytes stand on a topic, the consumer goes on."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shared.messaging.broker import Record
from shared.messaging.delivery import Delivery
from shared.testing.effects import Effects
from shared.testing.events import a_record, a_workstream, an_envelope, recorded

NAMES = [name for name, _ in recorded(an_envelope()).headers]
ODD = st.one_of(
    st.binary(max_size=40),
    st.sampled_from([b"", b"\x00", b"-1", b"0", b"99999999999999999999", b"9" * 5000, b"\xff", b"a" * 3000, b"@0:0"]),
)


@st.composite
def odd_records(draw: st.DrawFn) -> Record:
    """A record of ours with some of its parts replaced by other bytes."""
    changed = draw(st.dictionaries(st.sampled_from(NAMES), ODD, max_size=3))
    record = recorded(an_envelope(a_workstream("asg_1", done=1)))
    headers = tuple((name, changed.get(name, value)) for name, value in record.headers)
    subject = changed.get("ce_subject", record.key)
    return replace(
        record,
        key=draw(st.one_of(st.none(), st.just(subject), ODD)),
        value=draw(st.one_of(st.none(), st.just(record.value), ODD)),
        headers=headers,
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(record=replace(recorded(an_envelope()), key=b"\x00"))
@given(record=odd_records())
async def test_an_odd_record_is_applied_or_kept_and_never_ends_the_consumer(
    record: Record, delivery: Delivery, effects: Effects
) -> None:
    """INVARIANT: no record can stop a consumer; another key of the same batch always goes through.

    What breaks it: bytes that PostgreSQL cannot store (a NUL, a number too large, a key too long for an index) outside
    of the columns of bytes; then parking fails, too, and the process ends and starts for ever.
    """
    await effects.change("TRUNCATE effect, inbox, stream_position, parked_event")
    await delivery.deliver([record, a_record(a_workstream("asg_9", done=1))])
    applied, waiting = await effects.of("asg_1"), await effects.waiting()
    assert await effects.of("asg_9") == [1]
    assert len(applied) + len(waiting) <= 1


async def test_a_parked_event_whose_key_looks_like_a_place_is_found_again(
    delivery: Delivery, effects: Effects, settle: Callable[[], Awaitable[None]]
) -> None:
    effects.defective = {"@home"}
    await delivery.deliver([a_record(a_workstream("@home", done=1))])
    effects.defective = set()
    await effects.send_again()
    await settle()
    assert (await effects.of("@home"), await effects.waiting()) == ([1], [])


async def test_an_unreadable_record_stays_unreadable_when_it_is_tried_again(
    delivery: Delivery, effects: Effects, settle: Callable[[], Awaitable[None]]
) -> None:
    await delivery.deliver([recorded(an_envelope(), key=None)])
    await effects.change("UPDATE parked_event SET retry_at = now()")
    await settle()
    assert await effects.waiting() == ["undecodable"]


@pytest.mark.parametrize("is_repaired", [False, True])
async def test_a_third_party_that_is_away_holds_up_its_own_key_only(
    delivery: Delivery, effects: Effects, settle: Callable[[], Awaitable[None]], is_repaired: bool
) -> None:
    """An OSError out of a handler is not the database being away, after which the whole batch would wait."""
    effects.offline = {"asg_1"}
    await delivery.deliver([a_record(a_workstream("asg_1", done=1)), a_record(a_workstream("asg_2", done=1))])
    assert (await effects.waiting(), await effects.of("asg_2")) == (["unavailable"], [1])
    effects.offline = set() if is_repaired else {"asg_1"}
    await effects.make_due()
    await settle()
    assert await effects.waiting() == ([] if is_repaired else ["unavailable"])
