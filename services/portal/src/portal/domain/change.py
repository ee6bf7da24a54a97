"""What changed in the read model, as far as somebody who looks at a page must know: ids, never names or text."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from shared.reach import Reach

ITEMS, ASSIGNMENTS, OTHERS = "items", "assignments", "others"
MOST_IDS: Final = 200
"""More than a page shows at once: whoever missed more looks at everything again."""

MISSED_FOR: Final = timedelta(minutes=10)
"""Whoever was away for longer looks at everything again."""

COMMITTED_WITHIN: Final = timedelta(seconds=30)
"""A row says when its transaction began; it is seen when that commits, and no transaction here takes longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One object that changed: `kind` is items, assignments or others (clinicians, facilities).

    `columns` are those by which reach is judged.
    """

    kind: str
    id: str
    columns: Mapping[str, object] = field(default_factory=dict)

    def is_within(self, reach: Reach) -> bool:
        """Whether somebody with this reach may know of it. A team knows of what belongs to no facility, too."""
        is_nowhere = not (self.columns.get("facility_id") or self.columns.get("assignment_id"))
        return reach.covers(self.columns) or (reach.of_team and self.kind == OTHERS and is_nowhere)

    def told(self) -> Mapping[str, Set[str]]:
        """The ids to tell, by kind: a work item's assignment shows it, so it changed as well."""
        told = {self.kind: {self.id}}
        assignment_id = self.columns.get("assignment_id")
        if isinstance(assignment_id, str):
            told.setdefault(ASSIGNMENTS, set()).add(assignment_id)
        return told
