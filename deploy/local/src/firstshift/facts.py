"""What an event says, in one short line: personal data stays hidden unless it is asked for."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from shared.contracts.catalogue import CATALOGUE

HIDDEN = {topic.name: topic.personal_data for topic in CATALOGUE}
KEYS = {topic.name: topic.key for topic in CATALOGUE}


def facts(topic: str, data: Mapping[str, Any]) -> str:
    """The plain fields as `name=value`; lists of values joined, of things counted; nothing that is personal data."""
    hidden = HIDDEN.get(topic, frozenset()) & data.keys()
    left_out = {*hidden, KEYS.get(topic), "assignment_id"}  # the key and the assignment stand beside it already
    told = {name: value for name, value in data.items() if name not in left_out}
    words = [word for name, value in told.items() for word in _words(name, value)]
    if hidden:
        words.append(f"({len(hidden)} personal fields hidden)")
    return " ".join(words)


def whole(data: Mapping[str, Any]) -> str:
    """All of it, as JSON in one line."""
    return json.dumps(data, ensure_ascii=False)


def clock_time(instant: datetime) -> str:
    """An instant of business time to the millisecond, in UTC."""
    return instant.isoformat(sep=" ", timespec="milliseconds").removesuffix("+00:00")


def _words(name: str, value: Any) -> Iterator[str]:
    if name == "terms" and isinstance(value, dict):
        yield f"terms=v{value.get('version')} {value.get('start_date')}…{value.get('end_date')}"
    elif isinstance(value, dict):
        yield f"{name}={{{len(value)}}}"
    elif isinstance(value, list):
        if value:
            plain = all(isinstance(one, str | int) for one in value)
            yield f"{name}={','.join(map(str, value)) if plain else len(value)}"
    elif value is not None:
        yield f"{name}={value}"
