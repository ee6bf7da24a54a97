"""The two sides of an event's way, as a measurement drives them: product and floor fulfil the same."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from shared.contracts.assignments import OfferAccepted
from tests.load.offers import TOPIC

PRODUCT, LISTEN, POLL = "product", "listen", "poll"
POLL_SECONDS = 0.05

OnEffects = Callable[[Iterable[str]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What a process of the measurement is told: which style, where the parts are, how much to send."""

    style: str
    publisher: str
    consumer: str
    kafka: str
    per_second: float
    seconds: float

    @property
    def topic(self) -> str:
        """The floors use topics of their own, so that nobody works off another's events."""
        return TOPIC if self.style == PRODUCT else f"bench.{self.style}.v1"

    @property
    def group(self) -> str:
        """The consumer group."""
        return "housing" if self.style == PRODUCT else f"bench-{self.style}"

    def as_json(self) -> dict[str, Any]:
        """For the command line of a process."""
        return asdict(self)


class Sender(Protocol):
    """Writes offers to an outbox and relays them."""

    async def start(self) -> None:
        """Returns when it can write; the relay runs from now on."""
        ...

    async def write(self, offer: OfferAccepted) -> None:
        """Returns when the outbox row is committed."""
        ...

    async def stop(self) -> None:
        """Ends the relay."""
        ...


class Receiver(Protocol):
    """Applies offers to housing's database."""

    async def start(self, on_effects: OnEffects) -> None:
        """Returns when it is subscribed; `on_effects` hears of assignments whose effects are committed."""
        ...

    async def stop(self) -> None:
        """Ends it."""
        ...
