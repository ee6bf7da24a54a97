"""A decision about clearance as it is kept: under which rules and terms, on what, why, by whom and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from credentialing.domain.file import File
from credentialing.domain.item import ItemStatus
from credentialing.domain.requirement import Partition
from shared.contracts.credentialing import ClearanceGranted, ClearanceRevoked


class Outcome(StrEnum):
    """What was decided."""

    GRANTED = "granted"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One item as it stood: the credential, answer or waiver that it rested on, by whom it was confirmed or waived."""

    code: str
    partition: Partition
    status: ItemStatus
    lack: str | None = None
    credential_id: str | None = None
    result_id: str | None = None
    waived_by: str | None = None
    blocks_shifts_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearanceDecision:
    """One decision, never changed. `number` counts those of the file; `reason` is why a clearance was lost."""

    decision_id: str
    file_id: str
    assignment_id: str
    number: int
    outcome: Outcome
    at: datetime
    by: str
    rule_set: int
    terms_version: int
    inputs: tuple[Input, ...]
    valid_through: date | None = None
    reason: str | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Under which id, when and by whom a decision was made."""

    decision_id: str
    at: datetime
    by: str


def decision_of(file: File, said: ClearanceGranted | ClearanceRevoked, *, made: Made) -> ClearanceDecision:
    """The decision behind what was said about a file."""
    granted = isinstance(said, ClearanceGranted)
    return ClearanceDecision(
        decision_id=made.decision_id,
        file_id=file.file_id,
        assignment_id=file.assignment_id,
        number=file.clearances_said,
        outcome=Outcome.GRANTED if granted else Outcome.REVOKED,
        at=made.at,
        by=made.by,
        rule_set=file.rule_set,
        terms_version=said.terms_version,
        inputs=inputs_of(file),
        valid_through=said.valid_through if isinstance(said, ClearanceGranted) else None,
        reason=said.reason if isinstance(said, ClearanceRevoked) else None,
    )


def inputs_of(file: File) -> tuple[Input, ...]:
    """What a decision about the file as it stands rests on, in the order of its list."""
    return tuple(
        Input(
            code=item.code,
            partition=item.requirement.partition,
            status=item.status,
            lack=str(item.lack) if item.lack else None,
            credential_id=item.credential_id,
            result_id=item.result_id,
            waived_by=item.waiver.by if item.waiver and item.status is ItemStatus.WAIVED else None,
            blocks_shifts_from=item.blocks_shifts_from,
        )
        for item in file.items
    )


def counted(decision: ClearanceDecision) -> Mapping[Partition, int]:
    """How many items of each part were not met."""
    met = (ItemStatus.VERIFIED, ItemStatus.WAIVED, ItemStatus.NOT_ASKED)
    unmet = [one.partition for one in decision.inputs if one.status not in met]
    return {part: unmet.count(part) for part in Partition if part in unmet}
