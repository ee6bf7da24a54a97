"""Somebody with an account: who they are, what they may do, whether the account is open."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from identity.domain.errors import AccountDisabled, LastAdministrator, NotOnesOwnAccount, NotOnesOwnRoles
from identity.domain.roles import Role, needs_second_factor
from shared.contracts.identity import PersonChanged


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What others see of a person, and whose work is theirs: a team, its facilities, facilities to approve for."""

    name: str
    team: str | None = None
    facilities: tuple[str, ...] = ()
    team_facilities: tuple[str, ...] = ()
    time_zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An account. `email` is kept as it was written, and compared without case. Secrets stand in `Factors`.

    `facilities` are those that a facility's approver answers for, `team_facilities` those that the team serves.
    """

    person_id: str
    email: str
    profile: Profile
    roles: tuple[Role, ...]
    is_active: bool = True
    version: int = 0

    @property
    def is_administrator(self) -> bool:
        """Whether they decide about accounts."""
        return Role.ADMINISTRATOR in self.roles

    @property
    def needs_second_factor(self) -> bool:
        """Whether a password alone does not sign them in."""
        return needs_second_factor(self.roles)


def email_key(email: str) -> str:
    """What two spellings of one address have in common: providers treat both parts without case."""
    return email.strip().casefold()


def with_roles(person: Person, roles: Collection[Role], *, by: str, administrators: Collection[str]) -> Person:
    """The person with these roles and no others; `administrators` are the ids of those whose accounts are open.

    Raises AccountDisabled, NotOnesOwnRoles, LastAdministrator.
    """
    if by == person.person_id:
        raise NotOnesOwnRoles
    if not person.is_active:
        raise AccountDisabled
    if Role.ADMINISTRATOR not in roles:
        _require_another(person, administrators)
    return replace(person, roles=tuple(sorted(set(roles))))


def with_profile(person: Person, profile: Profile) -> Person:
    """The person as they are described now. Raises AccountDisabled."""
    if not person.is_active:
        raise AccountDisabled
    return replace(person, profile=profile)


def is_narrower(after: Profile, before: Profile) -> bool:
    """Whether somebody reaches less by the one profile than by the other; a team without facilities serves all."""
    served, now_served = set(before.team_facilities), set(after.team_facilities)
    is_bounded_more = bool(now_served) and (not served or not served <= now_served)
    return is_bounded_more or not set(before.facilities) <= set(after.facilities)


def disabled(person: Person, *, by: str, administrators: Collection[str]) -> Person:
    """The person without access. Raises AccountDisabled when they have none, NotOnesOwnAccount, LastAdministrator."""
    if not person.is_active:
        raise AccountDisabled
    if by == person.person_id:
        raise NotOnesOwnAccount
    _require_another(person, administrators)
    return replace(person, is_active=False)


def enabled(person: Person) -> Person:
    """The person with access again; the same when they have it."""
    return replace(person, is_active=True)


def changed(person: Person) -> PersonChanged:
    """What everybody is told of the person's present state."""
    return PersonChanged(
        person_id=person.person_id,
        name=person.profile.name,
        email=person.email,
        roles=tuple(role.value for role in person.roles),
        is_active=person.is_active,
        team=person.profile.team,
        time_zone=person.profile.time_zone,
    )


def _require_another(person: Person, administrators: Collection[str]) -> None:
    if person.is_administrator and set(administrators) <= {person.person_id}:
        raise LastAdministrator
