"""A clinician's profile, with or without its documents."""

from collections.abc import Mapping
from dataclasses import dataclass

from credentialing.clients.desk import Desk
from credentialing.domain.documents.document import Document
from credentialing.domain.profile.profile import Carried, Profile, is_carried, papers_of, partition_of, results_about
from credentialing.storage import credentials, documents, source_results, uploads
from credentialing.storage.numbers import Numbers
from shared.contracts.assignments import ClinicianChanged
from shared.db.work import Work
from shared.files.chunks import FileKey
from shared.reach import Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """A profile, and what opens the content of each of its documents."""

    profile: Profile
    keys: tuple[tuple[Document, FileKey], ...]


async def require_clinician(work: Work, clinician_id: str) -> ClinicianChanged:
    """The clinician whose profile it is. Raises NotFound for one out of the principal's reach."""
    return await uploads.require_clinician(work, clinician_id)


async def profile_of(work: Work, clinician_id: str, *, reaches: Mapping[str, Reach], numbers: Numbers) -> Profile:
    """What may be read of the clinician, numbers in clear; who took it is noted.

    Raises NotFound, SealBroken and VaultUnavailable.
    """
    clinician = await require_clinician(work, clinician_id)
    sight = await documents.sight_of(work, clinician_id, reaches=reaches)
    said = await source_results.of_clinician(work.session, clinician_id)
    work.audit("profiles.read", object_id=clinician_id)
    return Profile(
        clinician=clinician,
        carried=tuple(
            [
                Carried(
                    held=one,
                    partition=partition_of(one.code),
                    number=await numbers.opened(work, one.number, credential_id=one.credential_id),
                    results=results_about(one, said),
                )
                for one in await credentials.of_clinician(work.session, clinician_id)
                if is_carried(one, sight)
            ]
        ),
        documents=papers_of(await documents.of_clinician(work.session, clinician_id), sight),
    )


async def archive_of(
    work: Work, clinician_id: str, *, reaches: Mapping[str, Reach], numbers: Numbers, desk: Desk
) -> Archive:
    """The profile and the keys of its documents. Raises what `profile_of` raises, and PrivateValuesErased."""
    profile = await profile_of(work, clinician_id, reaches=reaches, numbers=numbers)
    keys = [(one, await desk.vault.known_file_key(work, one.key_id)) for one in profile.documents]
    for one in profile.documents:
        work.audit("documents.read_content", object_id=one.document_id)
    return Archive(profile=profile, keys=tuple(keys))
