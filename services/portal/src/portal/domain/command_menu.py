"""What may be done with an assignment now: its commands by state and role, so that nobody is offered what is refused.

The services decide all the same; what stands here only keeps a menu short.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.contracts.assignments import State

FRONT = frozenset({"recruiter", "coordinator", "lead"})
LIFECYCLE = frozenset({"coordinator", "lead"})
ACCEPTED = frozenset({State.ACCEPTED})
BEFORE_START = frozenset({State.ACCEPTED, State.CONFIRMED, State.ONBOARDING, State.CLEARED})
CLEARED = frozenset({State.CLEARED})
ACTIVE = frozenset({State.ACTIVE})
RUNNING = BEFORE_START | ACTIVE

SERVICE = "assignments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command on an assignment: its verb, what people call it, in which states and by which roles.

    `changes_terms`: its effects can be seen before. `is_an_end`: what it ends does not begin again.
    """

    verb: str
    text: str
    states: frozenset[State]
    roles: frozenset[str]
    changes_terms: bool = False
    is_an_end: bool = False

    def path(self, assignment_id: str) -> str:
        """Where the service takes it."""
        return f"/v1/assignments/{assignment_id}:{self.verb}"


def _course(verb: str, text: str, states: frozenset[State], roles: frozenset[str] = LIFECYCLE) -> Command:
    return Command(verb=verb, text=text, states=states, roles=roles)


def _terms(verb: str, text: str, states: frozenset[State], roles: frozenset[str] = FRONT) -> Command:
    return Command(verb=verb, text=text, states=states, roles=roles, changes_terms=True)


def _end(verb: str, text: str, states: frozenset[State], roles: frozenset[str] = LIFECYCLE) -> Command:
    return Command(verb=verb, text=text, states=states, roles=roles, is_an_end=True)


COMMANDS = (
    _course("confirm", "Confirm for the client", ACCEPTED),
    _course("sign-agreement", "Record a signed agreement", RUNNING, FRONT),
    _course("start", "Confirm the arrival", CLEARED),
    _terms("push-start", "Push the start", BEFORE_START),
    _terms("advance-start", "Start earlier", BEFORE_START),
    _terms("amend", "Amend the terms", BEFORE_START),
    _terms("extend", "Extend", ACTIVE),
    _terms("change-terms", "Change terms from a day on", ACTIVE, LIFECYCLE),
    _terms("float", "Float to another unit", ACTIVE, LIFECYCLE),
    _terms("end-early", "End early", RUNNING, LIFECYCLE),
    _course("end", "Complete", ACTIVE),
    _end("no-show", "Report a no-show", CLEARED),
    _end("cancel", "Cancel before the start", BEFORE_START, FRONT),
    _end("terminate", "Terminate", ACTIVE),
)
"""In the order of the menu: what moves it on, what changes it, what ends it."""

BY_VERB: Mapping[str, Command] = {command.verb: command for command in COMMANDS}


def commands_for(state: str | None, roles: frozenset[str]) -> tuple[Command, ...]:
    """The commands that somebody with these roles may give in this state, in the order of the menu."""
    return tuple(one for one in COMMANDS if state in one.states and roles & one.roles)
