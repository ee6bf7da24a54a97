"""What a person may ask of `make bench`, as variables: ONLY=consumer ROUNDS=5 EVENTS=100000 SECONDS=20."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Console

console = Console(stderr=True, highlight=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was asked for, or what fits into fifteen minutes."""

    only: tuple[str, ...] = ()
    """The measurements wanted; empty for all."""
    rounds: int = 3
    events: int = 10_000
    """The length of the backlog."""
    seconds: float = 20
    """How long each open loop lasts."""

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> "Options":
        """From the environment. Raises ValueError for a number that is none, or not above zero."""
        given: dict[str, Any] = {"only": tuple(variables.get("ONLY", "").replace(",", " ").split())}
        for name, kind in (("rounds", int), ("events", int), ("seconds", float)):
            said = variables.get(name.upper())
            if said:
                given[name] = kind(said)
                if given[name] <= 0:
                    raise ValueError(f"{name.upper()} is {said}; it must be above zero")
        return cls(**given)

    @property
    def command(self) -> str:
        """What to type for the same again, without which measurement."""
        usual = Options()
        asked = {name: getattr(self, name) for name in ("rounds", "events", "seconds")}
        other = [f"{name.upper()}={value:.10g}" for name, value in asked.items() if value != getattr(usual, name)]
        return " ".join(["make bench", *other])

    def say(self, what: str) -> None:
        """Tells how far the run is, beside the tables."""
        console.print(what, style="dim")
