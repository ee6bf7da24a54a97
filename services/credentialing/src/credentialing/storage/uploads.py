"""Where a document that is sent belongs."""

from credentialing.domain.documents.document import partition_for
from credentialing.domain.documents.upload import Upload
from credentialing.domain.requirement import Partition
from credentialing.storage import documents, files
from shared.contracts.assignments import ClinicianChanged
from shared.db.work import Work
from shared.errors import NotFound


async def require_clinician(work: Work, clinician_id: str) -> ClinicianChanged:
    """The clinician about whom something comes in. Raises NotFound for one out of the principal's reach."""
    known = await work.known(ClinicianChanged, clinician_id)
    if known is None or not await files.reaches_clinician(work, clinician_id):
        raise NotFound(what="clinician", id=clinician_id)
    return known


async def partition_of(work: Work, upload: Upload) -> Partition:
    """The part of the file that the document goes to.

    Raises NotFound for a clinician out of the principal's reach, and for a version before it that is not of the same
    part; PartitionMissing and PartitionDiffers.
    """
    clinician_id = upload.clinician_id
    await require_clinician(work, clinician_id)
    known = await files.of_clinician(work.session, clinician_id)
    asked = {item.code: item.requirement.partition for file in known for item in file.items}
    partition = partition_for(upload.code, upload.partition, asked=asked)
    if upload.replaces is not None:
        before = await documents.to_read(work.session, upload.replaces)
        if (before.clinician_id, before.partition) != (clinician_id, partition):
            raise NotFound(what="document", id=upload.replaces)
    return partition
