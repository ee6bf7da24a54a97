"""How long the next attempt waits after failures: longer each time, never for ever."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

LONGEST_WAIT: Final = timedelta(minutes=15)
FORGOTTEN_AFTER: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """How many failures in a row cost nothing."""

    free: int


ACCOUNT: Final = Allowance(free=5)
ADDRESS: Final = Allowance(free=30)  # an office shares one
DEVICE: Final = Allowance(free=10)
CODE: Final = Allowance(free=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """What failures are counted for: an account, an address, a device known to an account, its second factor.

    A device from which the person signed in before has a counter of its own in place of the account's and the
    address's, so that whoever tries passwords elsewhere does not keep the owner out.
    """

    name: str
    allowance: Allowance


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """The failures counted so far; `failed_at` and `blocked_until` are real time."""

    count: int
    failed_at: datetime
    blocked_until: datetime


def wait_after(count: int, allowance: Allowance) -> timedelta:
    """How long to wait after so many failures in a row: 1, 2, 4 … seconds beyond those that are free, up to 15 min."""
    beyond = count - allowance.free
    if beyond <= 0:
        return timedelta()
    return min(timedelta(seconds=2 ** min(beyond - 1, 20)), LONGEST_WAIT)


def counted(before: Failures | None, allowance: Allowance, *, now: datetime) -> Failures:
    """The failures with one more; those of the day before yesterday are forgotten."""
    is_old = before is None or now - before.failed_at > FORGOTTEN_AFTER
    count = 1 if before is None or is_old else before.count + 1
    return Failures(count=count, failed_at=now, blocked_until=now + wait_after(count, allowance))


def remaining(failures: Failures | None, *, now: datetime) -> timedelta:
    """How long the next attempt has still to wait; nothing after failures that cost nothing.

    Of those, both instants are the one at which their attempt began. That may be later than `now`: attempts side by
    side take turns by a lock, and whoever began first may come last.
    """
    if failures is None or failures.blocked_until <= failures.failed_at:
        return timedelta()
    return max(failures.blocked_until - now, timedelta())


def counters_of_sign_in(email_key: str, *, address: str, device: str | None) -> tuple[Counter, ...]:
    """What a failed password counts for; `device` is one that this account knows. The names tell nobody's address."""
    if device is not None:
        return (_counter(f"device {device} {email_key}", DEVICE),)
    return (_counter(f"account {email_key}", ACCOUNT), _counter(f"address {address}", ADDRESS))


def counter_of_codes(person_id: str) -> Counter:
    """What a wrong code of the second factor counts for; whoever tries them knows the password."""
    return _counter(f"codes {person_id}", CODE)


def _counter(what: str, allowance: Allowance) -> Counter:
    return Counter(name=sha256(what.encode(errors="replace")).hexdigest(), allowance=allowance)
