"""A batch of events takes each department a handful of statements, however many events are in it."""

from importlib import import_module

import pytest

from services.housing.tests.builders import a_facility, an_offer
from shared.contracts.assignments import OfferAccepted
from shared.contracts.catalogue import DEPARTMENTS
from shared.db.work import Works
from shared.messaging.handlers import Handlers
from shared.testing.house import House
from shared.testing.statements import noted_statements

MOST_STATEMENTS = 9


@pytest.fixture(params=sorted(DEPARTMENTS))
def service(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def handlers(service: str) -> Handlers:
    consumers: Handlers = import_module(f"{service}.consumers").handlers
    return consumers


def offers(batch: str) -> list[OfferAccepted]:
    return [an_offer(assignment_id=f"asg_{batch}{n}", clinician_id=f"cln_{batch}{n}") for n in range(20)]


async def test_a_batch_of_offers_takes_a_handful_of_statements(house: House, works: Works) -> None:
    await house.say(a_facility())
    await house.say(*offers("first"))  # the driver asks for types once
    with noted_statements(works.engine) as statements:
        await house.say(*offers("second"))
    asked = [statement for statement in statements if "FROM parked_event" not in statement]
    assert len(asked) <= MOST_STATEMENTS, asked
