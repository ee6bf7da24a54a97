"""What only timekeeping's tests need."""

from typing import Any

import pytest

from shared.messaging.handlers import Handlers
from shared.runtime.definition import Service
from timekeeping import consumers, main
from timekeeping.settings import Settings


@pytest.fixture
def service() -> str:
    return "timekeeping"


@pytest.fixture
def handlers() -> Handlers:
    return consumers.handlers


@pytest.fixture
def definition(environment: dict[str, Any]) -> Service:
    return main.service(Settings(**environment))
