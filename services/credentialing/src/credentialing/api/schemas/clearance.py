"""Bodies of the answers about clearance: why not yet, what was decided, what lies behind one item."""

from datetime import date, datetime
from typing import Any, Self

from pydantic import ConfigDict

from credentialing.app.queries.clearance import Decided
from credentialing.domain.decision import ClearanceDecision, Input, Outcome, counted
from credentialing.domain.item import ItemStatus, WaitsFor
from credentialing.domain.requirement import Partition
from credentialing.domain.validity import Lack
from credentialing.domain.why_not import Blocker, WhyNot
from shared.http.bodies import ResponseBody

_FILE_ID = "fil_01m8095ps8e00axqcgn5qrg12p"
_BLOCKER: dict[str, Any] = {
    "code": "LIC-RN",
    "name": "Registered nurse licence",
    "partition": "personnel",
    "status": "missing",
    "lack": "not_authorized",
    "reasons": ["license_single_state"],
    "waits_for": "clinician",
    "due_on": "2026-01-04",
    "earliest_on": "2026-02-03",
    "blocks_shifts_from": None,
    "rules": ["state:LIC-RN"],
    "fix": {"name": "receive", "method": "POST", "path": f"/v1/files/{_FILE_ID}/items/LIC-RN:receive"},
}
_WHY_NOT: dict[str, Any] = {
    "file_id": _FILE_ID,
    "is_cleared": False,
    "valid_through": None,
    "earliest_on": "2026-02-03",
    "blockers": [_BLOCKER],
    "later": [],
    "hidden": [{"partition": "health", "blockers": 2, "later": 1, "earliest_on": "2026-01-08"}],
}
_DECISION: dict[str, Any] = {
    "decision_id": "dec_01m8095ps8e00axqcgn5qrg12p",
    "number": 1,
    "outcome": "granted",
    "at": "2026-01-20T17:00:00Z",
    "by": "per_01m8095ps8e00rc1kcn27y03zk",
    "rule_set": 1,
    "terms_version": 1,
    "valid_through": "2026-05-02",
    "reason": None,
    "inputs": [{"code": "LIC-RN", "partition": "personnel", "status": "verified", "lack": None}],
    "unmet": {},
}


def _example(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(frozen=True, from_attributes=True, json_schema_extra={"examples": [example]})


class FixOut(ResponseBody):
    """The command that does it."""

    name: str
    method: str
    path: str


class BlockerOut(ResponseBody):
    """One item in the way, whose move it is, and the first day on which it can be met."""

    code: str
    name: str
    partition: Partition
    status: ItemStatus
    lack: Lack | None
    reasons: tuple[str, ...]
    waits_for: WaitsFor
    due_on: date
    earliest_on: date
    blocks_shifts_from: date | None
    rules: tuple[str, ...]
    fix: FixOut | None

    @classmethod
    def of(cls, blocker: Blocker) -> Self:
        """The blocker as it is shown."""
        item, asked = blocker.item, blocker.item.requirement
        return cls(
            code=item.code,
            name=asked.name,
            partition=asked.partition,
            status=item.status,
            lack=item.lack,
            reasons=item.reasons,
            waits_for=blocker.waits_for,
            due_on=item.due_on,
            earliest_on=blocker.earliest_on,
            blocks_shifts_from=item.blocks_shifts_from,
            rules=asked.rules,
            fix=FixOut.model_validate(blocker.fix) if blocker.fix else None,
        )


class HiddenOut(ResponseBody):
    """A confidential part of the file: how many of its items are in the way now, and later."""

    partition: Partition
    blockers: int
    later: int
    earliest_on: date | None


class WhyNotOut(ResponseBody):
    """What keeps the file from being cleared; `earliest_on` is the first day on which it could be.

    `later` does not stop the start, and blocks shifts from its own day. Confidential parts are counted in `hidden` for
    who does not see their items.
    """

    model_config = _example(_WHY_NOT)

    file_id: str
    is_cleared: bool
    valid_through: date | None
    earliest_on: date | None
    blockers: tuple[BlockerOut, ...]
    later: tuple[BlockerOut, ...]
    hidden: tuple[HiddenOut, ...]

    @classmethod
    def of(cls, file_id: str, found: WhyNot, *, shows_all: bool) -> Self:
        """The answer as it is shown."""
        return cls(
            file_id=file_id,
            is_cleared=found.is_cleared,
            valid_through=found.valid_through,
            earliest_on=found.earliest_on,
            blockers=tuple(BlockerOut.of(one) for one in found.blockers if shows_all or _is_open(one)),
            later=tuple(BlockerOut.of(one) for one in found.later if shows_all or _is_open(one)),
            hidden=() if shows_all else _hidden(found),
        )


def _is_open(blocker: Blocker) -> bool:
    return blocker.item.requirement.partition is Partition.PERSONNEL


def _hidden(found: WhyNot) -> tuple[HiddenOut, ...]:
    parts = (part for part in Partition if part is not Partition.PERSONNEL)
    counts = (_count(part, found) for part in parts)
    return tuple(one for one in counts if one.blockers or one.later)


def _count(part: Partition, found: WhyNot) -> HiddenOut:
    now = [one for one in found.blockers if one.item.requirement.partition is part]
    later = [one for one in found.later if one.item.requirement.partition is part]
    earliest = max((one.earliest_on for one in now), default=None)
    return HiddenOut(partition=part, blockers=len(now), later=len(later), earliest_on=earliest)


class InputOut(ResponseBody):
    """One item as it stood when the decision was made."""

    code: str
    partition: Partition
    status: ItemStatus
    lack: str | None = None
    credential_id: str | None = None
    result_id: str | None = None
    waived_by: str | None = None
    blocks_shifts_from: date | None = None


class DecisionOut(ResponseBody):
    """A clearance granted or revoked: when, by whom, under which rule set and terms, and on what.

    `unmet` counts the items that were not met, by part. Inputs of confidential parts are left out for who does not
    see their items.
    """

    decision_id: str
    number: int
    outcome: Outcome
    at: datetime
    by: str
    rule_set: int
    terms_version: int
    valid_through: date | None
    reason: str | None
    inputs: tuple[InputOut, ...]
    unmet: dict[Partition, int]

    @classmethod
    def of(cls, made: ClearanceDecision, *, shows_all: bool) -> Self:
        """The decision as it is shown."""
        return cls(
            decision_id=made.decision_id,
            number=made.number,
            outcome=made.outcome,
            at=made.at,
            by=made.by,
            rule_set=made.rule_set,
            terms_version=made.terms_version,
            valid_through=made.valid_through,
            reason=made.reason,
            inputs=tuple(InputOut.model_validate(one) for one in made.inputs if shows_all or _is_personnel(one)),
            unmet=dict(counted(made)),
        )


def _is_personnel(one: Input) -> bool:
    return one.partition is Partition.PERSONNEL


class DecisionsOut(ResponseBody):
    """Every decision about the clearance of a file, the newest first."""

    model_config = _example({"items": [_DECISION]})

    items: tuple[DecisionOut, ...]

    @classmethod
    def of(cls, found: Decided, *, shows_all: bool) -> Self:
        """The decisions as they are shown."""
        return cls(items=tuple(DecisionOut.of(one, shows_all=shows_all) for one in found.decisions))
