"""What only payroll's tests need."""

from typing import Any

import pytest

from payroll import consumers, main
from payroll.settings import Settings
from shared.messaging.handlers import Handlers
from shared.runtime.definition import Service


@pytest.fixture
def service() -> str:
    return "payroll"


@pytest.fixture
def handlers() -> Handlers:
    return consumers.handlers


@pytest.fixture
def definition(environment: dict[str, Any]) -> Service:
    return main.service(Settings(**environment))
