"""What may be read about what other systems say."""

from collections.abc import Mapping, Sequence

from credentialing.domain.documents.sight import READ
from credentialing.domain.profile.importing import Assertion
from credentialing.domain.profile.profile import partition_of
from credentialing.storage import assertions, documents, files
from shared.db.work import Work
from shared.errors import NotFound
from shared.reach import Reach


async def assertions_of(work: Work, clinician_id: str, *, reaches: Mapping[str, Reach]) -> Sequence[Assertion]:
    """Those about the parts of the clinician's file that may be read, in the order they came. Raises NotFound."""
    if not await files.reaches_clinician(work, clinician_id):
        raise NotFound(what="clinician", id=clinician_id)
    sight = await documents.sight_of(work, clinician_id, reaches=reaches)
    found = await assertions.of_clinician(work.session, clinician_id)
    return [one for one in found if sight.may(READ.get(partition_of(one.code), ""))]
