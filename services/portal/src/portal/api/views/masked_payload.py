"""An event's value as it is shown: formatted, in a zone's time, and without what the reader's role is not shown."""

import json
import re
from collections.abc import Collection, Mapping
from datetime import datetime, tzinfo
from typing import Any, Final

from portal.api.views import written
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

_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})")
"""As contracts write an instant, with its offset; days and a shift's local times have none."""


def payload_of(text: str | None) -> Mapping[str, Any]:
    """The event's value; empty where there is none."""
    value = json.loads(text) if text else {}
    return value if isinstance(value, dict) else {}


def shown_payload(payload: Mapping[str, Any], fields: Collection[Field], *, zone: tzinfo) -> str:
    """The value as indented JSON; its instants by the clocks of this zone, days and all else as they came."""
    return json.dumps(_told(_masked(payload, fields), zone), indent=2, ensure_ascii=False)


def _masked(value: Any, fields: Collection[Field]) -> Any:
    if isinstance(value, list):
        return [_masked(one, fields) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: _masked(one, fields) if _is_shown(key, fields) else HIDDEN for key, one in value.items()}


def _is_shown(key: str, fields: Collection[Field]) -> bool:
    return key not in CLASSES or CLASSES[key] in fields


def _told(value: Any, zone: tzinfo) -> Any:
    if isinstance(value, list):
        return [_told(one, zone) for one in value]
    if isinstance(value, dict):
        return {key: _told(one, zone) for key, one in value.items()}
    return _instant(value, zone) if isinstance(value, str) and _INSTANT.fullmatch(value) else value


def _instant(text: str, zone: tzinfo) -> str:
    try:
        return written.instant(datetime.fromisoformat(text), zone)
    except (ValueError, OverflowError):  # words that only look like one, or a day beyond the calendar
        return text
