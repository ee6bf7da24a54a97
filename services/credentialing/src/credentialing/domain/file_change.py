"""What other rules did to a file, kept so that everybody can see why its list is another one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from credentialing.domain.file import Difference, File, compare


class Why(StrEnum):
    """What made the list another one."""

    RULES = "rules"
    TERMS = "terms"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """What one change did to the list of a file: when, why, and under which rule set it stands since."""

    change_id: str
    file_id: str
    at: datetime
    why: Why
    rule_set: int
    difference: Difference
    version: int = 0


def is_visible(difference: Difference) -> bool:
    """Whether somebody would notice: an item came, went, is to be met again or is met now."""
    return any((difference.added, difference.dropped, difference.reopened, difference.newly_met))


def changed(before: File, after: File, *, why: Why, at: datetime, change_id: str) -> FileChange | None:
    """What to keep of the change from one value of a file to the next; None when the list says the same."""
    difference = compare(before, after)
    if not is_visible(difference):
        return None
    return FileChange(
        change_id=change_id, file_id=after.file_id, at=at, why=why, rule_set=after.rule_set, difference=difference
    )
