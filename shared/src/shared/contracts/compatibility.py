"""FULL compatibility of two schemas: old readers read new data, and new readers read old data.

Only fields that have a default may come or go. Everything else that constrains a value stays as it was:
types, formats, enumerations (closed for the readers that exist), null or not null, required or not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from shared.contracts.schema import WORDS, Schema

_LISTS: Final = ("anyOf", "oneOf", "allOf", "prefixItems")
_FOLLOWED: Final = frozenset(
    {"$defs", "properties", "required", "enum", "items", "additionalProperties", "default", *_LISTS}
)
_NULL: Final = {"type": "null"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Node:
    """A place in a schema: its keywords with references followed, and null taken out of its alternatives."""

    keywords: Mapping[str, Any]
    may_be_null: bool
    root: Schema

    def part(self, schema: Schema) -> "_Node":
        return _node(schema, self.root)

    def value(self, keyword: str) -> Any:
        return self.keywords.get(keyword)

    @property
    def fields(self) -> Mapping[str, Schema]:
        fields: Mapping[str, Schema] = self.keywords.get("properties", {})
        return fields

    def requires(self, field: str) -> bool:
        return field in self.keywords.get("required", ())


def _node(schema: Schema, root: Schema) -> _Node:
    keywords, may_be_null = dict(schema), False
    while True:
        if "$ref" in keywords:
            name = keywords.pop("$ref").removeprefix("#/$defs/")
            keywords = {**root["$defs"][name], **keywords}
            continue
        alternatives = [each for each in keywords.get("anyOf", ()) if each != _NULL]
        may_be_null = may_be_null or len(alternatives) < len(keywords.get("anyOf", ()))
        if len(alternatives) != 1:
            break
        del keywords["anyOf"]
        keywords = {**alternatives[0], **keywords}
    if alternatives:
        keywords["anyOf"] = alternatives
    return _Node(keywords=keywords, may_be_null=may_be_null, root=root)


def incompatibilities(older: Schema, newer: Schema) -> tuple[str, ...]:
    """What keeps two schemas from being FULL compatible, each with its JSON path; empty when nothing does."""
    return tuple(_differences("$", _node(older, older), _node(newer, newer)))


def _differences(path: str, older: _Node, newer: _Node) -> Iterator[str]:
    if older.may_be_null != newer.may_be_null:
        yield f"{path}: may {'now' if newer.may_be_null else 'no longer'} be null"
    yield from _constraints(path, older, newer)
    yield from _enumeration(path, older, newer)
    yield from _fields(path, older, newer)
    yield from _lists(path, older, newer)
    yield from _open_part(f"{path}[]", "items", older, newer)
    yield from _open_part(f"{path}.*", "additionalProperties", older, newer)


def _constraints(path: str, older: _Node, newer: _Node) -> Iterator[str]:
    """Whatever keyword it is (type, format, const, pattern, a limit …): nobody knows who relies on it."""
    for keyword in sorted({*older.keywords, *newer.keywords} - _FOLLOWED - WORDS):
        if older.value(keyword) != newer.value(keyword):
            yield f"{path}: {keyword} changed from {older.value(keyword)} to {newer.value(keyword)}"


def _enumeration(path: str, older: _Node, newer: _Node) -> Iterator[str]:
    before, after = older.value("enum"), newer.value("enum")
    if (before is None) != (after is None):
        yield f"{path}: an enumeration was {'removed' if after is None else 'added'}"
        return
    added = [str(value) for value in after or () if value not in before]
    removed = [str(value) for value in before or () if value not in after]
    if added:
        yield f"{path}: enumeration gained {', '.join(added)}"
    if removed:
        yield f"{path}: enumeration lost {', '.join(removed)}"


def _fields(path: str, older: _Node, newer: _Node) -> Iterator[str]:
    for name in sorted({*older.fields, *newer.fields}):
        here = f"{path}.{name}"
        if name not in older.fields:
            if newer.requires(name):
                yield f"{here}: a required field was added; give it a default"
        elif name not in newer.fields:
            if older.requires(name):
                yield f"{here}: a required field was removed"
        else:
            yield from _field(here, name, older, newer)


def _field(path: str, name: str, older: _Node, newer: _Node) -> Iterator[str]:
    before, after = older.part(older.fields[name]), newer.part(newer.fields[name])
    if older.requires(name) != newer.requires(name):
        yield f"{path}: became {'required' if newer.requires(name) else 'optional'}"
    elif before.value("default") != after.value("default"):
        # A value written without the field would mean one thing to old readers and another to new ones.
        yield f"{path}: default changed from {before.value('default')} to {after.value('default')}"
    yield from _differences(path, before, after)


def _lists(path: str, older: _Node, newer: _Node) -> Iterator[str]:
    for keyword in _LISTS:
        before, after = older.keywords.get(keyword, ()), newer.keywords.get(keyword, ())
        if len(before) != len(after):
            yield f"{path}: {keyword} has {len(after)} parts instead of {len(before)}"
            continue
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _differences(f"{path}<{keyword} {number}>", older.part(one), newer.part(other))


def _open_part(path: str, keyword: str, older: _Node, newer: _Node) -> Iterator[str]:
    """The schema of a list's items or of a map's values; absent and true both mean anything."""
    before, after = older.keywords.get(keyword, True), newer.keywords.get(keyword, True)
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _differences(path, older.part(before), newer.part(after))
    elif before != after:
        yield f"{path}: {keyword} changed from {before} to {after}"
