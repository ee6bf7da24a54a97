"""What never leaves the agency in a packet, whatever a template says, dated."""

from dataclasses import dataclass
from datetime import date

from credentialing.domain.requirement import Partition
from credentialing.domain.rulebook.retention import HELD_FROM


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPassedOn:
    """A report that may not be given to others: that it is there, and good, is attested in its place."""

    code: str
    source: str
    effective_from: date = HELD_FROM


NOT_PASSED_ON = (
    NotPassedOn(
        code="BG-FL-L2",
        source="Florida AHCA, screening information: results of Level 2 screening may not be passed on",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverSent:
    """A part of the file that no client is shown or told of."""

    partition: Partition
    source: str
    effective_from: date = HELD_FROM


NEVER_SENT = (
    NeverSent(partition=Partition.I9, source="Form I-9 instructions: kept by the employer, shown to officers alone"),
    NeverSent(partition=Partition.PAYROLL, source="not part of a credentialing file"),
)


def may_be_passed_on(code: str, on: date) -> bool:
    """Whether the report itself may be enclosed."""
    return not any(row.code == code and row.effective_from <= on for row in NOT_PASSED_ON)


def may_be_sent(partition: Partition, on: date) -> bool:
    """Whether a client may be told of this part of the file at all."""
    return not any(row.partition is partition and row.effective_from <= on for row in NEVER_SENT)
