"""What only housing's tests need."""

from typing import Any

import pytest

from housing import consumers, main
from housing.settings import Settings
from services.housing.tests.builders import NOON
from shared.clock import FixedClock
from shared.messaging.handlers import Handlers
from shared.runtime.definition import Service


@pytest.fixture
def service() -> str:
    return "housing"


@pytest.fixture
def clock() -> FixedClock:
    """Five weeks before the start of the assignment that the builders make."""
    return FixedClock(NOON)


@pytest.fixture
def handlers() -> Handlers:
    return consumers.handlers


@pytest.fixture
def definition(environment: dict[str, Any]) -> Service:
    return main.service(Settings(**environment))
