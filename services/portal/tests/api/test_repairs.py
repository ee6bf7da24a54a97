"""Parked events of every service: what waits and why, the services that are silent, and each repair.

The portal itself stands for a service here: it answers for its parked events like every other one.
"""

from typing import Any

import httpx
import pytest

from portal import main
from portal.clients.services import Services
from portal.settings import Settings
from services.portal.tests.api.reading import Page
from services.portal.tests.api.signed_in import get_as, token_of
from services.portal.tests.builders import an_offer
from shared.contracts.assignments import AssignmentConfirmed
from shared.ids import new_uuid
from shared.messaging.delivery import Delivery
from shared.testing.events import an_envelope, recorded

TOPIC = "assignments.assignment.v1"


class Late(httpx.AsyncBaseTransport):
    """A service that is there once its application is."""

    app: Any = None

    async def handle_async_request(self, request):
        if self.app is None:
            raise httpx.ConnectError("nobody listens")
        return await httpx.ASGITransport(app=self.app).handle_async_request(request)


@pytest.fixture
def transports():
    return {"portal": Late(), "payroll": Late()}


@pytest.fixture
def definition(environment, transports):
    urls = {name: f"http://{name}" for name in transports}
    return main.service(Settings(**environment), services=Services(urls, transports=transports))


@pytest.fixture
async def desk(api, issuer, transports):
    """An operator who reads pages and sends their forms."""
    transports["portal"].app = api.client._transport.app
    return Desk(api, issuer)


class Desk:
    """Reads and sends as an operator."""

    def __init__(self, api, issuer):
        self.api, self.issuer = api, issuer

    async def get(self, path, *, status=200, **who):
        answer = await get_as(self.api, self.issuer, path, **{"role": "operator", **who})
        assert answer.status_code == status, answer.text
        return Page(answer.text)

    async def send(self, path, *, key=None, **fields):
        headers = {"Authorization": f"Bearer {token_of(self.issuer, role='operator')}"}
        form = {"idempotency_key": key or str(new_uuid()), **fields}
        return await self.api.client.post(path, data=form, headers=headers)


@pytest.fixture
async def gap(house):
    """An event of version 2 whose version 1 never came; the address of its page."""
    house.versions[TOPIC, "asg_1"] = 1
    await house.say_anyhow(AssignmentConfirmed(assignment_id="asg_1", terms_version=1))
    return "/parked/portal/1"


@pytest.fixture
async def broken(house):
    """An event that nobody can read; the address of its page."""
    envelope = an_envelope(
        an_offer(assignment_id="asg_9"), topic=TOPIC, subject="asg_9", source="/firstshift/assignments"
    )
    await Delivery(house.works, house.handlers).deliver([recorded(envelope, value=b'{"unit": "<b>ICU</b>"}')])
    return "/parked/portal/1"


async def test_what_waits_is_shown_with_its_reason_and_a_silent_service_is_named(gap, desk):
    page = await desk.get("/parked")
    assert "Payroll does not answer" in page.text
    assert page.rows[1][:4] == [
        "Confirmed by the client asg_1, version 2",
        "Portal",
        "Earlier one missing",
        "waits for version 1",
    ]
    assert page.links["Confirmed by the client"] == gap
    assert page.links["Portal 1"] == "/parked?service=portal"


async def test_when_all_answer_and_nothing_waits_it_says_so(desk, transports):
    transports["payroll"].app = transports["portal"].app
    assert "No event is parked" in (await desk.get("/parked")).text


async def test_when_somebody_is_silent_nobody_says_that_nothing_waits(desk):
    page = await desk.get("/parked")
    assert "Nothing is parked where we could ask" in page.text
    assert "No event is parked" not in page.text


async def test_an_event_is_shown_in_full_beside_the_list_with_what_helps(gap, desk):
    page = await desk.get(gap)
    assert "An earlier event of the same object is missing" in page.text
    assert '"assignment_id": "asg_1"' in page.text
    assert page.links["Open the assignment"] == "/assignments/asg_1"
    assert "accept_gap" in page.fields
    assert "parked-events" in page.ids


async def test_what_an_event_says_is_shown_and_never_run(broken, desk):
    page = await desk.get(broken)
    assert "<b>ICU</b>" in page.text
    assert "The service received it and could not apply it" in page.text
    assert "accept_gap" not in page.fields


async def test_a_replayed_event_whose_gap_is_accepted_is_applied(gap, desk, house):
    answer = await desk.send(f"{gap}/replay", accept_gap="true")
    assert (answer.status_code, answer.headers["location"]) == (303, "/parked?done=waits")
    await house.settle()
    assert await house.parked() == []
    assert "Earlier one missing" not in (await desk.get("/parked")).text


async def test_a_replayed_event_whose_gap_is_not_accepted_still_waits(gap, desk, house):
    answer = await desk.send(f"{gap}/replay")
    assert answer.status_code == 303
    await house.settle()
    assert [reason for reason, _ in await house.parked()] == ["gap"]
    assert "Tried again: it still waits" in (await desk.get(answer.headers["location"])).text


async def test_a_skipped_event_is_gone_and_the_page_says_so(broken, desk, house):
    answer = await desk.send(f"{broken}/skip", reason="sent by a broken test client")
    assert (answer.status_code, answer.headers["location"]) == (303, "/parked?done=skipped")
    assert await house.parked() == []
    assert "Skipped" in (await desk.get("/parked?done=skipped")).text


async def test_a_form_sent_twice_skips_once(broken, desk):
    answers = [await desk.send(f"{broken}/skip", key="the-same-key", reason="a broken client") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]


async def test_a_skip_without_a_reason_is_refused_at_its_field_and_nothing_changes(broken, desk, house):
    answer = await desk.send(f"{broken}/skip", reason="  ")
    assert answer.status_code == 422
    page = Page(answer.text)
    assert "One thing needs your attention" in page.text
    assert "f-reason-error" in page.ids
    assert len(await house.parked()) == 1


async def test_a_skip_that_the_service_refuses_is_said_in_words_with_what_was_typed(gap, desk, house):
    answer = await desk.send(f"{gap}/skip", reason="an <old> one")
    assert answer.status_code == 409
    page = Page(answer.text)
    assert "waits for version 1 of its stream" in page.text
    assert "an <old> one" in page.text
    assert len(await house.parked()) == 1


async def test_a_settled_drawer_brings_the_list_and_the_news_with_it(broken, desk):
    headers = {"Authorization": f"Bearer {token_of(desk.issuer, role='operator')}", "HX-Request": "true"}
    form = {"idempotency_key": "k-1", "reason": "a broken client"}
    answer = await desk.api.client.post(f"{broken}/skip", data=form, headers=headers)
    page = Page(answer.text)
    assert "parked" in page.ids
    assert "Skipped: its object goes on without it." in page.text
    assert "main" not in page.ids


async def test_a_service_that_went_silent_changes_nothing_and_is_named(gap, desk, transports):
    transports["portal"].app = None
    answer = await desk.send(f"{gap}/replay")
    assert answer.status_code == 503
    assert "Portal does not answer" in Page(answer.text).text


async def test_a_service_that_nobody_knows_does_not_answer(desk):
    assert "Identity does not answer" in (await desk.get("/parked/identity/1")).text


@pytest.mark.parametrize("path", ["/parked/portal/99", "/parked/portal/0", "/parked/PORTAL/1"])
async def test_an_event_that_is_not_parked_is_not_there(desk, path):
    answer = await get_as(desk.api, desk.issuer, path, role="operator")
    assert answer.status_code in (404, 422)


async def test_only_operators_see_and_repair_parked_events(gap, desk, api, house):
    for role in ("lead", "coordinator", "auditor"):
        assert (await api.get("/parked", role=role)).status_code == 403
        assert (await api.get(gap, role=role)).status_code == 403
    assert len(await house.parked()) == 1
