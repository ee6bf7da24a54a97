"""What people do about their own account, and how they come in by an invitation."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from identity.api.routes.parts import Have, Open, OpenDoor, Parts, caller
from identity.api.schemas.people import AcceptedOut, AcceptIn, PasswordIn, PersonOut, RecoveryCodesOut
from identity.app import queries
from identity.app.accept_invitation import AcceptInvitation, accept_invitation
from identity.app.change_password import change_password
from identity.app.renew_recovery_codes import renew_recovery_codes
from identity.app.start_attempt import StartAttempt, start_attempt
from identity.clients.one_time_codes import address_for_app, new_recovery_codes, recovery_hash
from identity.domain.errors import InvitationNotValid, NoSecondFactor, PasswordUnfit, PasswordWrong, TooManyTries
from identity.domain.invitation import Accepted
from identity.domain.passwords import require_fit
from identity.domain.person import Person
from shared.access.errors import FreshSignInNeeded
from shared.db.work import Work
from shared.errors import NotFound
from shared.http.access import allow, public
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.openapi import problems
from shared.http.shown_once import shown_once
from shared.http.step_up import require_fresh_sign_in

router = APIRouter(prefix="/v1", tags=["me"])


async def accepted(code: str, password: str, *, door: OpenDoor, have: Parts) -> Accepted:
    """Checks the password before the code is used up. Raises InvitationNotValid, PasswordUnfit."""
    person = await door.act(lambda work: queries.invited_person(work, code))
    require_fit(password, email=person.email)
    command = AcceptInvitation(code=code, password_hash=await have.passwords.hash(password))
    return await door.act(lambda work: accept_invitation(work, command, sealer=have.sealer))


@router.post(
    "/invitations:accept",
    summary="Come in by an invitation and set a password",
    dependencies=[public("the code of the invitation is the proof")],
    responses=problems(InvitationNotValid, PasswordUnfit),
    response_model=AcceptedOut,
)
async def accept(door: Open, have: Have, asked: Annotated[AcceptIn, body(AcceptIn)]) -> Response:
    """The code works once; there is nothing to repeat, so no Idempotency-Key is asked for."""
    came = await accepted(asked.code, asked.password, door=door, have=have)
    address = address_for_app(came.totp_secret, came.person.email) if came.totp_secret else None
    return JSONResponse(AcceptedOut.of(came, address).model_dump(mode="json"))


@router.get(
    "/me",
    summary="The account of whoever asks",
    dependencies=[allow("me.read")],
    responses=problems(NotFound),
    response_model=PersonOut,
)
async def me(door: Reads) -> Response:
    return await door.show(
        lambda work: queries.person_by_id(work, work.principal.subject),
        answer=lambda person: Answer(body=PersonOut.of(person), etag=person.version),
    )


@router.post(
    "/me:change-password",
    summary="Set another password; every sign-in ends",
    dependencies=[allow("me.change")],
    responses=problems(NotFound, PasswordWrong, PasswordUnfit, TooManyTries),
    response_model=PersonOut,
)
async def password(
    request: Request, commands: Commands, door: Open, have: Have, asked: Annotated[PasswordIn, body(PasswordIn)]
) -> Response:
    subject = commands.principal.subject
    person = await door.act(lambda work: queries.person_by_id(work, subject))
    counters = await _require_present(asked.present, person, request=request, door=door, have=have)
    require_fit(asked.password, email=person.email)
    password_hash = await have.passwords.hash(asked.password)

    async def act(work: Work) -> Person:
        await change_password(work, subject, password_hash=password_hash, counters=counters)
        return await queries.person_by_id(work, subject)

    return await commands.command(act, answer=_show)


@router.post(
    "/me:renew-recovery-codes",
    summary="Make new codes to recover with; those before are worth nothing",
    dependencies=[allow("me.change")],
    responses=problems(NotFound, NoSecondFactor, FreshSignInNeeded),
    response_model=RecoveryCodesOut,
)
async def recovery_codes(door: Commands) -> Response:
    """The codes are in this answer and nowhere else."""
    require_fresh_sign_in(door.principal)
    codes = new_recovery_codes()
    hashes = [recovery_hash(code) for code in codes]
    answered = await door.command(
        lambda work: renew_recovery_codes(work, work.principal.subject, hashes=hashes),
        answer=lambda _: Answer(body=RecoveryCodesOut()),
    )
    return shown_once(answered, recovery_codes=codes)


async def _require_present(
    password: str, person: Person, *, request: Request, door: OpenDoor, have: Parts
) -> Sequence[str]:
    """Counts like a sign-in: a stolen token must not try passwords faster; the counters to forgive.

    Raises PasswordWrong, TooManyTries.
    """
    started = StartAttempt(email=person.email, address=caller(request, have), device_hash=None)
    attempt = await door.act(lambda work: start_attempt(work, started))
    if attempt.wait:
        raise TooManyTries(seconds=int(attempt.wait.total_seconds()) + 1)
    if not await have.passwords.is_right(password, attempt.password_hash):
        raise PasswordWrong
    return attempt.counters


def _show(person: Person) -> Answer:
    return Answer(body=PersonOut.of(person), etag=person.version)
