"""The rows that an accepted offer leaves in housing's database, computed as one would by hand for this case alone.

No schema check, no rules, no classes: dictionaries in, tuples out. Both hand-written consumers write these rows, and
the bench compares their number and size with what the product writes before it believes any ratio.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zlib import crc32

from shared.ids import new_id, new_uuid
from shared.messaging.broker import Record

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)
_SINCE, _DUE, _DUE_AT = "2026-01-05T15:00:00Z", "2026-01-05", datetime(2026, 1, 6, 6, tzinfo=UTC)

CASE_COLUMNS = (
    "case_id", "assignment_id", "clinician_id", "facility_id", "assignment_state", "mode", "start_date", "is_open",
    "version", "body",
)  # fmt: skip
WORKSTREAM_COLUMNS = ("assignment_id", "version", "body", "is_closed", "looked_at")
WORK_ITEM_COLUMNS = ("work_item_id", "assignment_id", "key", "kind", "version", "state", "due_at", "body")
OUTBOX_COLUMNS = (
    "id", "aggregatetype", "aggregateid", "aggregateversion", "type", "payload", "time", "actor", "correlationid",
    "causationid", "assignmentid", "traceparent", "epoch", "shard",
)  # fmt: skip


@dataclass(slots=True)
class Heard:
    """One decoded offer: its attributes and its value."""

    event_id: UUID
    headers: Mapping[str, str]
    offer: dict[str, Any]

    @property
    def position(self) -> tuple[str, str, int, int]:
        """Topic, key, epoch and version."""
        headers = self.headers
        return self.topic, headers["ce_subject"], int(headers["ce_epoch"]), int(headers["ce_aggregateversion"])

    @property
    def topic(self) -> str:
        """The stream it belongs to, whichever topic carried it."""
        return "assignments.assignment.v1"


@dataclass(slots=True)
class CaseRows:
    """What one offer adds, beside the inbox and the position."""

    case: tuple[Any, ...]
    workstream: tuple[Any, ...]
    work_items: list[tuple[Any, ...]]
    outbox: list[tuple[Any, ...]]


def heard(record: Record) -> Heard:
    """The record decoded."""
    headers = {name: value.decode() for name, value in record.headers}
    return Heard(UUID(headers["ce_id"]), headers, json.loads(record.value or b"{}"))


def case_rows(one: Heard, *, time_zone: str) -> CaseRows:
    """The rows of one offer at a facility in this time zone."""
    offer = one.offer
    case_id, key = new_id("cas"), offer["assignment_id"]
    items = [
        _work_item(key, case_id, "choose_unit", weight=45),
        _work_item(key, case_id, "record_agreement", weight=5),
    ]
    said = _text(_standing(key, items))
    outbox = [_published(one, "work_item", item[0], event="work_item.opened", payload=item[-1]) for item in items]
    outbox.append(_published(one, "workstream", key, event="workstream.changed", payload=said))
    return CaseRows(_case(case_id, offer, time_zone), (key, 1, said, False, NOW), items, outbox)


def least_rows(one: Heard) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """A case and one outbox row, which says that the case is there."""
    case = _case(new_id("cas"), one.offer, "America/Chicago")
    payload = _text({"case_id": case[0], "assignment_id": case[1]})
    return case, _published(one, "workstream", case[1], event="workstream.changed", payload=payload)


def _case(case_id: str, offer: dict[str, Any], time_zone: str) -> tuple[Any, ...]:
    terms = offer["terms"]
    start, end = date.fromisoformat(terms["start_date"]), date.fromisoformat(terms["end_date"])
    day = timedelta(days=1)
    body = {
        "case_id": case_id,
        "assignment_id": offer["assignment_id"],
        "clinician_id": offer["clinician_id"],
        "client_id": offer["client_id"],
        "facility_id": terms["facility_id"],
        "time_zone": time_zone,
        "terms": terms,
        "assignment_state": offer["state"],
        "stay": {"start": (start - day).isoformat(), "end": (end + day).isoformat()},
        "asked_on": _DUE,
        "housing_since": 1,
        "agreement_version": 0,
        "own_housing": None,
        "unit": None,
        "releases": [],
        "past_costs": [],
        "costs_from": "0001-01-01",
        "costs_said": 0,
        "ended_on": None,
        "checked_out_on": None,
        "version": 1,
    }
    return (
        case_id, offer["assignment_id"], offer["clinician_id"], terms["facility_id"], offer["state"],
        terms["housing_mode"], start, True, 1, _text(body),
    )  # fmt: skip


def _work_item(assignment_id: str, case_id: str, kind: str, *, weight: int) -> tuple[Any, ...]:
    item_id, verb = new_id("wki"), kind.replace("_", "-")
    body = {
        "work_item_id": item_id,
        "kind": kind,
        "assignment_id": assignment_id,
        "due_at": "2026-01-06T06:00:00Z",
        "weight": weight,
        "skill": "housing",
        "partition": "personnel",
        "actions": [{"name": kind, "method": "POST", "path": f"/v1/cases/{case_id}:{verb}"}],
        "money_at_stake_cents": None,
        "playbook": verb,
    }
    return item_id, assignment_id, kind, kind, 1, "open", _DUE_AT, _text(body)


def _standing(assignment_id: str, items: list[tuple[Any, ...]]) -> dict[str, Any]:
    choose, agree = items[0][0], items[1][0]
    return {
        "assignment_id": assignment_id,
        "terms_version": 1,
        "status": "at_risk",
        "done": 0,
        "total": 2,
        "expected_ready_on": "2026-01-11",
        "blockers": [
            _blocker("unit_chosen_missing", "housing_specialist", choose),
            _blocker("unit_booked_missing", "housing_specialist", None),
            _blocker("not_confirmed", "client", None),
            _blocker("agreement_not_signed", "clinician", agree),
        ],
    }


def _blocker(code: str, owner: str, item_id: str | None) -> dict[str, Any]:
    return {"code": code, "owner": owner, "since": _SINCE, "due": _DUE, "work_item_id": item_id}


def _published(one: Heard, kind: str, key: str, *, event: str, payload: str) -> tuple[Any, ...]:
    headers = one.headers
    return (
        new_uuid(), f"housing.{kind}.v1", key, 1, event, payload, NOW, "system:housing", headers["ce_correlationid"],
        headers["ce_id"], one.offer["assignment_id"], headers.get("ce_traceparent"), 1, crc32(key.encode()) % 16,
    )  # fmt: skip


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, separators=(",", ":"))
