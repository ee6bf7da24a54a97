"""Examples of the OpenAPI document: taken from the models, and built for what only holds models (pages, lists)."""

from collections.abc import Iterator
from typing import Any

_NONE = object()


def add_examples(operation: dict[str, Any], document: dict[str, Any]) -> None:
    """Writes an example beside each schema of a request or a successful answer that has or can be given one."""
    for media in _media(operation):
        found = _example_of(media.get("schema", {}), document)
        if found is not _NONE and not _has_example(media):
            media["example"] = found


def lacks_examples(operation: dict[str, Any]) -> bool:
    """Whether a request or a successful answer with a body has no example, or the operation no summary."""
    return not operation.get("summary") or not all(_has_example(media) for media in _media(operation))


def _media(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    answers = [answer for status, answer in operation.get("responses", {}).items() if status.startswith("2")]
    for holder in (operation.get("requestBody", {}), *answers):
        yield from holder.get("content", {}).values()


def _has_example(media: dict[str, Any]) -> bool:
    return "example" in media or "examples" in media


def _example_of(schema: dict[str, Any], document: dict[str, Any]) -> Any:
    if schema.get("examples"):
        return schema["examples"][0]
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return _example_of(document["components"]["schemas"][name], document)
    if schema.get("type") == "array":
        item = _example_of(schema.get("items", {}), document)
        return item if item is _NONE else [item]
    if schema.get("type") == "object" and "properties" in schema:
        return _example_of_object(schema["properties"], document)
    may_be_null = {"type": "null"} in schema.get("anyOf", ())
    return schema.get("default", None if may_be_null else _NONE)


def _example_of_object(properties: dict[str, Any], document: dict[str, Any]) -> Any:
    parts = {name: _example_of(schema, document) for name, schema in properties.items()}
    return _NONE if any(part is _NONE for part in parts.values()) else parts
