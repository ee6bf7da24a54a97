"""What somebody sends about a clinician: everything but the file itself."""

from dataclasses import dataclass

from credentialing.domain.requirement import Partition


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """`code` is the requirement it is for, `replaces` the version before it, `name` the file's name as it was sent.

    Without `partition` the document goes where the item of that code stands.
    """

    clinician_id: str
    partition: Partition | None = None
    code: str | None = None
    replaces: str | None = None
    name: str = ""
