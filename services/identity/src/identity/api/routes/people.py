"""People over HTTP."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from identity.api.schemas.people import InvitedOut, OutsideIn, PersonIn, PersonOut, ProfileIn, RolesIn
from identity.app import queries
from identity.app.change_profile import ChangeProfile, change_profile
from identity.app.change_roles import ChangeRoles, change_roles
from identity.app.disable_person import disable_person
from identity.app.enable_person import enable_person
from identity.app.invite_person import InvitePerson, invite_person
from identity.app.link_outside import LinkOutside, link_outside
from identity.app.renew_invitation import renew_invitation
from identity.app.reset_second_factor import reset_second_factor
from identity.app.sign_out_person import sign_out_person
from identity.app.unlink_outside import unlink_outside
from identity.domain import errors
from identity.domain.invitation import Invited
from identity.domain.person import Person
from shared.access.errors import FreshSignInNeeded
from shared.access.secret_texts import new_secret_text, secret_hash
from shared.db.versions import VersionMismatch
from shared.db.work import Work
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import CommandDoor, Commands, Reads
from shared.http.decoding import body
from shared.http.errors import CursorDamaged, CursorOfOtherList
from shared.http.openapi import problems
from shared.http.pages import Page, Paging
from shared.http.shown_once import shown_once
from shared.http.step_up import require_fresh_sign_in

router = APIRouter(prefix="/v1", tags=["people"])

PERSON = "/people/{person_id}"
PersonId = Annotated[str, Path(max_length=60)]
MISSED = (NotFound, VersionMismatch)


def _show(person: Person) -> Answer:
    return Answer(body=PersonOut.of(person), etag=person.version)


def _show_invited(invited: Invited) -> Answer:
    shown = PersonOut.of(invited.person).model_dump()
    return Answer(body=InvitedOut(**shown, expires_at=invited.expires_at), etag=invited.person.version)


def _show_new(invited: Invited) -> Answer:
    shown = PersonOut.of(invited.person).model_dump()
    place = f"/v1/people/{invited.person.person_id}"
    body = InvitedOut(**shown, expires_at=invited.expires_at)
    return Answer(body=body, etag=invited.person.version, status=201, location=place)


async def _on(door: CommandDoor, act: Callable[[Work, str], Awaitable[Person]], person_id: str) -> Response:
    return await door.command(lambda work: act(work, person_id), answer=_show)


@router.post(
    "/people",
    summary="Open an account and invite its person",
    dependencies=[allow("people.create")],
    responses=problems(errors.EmailTaken),
    response_model=InvitedOut,
    status_code=201,
)
async def create(door: Commands, asked: Annotated[PersonIn, body(PersonIn)]) -> Response:
    """The code of the invitation is in this answer and nowhere else."""
    code = new_secret_text()
    command = InvitePerson(email=asked.email, profile=asked.profile(), roles=asked.roles, code_hash=secret_hash(code))
    return shown_once(await door.command(lambda work: invite_person(work, command), answer=_show_new), code=code)


@router.get(
    "/people",
    summary="People by name",
    dependencies=[allow("people.read")],
    responses=problems(CursorDamaged, CursorOfOtherList),
)
async def list_people(
    door: Reads,
    paging: Paging,
    search: Annotated[str | None, Query(max_length=100, description="Begins the name or the address.")] = None,
    is_active: Annotated[bool | None, Query()] = None,
) -> Page[PersonOut]:
    wanted = queries.PeopleFilter(search=search, is_active=is_active)
    found = await door.read(lambda work: queries.people_page(work, wanted, paging=paging))
    return found.page(PersonOut.of)


@router.get(
    PERSON,
    summary="One person",
    dependencies=[allow("people.read")],
    responses=problems(NotFound),
    response_model=PersonOut,
)
async def get_person(door: Reads, person_id: PersonId) -> Response:
    return await door.show(lambda work: queries.person_by_id(work, person_id), answer=_show)


@router.post(
    f"{PERSON}:change-roles",
    summary="Say what a person may do",
    dependencies=[allow("people.change")],
    responses=problems(
        *MISSED, errors.AccountDisabled, errors.NotOnesOwnRoles, errors.LastAdministrator, FreshSignInNeeded
    ),
    response_model=PersonOut,
)
async def roles(door: Commands, person_id: PersonId, asked: Annotated[RolesIn, body(RolesIn)]) -> Response:
    require_fresh_sign_in(door.principal)
    command = ChangeRoles(person_id=person_id, roles=asked.roles)
    return await door.command(lambda work: change_roles(work, command), answer=_show)


@router.post(
    f"{PERSON}:change-profile",
    summary="Correct how a person is described and whose work is theirs",
    dependencies=[allow("people.change")],
    responses=problems(*MISSED, errors.AccountDisabled),
    response_model=PersonOut,
)
async def profile(door: Commands, person_id: PersonId, asked: Annotated[ProfileIn, body(ProfileIn)]) -> Response:
    command = ChangeProfile(person_id=person_id, profile=asked.profile())
    return await door.command(lambda work: change_profile(work, command), answer=_show)


@router.post(
    f"{PERSON}:invite",
    summary="Invite a person again, for a lost invitation or a forgotten password",
    dependencies=[allow("people.change")],
    responses=problems(*MISSED, errors.AccountDisabled),
    response_model=InvitedOut,
)
async def invite(door: Commands, person_id: PersonId) -> Response:
    """The code of the invitation is in this answer and nowhere else."""
    code = new_secret_text()
    code_hash = secret_hash(code)
    answered = await door.command(
        lambda work: renew_invitation(work, person_id, code_hash=code_hash), answer=_show_invited
    )
    return shown_once(answered, code=code)


@router.post(
    f"{PERSON}:disable",
    summary="Close an account; every sign-in and token of it ends",
    dependencies=[allow("people.change")],
    responses=problems(*MISSED, errors.AccountDisabled, errors.NotOnesOwnAccount, errors.LastAdministrator),
    response_model=PersonOut,
)
async def disable(door: Commands, person_id: PersonId) -> Response:
    return await _on(door, disable_person, person_id)


@router.post(
    f"{PERSON}:enable",
    summary="Open a closed account again",
    dependencies=[allow("people.change")],
    responses=problems(*MISSED),
    response_model=PersonOut,
)
async def enable(door: Commands, person_id: PersonId) -> Response:
    return await _on(door, enable_person, person_id)


@router.post(
    f"{PERSON}:sign-out",
    summary="End every sign-in and token of a person",
    dependencies=[allow("people.sign_out")],
    responses=problems(*MISSED),
    response_model=PersonOut,
)
async def end_sign_ins(door: Commands, person_id: PersonId) -> Response:
    return await _on(door, sign_out_person, person_id)


@router.post(
    f"{PERSON}:reset-second-factor",
    summary="Take away a second factor whose app is lost",
    dependencies=[allow("people.change")],
    responses=problems(*MISSED, errors.NoSecondFactor, errors.NotOnesOwnAccount, FreshSignInNeeded),
    response_model=PersonOut,
)
async def reset_factor(door: Commands, person_id: PersonId) -> Response:
    require_fresh_sign_in(door.principal)
    return await _on(door, reset_second_factor, person_id)


@router.post(
    f"{PERSON}:link-outside",
    summary="Let a person sign in by an outside provider",
    dependencies=[allow("people.change")],
    responses=problems(*MISSED, errors.AccountDisabled, errors.OutsideIdentityTaken),
    response_model=PersonOut,
)
async def link(door: Commands, person_id: PersonId, asked: Annotated[OutsideIn, body(OutsideIn)]) -> Response:
    command = LinkOutside(person_id=person_id, issuer=asked.issuer, subject=asked.subject)
    return await door.command(lambda work: link_outside(work, command), answer=_show)


@router.post(
    f"{PERSON}:unlink-outside",
    summary="Take a person's sign-in by an outside provider away",
    dependencies=[allow("people.change")],
    responses=problems(*MISSED),
    response_model=PersonOut,
)
async def unlink(door: Commands, person_id: PersonId) -> Response:
    return await _on(door, unlink_outside, person_id)
