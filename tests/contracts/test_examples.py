"""Every event has an example; it travels unaltered, fits its schema, and old ones are still read."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from shared.contracts.event import Event, adapter, decode, encode
from shared.contracts.examples import EXAMPLES
from shared.contracts.revisions import HERE, stored
from shared.contracts.schema import events_of_catalogue, schema_of

BY_TYPE = {event.event_type: event for event in events_of_catalogue()}
STORED_EXAMPLES = sorted((HERE / "examples").glob("*/*.json"))


def test_every_event_has_an_example() -> None:
    assert EXAMPLES.keys() == set(events_of_catalogue())


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: event.event_type)
def test_an_example_comes_back_as_the_same_value_and_the_same_bytes(event: type[Event]) -> None:
    sent = encode(EXAMPLES[event])
    received = decode(event, sent)
    assert received == EXAMPLES[event]
    assert encode(received) == sent


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: event.event_type)
def test_an_example_fits_its_schema_and_fills_every_field(event: type[Event]) -> None:
    schema = schema_of(event, 1)
    value = json.loads(encode(EXAMPLES[event]))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(value)
    assert value.keys() == schema["properties"].keys()


def test_a_reader_ignores_a_field_it_does_not_know() -> None:
    for event, example in EXAMPLES.items():
        value = {**json.loads(encode(example)), "from_the_future": {"deep": [1]}}
        Draft202012Validator(schema_of(event, 1)).validate(value)
        assert decode(event, json.dumps(value).encode()) == example


def test_a_reader_supplies_the_default_of_a_field_that_is_absent() -> None:
    for event, example in EXAMPLES.items():
        required = schema_of(event, 1)["required"]
        value = {name: part for name, part in json.loads(encode(example)).items() if name in required}
        assert adapter(event).dump_python(decode(event, json.dumps(value).encode())).keys() == set(
            event.__dataclass_fields__  # type: ignore[attr-defined]  # the decorator makes it a dataclass
        )


@pytest.mark.parametrize("path", STORED_EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_example_of_every_stored_revision_is_still_read(path: Path) -> None:
    decode(BY_TYPE[path.parent.name], path.read_bytes())


def test_every_stored_revision_has_an_example() -> None:
    revisions = {(event_type, number) for event_type, numbers in stored().items() for number in numbers}
    assert {(path.parent.name, int(path.stem)) for path in STORED_EXAMPLES} == revisions
