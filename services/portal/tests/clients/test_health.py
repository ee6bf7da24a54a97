"""When a service counts as away, and when as back."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from portal.clients.health import Health
from shared.testing.running import eventually, running

URLS = {"payroll": "http://payroll.test", "housing": "http://housing.test", "nowhere": ""}


class Services:
    """Answers as each service is told to."""

    def __init__(self):
        self.says: dict[str, int | str] = {"payroll": 200, "housing": 200}
        self.asked = {"payroll": 0, "housing": 0}

    def transports(self):
        return {name: httpx.MockTransport(self._answer) for name in self.says}

    def _answer(self, request):
        name = request.url.host.removesuffix(".test")
        assert request.url.path == "/readyz"
        self.asked[name] += 1
        if self.says[name] == "refused":
            raise httpx.ConnectError("refused", request=request)
        if self.says[name] == "late":
            raise httpx.ReadTimeout("late", request=request)
        return httpx.Response(int(self.says[name]))


@pytest.fixture
def services():
    return Services()


@pytest.fixture
async def watched(services, clock):
    """The health of two services that are asked without a pause, and a count of the changes told."""
    health, told = Health(URLS, transports=services.transports(), every_ms=0), []

    async def watch(stop):
        await health.watch(stop, now=clock.now, changed=lambda: told.append(1))

    async with running(watch):
        yield health, told


def names(health):
    return [one.name for one in health.down]


async def test_a_refused_connection_is_certain_at_once_and_since_then(services, watched, clock):
    health, told = watched
    services.says["payroll"] = "refused"
    await eventually(lambda: said(names(health) == ["payroll"]))
    since = clock.now()
    clock.advance(timedelta(minutes=5))
    await asked_again(services, "payroll")
    assert [one.since for one in health.down] == [since]
    services.says["payroll"] = 200
    await eventually(lambda: said(not health.down))
    assert len(told) == 2


@pytest.mark.parametrize("answer", ["late", 503])
async def test_one_bad_answer_may_be_chance_two_are_not(services, watched, answer):
    health, _ = watched
    services.says["housing"] = answer
    await eventually(lambda: said(names(health) == ["housing"]))
    assert services.asked["housing"] >= 2


async def test_a_service_that_answers_late_once_is_not_away(clock):
    answers = iter([httpx.ReadTimeout("late"), *[httpx.Response(200)] * 3])
    stop = asyncio.Event()

    def answer(_):
        given = next(answers, None)
        if given is None:
            stop.set()
            return httpx.Response(200)
        if isinstance(given, Exception):
            raise given
        return given

    told = []
    health = Health({"payroll": "http://payroll.test"}, transports={"payroll": httpx.MockTransport(answer)}, every_ms=0)
    async with asyncio.timeout(15):
        await health.watch(stop, now=clock.now, changed=lambda: told.append(1))
    assert (told, health.down) == ([], ())


async def said(is_true):
    return is_true


async def asked_again(services, name):
    before = services.asked[name]
    await eventually(lambda: said(services.asked[name] > before + 1))
