"""Somebody's own settings as their page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from portal.api.views.written import plural
from portal.app.queries.me import Account
from portal.domain.words import kind_words
from shared.principal import Principal
from shared.roles import ROLES, Field

_SHOWN: Mapping[Field, str] = {
    Field.CONTACT: "clinicians' names and contacts",
    Field.MONEY: "pay",
    Field.COMMERCIAL: "bills and what is at stake",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleWords:
    """A role's name, and who has it."""

    name: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantWords:
    """A grant: in which role, for what, until when."""

    name: str
    what: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionWords:
    """One browser in which somebody is signed in."""

    is_here: bool
    began_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """What the page of one's own settings shows."""

    email: str
    facts: tuple[tuple[str, str], ...]
    roles: tuple[RoleWords, ...]
    grants: tuple[GrantWords, ...]
    shown: str
    sessions: tuple[SessionWords, ...]


def page_of(
    account: Account, *, principal: Principal, fields: frozenset[Field], session_hash: str | None
) -> AccountPage:
    """The page of whoever asks; of somebody whom identity has not told of yet, what their token says."""
    person = account.person
    shown = [_SHOWN[field] for field in Field if field in fields]
    return AccountPage(
        email=person.email if person else "",
        facts=(
            ("Name", person.name if person else principal.subject),
            ("Team", (person.team if person else None) or "None: every facility is yours to see"),
            ("Time zone", account.zone),
        ),
        roles=tuple(
            RoleWords(name=kind_words(role), who=ROLES[role].who) for role in sorted(principal.roles) if role in ROLES
        ),
        grants=tuple(
            GrantWords(
                name=kind_words(grant.role),
                what=plural(len(grant.assignments), "assignment") if grant.assignments else "the whole queue",
                until=grant.until,
            )
            for grant in principal.grants
        ),
        shown=f"You are shown {', '.join(shown)}." if shown else "Names, pay and bills are not shown to you.",
        sessions=tuple(
            SessionWords(is_here=one.session_hash == session_hash, began_at=one.began_at, seen_at=one.seen_at)
            for one in account.sessions
        ),
    )
