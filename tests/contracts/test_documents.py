"""The AsyncAPI document is valid and says what the code does; the page's links lead somewhere."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft7Validator

from shared.contracts.catalogue import CATALOGUE
from shared.contracts.publish import ROOT
from shared.messaging.envelope import Envelope, to_record

SPECIFICATION = json.loads((Path(__file__).parent / "asyncapi/3.1.0.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((ROOT / "docs/asyncapi.json").read_text(encoding="utf-8"))
    return read


def faults(document: dict[str, Any]) -> list[str]:
    return sorted(fault.json_path for fault in Draft7Validator(SPECIFICATION).iter_errors(document))


def an_envelope(**optional: str) -> Envelope:
    return Envelope(
        topic="assignments.assignment.v1",
        id=UUID("01990000-0000-7000-8000-000000000000"),
        source="/firstshift/assignments",
        type="assignment.started",
        subject="asg_1",
        time=datetime(2026, 9, 21, 14, 30, tzinfo=UTC),
        aggregateversion=7,
        epoch=0,
        actor="system:assignments",
        correlationid="c",
        data=b"{}",
        **optional,
    )


def headers(envelope: Envelope) -> dict[str, str]:
    sent = {name: value.decode() for name, value in to_record(envelope).headers}
    return {name: value for name, value in sent.items() if name.startswith("ce_")}


def test_the_document_is_valid_asyncapi(document: dict[str, Any]) -> None:
    assert faults(document) == []


def test_an_invalid_document_is_noticed(document: dict[str, Any]) -> None:
    operation = "housing.receives.assignments.assignment.v1"
    broken = {**document["operations"], operation: {**document["operations"][operation], "action": "take"}}
    assert any(operation in fault for fault in faults({**document, "operations": broken}))


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    references = re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document))
    assert references
    for reference in references:
        place = document
        for step in reference.split("/"):
            place = place[step]


def test_services_send_and_receive_what_the_catalogue_says(document: dict[str, Any]) -> None:
    said = {
        (operation["tags"][0]["name"], operation["action"], *reference["$ref"].split("/")[2::2])
        for operation in document["operations"].values()
        for reference in operation["messages"]
    }
    sent = {(t.publisher, "send", t.name, event.event_type) for t in CATALOGUE for event in t.events}
    received = {
        (consumer, "receive", topic.name, event.event_type)
        for topic in CATALOGUE
        for event, consumers in topic.events.items()
        for consumer in consumers
    }
    assert said == sent | received


def test_the_headers_described_are_the_headers_sent(document: dict[str, Any]) -> None:
    described = document["components"]["schemas"]["CloudEventHeaders"]
    full = an_envelope(causationid="e", assignmentid="asg_1", traceparent="00-1-2-01", replay="all")
    assert headers(full).keys() == described["properties"].keys()
    assert headers(an_envelope()).keys() == set(described["required"])
    assert list(Draft7Validator(described).iter_errors(headers(full))) == []
    assert headers(full)["ce_dataschema"] == document["components"]["messages"]["assignment.started"]["x-dataschema"]


def test_every_link_on_the_page_has_its_heading() -> None:
    text = (ROOT / "docs/events.md").read_text(encoding="utf-8")
    anchors = [
        re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", text, re.M)
    ]
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= set(anchors)
    assert len(anchors) == len(set(anchors))
