"""What screens read about clearance: why not yet, what was decided, what lies behind one item."""

from collections.abc import Sequence
from dataclasses import dataclass

from credentialing.domain.decision import ClearanceDecision
from credentialing.domain.file import File
from credentialing.domain.held import Held, newest_first
from credentialing.domain.home import Home
from credentialing.domain.item import Item
from credentialing.domain.source_result import SourceResult
from credentialing.domain.why_not import WhyNot, why_not
from credentialing.storage import credentials, decisions, files, homes, source_results
from shared.db.work import Work
from shared.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What lies behind an item: the claims that answer it, newest first, and what sources said about them."""

    file: File
    item: Item
    claims: Sequence[Held]
    results: Sequence[SourceResult]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The decisions about a file, the newest first."""

    file: File
    decisions: Sequence[ClearanceDecision]


async def why_not_yet(work: Work, file_id: str) -> tuple[File, WhyNot]:
    """What keeps a file from being cleared now. Raises NotFound."""
    file = await files.to_read(work.session, file_id)
    return file, why_not(file, work.now)


async def decided(work: Work, file_id: str) -> Decided:
    """What was decided about a file. Raises NotFound."""
    file = await files.to_read(work.session, file_id)
    return Decided(file=file, decisions=await decisions.of_file(work.session, file_id))


async def behind_item(work: Work, file_id: str, *, code: str) -> Behind:
    """What an item rests on. Raises NotFound and ItemNotInFile."""
    file = await files.to_read(work.session, file_id)
    item = file.item(code)
    held = await credentials.of_clinician(work.session, file.clinician_id)
    claims = newest_first(held, item.requirement)
    codes = {one.code for one in claims} | {code}
    said = await source_results.of_clinician(work.session, file.clinician_id)
    results = sorted((one for one in said if one.code in codes), key=lambda one: one.checked_at, reverse=True)
    return Behind(file=file, item=item, claims=claims, results=results)


async def home_of(work: Work, clinician_id: str) -> Home:
    """Where a clinician lives and lived, as far as known. Raises NotFound out of reach."""
    if not await files.reaches_clinician(work, clinician_id):
        raise NotFound(what="clinician", id=clinician_id)
    return await homes.of_clinician(work.session, clinician_id)
