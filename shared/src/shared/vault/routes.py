"""A clinician's private values over HTTP: the routes of every service that holds some."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from shared.access.errors import FreshSignInNeeded
from shared.contracts.assignments import ClinicianChanged
from shared.db.versions import VersionMismatch
from shared.db.work import Work
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Reads
from shared.http.decoding import body
from shared.http.openapi import problems
from shared.vault.bodies import HeldList, HeldOut, RecordIn, RevealedOut, RevealIn
from shared.vault.errors import KindNotHeld, PrivateValuesErased, TooManyReveals
from shared.vault.private_values import HeldValue, PrivateValues
from shared.vault.unkept import Unkept

VALUES = "/clinicians/{clinician_id}/private-values"
ClinicianId = Annotated[str, Path(pattern=r"^cln_[0-9a-z]{1,40}$")]
"""What is no id of ours is refused unread: a person's number put here by mistake is neither kept nor repeated."""

Kind = Annotated[str, Path(max_length=40)]
Reaches = Callable[[Work, str], Awaitable[bool]]
"""Whether the principal reaches a clinician, by what the service keeps of them."""


def private_values_router(values: PrivateValues, reaches: Reaches) -> APIRouter:
    """The routes over these values; the service's policy names `private.record`, `private.read`, `private.reveal`.

    Of a clinician who is not within the principal's reach nothing is said, not even that they are known.
    """
    router = APIRouter(prefix="/v1", tags=["private values"])
    _add_record(router, values, reaches)
    _add_list(router, values, reaches)
    _add_reveal(router, values, reaches)
    return router


def _add_record(router: APIRouter, values: PrivateValues, reaches: Reaches) -> None:
    kinds = ", ".join(values.kinds)

    @router.put(
        f"{VALUES}/{{kind}}",
        summary="Record a private value",
        description=f"Kinds: {kinds}. The same value again changes nothing. No Idempotency-Key: nothing is kept of it.",
        dependencies=[allow("private.record")],
        responses=problems(NotFound, KindNotHeld, PrivateValuesErased, VersionMismatch),
        response_model=HeldOut,
    )
    async def record(
        door: Unkept, *, clinician_id: ClinicianId, kind: Kind, asked: Annotated[RecordIn, body(RecordIn)]
    ) -> Response:
        async def act(work: Work) -> HeldValue:
            await _require_reached(work, clinician_id, reaches=reaches)
            if await work.known(ClinicianChanged, clinician_id) is None:
                raise NotFound(what="clinician", id=clinician_id)
            return await values.record(work, clinician_id, kind=kind, secret=asked.value)

        return await door.command(act, answer=lambda held: Answer(body=HeldOut.model_validate(held), etag=held.version))


def _add_list(router: APIRouter, values: PrivateValues, reaches: Reaches) -> None:
    @router.get(
        VALUES,
        summary="A clinician's private values, masked",
        dependencies=[allow("private.read")],
        responses=problems(NotFound),
    )
    async def list_held(door: Reads, clinician_id: ClinicianId) -> HeldList:
        async def look(work: Work) -> Sequence[HeldValue]:
            await _require_reached(work, clinician_id, reaches=reaches)
            return await values.listed(work, clinician_id)

        found = await door.read(look)
        return HeldList(items=tuple(HeldOut.model_validate(one) for one in found))


def _add_reveal(router: APIRouter, values: PrivateValues, reaches: Reaches) -> None:
    kinds = ", ".join(values.kinds)

    @router.post(
        f"{VALUES}/{{kind}}:reveal",
        summary="See a private value in clear, for a reason",
        description=f"Kinds: {kinds}. Needs a sign-in of the last 15 minutes; at most 20 values an hour. It is noted.",
        dependencies=[allow("private.reveal")],
        responses=problems(NotFound, KindNotHeld, FreshSignInNeeded, TooManyReveals),
        response_model=RevealedOut,
    )
    async def reveal(
        door: Unkept, *, clinician_id: ClinicianId, kind: Kind, asked: Annotated[RevealIn, body(RevealIn)]
    ) -> Response:
        async def act(work: Work) -> RevealedOut:
            await _require_reached(work, clinician_id, reaches=reaches)
            secret, version = await values.reveal(work, clinician_id, kind=kind, reason=asked.reason)
            return RevealedOut(kind=kind, version=version, value=secret.reveal())

        return await door.command(act, answer=lambda shown: Answer(body=shown))


async def _require_reached(work: Work, clinician_id: str, *, reaches: Reaches) -> None:
    if not await reaches(work, clinician_id):
        raise NotFound(what="clinician", id=clinician_id)
