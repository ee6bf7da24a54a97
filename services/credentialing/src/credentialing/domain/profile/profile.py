"""What is known of a clinician, as it is given out: what they hold, who verified it, on which documents."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

from credentialing.domain.documents.document import Document, DocumentStatus
from credentialing.domain.documents.sight import READ, Sight
from credentialing.domain.held import Held, HeldStatus
from credentialing.domain.requirement import Partition
from credentialing.domain.rulebook.catalogue.whole import CATALOGUE
from credentialing.domain.source_result import SourceResult
from shared.contracts.assignments import ClinicianChanged

VERSION: Final = 1
NOON: Final = time(12, tzinfo=UTC)
"""The instant of a day that names none: the same day in every state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """One credential with its number in clear, and the answers of sources that are about it."""

    held: Held
    partition: Partition
    number: str | None
    results: tuple[SourceResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A clinician with everything the reader may read of what they hold; documents by their hashes."""

    clinician: ClinicianChanged
    carried: tuple[Carried, ...]
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """Who confirmed a claim, when, and in whose name."""

    source: str
    by: str
    at: datetime


def confirmed(carried: Carried) -> Confirmed | None:
    """What a person confirmed by their own word, of which there is no answer of a source; None where there is one."""
    held = carried.held
    if held.status is not HeldStatus.VERIFIED or held.result_id is not None:
        return None
    if held.source is None or held.verified_by is None or held.verified_on is None:
        return None
    return Confirmed(source=held.source, by=held.verified_by, at=datetime.combine(held.verified_on, NOON, tzinfo=UTC))


def is_carried(held: Held, sight: Sight) -> bool:
    """Whether a credential goes into a profile: it was not rejected, and its part of the file may be read.

    What the catalogue does not know, and what is looked up anew by whoever needs it (exclusions), stays here.
    """
    if held.status is HeldStatus.REJECTED or held.code not in CATALOGUE or held.code.startswith("EXC-"):
        return False
    return sight.may(READ.get(partition_of(held.code), ""))


def partition_of(code: str) -> Partition:
    """The part of the file that an item of the catalogue belongs to."""
    return CATALOGUE[code].usual.partition


def results_about(held: Held, results: Sequence[SourceResult]) -> tuple[SourceResult, ...]:
    """The answers about a claim: those that name it, and the one that made it."""
    return tuple(one for one in results if one.credential_id == held.credential_id or one.result_id == held.result_id)


def papers_of(documents: Collection[Document], sight: Sight) -> tuple[Document, ...]:
    """The documents that go with it: good ones whose content the reader may have."""
    return tuple(one for one in documents if one.status is DocumentStatus.READY and sight.opens(one))
