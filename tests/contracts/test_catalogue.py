"""What holds for every topic and every event: keys, names, and what may never travel."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from shared.contracts.catalogue import CATALOGUE, StreamKind, Topic
from shared.contracts.event import Event
from shared.contracts.schema import Schema, events_of_catalogue, schema_of

NEVER = frozenset(
    "ssn birth birthday birthdate dob bank iban routing passport w2 w4 i9 1099 diagnosis disease medical "
    "health immunization vaccine titer drug pregnancy disability password secret".split()
)
NEVER_TOGETHER = (
    "social_security",
    "account_number",
    "tax_id",
    "tax_form",
    "date_of_birth",
    "drivers_license_number",
)
PERSONAL = frozenset({"name", "email", "phone", "home", "npi", "address", "street", "zip", "city"})
NAMES_OF_THINGS = frozenset({"work_item.opened actions.name"})


def fields(schema: Schema, root: Schema, path: str = "") -> Iterator[tuple[str, Schema]]:
    """Every field of a schema at any depth, with the path of names that leads to it."""
    if "$ref" in schema:
        yield from fields(root["$defs"][schema["$ref"].rpartition("/")[2]], root, path)
    for name, field in schema.get("properties", {}).items():
        here = f"{path}.{name}".strip(".")
        yield here, field
        yield from fields(field, root, here)
    for part in (*schema.get("anyOf", ()), schema.get("items"), schema.get("additionalProperties")):
        if isinstance(part, dict):
            yield from fields(part, root, path)


def fields_of(event: type[Event]) -> dict[str, Schema]:
    schema = schema_of(event, 1)
    return dict(fields(schema, schema))


def forbidden(name: str) -> bool:
    return not NEVER.isdisjoint(name.split("_")) or any(words in name for words in NEVER_TOGETHER)


def every(kind: StreamKind | None = None) -> list[tuple[Topic, type[Event]]]:
    return [(topic, event) for topic in CATALOGUE if kind in (None, topic.kind) for event in topic.events]


def test_fields_are_found_at_any_depth() -> None:
    offer = next(event for event in events_of_catalogue() if event.event_type == "offer.accepted")
    assert {"terms", "terms.pay_package.bonuses.due_on", "terms.shift_pattern.starts_at"} <= fields_of(offer).keys()


@pytest.mark.parametrize(
    ("topic", "event"), every(), ids=lambda each: each.name if isinstance(each, Topic) else each.event_type
)
def test_the_key_is_a_required_text_field_of_every_event_on_the_topic(topic: Topic, event: type[Event]) -> None:
    schema = schema_of(event, 1)
    assert topic.key in schema["required"]
    assert schema["properties"][topic.key] == {"type": "string"}


def test_a_topic_is_named_after_publisher_aggregate_and_version() -> None:
    for topic in CATALOGUE:
        assert re.fullmatch(rf"{topic.publisher}\.[a-z][a-z_]*\.v[1-9]\d*", topic.name), topic.name


def test_a_topic_stands_in_the_catalogue_once() -> None:
    assert [name for name, times in Counter(topic.name for topic in CATALOGUE).items() if times > 1] == []


def test_an_event_type_is_one_class_named_in_the_past_tense() -> None:
    types = Counter(event.event_type for event in events_of_catalogue())
    assert [name for name, times in types.items() if times > 1] == []
    assert [name for name in types if not re.fullmatch(r"[a-z_]+\.[a-z_]+", name)] == []


def test_a_publisher_sends_an_event_on_one_topic() -> None:
    pairs = Counter((topic.publisher, event) for topic, event in every())
    assert [pair for pair, times in pairs.items() if times > 1] == []


def test_no_service_consumes_its_own_events() -> None:
    assert [topic.name for topic in CATALOGUE if topic.publisher in topic.consumers] == []


def test_logs_expire_and_states_are_kept() -> None:
    for topic in CATALOGUE:
        assert (topic.retention_days is None) == (topic.kind is StreamKind.STATE), topic.name


def test_no_number_is_binary() -> None:
    assert [event.event_type for event in events_of_catalogue() if "'number'" in str(schema_of(event, 1))] == []


@pytest.mark.parametrize("name", ["ssn", "clinician_ssn", "bank_account", "date_of_birth", "w4_status", "tax_form"])
def test_a_name_of_what_may_never_travel_is_noticed(name: str) -> None:
    assert forbidden(name)


def test_what_may_never_travel_is_in_no_event() -> None:
    found = [f"{e.event_type} {path}" for e in events_of_catalogue() for path in fields_of(e)]
    assert [each for each in found if forbidden(each.rpartition(".")[2].rpartition(" ")[2])] == []


def test_declared_personal_data_is_a_field_of_the_event() -> None:
    for topic, event in every():
        assert topic.personal_data <= schema_of(event, 1)["properties"].keys(), topic.name


def test_log_topics_carry_no_personal_data() -> None:
    assert [topic.name for topic, _ in every(StreamKind.LOG) if topic.personal_data] == []
    personal = {
        f"{event.event_type} {path}"
        for _, event in every(StreamKind.LOG)
        for path in fields_of(event)
        if path.rpartition(".")[2] in PERSONAL
    }
    assert personal == NAMES_OF_THINGS


def test_a_clinicians_personal_fields_are_all_declared() -> None:
    topic = next(topic for topic in CATALOGUE if topic.name == "assignments.clinician.v1")
    (event,) = topic.events
    assert topic.personal_data == schema_of(event, 1)["properties"].keys() & PERSONAL
