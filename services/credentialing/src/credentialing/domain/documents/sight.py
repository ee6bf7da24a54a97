"""What somebody may see of a clinician's documents, part by part."""

from collections.abc import Mapping
from dataclasses import dataclass

from credentialing.domain.documents.document import Document
from credentialing.domain.requirement import Partition
from shared.reach import Reach

LIST = "documents.list"
READ = {
    Partition.PERSONNEL: "documents.read",
    Partition.HEALTH: "documents.read_health",
    Partition.BACKGROUND: "documents.read_background",
    Partition.I9: "documents.read_i9",
}
"""The action that opens each part (ADA 29 CFR 1630.14: health apart)."""

READS = tuple(READ.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """`reaches`: how far each action reaches; `rows`: the columns by which the clinician is reached."""

    reaches: Mapping[str, Reach]
    rows: tuple[Mapping[str, object], ...]

    def may(self, action: str) -> bool:
        """Whether the clinician is within reach of an action; one that the route did not ask about is not."""
        reach = self.reaches.get(action)
        return reach is not None and (reach.is_all or any(reach.covers(row) for row in self.rows))

    def opens(self, document: Document) -> bool:
        """Whether its content may be read, and what was read from it."""
        return self.may(READ[document.partition])

    def shows(self, document: Document) -> bool:
        """Whether it may be known to be there: one of the personnel part also to who sees its state alone."""
        is_listed = document.partition is Partition.PERSONNEL and self.may(LIST)
        return is_listed or self.opens(document)
