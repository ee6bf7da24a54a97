"""What must be true when all is quiet. Reads tables and logs only, and shares no code with the product."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from tests.simulation.aggregates import LOG
from tests.simulation.broker import Cluster
from tests.simulation.database import Database

Stream = tuple[str, str]
Version = tuple[str, str, int]
Events = list[tuple[int, UUID]]
"""Version and id of some events of one stream."""


def breaches(
    source: Database, cluster: Cluster, target: Database, *, poisoned: set[Version], once_from: float
) -> list[str]:
    """Everything that the promises do not allow; empty when they are kept."""
    committed = _committed(source)
    return [
        *_breaches_of_publication(committed, cluster),
        *_breaches_of_thrift(source, cluster, once_from),
        *_breaches_of_consumption(committed, target, poisoned),
        *_breaches_of_memory(committed, target),
    ]


def _committed(source: Database) -> dict[Stream, dict[int, UUID]]:
    """The id of each version of each stream."""
    streams: dict[Stream, dict[int, UUID]] = defaultdict(dict)
    for row in source.tables["outbox"].values():
        streams[row.aggregatetype, row.aggregateid][row.aggregateversion] = row.id
    return streams


def _breaches_of_publication(committed: dict[Stream, dict[int, UUID]], cluster: Cluster) -> Iterator[str]:
    """Every committed event reaches the broker, the versions of a key first in order, and nothing else does."""
    sent: dict[Stream, list[int]] = defaultdict(list)
    for arrival in cluster.arrivals:
        stream = (arrival.topic, arrival.key)
        if arrival.id != str(committed.get(stream, {}).get(arrival.version)):
            yield f"{stream} v{arrival.version} was sent and never committed"
        sent[stream].append(arrival.version)
    for stream, versions in committed.items():
        first = list(dict.fromkeys(sent[stream]))
        if first != sorted(versions):
            yield f"{stream} was sent as {first}, committed as {sorted(versions)}"
    ids = {dict(record.headers)["ce_id"].decode() for log in cluster.logs.values() for record in log}
    lost = {str(one) for versions in committed.values() for one in versions.values()} - ids
    if lost:
        yield f"{len(lost)} events are in no log"


def _breaches_of_thrift(source: Database, cluster: Cluster, once_from: float) -> Iterator[str]:
    """From this position on nothing went wrong: nobody sends anything twice."""
    sent = Counter(arrival.id for arrival in cluster.arrivals)
    for position, row in source.tables["outbox"].items():
        if position >= once_from and sent[str(row.id)] > 1:
            yield f"{row.aggregateid} v{row.aggregateversion} was sent {sent[str(row.id)]} times; nothing went wrong"


def _breaches_of_consumption(
    committed: dict[Stream, dict[int, UUID]], target: Database, poisoned: set[Version]
) -> Iterator[str]:
    """Each event has its effect once and in order, or is parked for a cause."""
    applied: dict[Stream, Events] = defaultdict(list)
    for _, (topic, key, version, event_id) in sorted(target.tables["effect"].items()):
        applied[topic, key].append((version, event_id))
    parked: dict[Stream, Counter[int]] = defaultdict(Counter)
    for row in target.tables["parked_event"].values():
        if row["settled_at"] is None:
            parked[row["topic"], row["key"]][row["version"]] += 1
    for stream, versions in committed.items():
        bad = sorted(version for topic, key, version in poisoned if (topic, key) == stream)
        judge = _breaches_of_log if stream[0] == LOG else _breaches_of_state
        yield from judge(stream, sorted(versions.items()), applied[stream], parked[stream], bad)
    yield from (f"{stream} was applied and never committed" for stream in applied.keys() - committed.keys())


def _breaches_of_log(
    stream: Stream,
    committed: list[tuple[int, UUID]],
    applied: list[tuple[int, UUID]],
    parked: Counter[int],
    bad: list[int],
) -> Iterator[str]:
    """All up to the first that can never be handled is applied; that one and all behind it are parked, once each."""
    end = bad[0] if bad else len(committed) + 1
    if applied != committed[: end - 1]:
        yield f"{stream} was applied as {_versions(applied)}, committed up to {len(committed)}, cannot handle {bad}"
    if parked != Counter(range(end, len(committed) + 1)):
        yield f"{stream} has {dict(parked)} parked, committed up to {len(committed)}, cannot handle {bad}"


def _breaches_of_state(
    stream: Stream,
    committed: list[tuple[int, UUID]],
    applied: list[tuple[int, UUID]],
    parked: Counter[int],
    bad: list[int],
) -> Iterator[str]:
    """What was applied only ever moved forward, and ends at the last that can be handled."""
    versions = _versions(applied)
    if versions != sorted(set(versions)) or not set(applied) <= set(committed):
        yield f"{stream} was applied as {versions}"
    last = max((version for version, _ in committed if version not in bad), default=None)
    if last is not None and versions[-1:] != [last]:
        yield f"{stream} ends at {versions[-1:]}, not {last}"
    if set(parked) - set(bad) or any(times > 1 for times in parked.values()):
        yield f"{stream} has {dict(parked)} parked, cannot handle {bad}"


def _breaches_of_memory(committed: dict[Stream, dict[int, UUID]], target: Database) -> Iterator[str]:
    """The inbox knows each event, and nothing else."""
    ids = {one for versions in committed.values() for one in versions.values()}
    if ids != set(target.tables["inbox"]):
        yield f"the inbox has {len(target.tables['inbox'])} ids, committed were {len(ids)}"


def _versions(applied: Iterable[tuple[int, Any]]) -> list[int]:
    return [version for version, _ in applied]
