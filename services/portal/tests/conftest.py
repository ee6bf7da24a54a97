"""What only the portal's tests need."""

from datetime import UTC, datetime
from typing import Any

import pytest

from portal import consumers, main
from portal.settings import Settings
from shared.clock import FixedClock
from shared.messaging.handlers import Handlers
from shared.runtime.definition import Service


@pytest.fixture
def service() -> str:
    return "portal"


@pytest.fixture
def clock() -> FixedClock:
    """The evening of the second of December 2025 in the East, when it is the next day already in UTC."""
    return FixedClock(datetime(2025, 12, 2, 3, tzinfo=UTC))


@pytest.fixture
def handlers() -> Handlers:
    return consumers.handlers


@pytest.fixture
def definition(environment: dict[str, Any]) -> Service:
    return main.service(Settings(**environment))
