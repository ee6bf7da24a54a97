"""An event's value as it is shown: formatted, and without what the reader's role is not shown."""

import json
from collections.abc import Collection, Mapping
from typing import Any, Final

from shared.roles import Field

HIDDEN: Final = "(not shown to your role)"

CLASSES: Final[Mapping[str, Field]] = {
    "pay_package": Field.MONEY,
    "gross_cents": Field.MONEY,
    "net_cents": Field.MONEY,
    "difference_cents": Field.MONEY,
    "bill_rates": Field.COMMERCIAL,
    "money_at_stake_cents": Field.COMMERCIAL,
    "billed_cents": Field.COMMERCIAL,
    "margin_cents": Field.COMMERCIAL,
    "total_cents": Field.COMMERCIAL,
    "short_cents": Field.COMMERCIAL,
    "per_week": Field.COMMERCIAL,
}
"""The fields of events that not everybody sees, wherever they stand in a value."""


def payload_of(text: str | None) -> Mapping[str, Any]:
    """The event's value; empty where there is none."""
    value = json.loads(text) if text else {}
    return value if isinstance(value, dict) else {}


def shown_payload(payload: Mapping[str, Any], fields: Collection[Field]) -> str:
    """The value as indented JSON."""
    return json.dumps(_masked(payload, fields), indent=2, ensure_ascii=False)


def _masked(value: Any, fields: Collection[Field]) -> Any:
    if isinstance(value, list):
        return [_masked(one, fields) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: _masked(one, fields) if _is_shown(key, fields) else HIDDEN for key, one in value.items()}


def _is_shown(key: str, fields: Collection[Field]) -> bool:
    return key not in CLASSES or CLASSES[key] in fields
