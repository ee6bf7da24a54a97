"""What only credentialing's tests need."""

import pytest

from credentialing import consumers
from shared.messaging.handlers import Handlers


@pytest.fixture
def service() -> str:
    return "credentialing"


@pytest.fixture
def handlers() -> Handlers:
    return consumers.handlers
