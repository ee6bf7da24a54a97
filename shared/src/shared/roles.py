"""The roles of the agency: whose objects each may reach, and which classes of fields it is shown.

What a role may do is said by each service (`api/auth.py`); docs/access.md is generated from both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Whose objects a role reaches."""

    ALL = "all"
    """Every object of the agency."""
    TEAM = "team"
    """Those at the facilities that the person's team serves, and what belongs to no facility, such as the directory's
    clinicians; somebody without a team serves all."""
    FACILITY = "facility"
    """Those at the facilities that the person answers for."""
    ASSIGNED = "assigned"
    """Those that a grant names, or opens one by one on a department's queue."""
    OWN = "own"
    """The clinician's own."""


class Field(StrEnum):
    """Classes of fields that not everybody sees; a field of no class is for all who reach the object."""

    CONTACT = "contact"
    """Names, addresses, e-mail and telephone of a clinician."""
    MONEY = "money"
    """What the clinician is paid."""
    COMMERCIAL = "commercial"
    """What the client is billed, what the agency spends, what is at stake."""


@dataclass(frozen=True, slots=True)
class Role:
    """One role: who has it, whose objects it reaches, which classes of fields it is shown."""

    who: str
    scope: Scope
    fields: frozenset[Field]


def _shown(*fields: Field) -> frozenset[Field]:
    return frozenset(fields)


_BASIC = _shown(Field.CONTACT, Field.MONEY, Field.COMMERCIAL)

ROLES: Mapping[str, Role] = {
    "recruiter": Role("brings offers in; a system of theirs reaches its own source alone", Scope.ALL, _BASIC),
    "coordinator": Role("sees an assignment through, from offer to end", Scope.TEAM, _BASIC),
    "credentialing_specialist": Role("checks what a clinician must hold", Scope.TEAM, _shown(Field.CONTACT)),
    "payroll_specialist": Role("prepares pay", Scope.TEAM, _BASIC),
    "housing_specialist": Role("finds and books housing", Scope.TEAM, _BASIC),
    "timekeeping_specialist": Role("keeps shifts and hours", Scope.TEAM, _shown(Field.CONTACT)),
    "lead": Role("answers for the back office", Scope.ALL, frozenset(Field)),
    "payroll_preparer": Role("puts a pay run together", Scope.ALL, _BASIC),
    "payroll_approver": Role("releases a pay run that somebody else prepared", Scope.ALL, _BASIC),
    "facility_approver": Role("confirms hours for a facility", Scope.FACILITY, _shown()),
    "clinician": Role("comes by a link, for themselves", Scope.OWN, _shown(Field.CONTACT, Field.MONEY)),
    "status_reader": Role("follows one assignment by a link", Scope.ASSIGNED, _shown()),
    "virtual_specialist": Role("helps from afar, by grants with an end", Scope.ASSIGNED, _shown()),
    "auditor": Role("reads the audit and changes nothing", Scope.ALL, _shown()),
    "administrator": Role("keeps people, clients and settings; sees no assignment", Scope.ALL, _shown()),
    "operator": Role("keeps the machinery running", Scope.ALL, _shown()),
}

NEVER_BY_GRANT = frozenset(
    {"private.record", "private.read", "private.reveal", "holds.place", "holds.release"}
    | {"files.changes"}
    | {"exclusions.decide", "exclusions.approve"}
    | {"numbers.reveal", "clinicians.export", "documents.read_health", "documents.read_background", "documents.read_i9"}
)
"""Actions that no grant lets anybody take: what is private stays with those who work here."""

ABOUT_ONESELF = frozenset({"me.read", "me.change", "settings.read", "rules.read"})
"""Actions on one's own account, or on what the agency tells everybody here: whoever has the role, however bounded."""

ABOUT_THE_WHOLE = frozenset(
    {"backlog.read", "parked.read", "parked.settle", "clock.read", "clock.advance", "audit.read"}
    | {"holds.place", "holds.read", "holds.release", "rules.write"}
    | {"measures.read", "measures.draw", "measures.audit"}
    | {"lists.read", "lists.load"}
)
"""Actions on what belongs to no assignment: for those alone who reach every one."""

GRANTABLE = frozenset(
    {"credentialing_specialist", "payroll_specialist", "housing_specialist", "timekeeping_specialist"}
)
"""The roles in which a virtual specialist may be let act."""
