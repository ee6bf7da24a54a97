"""Faults in what the broker carries: everything once more (F6), another order (F7), poison (F11)."""

import asyncio
from collections.abc import Sequence
from typing import Any

import asyncpg
import httpx
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError

from tests.faults.evidence import PARTITIONS
from tests.faults.orders import PARTS
from tests.faults.stage import LOOK_SECONDS, Stage
from tests.faults.watch import SUBSCRIBED

STREAM = "assignments.assignment.v1"
FOCUS = 30
"""Of how many assignments the terms are changed again and again, so that their streams have neighbours to swap."""
PILE = 400
"""How many events pile up before they are sent in disorder: fewer than the relay sends at once."""
PATIENCE_SECONDS = 60
SPARE_BYTES = 4 * 1024 * 1024

_PILED = "SELECT count(*) FROM outbox WHERE published_at IS NULL"
_WAITED = "SELECT count(*) FROM parked_event WHERE reason = 'gap'"


async def repeat_everything(stage: Stage) -> str:
    """F6: every record so far is produced again; no row of any table may change."""
    await stage.rest()
    before = await stage.gatherer.hashes()
    count = await _produce_again(stage)
    await stage.rest()
    after = await stage.gatherer.hashes()
    changed = [service for service in before if before[service] != after[service]]
    stage.findings.extend(f"doubled: {count} repeated events changed the tables of {service}" for service in changed)
    stage.windows["events repeated"] += count
    stage.client.go(stage.scale.rate)
    return f"{count} events came again; the hash of every table is {'CHANGED' if changed else 'the same'}"


async def disorder(stage: Stage) -> str:
    """F7: neighbours within a key are swapped on their way to the broker; each must be applied in order."""
    swapped, waited = 0, await _waited(stage)
    noted = stage.order("assignments", "disordered")
    while swapped < stage.scale.pairs:
        await _pile_up(stage)
        stage.order("assignments", "disorder").touch()
        stage.order("assignments", "hold").unlink()
        await _until_sent(stage)
        stage.order("assignments", "disorder").unlink()
        streams = [line.split() for line in noted.read_text().splitlines()]
        stage.disordered.update((topic, key) for topic, key in streams)
        swapped = len(streams)
        stage.journal.note(f"{swapped} pairs swapped so far")
    noted.unlink()
    await stage.rest()
    gaps = await _waited(stage) - waited
    if not gaps:
        stage.findings.append("F7 did nothing: no event had to wait for the one before it")
    stage.windows["pairs swapped"] += swapped
    stage.client.go(stage.scale.rate)
    return f"{swapped} pairs of events of one assignment came in the wrong order; {gaps} waited for their predecessors"


async def poison(stage: Stage) -> str:
    """F11: five kinds of records that nobody can apply, while calls go on; only their own keys may wait."""
    producer = AIOKafkaProducer(bootstrap_servers=stage.agency.places.bootstrap_servers, max_request_size=SPARE_BYTES)
    await producer.start()
    try:
        keys = [await _send(producer, stage, kind=kind) for kind in ("bad JSON", "bad schema", "unknown type")]
        keys += [await _send(producer, stage, kind=kind) for kind in ("unknown major", "null key")]
        refusal = await _send_huge(producer, stage)
    finally:
        await producer.stop()
    stage.watch.spared = sorted(stage.planted)
    parked = await _until_parked(stage, set(keys))
    missing = sorted(set(keys) - {key for _, key in parked})
    stage.findings.extend(f"poison with the key {key} was parked nowhere" for key in missing)
    skipped = await _skip(stage)
    stage.windows["poison parked"] += skipped
    return f"poison of five kinds parked {skipped} times in {len(PARTS)} services, then skipped; 2 MB {refusal}"


async def _produce_again(stage: Stage) -> int:
    consumer = AIOKafkaConsumer(bootstrap_servers=stage.agency.places.bootstrap_servers)
    producer = AIOKafkaProducer(bootstrap_servers=stage.agency.places.bootstrap_servers)
    await consumer.start()
    await producer.start()
    try:
        messages = [message for message in await _all(consumer) if not _is_planted(message, stage)]
        wanted = (messages * (stage.scale.repeats // len(messages) + 1))[: max(stage.scale.repeats, len(messages))]
        for message in wanted:
            await producer.send(message.topic, message.value, key=message.key, headers=list(message.headers))
        await producer.flush()
        return len(wanted)
    finally:
        await consumer.stop()
        await producer.stop()


def _is_planted(message: Any, stage: Stage) -> bool:
    """Whether it is poison: without a key or an id it is a new record each time, and parks each time."""
    return message.key is None or dict(message.headers).get("ce_id", b"").decode() in stage.planted


async def _all(consumer: Any) -> list[Any]:
    """Every record of the topics that somebody reads."""
    topics = sorted(frozenset().union(*SUBSCRIBED.values()))
    places = [TopicPartition(topic, number) for topic in topics for number in range(PARTITIONS)]
    consumer.assign(places)
    await consumer.seek_to_beginning(*places)
    ends = await consumer.end_offsets(places)
    messages: list[Any] = []
    while any([await consumer.position(place) < end for place, end in ends.items()]):
        for batch in (await consumer.getmany(timeout_ms=1000)).values():
            messages += batch
    return messages


async def _pile_up(stage: Stage) -> None:
    """Holds the events of assignments back while the terms of a few of them are changed again and again."""
    stage.order("assignments", "hold").touch()
    stage.client.orders.focus = FOCUS
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await _number(stage, "assignments", _PILED) < min(PILE, 4 * stage.scale.pairs):
                await asyncio.gather(*(stage.client.ask("amend") for _ in range(4)))
    except TimeoutError:
        pass  # a slow machine: what there is will do
    finally:
        stage.client.orders.focus = None


async def _until_sent(stage: Stage) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await _number(stage, "assignments", f"{_PILED} AND recorded_at < now() - interval '1 second'"):
            await asyncio.sleep(LOOK_SECONDS * 5)


async def _waited(stage: Stage) -> int:
    return sum([await _number(stage, service, _WAITED) for service in PARTS])


async def _number(stage: Stage, service: str, statement: str) -> int:
    connection = await asyncpg.connect(stage.agency.places.databases[service])
    try:
        return int(await connection.fetchval(statement))
    finally:
        await connection.close()


async def _send(producer: Any, stage: Stage, *, kind: str) -> str:
    """Sends one; the key under which it must be parked."""
    key = f"asg_poison{stage.random.getrandbits(60):x}"
    id_ = stage.client.orders.key()
    headers = {
        "ce_specversion": "9.0" if kind == "unknown major" else "1.0",
        "ce_id": id_,
        "ce_source": "/firstshift/assignments",
        "ce_type": "offer.forgotten" if kind == "unknown type" else "offer.accepted",
        "ce_subject": key,
        "ce_time": "2026-01-05T15:00:00+00:00",
        "ce_dataschema": "urn:firstshift:event:offer.accepted:v1",
        "ce_aggregateversion": "1",
        "ce_epoch": "1",
        "ce_actor": "system:assignments",
        "ce_correlationid": "poison",
    }
    sent = await producer.send_and_wait(
        STREAM,
        b'{"assignment_id": ' if kind == "bad JSON" else b'{"surprise": 1}',
        key=None if kind == "null key" else key.encode(),
        headers=[(name, value.encode()) for name, value in headers.items()],
    )
    place = f"@{sent.partition}:{sent.offset}" if kind == "null key" else key
    stage.planted.update({id_, place})
    return place


async def _send_huge(producer: Any, stage: Stage) -> str:
    """A value of 2 MB; what became of it."""
    try:
        await producer.send_and_wait(STREAM, b"x" * 2_000_000, key=b"asg_huge")
    except KafkaError as error:
        return f"refused by the broker ({type(error).__name__})"
    stage.planted.add("asg_huge")
    return "taken by the broker"


async def _until_parked(stage: Stage, keys: set[str]) -> Sequence[tuple[str, str]]:
    """Which department parked which key, once each has parked all, or patience ends."""
    found: set[tuple[str, str]] = set()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(found) < len(keys) * len(PARTS):
                found = {(service, one["key"]) for service in PARTS for one in await _parked(stage, service)}
                await asyncio.sleep(LOOK_SECONDS * 10)
    except TimeoutError:
        stage.findings.append(f"of {len(keys) * len(PARTS)} poisoned keys only {len(found)} were parked")
    return sorted(found)


async def _parked(stage: Stage, service: str) -> list[dict[str, Any]]:
    places = stage.agency.places
    headers = {"Authorization": f"Bearer {places.tokens['operator']}"}
    async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE_SECONDS) as http:
        items = (await http.get(f"{places.urls[service]}/v1/parked-events", headers=headers)).json()["items"]
    return [item for item in items if item["key"] in stage.planted]


async def _skip(stage: Stage) -> int:
    """An operator gives every poisoned event up, with a reason; how many."""
    places, skipped = stage.agency.places, 0
    headers = {"Authorization": f"Bearer {places.tokens['operator']}"}
    async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE_SECONDS) as http:
        for service in PARTS:
            for item in await _parked(stage, service):
                answer = await http.post(
                    f"{places.urls[service]}/v1/parked-events/{item['id']}:skip",
                    json={"reason": "poison of a test"},
                    headers={**headers, "Idempotency-Key": stage.client.orders.key()},
                )
                answer.raise_for_status()
                skipped += 1
    return skipped
