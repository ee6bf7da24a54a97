"""A system of its own in which the story of the canaries was told."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.privacy.told import Told, told_in
from tests.system import running_system


@pytest.fixture(scope="module")
def told() -> Iterator[Told]:
    """What happened, and everything that is left of it."""
    with running_system("--test-mode") as system:
        yield asyncio.run(told_in(system))
