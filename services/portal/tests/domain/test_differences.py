"""What differs between two readings of one thing."""

from portal.domain.differences import MOST_LEAVES, Difference, differences, leaves

BEFORE = {"version": 1, "terms": {"start": "2026-01-05", "weekdays": ["mon"]}, "note": None, "is_open": True}
NOW = {"version": 2, "terms": {"start": "2026-01-12", "weekdays": ["mon", "tue"]}, "note": "x"}


def test_every_scalar_has_its_pointer():
    assert leaves(BEFORE) == (
        ("/version", "1"),
        ("/terms/start", "2026-01-05"),
        ("/terms/weekdays/0", "mon"),
        ("/is_open", "True"),
    )


def test_what_changed_came_or_went_is_named_in_the_order_of_the_later_reading():
    assert differences(leaves(BEFORE), leaves(NOW)) == (
        Difference(pointer="/version", before="1", now="2"),
        Difference(pointer="/terms/start", before="2026-01-05", now="2026-01-12"),
        Difference(pointer="/terms/weekdays/1", before=None, now="tue"),
        Difference(pointer="/note", before=None, now="x"),
        Difference(pointer="/is_open", before="True", now=None),
    )


def test_the_same_twice_differs_in_nothing():
    assert differences(leaves(NOW), leaves(NOW)) == ()


def test_of_something_endless_the_beginning_is_compared():
    assert len(leaves(list(range(2 * MOST_LEAVES)))) == MOST_LEAVES
