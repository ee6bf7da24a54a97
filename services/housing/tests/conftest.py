"""What only housing's tests need."""

from datetime import UTC, datetime
from typing import Any

import pytest

from housing import consumers, main
from housing.settings import Settings
from shared.clock import FixedClock
from shared.messaging.handlers import Handlers
from shared.runtime.definition import Service


@pytest.fixture
def service() -> str:
    return "housing"


@pytest.fixture
def clock() -> FixedClock:
    """The evening of the builders' TODAY at their facility, when it is the next day already in UTC."""
    return FixedClock(datetime(2025, 12, 2, 3, tzinfo=UTC))


@pytest.fixture
def handlers() -> Handlers:
    return consumers.handlers


@pytest.fixture
def definition(environment: dict[str, Any]) -> Service:
    return main.service(Settings(**environment))
