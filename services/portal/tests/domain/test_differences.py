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


def test_a_whole_file_is_compared():
    before = {"items": [{"code": f"C-{number}", "status": "missing", "is_met": False} for number in range(400)]}
    now = {"items": [*before["items"][:-1], {**before["items"][-1], "status": "received"}]}

    found = differences(leaves(before), leaves(now))

    assert found == (Difference(pointer="/items/C-399/status", before="missing", now="received"),)


def test_what_comes_in_between_moves_nothing_that_has_a_code_of_its_own():
    rn, bls, hidden = {"code": "LIC-RN", "is_met": True}, {"code": "CERT-BLS", "is_met": False}, {"is_met": True}
    twice = {"code": "A/B", "is_met": True}

    found = differences(leaves([rn, hidden]), leaves([bls, rn, twice, hidden]))

    assert [one.pointer for one in found] == [
        *("/CERT-BLS/code", "/CERT-BLS/is_met", "/A~1B/code", "/A~1B/is_met"),
        *("/3/is_met", "/1/is_met"),
    ]
    assert [pointer for pointer, _ in leaves([twice, twice])] == ["/0/code", "/0/is_met", "/1/code", "/1/is_met"]
