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

    def take(self) -> int:
        """Takes one call: 0 when it may be made now, else the seconds until one may be; nothing is taken then."""
        now = self._seconds_now()
        while self._calls and self._calls[0] <= now - self._pace.seconds:
            self._calls.popleft()
        if len(self._calls) >= self._pace.calls:
            return max(1, int(self._calls[0] + self._pace.seconds - now) + 1)
        self._calls.append(now)
        return 0
