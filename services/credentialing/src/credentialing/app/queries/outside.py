"""What may be read about requests to people outside, by us and by them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from credentialing.domain.documents.sight import READ
from credentialing.domain.outside.request import OutsideRequest, opened
from credentialing.domain.requirement import Partition
from credentialing.domain.rulebook.catalogue.whole import CATALOGUE
from credentialing.storage import documents, files, outside_requests
from credentialing.storage.outside_requests import ANSWER, PERSON, Confidences
from shared.access.secret_texts import secret_hash
from shared.contracts.assignments import ClinicianChanged
from shared.db.work import Work
from shared.errors import NotFound
from shared.reach import Reach

NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A request with whom we asked, and the answer for who may read that part of the file."""

    request: OutsideRequest
    person: Mapping[str, str]
    answers: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What somebody outside sees: the request, whom it is about, and what we say of their time there."""

    request: OutsideRequest
    clinician: str
    claimed: str


async def requests_of(work: Work, clinician_id: str) -> Sequence[OutsideRequest]:
    """All about the clinician, in the order asked. Raises NotFound out of reach."""
    if not await files.reaches_clinician(work, clinician_id):
        raise NotFound(what="clinician", id=clinician_id)
    return await outside_requests.of_clinician(work.session, clinician_id)


async def person_of_request(work: Work, request_id: str, *, confidences: Confidences) -> Seen:
    """One request with whom we asked; its answer stays closed. Raises NotFound and VaultUnavailable."""
    request = await outside_requests.to_read(work.session, request_id)
    if not await files.reaches_clinician(work, request.clinician_id):
        raise NotFound(what="request", id=request_id)
    person = await confidences.opened(work, request.sealed_person, column=PERSON, request_id=request_id)
    return Seen(request=request, person=person or NOTHING)


async def request_by_id(work: Work, request_id: str, *, reaches: Mapping[str, Reach], confidences: Confidences) -> Seen:
    """One request; who opened an answer is noted. Raises NotFound and VaultUnavailable."""
    seen = await person_of_request(work, request_id, confidences=confidences)
    request = seen.request
    sight = await documents.sight_of(work, request.clinician_id, reaches=reaches)
    answers = None
    if request.sealed_answer is not None and sight.may(READ[partition_of(request)]):
        work.audit("outside.read_answer", object_id=request_id)
        answers = await confidences.opened(work, request.sealed_answer, column=ANSWER, request_id=request_id)
    return replace(seen, answers=answers)


async def request_of_secret(work: Work, secret: str, *, confidences: Confidences) -> Opened:
    """What the link's holder is asked. Raises OutsideLinkInvalid, which does not say why, and VaultUnavailable."""
    request = opened(await outside_requests.of_secret(work.session, secret_hash(secret)), work.now.date())
    known = await work.known(ClinicianChanged, request.clinician_id)
    person = await confidences.opened(work, request.sealed_person, column=PERSON, request_id=request.request_id)
    return Opened(
        request=opened(request if known and person else None, work.now.date()),
        clinician=known.name if known else "",
        claimed=(person or NOTHING).get("claimed", ""),
    )


def partition_of(request: OutsideRequest) -> Partition:
    """The part of the file that the answer belongs to."""
    return CATALOGUE[request.code].usual.partition
