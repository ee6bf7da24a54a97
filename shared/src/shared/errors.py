"""The two families of errors, and the finding.

Refused      the caller asked for something the rules forbid; trying again changes nothing
Unavailable  the world failed; the same request may succeed later

A leaf of `Refused` names what was refused, has a stable `code`, a `kind`, and a docstring that is its message:

    class NotAPush(Refused):
        '''The new start {new_start} is not after the present start {start}.'''
        code = "not_a_push"
        kind = Kind.CONFLICT
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from inspect import cleandoc
from typing import ClassVar


class Kind(StrEnum):
    """What sort of refusal it is. `shared.http.problems` maps each to one HTTP status."""

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    FORBIDDEN = "forbidden"
    UNAUTHENTICATED = "unauthenticated"
    PRECONDITION_FAILED = "precondition_failed"
    PRECONDITION_REQUIRED = "precondition_required"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a person must repair: where (JSON pointer into the request), a stable code, and what to do.

    The message never repeats the rejected value.
    """

    pointer: str
    code: str
    message: str


REFUSALS: dict[str, type["Refused"]] = {}
"""Every refusal that is loaded, by code: the source of the pages that `/problems/{code}` shows."""


class Refused(Exception):
    """The request was refused."""

    code: ClassVar[str] = "refused"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        known = REFUSALS.setdefault(cls.code, cls)
        if known is not cls and known.__qualname__ != cls.__qualname__:
            raise TypeError(f"refusal code {cls.code!r} is taken by {known.__qualname__}")

    def __init__(self, *, findings: Sequence[Finding] = (), **facts: object) -> None:
        self.findings = tuple(findings)
        self.facts = facts
        super().__init__(cleandoc(type(self).__doc__ or "").split("\n\n")[0].format(**facts))


class Invalid(Refused):
    """The request has faults; each is listed in errors."""

    code = "invalid_request"
    kind = Kind.INVALID


class NotFound(Refused):
    """There is no {what} {id}."""

    code = "not_found"
    kind = Kind.NOT_FOUND


class Unavailable(Exception):
    """Something outside this service failed; the same request may succeed later."""


class NotYetKnown(Unavailable):
    """An event refers to a state that has not reached this service yet."""
