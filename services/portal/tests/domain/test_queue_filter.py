"""What filters mean, and how they stand in an address."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.queue_filter import NAMES, Asking, QueueFilter, default_views, departments_of, read_filter
from services.portal.tests.domain.test_holding import ANA, CLEO

EVENING = datetime(2025, 12, 2, 3, tzinfo=UTC)
"""21:00 of the first of December in Chicago."""


@given(st.dictionaries(st.sampled_from([*NAMES, "cursor", "x"]), st.text(max_size=120)))
def test_a_filter_reads_as_it_was_written(asked):
    wanted = read_filter(asked)
    assert read_filter(dict(wanted.pairs())) == wanted


@pytest.mark.parametrize(
    ("name", "value"), [("department", "kitchen"), ("due", "never"), ("sort", "name"), ("done", "no"), ("q", "x" * 101)]
)
def test_what_no_filter_means_is_left_out(name, value):
    assert read_filter({name: value}) == QueueFilter()


def test_a_day_ends_by_the_askers_clock():
    asking = Asking(worker=CLEO, now=EVENING, time_zone="America/Chicago")
    assert asking.today_ends == datetime(2025, 12, 2, 6, tzinfo=UTC)
    assert asking.week_ends == datetime(2025, 12, 8, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("worker", "department", "shown"),
    [
        (ANA, "", {"payroll"}),
        (ANA, "any", None),
        (ANA, "housing", {"housing"}),
        (CLEO, "", None),
        (CLEO, "portal", {"portal"}),
    ],
)
def test_a_specialist_begins_with_their_department_and_a_coordinator_with_all(worker, department, shown):
    assert departments_of(QueueFilter(department=department), worker) == shown


def test_everybody_has_views_of_different_names_and_the_first_asks_nothing():
    for worker in (ANA, CLEO):
        views = default_views(worker)
        assert views[0].wanted == QueueFilter()
        assert len({view.name for view in views}) == len({view.wanted for view in views}) == len(views) == 7


def test_the_order_does_not_narrow_a_list():
    assert not QueueFilter(sort="due").is_narrowed
    assert QueueFilter(q="x").but(sort="due").is_narrowed
