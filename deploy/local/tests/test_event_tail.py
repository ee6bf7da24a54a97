"""Events in one line each."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from firstshift.errors import CannotRun
from firstshift.event_tail import Wanted, event_line, topics_like
from shared.messaging.envelope import Envelope, source_of

CLINICIAN = Envelope(
    topic="assignments.clinician.v1",
    id=UUID(int=1),
    source=source_of("assignments"),
    type="clinician.changed",
    subject="cln_1",
    time=datetime(2026, 1, 5, 15, 0, 0, 123456, tzinfo=UTC),
    aggregateversion=3,
    epoch=1,
    actor="local-recruiter",
    correlationid="req-1",
    data=b'{"clinician_id": "cln_1", "name": "Ada Example", "discipline": "RN"}',
)


def a_workstream(*, assignment: str) -> Envelope:
    return Envelope(
        topic="payroll.work_item.v1",
        id=UUID(int=2),
        source=source_of("payroll"),
        type="work_item.opened",
        subject="wki_1",
        time=datetime(2026, 1, 5, 15, tzinfo=UTC),
        aggregateversion=1,
        epoch=1,
        actor="system:payroll",
        correlationid="req-1",
        assignmentid=assignment,
        data=None,
    )


def test_a_line_tells_when_who_what_and_of_what() -> None:
    assert event_line(CLINICIAN, with_data=False).plain == (
        "2026-01-05 15:00:00.123 assignments   clinician.changed    cln_1 v3 discipline=RN (1 personal fields hidden)"
    )


def test_names_are_shown_only_when_asked_for() -> None:
    assert "Ada Example" not in event_line(CLINICIAN, with_data=False).plain
    assert '"name": "Ada Example"' in event_line(CLINICIAN, with_data=True).plain


def test_a_tombstone_and_a_record_that_is_no_event_are_told_as_such() -> None:
    told = event_line(a_workstream(assignment="asg_1"), with_data=False).plain

    assert told.endswith("wki_1 v1 about asg_1 (tombstone: forget this key)")
    assert event_line("some.topic partition 0 offset 7: no event (KeyError)", with_data=True).plain.startswith("some.")


@pytest.mark.parametrize(
    ("case", "wanted", "passes"),
    [
        ("everything", Wanted(topics=()), True),
        ("its assignment", Wanted(topics=(), assignment="asg_1"), True),
        ("its key", Wanted(topics=(), assignment="wki_1"), True),
        ("another assignment", Wanted(topics=(), assignment="asg_2"), False),
        ("its type", Wanted(topics=(), type="work_item.opened"), True),
        ("another type", Wanted(topics=(), assignment="asg_1", type="offer.accepted"), False),
    ],
)
def test_only_what_is_asked_for_is_shown(case: str, wanted: Wanted, passes: bool) -> None:
    assert wanted.wants(a_workstream(assignment="asg_1")) is passes, case


def test_a_topic_is_named_whole_or_in_part_and_an_unknown_one_is_refused_with_the_list() -> None:
    assert topics_like("assignments.assignment.v1") == ("assignments.assignment.v1",)
    assert len(topics_like("workstream")) == 4
    assert set(topics_like("workstream")) < set(topics_like(None))
    with pytest.raises(CannotRun) as refused:
        topics_like("weather")
    assert "housing.case.v1" in refused.value.fix
