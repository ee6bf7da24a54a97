"""What tests of pages share that ask a department: the portal that asks it, and who looks."""

from typing import Any, Protocol

import pytest

from portal import main
from portal.clients.services import Services
from portal.settings import Settings
from services.portal.tests.api.pages import Browser
from services.portal.tests.builders import a_client, a_clinician, a_facility, an_offer
from shared.runtime.definition import Service
from shared.testing.api import Api, Issuer
from shared.testing.house import House


class Asked(Protocol):
    """A department that a module of tests stands up for itself."""

    def services(self) -> Services:
        """The portal's way to it."""


@pytest.fixture
def credentialing() -> Asked | None:
    """Who answers as credentialing: each module of tests that asks it says so itself."""
    return None


@pytest.fixture
def definition(environment: dict[str, Any], credentialing: Asked | None) -> Service:
    return main.service(Settings(**environment), services=credentialing.services() if credentialing else None)


@pytest.fixture
async def browser(house: House, api: Api, issuer: Issuer) -> Browser:
    """A credentialing specialist, where one offer was accepted."""
    await house.say(a_facility(), a_clinician(), a_client(), an_offer())
    return Browser(api.client, issuer, role="credentialing_specialist")


@pytest.fixture
def lead(browser: Browser) -> Browser:
    """A lead at the same portal."""
    return browser.as_("lead")
