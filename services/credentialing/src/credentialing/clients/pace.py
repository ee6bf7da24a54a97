"""How often a source may be asked by this process, in real time."""

import time
from collections import deque
from collections.abc import Callable

from credentialing.domain.sources.catalogue import Pace


class Pacing:
    """Counts calls in a window that moves with time; `seconds_now` is a clock that only goes forward."""

    def __init__(self, pace: Pace, *, seconds_now: Callable[[], float] = time.monotonic) -> None:
        self._pace = pace
        self._seconds_now = seconds_now
        self._calls: deque[float] = deque()

    @property
    def most(self) -> int:
        """The calls that may be made in one window."""
        return self._pace.calls

    def take(self, calls: int = 1) -> int:
        """Takes so many calls, all or none: 0 when they may be made now, else the seconds until they may be.

        They are no more than the pace has; those that were not made after all are given back.
        """
        now = self._seconds_now()
        while self._calls and self._calls[0] <= now - self._pace.seconds:
            self._calls.popleft()
        over = len(self._calls) + calls - self._pace.calls
        if over > 0:
            return max(1, int(self._calls[over - 1] + self._pace.seconds - now) + 1)
        self._calls.extend([now] * calls)
        return 0

    def give_back(self, calls: int) -> None:
        """Calls that were taken and not made."""
        for _ in range(min(calls, len(self._calls))):
            self._calls.pop()
