"""One running system for all journeys of a test process, with a small directory in it."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.journeys.directory import fill_directory
from tests.system import System, running_system


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    """The whole system in test mode, with two facilities and many clinicians."""
    with running_system("--test-mode") as system:
        asyncio.run(fill_directory(system))
        yield system
