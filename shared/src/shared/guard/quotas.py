"""How often somebody may ask: a bucket each that refills evenly, in the memory of this process.

The bucket is one instant per asker, when it would be full again (the generic cell rate algorithm, ITU-T I.371). A
service that runs as several processes allows each asker as much in each of them. The library `limits` was measured: in
memory it takes two to five times as long, and keeps an entry for each request of the window or allows twice the quota.
"""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from ipaddress import ip_address

from shared.guard.errors import QuotaExceeded
from shared.guard.headers import Header
from shared.principal import Principal

WINDOW_SECONDS = 60
MOST_REMEMBERED = 10_000
"""Askers; who asked longest ago makes room."""

_SECOND = 1_000_000_000
_WINDOW = WINDOW_SECONDS * _SECOND
_IPV6_NETWORK_BITS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What is left to one asker: `left` requests now, all of the quota in `full_in_seconds`.

    `retry_after_seconds` is 0 unless this request was one too many.
    """

    quota: "Quota"
    left: int
    full_in_seconds: int
    retry_after_seconds: int = 0

    def require(self) -> None:
        """Raises QuotaExceeded when this request was one too many."""
        if self.retry_after_seconds:
            raise QuotaExceeded(per_minute=self.quota.per_minute, retry_after_seconds=self.retry_after_seconds)

    def headers(self) -> tuple[Header, Header]:
        """RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-11)."""
        state = f'"{self.quota.name}";r={self.left};t={self.full_in_seconds}'
        return self.quota.policy, (b"ratelimit", state.encode())


class Quota:
    """So many requests a minute for each asker, at any pace within the minute; 0: no bound."""

    def __init__(
        self,
        name: str,
        per_minute: int,
        *,
        nanoseconds: Callable[[], int] = time.monotonic_ns,
        most_remembered: int = MOST_REMEMBERED,
    ) -> None:
        self.name = name
        self.per_minute = per_minute
        self.policy: Header = (b"ratelimit-policy", f'"{name}";q={per_minute};w={WINDOW_SECONDS}'.encode())
        self._nanoseconds = nanoseconds
        self._most_remembered = most_remembered
        self._interval = _WINDOW // per_minute if per_minute else 0
        self._full_at: dict[Hashable, int] = {}

    def spend(self, asker: Hashable) -> Allowance | None:
        """Takes one request from the asker's bucket, if one is in it. None where there is no bound."""
        if not self._interval:
            return None
        now = self._nanoseconds()
        before = max(self._full_at.pop(asker, now), now)
        wanting = before + self._interval - now
        is_allowed = wanting <= _WINDOW
        self._full_at[asker] = before + self._interval if is_allowed else before
        if len(self._full_at) > self._most_remembered:
            del self._full_at[next(iter(self._full_at))]
        if not is_allowed:
            wait = _whole_seconds(wanting - _WINDOW)
            return Allowance(quota=self, left=0, full_in_seconds=_whole_seconds(before - now), retry_after_seconds=wait)
        left = (_WINDOW - wanting) // self._interval
        return Allowance(quota=self, left=left, full_in_seconds=_whole_seconds(wanting))


class Quotas:
    """The two quotas of a service: for those it knows by their tokens, and for addresses that ask in vain without."""

    def __init__(self, *, known_per_minute: int, unknown_per_minute: int) -> None:
        self._known = Quota("default", known_per_minute)
        self._unknown = Quota("unauthenticated", unknown_per_minute)

    def known(self, principal: Principal) -> Allowance | None:
        """One request of a verified principal; a client that acts for people has a quota for each of them."""
        return self._known.spend((principal.subject, principal.on_behalf_of))

    def unknown(self, peer: tuple[str, int] | None) -> Allowance | None:
        """One request that was refused before anybody was known."""
        return self._unknown.spend(_network(peer[0]) if peer else None)


def _network(address: str) -> Hashable:
    """An IPv4 address; of an IPv6 address the network, all of whose addresses one subscriber may use (RFC 6177)."""
    try:
        parsed = ip_address(address)
    except ValueError:  # a test's or a socket's name
        return address
    if parsed.version == 4:
        return parsed
    return parsed.ipv4_mapped or int(parsed) >> _IPV6_NETWORK_BITS


def _whole_seconds(nanoseconds: int) -> int:
    return -(-nanoseconds // _SECOND)
