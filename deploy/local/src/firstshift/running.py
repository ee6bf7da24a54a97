"""The system that runs now, as other commands find it: the services' addresses and the broker's."""

from dataclasses import dataclass

from firstshift.errors import CannotRun
from firstshift.home import Home, read_json
from firstshift.outside import external_broker
from firstshift.ports import LOOPBACK
from firstshift.services import base_url
from firstshift.simulated_sources_program import SOURCES
from firstshift.token_source import Tokens
from firstshift.workspace import find_home, find_workspace

SERVERS = ("postgres", "kafka", SOURCES)
"""What is no service of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What runs on one data folder; `broker` is empty when no address of it is known."""

    home: Home
    urls: dict[str, str]
    broker: str
    is_test_mode: bool

    @property
    def tokens(self) -> Tokens:
        """Where tokens for its services come from."""
        return Tokens(self.home, self.urls, test_mode=self.is_test_mode)

    def must_know(self, service: str) -> str:
        """The name itself. Raises CannotRun when no such service runs."""
        if service not in self.urls:
            raise CannotRun(f"No service {service} runs here.", f"Those that run: {', '.join(self.urls)}.")
        return service


def find_running() -> Running:
    """What runs on the data folder of this checkout. Raises CannotRun when nothing does."""
    home = find_home(find_workspace())
    state = read_json(home.state) if home.holder() else {}
    parts = state.get("parts", {})
    urls = {name: base_url(part["port"]) for name, part in parts.items() if name not in SERVERS}
    if not urls:
        raise CannotRun("Firstshift is not running.", "`make run` starts it; if it is starting, wait a moment.")
    kafka = parts.get("kafka")
    local = f"{LOOPBACK}:{kafka['port']}" if kafka else ""
    return Running(home=home, urls=urls, broker=external_broker() or local, is_test_mode=state["test_mode"])
