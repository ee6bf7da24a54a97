"""How far somebody reaches with one action: which objects, and which classes of fields of them.

One decision, from the principal, the roles of the action and the grants; `shared.db.within` compiles it for lists.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from shared.principal import Grant, Principal
from shared.roles import ABOUT_ONESELF, ABOUT_THE_WHOLE, NEVER_BY_GRANT, ROLES, Field, Scope

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The objects reached: all, or those with one of these values in the column of that name.

    `queue`: besides, whatever is open of the one assignment that the request names. `of_team`: besides, what
    belongs to the agency as a whole (a table says so of its rows). `fields` are shown.
    """

    is_all: bool = False
    assignment_id: frozenset[str] = NONE
    facility_id: frozenset[str] = NONE
    clinician_id: frozenset[str] = NONE
    source: frozenset[str] = NONE
    queue: bool = False
    named_assignment: str | None = None
    of_team: bool = False
    fields: frozenset[Field] = frozenset(Field)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is reached."""
        return not (self.is_all or self.queue or any(self.by_column().values()))

    def by_column(self) -> Mapping[str, frozenset[str]]:
        """The values that open an object, by the name of its column."""
        return {
            "assignment_id": self.assignment_id,
            "facility_id": self.facility_id,
            "clinician_id": self.clinician_id,
            "source": self.source,
        }

    def covers(self, row: Mapping[str, object]) -> bool:
        """Whether an object with these columns is reached."""
        if self.is_all or any(row.get(name) in values for name, values in self.by_column().items()):
            return True
        return self.queue and row.get("is_open") is True and "assignment_id" in row


EVERYTHING = Reach(is_all=True)


def reach_by(
    principal: Principal, action: str, *, allowed: Set[str], now: datetime, named_assignment: str | None = None
) -> Reach:
    """How far this principal reaches with the action, which these roles may take; empty when not at all.

    Besides what `reach_of` says: some actions are about oneself, some about the agency as a whole, some for no grant.
    """
    if action in ABOUT_ONESELF:
        return EVERYTHING if principal.roles & allowed else Reach()
    by_grant = action not in NEVER_BY_GRANT
    found = reach_of(principal, allowed, now=now, by_grant=by_grant, named_assignment=named_assignment)
    return Reach() if action in ABOUT_THE_WHOLE and not found.is_all else found


def reach_of(
    principal: Principal,
    allowed: Set[str],
    *,
    now: datetime,
    by_grant: bool = True,
    named_assignment: str | None = None,
) -> Reach:
    """How far this principal reaches with an action that these roles may take; empty when not at all.

    `now` is real time: grants end by it, and count only where `by_grant`. Whoever has sources (an API client) reaches
    what came from them alone.
    """
    held = [role for role in principal.roles & allowed if role in ROLES]
    grants = [grant for grant in principal.grants if by_grant and grant.role in allowed and now < grant.until]
    scopes = {ROLES[role].scope for role in held}
    is_all = Scope.ALL in scopes or (Scope.TEAM in scopes and not principal.team_facilities)
    return Reach(
        is_all=is_all and not principal.sources,
        source=principal.sources if held else NONE,
        facility_id=(principal.facilities if Scope.FACILITY in scopes else NONE)
        | (principal.team_facilities if Scope.TEAM in scopes else NONE),
        clinician_id=frozenset({principal.clinician_id} - {None}) if Scope.OWN in scopes else NONE,  # type: ignore[arg-type]
        assignment_id=NONE.union(*(grant.assignments for grant in grants)),
        queue=any(not grant.assignments for grant in grants),
        named_assignment=named_assignment,
        of_team=Scope.TEAM in scopes and not principal.sources,
        fields=_fields(held, grants),
    )


def _fields(held: list[str], grants: list[Grant]) -> frozenset[Field]:
    """A grant shows what it names; a role what it is for. Together they show both."""
    named = frozenset(Field(name) for grant in grants for name in grant.fields if name in frozenset(Field))
    return named.union(*(ROLES[role].fields for role in held))
