"""A specialist asks somebody outside about a clinician."""

from dataclasses import dataclass

from credentialing.domain.outside.kinds import Kind, code_for
from credentialing.domain.outside.request import FIRST_REMINDER, OutsideRequest
from credentialing.storage import files, outside_requests
from credentialing.storage.outside_requests import PERSON, Confidences
from shared.db.work import Work
from shared.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class AskOutside:
    """Who is asked as what, about which item (None: the kind's usual), and the digest of the link's secret.

    `claimed` is what we say of the clinician's time there, for the person to confirm.
    """

    clinician_id: str
    kind: Kind
    code: str | None
    name: str
    email: str
    claimed: str
    digest: str


async def ask_outside(work: Work, command: AskOutside, *, confidences: Confidences) -> OutsideRequest:
    """Keeps the request, whose first reminder is due in three days.

    Raises NotFound out of reach, NotAskedOutside, PrivateValuesErased and VaultUnavailable.
    """
    if not await files.reaches_clinician(work, command.clinician_id):
        raise NotFound(what="clinician", id=command.clinician_id)
    code, request_id, today = code_for(command.kind, command.code), work.new_id("out"), work.now.date()
    said = {"name": command.name, "email": command.email, "claimed": command.claimed}
    sealed = await confidences.sealed(
        work, said, column=PERSON, clinician_id=command.clinician_id, request_id=request_id
    )
    work.audit("outside.ask", object_id=command.clinician_id, details={"request_id": request_id, "code": code})
    request = OutsideRequest(
        request_id=request_id,
        clinician_id=command.clinician_id,
        code=code,
        kind=command.kind,
        digest=command.digest,
        sealed_person=sealed,
        asked_by=work.principal.subject,
        asked_on=today,
        due_on=today + FIRST_REMINDER,
    )
    return await outside_requests.save(work.session, request)
