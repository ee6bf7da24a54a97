"""The JSON Schema of an event: what its value looks like on the wire, for whoever reads it.

It describes what is written (decimals are strings), and stays open: a reader ignores fields it does not know.
"""

from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from shared.contracts.catalogue import CATALOGUE
from shared.contracts.event import Event, adapter

Schema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
WORDS: Final = frozenset({"$schema", "$id", "$comment", "title", "description", "examples"})
"""Keywords that explain and constrain nothing: they may change without a new revision."""


class _OnTheWire(GenerateJsonSchema):
    """Names two forms for which JSON Schema has no word, and leaves out titles that repeat a field's name."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        return {"type": "string", "format": "decimal"}

    def time_schema(self, schema: core_schema.TimeSchema) -> JsonSchemaValue:
        return {"type": "string", "format": "time-local"}

    def field_title_should_be_set(self, schema: object) -> bool:
        return False


def events_of_catalogue() -> tuple[type[Event], ...]:
    """Every event class of the catalogue once, by the name of its type."""
    classes = {event for topic in CATALOGUE for event in topic.events}
    return tuple(sorted(classes, key=lambda event: event.event_type))


def topic_version(event: type[Event]) -> int:
    """The version of the topics that carry this event. Raises ValueError unless it is one and the same."""
    versions = {int(topic.name.rpartition(".v")[2]) for topic in CATALOGUE if event in topic.events}
    if len(versions) != 1:
        raise ValueError(f"{event.__name__} travels on topic versions {sorted(versions)}; it must be one")
    return versions.pop()


def dataschema(event: type[Event]) -> str:
    """The CloudEvents attribute `dataschema`: the same for all revisions, for they are compatible."""
    return f"urn:firstshift:event:{event.event_type}:v{topic_version(event)}"


def schema_of(event: type[Event], revision: int) -> Schema:
    """The schema of this event as the code has it now, named as the given revision."""
    described = adapter(event).json_schema(schema_generator=_OnTheWire, mode="serialization")
    return {"$schema": DIALECT, "$id": f"{dataschema(event)}:{revision}", **described}


def shape(schema: Any) -> Any:
    """What a schema constrains: itself without the words, and with the lists that are sets in order."""
    if not isinstance(schema, dict):
        return [shape(part) for part in schema] if isinstance(schema, list) else schema
    bare = {key: value for key, value in schema.items() if key not in WORDS}
    for key, value in bare.items():
        if key in ("properties", "$defs"):
            bare[key] = {name: shape(part) for name, part in value.items()}
        elif key in ("required", "enum"):
            bare[key] = sorted(value, key=str)
        elif key != "default":
            bare[key] = shape(value)
    return bare
