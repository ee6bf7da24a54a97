"""The door of every command on an assignment: it answers the whole assignment as it looks afterwards."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request
from starlette.responses import Response

from assignments.api.schemas.assignments import ASSIGNMENT, AssignmentOut
from assignments.api.schemas.previews import RehearsalOut
from assignments.app import queries
from assignments.clients import Previews
from assignments.domain.assignment import Assignment
from assignments.domain.errors import InvalidTransition, OfferAlreadyKnown
from assignments.domain.view import AssignmentView
from shared.contracts.previews import PreviewRequest
from shared.db.versions import VersionMismatch
from shared.db.work import Work
from shared.errors import NotFound
from shared.http.answers import Answer, render
from shared.http.commands import CommandDoor, Commands, ReadDoor
from shared.http.context import context_of
from shared.http.errors import IfMatchMalformed, IfMatchMissing
from shared.http.problems import answer as answer_problem
from shared.http.problems import problem_of
from shared.http.versions import ExpectedVersion, seen_version

IT = "/assignments/{assignment_id}"
REFUSED = (NotFound, VersionMismatch, IfMatchMissing, IfMatchMalformed, InvalidTransition)
PREVIEWED: dict[int | str, dict[str, Any]] = {
    200: {
        "model": AssignmentOut | RehearsalOut,
        "description": "The assignment; with validate_only what the departments say.",
        "content": {"application/json": {"example": ASSIGNMENT}},
    }
}

Act = Callable[[Work], Awaitable[Assignment]]
Look = Callable[[Work], Awaitable[AssignmentView]]
Show = Callable[[AssignmentView], Answer]


def show(view: AssignmentView) -> Answer:
    """The assignment with its version."""
    return Answer(body=AssignmentOut.of(view), etag=view.assignment.version)


def path_of(assignment_id: object) -> str:
    """Where an assignment is found."""
    return f"/v1/assignments/{assignment_id}"


class AssignmentDoor:
    """Runs one command on one assignment."""

    def __init__(self, commands: CommandDoor) -> None:
        self._commands = commands

    async def command(self, act: Act) -> Response:
        """Does it and answers the assignment. Raises what `act` raises, and the refusals of keys."""

        async def act_and_look(work: Work) -> AssignmentView:
            return await queries.look_at(work, await act(work))

        return await self._answer(act_and_look, answer=show)

    async def _answer(self, look: Look, *, answer: Show) -> Response:
        return await self._commands.command(look, answer=answer)


class TermsDoor(AssignmentDoor):
    """The same for a command that makes terms: its rehearsal asks the four departments what they would mean."""

    def __init__(self, request: Request, commands: CommandDoor, *, is_rehearsal: bool) -> None:
        super().__init__(commands)
        self._request = request
        self._is_rehearsal = is_rehearsal

    async def take(self, take: Look) -> Response:
        """The same for a new offer: 201, and 409 with the address of the assignment that the offer already is."""
        try:
            return await self._answer(
                take,
                answer=lambda view: replace(show(view), status=201, location=path_of(view.assignment.assignment_id)),
            )
        except OfferAlreadyKnown as known:
            headers = {"Location": path_of(known.facts["assignment_id"])}
            return answer_problem(replace(problem_of(known), headers=headers), context_of(self._request.scope))

    async def _answer(self, look: Look, *, answer: Show) -> Response:
        return await (self._rehearse(look) if self._is_rehearsal else super()._answer(look, answer=answer))

    async def _rehearse(self, look: Look) -> Response:
        """What is asked of others is asked after the transaction, which is undone: no lock waits for them."""
        seen = seen_version(self._request.headers.get("if-match"))
        rehearsed = (await ReadDoor(self._request).read(lambda work: look(replace(work, seen_version=seen)))).assignment
        previews: Previews = self._request.app.state.previews
        asked = PreviewRequest(
            clinician_id=rehearsed.clinician_id,
            terms=rehearsed.terms,
            assignment_id=rehearsed.assignment_id if rehearsed.terms.version > 1 else None,
        )
        body = RehearsalOut.of(rehearsed.terms, await previews.ask(asked))
        return render(Answer(body=body)).response(**{"Validate-Only": "true"})


async def _seen(assignment_id: Annotated[str, Path(max_length=60)], _: ExpectedVersion) -> str:
    return assignment_id


Seen = Annotated[str, Depends(_seen)]
"""The id of the assignment, of which the person must say what version they have seen; the unit of work carries that."""


async def _assignment_door(commands: Commands) -> AssignmentDoor:
    return AssignmentDoor(commands)


async def _terms_door(
    request: Request,
    commands: Commands,
    validate_only: Annotated[bool, Query(description="Only ask the four departments; nothing is changed.")] = False,
) -> TermsDoor:
    return TermsDoor(request, commands, is_rehearsal=validate_only)


ForAssignment = Annotated[AssignmentDoor, Depends(_assignment_door)]
ForTerms = Annotated[TermsDoor, Depends(_terms_door)]
