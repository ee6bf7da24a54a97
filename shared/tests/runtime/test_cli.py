"""How the commands of a service load it."""

import gc

import pytest
from typer.testing import CliRunner

from shared.runtime.cli import commands
from shared.runtime.definition import Service


class NotMade(Exception):
    """The service cannot be put together."""


@pytest.mark.parametrize("command", ["serve", "api", "worker", "republish"])
def test_a_service_is_loaded_without_the_collector_which_is_on_again_afterwards(command: str) -> None:
    seen = []

    def make() -> Service:
        seen.append(gc.isenabled())
        raise NotMade

    ended = CliRunner().invoke(commands("housing", make=make), [command])
    assert isinstance(ended.exception, NotMade)
    assert (seen, gc.isenabled()) == ([False], True)
