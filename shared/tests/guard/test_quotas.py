"""Quotas: how often each asker may ask, what is left to them, and when they may ask again."""

from itertools import count

import pytest

from shared.guard.errors import QuotaExceeded
from shared.guard.quotas import Allowance, Quota, Quotas
from shared.principal import Principal

SECOND = 1_000_000_000


class Stopwatch:
    """Nanoseconds, moved by hand."""

    def __init__(self) -> None:
        self.now = 5 * SECOND

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def watch() -> Stopwatch:
    return Stopwatch()


def spent(quota: Quota, asker: str, times: int) -> Allowance:
    found = [quota.spend(asker) for _ in range(times)]
    assert found[-1]
    return found[-1]


def test_the_whole_quota_may_be_spent_at_once_and_then_comes_back_one_by_one(watch: Stopwatch) -> None:
    quota = Quota("default", 6, nanoseconds=watch)
    last = spent(quota, "ada", 6)
    assert (last.left, last.full_in_seconds, last.retry_after_seconds) == (0, 60, 0)
    refused = spent(quota, "ada", 1)
    assert (refused.left, refused.full_in_seconds, refused.retry_after_seconds) == (0, 60, 10)
    watch.now += 10 * SECOND - 1
    assert spent(quota, "ada", 1).retry_after_seconds == 1
    watch.now += 1
    assert spent(quota, "ada", 1).retry_after_seconds == 0
    assert spent(quota, "ada", 1).retry_after_seconds == 10


def test_what_is_refused_costs_nothing(watch: Stopwatch) -> None:
    quota = Quota("default", 6, nanoseconds=watch)
    assert spent(quota, "ada", 1000).retry_after_seconds == 10
    watch.now += 60 * SECOND
    again = spent(quota, "ada", 1)
    assert (again.left, again.full_in_seconds) == (5, 10)


def test_nobody_saves_up_more_than_one_quota_or_spends_that_of_another(watch: Stopwatch) -> None:
    quota = Quota("default", 6, nanoseconds=watch)
    spent(quota, "ada", 6)
    watch.now += 3600 * SECOND
    assert spent(quota, "ada", 1).left == 5
    assert spent(quota, "ada", 6).retry_after_seconds == 10
    assert spent(quota, "bob", 1).left == 5


@pytest.mark.parametrize("per_minute", [1, 7, 60, 600, 100_000])
def test_any_quota_lets_exactly_so_many_through_at_once(watch: Stopwatch, per_minute: int) -> None:
    quota = Quota("default", per_minute, nanoseconds=watch)
    allowed = [spent(quota, "ada", 1).retry_after_seconds == 0 for _ in range(per_minute + 5)]
    assert allowed == [True] * per_minute + [False] * 5


def test_headers_say_the_quota_and_what_is_left(watch: Stopwatch) -> None:
    allowance = spent(Quota("default", 600, nanoseconds=watch), "ada", 2)
    assert allowance.headers() == (
        (b"ratelimit-policy", b'"default";q=600;w=60'),
        (b"ratelimit", b'"default";r=598;t=1'),
    )
    allowance.require()


def test_one_too_many_is_refused_with_the_seconds_to_wait(watch: Stopwatch) -> None:
    refused = spent(Quota("default", 2, nanoseconds=watch), "ada", 3)
    with pytest.raises(QuotaExceeded, match="more often than 2 times a minute; ask again after 30 seconds") as error:
        refused.require()
    assert error.value.facts["retry_after_seconds"] == 30


def test_zero_is_no_bound() -> None:
    quota = Quota("default", 0)
    assert {quota.spend("ada") for _ in range(1000)} == {None}


def test_only_so_many_askers_are_remembered_and_who_is_refused_is_not_forgotten_first(watch: Stopwatch) -> None:
    """A flood of invented askers must neither fill the memory nor set free who asks all the time."""
    quota = Quota("default", 1, nanoseconds=watch, most_remembered=10)
    spent(quota, "ada", 1)
    for number in range(1000):
        spent(quota, f"invented {number}", 1)
        assert spent(quota, "ada", 1).retry_after_seconds
    assert len(quota._full_at) == 10


def test_a_client_has_a_quota_for_each_person_it_acts_for() -> None:
    quotas = Quotas(known_per_minute=5, unknown_per_minute=5)
    left = [
        quotas.known(Principal(subject="portal", on_behalf_of=person)) for person in ("per_1", "per_1", "per_2", None)
    ]
    assert [allowance and allowance.left for allowance in left] == [4, 3, 4, 4]


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ("203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("testclient", "testclient", True),
    ],
)
def test_an_address_of_ipv6_counts_by_its_network(first: str, second: str, is_one: bool) -> None:
    quotas = Quotas(known_per_minute=5, unknown_per_minute=5)
    ports = count(1)
    assert quotas.unknown((first, next(ports)))
    again = quotas.unknown((second, next(ports)))
    assert again
    assert again.left == (3 if is_one else 4)
