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
MORE = {"credentialing": 2}
"""Of a clinician it reads what is held, waived, lived and asked, each from a table of its own."""


@pytest.fixture(params=sorted(DEPARTMENTS))
def service(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def handlers(service: str) -> Handlers:
    consumers: Handlers = import_module(f"{service}.consumers").handlers
    return consumers


def offers(batch: str, number: int = 20) -> list[OfferAccepted]:
    return [an_offer(assignment_id=f"asg_{batch}{n}", clinician_id=f"cln_{batch}{n}") for n in range(number)]


async def test_a_batch_of_offers_takes_a_handful_of_statements(house: House, works: Works, service: str) -> None:
    await house.say(a_facility())
    await house.say(*offers("first"))  # the driver asks for types once
    asked = await _asked(house, works, offers("second"))
    fewer = await _asked(house, works, offers("third", 3))
    assert len(asked) == len(fewer), "the number of events decides"
    assert len(asked) <= MOST_STATEMENTS + MORE.get(service, 0), "\n".join(" ".join(one.split())[:170] for one in asked)


async def _asked(house: House, works: Works, events: list[OfferAccepted]) -> list[str]:
    with noted_statements(works.engine) as statements:
        await house.say(*events)
    return [statement for statement in statements if "FROM parked_event" not in statement]
