"""The envelope is CloudEvents 1.0 in Kafka's binary mode, as the CloudEvents SDK writes and reads it."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event, to_binary_event
from cloudevents.core.v1.event import CloudEvent

from shared.contracts.event import encode
from shared.messaging.broker import Record
from shared.messaging.envelope import Envelope, Undecodable, from_record, to_record
from shared.testing.events import a_workstream, an_envelope, recorded

FULL: dict[str, Any] = {
    "causationid": "0190f1de-0000-7000-8000-000000000001",
    "assignmentid": "asg_1",
    "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "replay": "all",
}


@pytest.mark.parametrize("envelope", [an_envelope(), an_envelope(**FULL), an_envelope(data=None)])
def test_an_envelope_survives_its_record(envelope: Envelope) -> None:
    assert from_record(recorded(envelope)) == envelope


def test_the_sdk_reads_what_we_write() -> None:
    envelope = an_envelope(a_workstream(done=2), version=7, **FULL)
    sent = to_record(envelope)
    assert sent.value is not None
    read = from_binary_event(KafkaMessage(headers=dict(sent.headers), key=sent.key, value=sent.value))
    assert read.get_attributes() == {
        "specversion": "1.0",
        "id": str(envelope.id),
        "source": "/firstshift/payroll",
        "type": "workstream.changed",
        "subject": "asg_1",
        "time": datetime(2026, 1, 5, 15, tzinfo=UTC),
        "datacontenttype": "application/json",
        "dataschema": "urn:firstshift:event:workstream.changed:v1",
        "partitionkey": "asg_1",
        "aggregateversion": "7",
        "epoch": "1",
        "actor": "system:payroll",
        "correlationid": "corr-1",
        **FULL,
    }
    assert read.get_data() == json.loads(encode(a_workstream(done=2)))


def test_we_read_what_the_sdk_writes() -> None:
    envelope = an_envelope(a_workstream(done=2), version=7, **FULL)
    assert envelope.data is not None
    theirs = CloudEvent(
        attributes={
            "id": str(envelope.id),
            "source": envelope.source,
            "type": envelope.type,
            "subject": envelope.subject,
            "time": envelope.time,
            "datacontenttype": "application/json",
            "aggregateversion": "7",
            "epoch": "1",
            "actor": envelope.actor,
            "correlationid": envelope.correlationid,
            **FULL,
        },
        data=json.loads(envelope.data),
    )
    message = to_binary_event(theirs, key_mapper=lambda event: str(event.get_subject()))
    key = message.key.encode() if isinstance(message.key, str) else message.key
    record = Record(
        topic=envelope.topic,
        partition=0,
        offset=0,
        key=key,
        value=message.value,
        headers=tuple(message.headers.items()),
    )
    read = from_record(record)
    assert json.loads(read.data or b"") == json.loads(envelope.data)
    assert replace(read, data=envelope.data) == envelope


def _with(name: str, value: bytes | None) -> Record:
    record = recorded(an_envelope())
    kept = tuple(header for header in record.headers if header[0] != name)
    return replace(record, headers=kept if value is None else (*kept, (name, value)))


@pytest.mark.parametrize(
    ("case", "record"),
    [
        *((f"{name} is absent", _with(name, None)) for name in ("ce_id", "ce_type", "ce_time", "ce_aggregateversion")),
        ("another version of CloudEvents", _with("ce_specversion", b"0.3")),
        ("an id that is no UUID", _with("ce_id", b"7")),
        ("a time without a zone", _with("ce_time", b"2026-01-05T15:00:00")),
        ("a version that is no number", _with("ce_aggregateversion", b"one")),
        ("a version below zero", _with("ce_aggregateversion", b"-1")),
        ("a version that no column holds", _with("ce_aggregateversion", b"2147483648")),
        ("an epoch that no column holds", _with("ce_epoch", b"2147483648")),
        ("a type with a NUL", _with("ce_type", b"\x00")),
        ("bytes that are no UTF-8", _with("ce_actor", b"\xff")),
        ("a subject that no index holds", recorded(an_envelope(subject="a" * 256))),
        ("a key that is not the subject", recorded(an_envelope(), key=b"asg_2")),
        ("an unknown topic", recorded(an_envelope(topic="payroll.secrets.v1"))),
    ],
)
def test_what_is_no_envelope_of_ours_is_undecodable(case: str, record: Record) -> None:
    with pytest.raises(Undecodable):
        from_record(record)
