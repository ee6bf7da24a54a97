"""The AsyncAPI 3.1 document of the whole system: channels, messages, and who sends and receives them."""

from collections.abc import Mapping
from typing import Any, Final

from shared.contracts.catalogue import CATALOGUE, StreamKind, Topic
from shared.contracts.event import Event, adapter
from shared.contracts.examples import EXAMPLES
from shared.contracts.schema import Schema, dataschema, schema_of

Document = dict[str, Any]

_KAFKA: Final = "0.5.0"
_DAY_MS: Final = 86_400_000
_TEXT: Final = {"type": "string"}
_HEADERS: Final[Mapping[str, Document]] = {
    "ce_id": {**_TEXT, "description": "The event's id, a UUIDv7. The same id is the same event."},
    "ce_source": {**_TEXT, "description": "Who published it: `/firstshift/<service>`."},
    "ce_type": {**_TEXT, "description": "The event type, such as `offer.accepted`."},
    "ce_specversion": {**_TEXT, "const": "1.0", "description": "The version of CloudEvents."},
    "ce_time": {**_TEXT, "format": "date-time", "description": "When it happened, in business time."},
    "ce_subject": {**_TEXT, "description": "The id of the aggregate; also the record's key."},
    "ce_dataschema": {**_TEXT, "description": "The name of the schema, without its revision."},
    "ce_aggregateversion": {
        **_TEXT,
        "pattern": "^[1-9][0-9]*$",
        "description": "An integer as text: 1, 2, 3 … per aggregate. Streams of kind log have no gaps.",
    },
    "ce_epoch": {
        **_TEXT,
        "pattern": "^[0-9]+$",
        "description": "An integer as text. It rises when a service is restored from a backup; "
        "epoch and version together order a stream.",
    },
    "ce_actor": {**_TEXT, "description": "The person, API client or `system:<service>` that caused it."},
    "ce_correlationid": {**_TEXT, "description": "The first command or webhook of the chain."},
    "ce_causationid": {**_TEXT, "description": "The event or command that led to this one."},
    "ce_assignmentid": {**_TEXT, "description": "The assignment it belongs to, where there is one."},
    "ce_traceparent": {**_TEXT, "description": "The W3C trace context of the cause."},
    "ce_replay": {
        **_TEXT,
        "description": "On an event sent again: `all`, or the one consumer it is meant for.",
    },
}
_OPTIONAL: Final = frozenset({"ce_causationid", "ce_assignmentid", "ce_traceparent", "ce_replay"})


def document(revisions: Mapping[str, int]) -> Document:
    """The AsyncAPI document; `revisions` names the newest schema revision of each event type."""
    return {
        "asyncapi": "3.1.0",
        "info": {
            "title": "Firstshift events",
            "version": "1.0.0",
            "description": "Generated from the event catalogue. CloudEvents 1.0 in Kafka's binary mode.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {topic.name: _channel(topic) for topic in CATALOGUE},
        "operations": _operations(),
        "components": {
            "messages": {event.event_type: _message(event, revisions) for event in EXAMPLES},
            "schemas": {"CloudEventHeaders": _headers(), **_shapes()},
        },
    }


def _headers() -> Document:
    return {
        "type": "object",
        "required": sorted(_HEADERS.keys() - _OPTIONAL),
        "properties": dict(_HEADERS),
    }


def _channel(topic: Topic) -> Document:
    state = topic.kind is StreamKind.STATE
    reading = (
        "Each event is the whole present state of its key; a record without a value erases it."
        if state
        else "Every event counts, in the order of its key."
    )
    settings: Document = {"cleanup.policy": ["compact" if state else "delete"]}
    if topic.retention_days is not None:
        settings["retention.ms"] = topic.retention_days * _DAY_MS
    return {
        "address": topic.name,
        "title": topic.purpose.rstrip("."),
        "description": f"{reading} The key is `{topic.key}`.",
        "messages": {event.event_type: {"$ref": f"#/components/messages/{event.event_type}"} for event in topic.events},
        "bindings": {"kafka": {"topic": topic.name, "topicConfiguration": settings, "bindingVersion": _KAFKA}},
    }


def _message(event: type[Event], revisions: Mapping[str, int]) -> Document:
    keys = sorted({topic.key for topic in CATALOGUE if event in topic.events})
    description = (event.__doc__ or "").strip()
    return {
        "name": event.event_type,
        "title": event.__name__,
        "summary": description.split("\n")[0],
        "description": description,
        "contentType": "application/json",
        "headers": {"$ref": "#/components/schemas/CloudEventHeaders"},
        "payload": {"$ref": f"#/components/schemas/{event.__name__}"},
        "bindings": {
            "kafka": {
                "key": {"type": "string", "description": f"The event's `{'` or `'.join(keys)}`."},
                "bindingVersion": _KAFKA,
            }
        },
        "examples": [{"payload": adapter(event).dump_python(EXAMPLES[event], mode="json")}],
        "x-dataschema": dataschema(event),
        "x-revision": revisions[event.event_type],
    }


def _shapes() -> dict[str, Schema]:
    """Every schema by its class name. Raises ValueError when two different shapes share a name."""
    found: dict[str, Schema] = {}
    for event in EXAMPLES:
        described = schema_of(event, 1)
        nested = described.pop("$defs", {})
        own = {key: value for key, value in described.items() if key not in ("$schema", "$id")}
        for name, schema in {**nested, event.__name__: own}.items():
            hoisted = _hoisted(schema)
            if found.setdefault(name, hoisted) != hoisted:
                raise ValueError(f"two different shapes are called {name}; rename one")
    return found


def _hoisted(schema: Any) -> Any:
    """The schema with its references pointing into the components of the document."""
    if isinstance(schema, list):
        return [_hoisted(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: value.replace("#/$defs/", "#/components/schemas/") if key == "$ref" else _hoisted(value)
        for key, value in schema.items()
    }


def _operations() -> dict[str, Document]:
    found: dict[str, Document] = {}
    for topic in CATALOGUE:
        found[f"{topic.publisher}.sends.{topic.name}"] = _operation(topic, topic.publisher, "send")
        for consumer in sorted(topic.consumers):
            found[f"{consumer}.receives.{topic.name}"] = _operation(topic, consumer, "receive")
    return found


def _operation(topic: Topic, service: str, action: str) -> Document:
    events = [event for event, consumers in topic.events.items() if action == "send" or service in consumers]
    channel = f"#/channels/{topic.name}"
    described: Document = {
        "action": action,
        "channel": {"$ref": channel},
        "summary": f"{service} {action}s {topic.name}",
        "tags": [{"name": service}],
        "messages": [{"$ref": f"{channel}/messages/{event.event_type}"} for event in events],
    }
    if action == "receive":
        group = {"type": "string", "const": service}
        described["bindings"] = {"kafka": {"groupId": group, "bindingVersion": _KAFKA}}
    return described
