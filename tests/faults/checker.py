"""Judges the evidence: each function is one invariant and names every violation it finds in a sentence.

It imports nothing of the services and nothing of `shared`: what it expects is written here a second time.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from tests.faults.evidence import PARTS, Evidence
from tests.faults.journal import OK, UNKNOWN, Call
from tests.faults.watch import SUBSCRIBED

LARGEST_EXAMPLES = 3
STREAM = "assignments.assignment.v1"
COMPACTED = {"assignments.client.v1", "assignments.clinician.v1", "assignments.facility.v1"}

Invariant = Callable[[Evidence, Sequence[Call]], Iterator[str]]


def check(evidence: Evidence, calls: Sequence[Call]) -> list[str]:
    """Every violation, at most three examples of each kind."""
    found = []
    for name, invariant in INVARIANTS.items():
        violations = list(invariant(evidence, calls))
        found += [f"{name}: {violation}" for violation in violations[:LARGEST_EXAMPLES]]
        if len(violations) > LARGEST_EXAMPLES:
            found.append(f"{name}: and {len(violations) - LARGEST_EXAMPLES} more")
    return found


def each_offer_has_one_part_everywhere(evidence: Evidence, calls: Sequence[Call]) -> Iterator[str]:
    """An acknowledged offer is one assignment with one part in each department; a refused one is none at all."""
    assignments = Counter(part.reference for part in evidence.parts.get("assignments", []))
    ids = {part.reference: part.assignment_id for part in evidence.parts.get("assignments", [])}
    parts = {service: Counter(part.assignment_id for part in evidence.parts.get(service, [])) for service in PARTS}
    for call in calls:
        if call.kind != "offer" or call.repeats is not None:
            continue
        wanted = 1 if call.outcome == OK else 0
        if call.outcome != UNKNOWN and assignments[call.subject] != wanted:
            yield f"offer {call.subject} was answered {call.status} and is {assignments[call.subject]} assignments"
        if call.outcome == OK and ids.get(call.subject) != call.found:
            yield f"offer {call.subject} was answered as {call.found} and is {ids.get(call.subject)}"
    for assignment_id in ids.values():
        counts = {service: parts[service][assignment_id] for service in PARTS}
        if set(counts.values()) != {1}:
            yield f"{assignment_id} has {counts}"


def no_acknowledged_change_is_lost(evidence: Evidence, calls: Sequence[Call]) -> Iterator[str]:
    """The version that a caller was answered is there, and on an assignment it is an event of its own."""
    events = {(row.key, row.version) for row in evidence.outbox.get("assignments", []) if row.topic == STREAM}
    kept = {part.part_id: part.version for parts in evidence.parts.values() for part in parts}
    for call in calls:
        if call.outcome != OK or call.version is None:
            continue
        if call.service == "assignments" and (call.found, call.version) not in events:
            yield f"call {call.number} ({call.kind}) was answered as version {call.version} of {call.found}: no event"
        if kept.get(call.found, 0) < call.version:
            yield f"call {call.number} ({call.kind}) left {call.found} at {call.version}, now {kept.get(call.found)}"


def one_of_two_decisions_wins(_: Evidence, calls: Sequence[Call]) -> Iterator[str]:
    """Of several commands that saw the same version, at most one is accepted, and none gets another's version."""
    winners = Counter(
        (call.subject, call.if_match)
        for call in calls
        if call.outcome == OK and call.if_match is not None and call.repeats is None
    )
    for (subject, version), count in winners.items():
        if count > 1:
            yield f"{count} commands on version {version} of {subject} were accepted"


def a_repeated_call_gets_its_first_answer(_: Evidence, calls: Sequence[Call]) -> Iterator[str]:
    """The same key gives the same thing in the same version."""
    by_number = {call.number: call for call in calls}
    for call in calls:
        first = by_number.get(call.repeats or 0)
        if first and call.outcome == OK and (call.found, call.version) != (first.found, first.version):
            yield f"call {call.number} repeats {first.number} and was answered otherwise"
        if first and call.outcome not in (OK, UNKNOWN):
            yield f"call {call.number} repeats {first.number}, which was accepted, and was answered {call.status}"


def outbox_and_broker_hold_the_same(evidence: Evidence, _: Sequence[Call]) -> Iterator[str]:
    """Each committed event is in the broker and marked as sent, and the broker has no others."""
    committed = {row.id: row for rows in evidence.outbox.values() for row in rows}
    seen = {record.id for record in evidence.records if record.id}
    for row in committed.values():
        if row.id not in seen:
            yield f"lost: version {row.version} of {row.key} in {row.topic} is committed and not in the broker"
        elif not row.is_published:
            yield f"version {row.version} of {row.key} in {row.topic} is in the broker and not marked"
    for id_ in sorted(seen - committed.keys() - evidence.planted):
        yield f"the broker has event {id_}, which nobody committed"


def versions_have_no_hole(evidence: Evidence, _: Sequence[Call]) -> Iterator[str]:
    """Of each aggregate, the versions 1, 2, 3 … are committed once each."""
    for service, rows in evidence.outbox.items():
        versions = defaultdict(list)
        for row in rows:
            versions[row.topic, row.key].append(row.version)
        for (topic, key), found in versions.items():
            if sorted(found) != list(range(1, len(found) + 1)):
                yield f"{service}: {key} in {topic} has the versions {sorted(found)}"


def first_occurrences_are_in_order(evidence: Evidence, _: Sequence[Call]) -> Iterator[str]:
    """However often an event is in the broker, it comes there for the first time after its predecessor."""
    last: dict[tuple[str, str], int] = defaultdict(int)
    known: set[str] = set()
    for record in sorted(evidence.records, key=lambda record: (record.topic, record.partition, record.offset)):
        stream = record.topic, record.key
        if record.id is None or record.version is None or record.id in known or stream in evidence.disordered:
            continue
        known.add(record.id)
        if record.id not in evidence.planted and record.version != last[stream] + 1 and record.topic not in COMPACTED:
            yield f"order: version {record.version} of {record.key} in {record.topic} follows {last[stream]}"
        last[stream] = max(last[stream], record.version)


def every_consumer_took_every_event(evidence: Evidence, _: Sequence[Call]) -> Iterator[str]:
    """A consumer's inbox holds exactly the events of its topics, and each of its streams stands at the last one."""
    undecodable = {parked.event_id for parked in evidence.parked if parked.reason == "undecodable"}
    for service, topics in SUBSCRIBED.items():
        sent = {record.id for record in evidence.records if record.topic in topics and record.id}
        taken = evidence.inbox.get(service, set())
        for id_ in sorted(sent - taken - undecodable - evidence.planted):
            yield f"{service} never took event {id_}"
        for id_ in sorted(taken - sent - evidence.planted):
            yield f"{service} took event {id_}, which is not in its topics"
        yield from _positions_behind(evidence, service, topics)


def _positions_behind(evidence: Evidence, service: str, topics: frozenset[str]) -> Iterator[str]:
    ends: dict[tuple[str, str], int] = defaultdict(int)
    for rows in evidence.outbox.values():
        for row in rows:
            if row.topic in topics:
                ends[row.topic, row.key] = max(ends[row.topic, row.key], row.version)
    for (topic, key), version in ends.items():
        position = evidence.positions.get(service, {}).get((topic, key))
        if position != version:
            yield f"{service} stands at {position} of {version} with {key} in {topic}"


def nothing_stays_parked(evidence: Evidence, _: Sequence[Call]) -> Iterator[str]:
    """No event waits when all is quiet, and none failed, but for planted ones."""
    for parked in evidence.parked:
        is_ours = parked.event_id in evidence.planted or parked.key in evidence.planted
        if not is_ours and (parked.settlement is None or parked.reason == "failed"):
            yield f"{parked.service} parked {parked.key} of {parked.topic}: {parked.reason} ({parked.error})"


def departments_follow_the_terms(evidence: Evidence, _: Sequence[Call]) -> Iterator[str]:
    """Each department's part is about the present terms of its assignment."""
    present = {part.assignment_id: part.terms_version for part in evidence.parts.get("assignments", [])}
    closed = {part.assignment_id for part in evidence.parts.get("assignments", []) if part.state == "fell_off"}
    for service in PARTS:
        for part in evidence.parts.get(service, []):
            wanted = present.get(part.assignment_id)
            if part.terms_version != wanted and part.assignment_id not in closed:
                yield f"{service} has terms {part.terms_version} of {part.assignment_id}, which is at {wanted}"


def lights_are_what_departments_say(evidence: Evidence, _: Sequence[Call]) -> Iterator[str]:
    """What assignments shows of each department is what that department said last."""
    for place in sorted(evidence.said.keys() | evidence.lights.keys()):
        said, shown = evidence.said.get(place), evidence.lights.get(place)
        if said != shown:
            yield f"{place[1]} says {said} of {place[0]}; assignments shows {shown}"


def work_is_asked_for_once(evidence: Evidence, _: Sequence[Call]) -> Iterator[str]:
    """No task of an assignment is open twice."""
    items = Counter((item.service, item.assignment_id, item.key) for item in evidence.items if item.state == "open")
    for (service, assignment_id, key), count in items.items():
        if count > 1:
            yield f"{service} asks {count} times for {key} of {assignment_id}"


def no_call_stays_unknown(_: Evidence, calls: Sequence[Call]) -> Iterator[str]:
    """Asked again with its key after the fault, every call has a certain result."""
    for call in calls:
        if call.outcome == UNKNOWN:
            yield f"call {call.number} ({call.kind} on {call.service}) has no result; last answer {call.status}"


INVARIANTS: dict[str, Invariant] = {
    "I1 one part each": each_offer_has_one_part_everywhere,
    "I1 nothing acknowledged is lost": no_acknowledged_change_is_lost,
    "I1 a key has one effect": a_repeated_call_gets_its_first_answer,
    "I1 no unknown stays": no_call_stays_unknown,
    "I2 outbox = broker": outbox_and_broker_hold_the_same,
    "I2 no hole": versions_have_no_hole,
    "I2 in order": first_occurrences_are_in_order,
    "I3 every event taken": every_consumer_took_every_event,
    "I3 nothing parked": nothing_stays_parked,
    "I3 terms arrived": departments_follow_the_terms,
    "I3 lights": lights_are_what_departments_say,
    "I3 work once": work_is_asked_for_once,
    "I7 one winner": one_of_two_decisions_wins,
}
