"""What only credentialing's tests need."""

from typing import Any

import pytest

from credentialing import consumers, main
from credentialing.settings import Settings
from shared.messaging.handlers import Handlers
from shared.runtime.definition import Service


@pytest.fixture
def service() -> str:
    return "credentialing"


@pytest.fixture
def handlers() -> Handlers:
    return consumers.handlers


@pytest.fixture
def definition(environment: dict[str, Any]) -> Service:
    return main.service(Settings(**environment))
