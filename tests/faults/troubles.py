"""Faults that end nothing: no broker (F4), zombies (F5), slow consumers (F8), clocks (F10), replicas (F12)."""

import asyncio
import signal
import time
from datetime import UTC, datetime, timedelta

import httpx
import psutil

from tests.faults.agency import SERVICES
from tests.faults.proxy import Mode
from tests.faults.stage import LOOK_SECONDS, Stage
from tests.faults.watch import Offsets

MEGABYTE = 1024 * 1024
BETWEEN_SECONDS = 5
LATER_HOURS = (1, 2, 3)
ATTEMPTS = 100


async def lose_broker(stage: Stage) -> str:
    """F4: the broker refuses every connection for a while; later it takes them and never answers."""
    assert stage.agency.proxy, "F4 needs a proxy before Kafka"
    before = _memory(stage)
    stage.agency.proxy.turn(Mode.REFUSE)
    await asyncio.sleep(stage.scale.outage_seconds)
    stage.agency.proxy.turn(Mode.PASS)
    await asyncio.sleep(BETWEEN_SECONDS)
    stage.agency.proxy.turn(Mode.SWALLOW)
    await asyncio.sleep(stage.scale.outage_seconds)
    sight = await stage.watch.look()
    piled = sum(counts["unpublished"] for counts in sight.counts.values())
    stage.agency.proxy.turn(Mode.PASS)
    stage.windows["broker away, then silent"] += 1
    grown = (_memory(stage) - before) / MEGABYTE
    seconds = stage.scale.outage_seconds
    return f"no broker for {seconds:g} s, a silent one for {seconds:g} s: {piled} events waited, memory {grown:+.0f} MB"


async def stop_process(stage: Stage) -> str:
    """F5: a service stands still with its connections open, until another took its place; then it goes on unaware."""
    service = stage.random.choice(SERVICES)
    await stage.alive(service)
    replica = await stage.agency.add_replica(service)
    stage.afterwards.append(lambda: stage.agency.remove(replica))
    stage.agency.signal(service, signal.SIGSTOP)
    begun, ends = time.monotonic(), (await stage.watch.look()).ends
    try:
        async with asyncio.timeout(stage.scale.stop_seconds):
            while await _unread_of(stage, service, ends=ends):
                await asyncio.sleep(LOOK_SECONDS)
        read = f"its partitions were taken over after {time.monotonic() - begun:.0f} s"
        stage.windows["partitions of a zombie taken over"] += 1
    except TimeoutError:
        read = "nobody took over its partitions"
        stage.findings.append(f"{service} stood still for {stage.scale.stop_seconds:g} s and {read}")
    await asyncio.sleep(stage.scale.after_seconds)
    sight = await stage.watch.look()
    unsent = sight.counts[service]["late"] if service in sight.counts else 0
    stage.agency.signal(service, signal.SIGCONT)
    stage.windows["zombie woken"] += 1
    return f"{service} stood still; {read}; {unsent} of its events waited for it to be sent"


async def slow_consumer(stage: Stage) -> str:
    """F8: every handler of a department takes long, until a backlog has grown; then it must be worked off."""
    service = stage.random.choice(SERVICES[1:])
    log = stage.agency.home.logs / f"{service}.log"
    before = log.read_bytes().count(b"consumer.interrupted")
    stage.order(service, "slow").write_text("2" if stage.scale.backlog > 1000 else "0.5")
    try:
        async with asyncio.timeout(stage.scale.heal_seconds):
            while await _unread(stage, service) < stage.scale.backlog:
                await asyncio.sleep(1)
    except TimeoutError:
        pass  # what has grown until now will do
    backlog = await _unread(stage, service)
    stage.order(service, "slow").unlink()
    interrupted = log.read_bytes().count(b"consumer.interrupted") - before
    if interrupted:
        stage.findings.append(f"{service} lost its place in the group {interrupted} times while it was slow")
    stage.windows["slow consumer"] += 1
    return f"{service} was slow until {backlog} events waited"


async def shift_clock(stage: Stage) -> str:
    """F10: the business clock of one service, and of it alone, is hours ahead of the others'."""
    service, hours = stage.random.choice(SERVICES), stage.random.choice(LATER_HOURS)
    places = stage.agency.places
    headers = {"Authorization": f"Bearer {places.tokens['operator']}", "Idempotency-Key": stage.client.orders.key()}
    async with httpx.AsyncClient(trust_env=False, timeout=30) as http:
        now = await http.get(f"{places.urls[service]}/v1/clock", headers=headers)
        to = datetime.fromisoformat(now.json()["now"]) + timedelta(hours=hours)
        for _ in range(ATTEMPTS):
            url = f"{places.urls[service]}/v1/clock:advance"
            answer = await http.post(url, json={"to": to.isoformat()}, headers=headers)
            if answer.is_success:
                break
            await asyncio.sleep(LOOK_SECONDS)
        answer.raise_for_status()
    stage.windows["clock shifted"] += 1
    ahead = (to - datetime.fromtimestamp(time.time(), UTC)) / timedelta(hours=1)
    return f"the clock of {service} went {hours} h forward, it is {ahead:.0f} h ahead"


async def come_and_go(stage: Stage) -> str:
    """F12: second processes of two services come and go, one in order and one by kill -9."""
    services = stage.random.sample(SERVICES, 2)
    for turn in range(2):
        replicas = [await stage.agency.add_replica(service) for service in services]
        await asyncio.sleep(stage.scale.after_seconds)
        orderly, other = replicas if turn else reversed(replicas)
        stage.agency.parts[other].kill()
        await stage.agency.remove(other)
        await stage.agency.remove(orderly)
        stage.windows["replica came and went"] += 2
    return f"second processes of {' and '.join(services)} came and went twice"


async def _unread(stage: Stage, service: str) -> int:
    """How many events wait for a service now."""
    return await _unread_of(stage, service, ends=(await stage.watch.look()).ends)


async def _unread_of(stage: Stage, service: str, *, ends: Offsets) -> int:
    """How many of the events up to here a service has not read; when the broker does not say, all of them."""
    read = (await stage.watch.look()).read
    return sum(max(0, end - read.get(place, 0)) for place, end in ends.items() if place[0] == service)


def _memory(stage: Stage) -> int:
    """Resident bytes of all services."""
    return sum(psutil.Process(stage.agency.pid(service)).memory_info().rss for service in SERVICES)
