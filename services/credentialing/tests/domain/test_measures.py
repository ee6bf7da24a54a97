"""What accreditors count, and how fresh a verification must be."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.domain.measures.errors import (
    AuditedByMachine,
    MonthNotOver,
    NoPlacements,
    NotInSample,
    ReasonMissing,
)
from credentialing.domain.measures.hcss import Element, Engagement, Figure, MeasureId, draw, firm_group, minimum_sample
from credentialing.domain.measures.ncqa import Programme, window
from credentialing.domain.measures.placements import months_before, placements
from credentialing.domain.measures.sample import Answer, Audit, Drawing, Placement, audit_file, draw_sample, returned
from services.credentialing.tests.builders import ids, some_terms
from services.credentialing.tests.domain.asked import file_asking
from shared.contracts.assignments import State

AT = datetime(2026, 2, 2, 9, tzinfo=UTC)
MONTH = date(2026, 1, 1)
DRAWING = Drawing(month=MONTH, measure_id=MeasureId.HCSS_7, placements_12m=362, by="per_lead", at=AT)
YES = dict.fromkeys(Element, Answer(is_complete=True))


@pytest.mark.parametrize(
    ("name", "programme", "verified", "processed", "limit", "age", "is_within"),
    [
        ("last day", Programme.ACCREDITATION, date(2025, 8, 1), date(2025, 11, 29), 120, 120, True),
        ("one day over", Programme.ACCREDITATION, date(2025, 8, 1), date(2025, 11, 30), 120, 121, False),
        ("processed before", Programme.ACCREDITATION, date(2025, 1, 2), date(2025, 6, 30), 180, 179, True),
        ("same check, processed after", Programme.ACCREDITATION, date(2025, 1, 2), date(2025, 7, 1), 120, 180, False),
        ("certification", Programme.CERTIFICATION, date(2025, 7, 1), date(2025, 9, 29), 90, 90, True),
        ("certification, a day over", Programme.CERTIFICATION, date(2025, 7, 1), date(2025, 9, 30), 90, 91, False),
        ("certification before", Programme.CERTIFICATION, date(2025, 3, 1), date(2025, 6, 29), 120, 120, True),
        ("verified afterwards", Programme.CERTIFICATION, date(2025, 9, 2), date(2025, 9, 1), 90, -1, False),
    ],
)
def test_the_day_of_processing_decides_the_limit(name, programme, verified, processed, limit, age, is_within):
    found = window(programme, verified_on=verified, processed_on=processed)
    assert (found.limit_days, found.age_days, found.is_within) == (limit, age, is_within), name


@pytest.mark.parametrize(
    ("placed", "letter", "size"),
    [(12, "a", 12), (39, "a", 39), (40, "b", 10), (100, "c", 20), (349, "c", 20), (350, "d", 20), (4000, "d", 20)],
)
def test_the_size_of_the_firm_decides_the_sample(placed, letter, size):
    assert (firm_group(placed).letter, minimum_sample(placed)) == (letter, size)


def test_fewer_placements_than_the_sample_are_all_audited():
    assert minimum_sample(362, placed_in_month=7) == 7


@given(st.sets(st.text("abcdef", min_size=3, max_size=3), min_size=1), st.integers(1, 30), st.text(max_size=4))
def test_the_same_seed_draws_the_same_files_whatever_their_order(population, size, seed):
    drawn = draw(sorted(population), size, seed=seed)
    assert drawn == draw(sorted(population, reverse=True), size, seed=seed)
    assert len(set(drawn)) == min(size, len(population))
    assert set(drawn) <= population


def test_the_figure_counts_audited_files_alone():
    sample = _sample(30)
    for number, file_id in enumerate(sample.files):
        sample = audit_file(sample, file_id, audit=_audit(Element.COMPETENCY if number == 0 else None))
    assert (sample.figure, sample.is_complete) == (Figure(numerator=19, denominator=20), True)
    assert sample.figure.per_mille == 950
    assert Figure(numerator=0, denominator=0).per_mille is None


def test_a_file_counts_only_with_all_three_elements():
    assert _audit(None).is_compliant
    assert not any(_audit(element).is_compliant for element in Element)


def test_a_second_look_at_a_file_replaces_the_first():
    sample = _sample(3)
    once = audit_file(sample, "fil_1", audit=_audit(Element.BACKGROUND))
    assert audit_file(once, "fil_1", audit=_audit(None)).figure == Figure(numerator=1, denominator=1)


def test_a_person_audits_and_says_why_not():
    sample = _sample(3)
    with pytest.raises(AuditedByMachine):
        audit_file(sample, "fil_1", audit=replace(_audit(None), by="system:credentialing"))
    with pytest.raises(NotInSample):
        audit_file(sample, "fil_9", audit=_audit(None))
    silent = Audit(by="per_1", at=AT, answers={**YES, Element.COMPETENCY: Answer(is_complete=False)})
    with pytest.raises(ReasonMissing):
        audit_file(sample, "fil_1", audit=silent)


def test_a_month_is_drawn_when_it_is_over_and_had_placements():
    travel = [Placement(file_id="fil_1", assignment_id="asg_1", engagement=Engagement.TRAVEL)]
    with pytest.raises(MonthNotOver):
        draw_sample(DRAWING, travel, today=date(2026, 1, 31), new_id=ids())
    with pytest.raises(NoPlacements):
        draw_sample(replace(DRAWING, measure_id=MeasureId.HCSS_6), travel, today=date(2026, 2, 1), new_id=ids())


def test_who_worked_in_the_month_is_placed_per_diem_without_guaranteed_hours():
    worked = file_asking(assignment_state=State.ACTIVE)
    shifts = file_asking(
        assignment_state=State.COMPLETED, file_id="fil_2", terms=some_terms(guaranteed_hours_per_week=Decimal(0))
    )
    absent = file_asking(assignment_state=State.NO_SHOW, file_id="fil_3")
    found = placements([worked, shifts, absent], date(2027, 2, 1), not_returnable={"asg_1"})
    assert [(one.file_id, one.engagement) for one in found] == [("fil_1", "travel"), ("fil_2", "per_diem")]
    assert placements([worked], date(2027, 3, 1), not_returnable=()) == ()
    assert placements([worked], date(2026, 10, 1), not_returnable=()) == ()
    assert returned(found, Engagement.TRAVEL) == Figure(numerator=0, denominator=1)


def test_months_are_counted_over_years():
    assert (months_before(date(2026, 1, 1), 1), months_before(date(2026, 12, 1), -1)) == (
        date(2025, 12, 1),
        date(2027, 1, 1),
    )


def _sample(count):
    travel = [
        Placement(file_id=f"fil_{number}", assignment_id=f"asg_{number}", engagement=Engagement.TRAVEL)
        for number in range(count)
    ]
    return draw_sample(DRAWING, travel, today=date(2026, 2, 1), new_id=ids())


def _audit(lacking):
    answers = YES if lacking is None else {**YES, lacking: Answer(is_complete=False, reason="It is not there.")}
    return Audit(by="per_1", at=AT, answers=answers)
