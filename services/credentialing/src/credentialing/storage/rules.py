"""Rules: the package's own, every version that was edited, and what is known of facilities.

Each edit raises the number of the rule set. The book made of all of them is kept by the process under the id of the
last edit, so that asking costs one look at an index.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.rulebook.book import Rulebook, make_rulebook
from credentialing.domain.rulebook.place import FacilityFacts
from credentialing.domain.rulebook.rule import Rule
from credentialing.domain.rulebook.shipped import EDITION, RULES, SHIPPED
from credentialing.storage.in_force import InForce, ask_again, in_force
from credentialing.storage.tables import facility_facts, rule_edit, rule_version
from shared.db import locks
from shared.db.documents import Documents

LOCK_CLASS = 0x2B1E  # any number, the same in every process of credentialing
KEPT_BOOKS = 8
"""How many books a process keeps; more than one only while transactions overlap."""

_READ = "rulebook"
_RULE: TypeAdapter[Rule] = TypeAdapter(Rule)
_books: dict[str, Rulebook] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Who edited rules, and when; `edit_id` is new for each edit."""

    edit_id: str
    by: str
    at: datetime


async def rulebook(session: AsyncSession) -> Rulebook:
    """All rules as they are now, asked for once in a transaction. Its version is the number of the rule set."""
    if _READ not in session.info:
        session.info[_READ] = await _book(session, await in_force(session))
    book: Rulebook = session.info[_READ]
    return book


async def versions(session: AsyncSession, rule_id: str) -> Sequence[Rule]:
    """Every version of a rule, the package's first; empty when there is no such rule."""
    shipped = [rule for rule in RULES if rule.rule_id == rule_id]
    found = await session.scalars(
        select(rule_version.c.body).where(rule_version.c.rule_id == rule_id).order_by(rule_version.c.version)
    )
    return [*shipped, *map(_RULE.validate_json, found)]


async def to_change(session: AsyncSession) -> Rulebook:
    """The same as `rulebook`, while nobody else edits rules."""
    await locks.hold(session, LOCK_CLASS, names=["rules"])
    _forget(session)
    return await rulebook(session)


async def save(session: AsyncSession, rules: Sequence[Rule], *, edit: Edit) -> Sequence[Rule]:
    """Keeps new versions as one edit and returns them with the number of the rule set; call `to_change` before."""
    number = await _next_set(session, edit)
    saved = [replace(rule, rule_set=EDITION + number) for rule in rules]
    await session.execute(insert(rule_version), [_row(rule, number) for rule in saved])
    return saved


async def facts_of(session: AsyncSession, facility_id: str) -> FacilityFacts:
    """What is known of a facility; nothing, as version 0, before anybody said."""
    found = await _facts.one(session, facility_facts.c.facility_id, value=facility_id)
    return found or FacilityFacts(facility_id=facility_id)


async def save_facts(session: AsyncSession, facts: FacilityFacts, *, edit: Edit) -> FacilityFacts:
    """Keeps what is known of a facility as an edit of the rules; call `to_change` before."""
    number = await _next_set(session, edit)
    saved = await _facts.save(session, replace(facts, rule_set=EDITION + number))
    await session.flush()
    return saved


async def _next_set(session: AsyncSession, edit: Edit) -> int:
    number = (await rulebook(session)).version - EDITION + 1
    await session.execute(
        insert(rule_edit).values(rule_set=number, edit_id=edit.edit_id, edited_at=edit.at, edited_by=edit.by)
    )
    _forget(session)
    return number


def _forget(session: AsyncSession) -> None:
    session.info.pop(_READ, None)
    ask_again(session)


async def _book(session: AsyncSession, newest: InForce) -> Rulebook:
    edit_id, number = newest.edit_id, newest.rule_set
    if edit_id is None or number is None:
        return SHIPPED
    if edit_id not in _books:
        statement = select(rule_version.c.body).where(rule_version.c.rule_set <= number)
        stored = await session.scalars(statement.order_by(rule_version.c.rule_id, rule_version.c.version))
        rules = [*RULES, *map(_RULE.validate_json, stored)]
        places = await session.execute(select(facility_facts).where(facility_facts.c.rule_set <= EDITION + number))
        known = [_facts.value(row.version, row.body) for row in places]
        while len(_books) >= KEPT_BOOKS:
            _books.pop(next(iter(_books)))
        _books[edit_id] = make_rulebook(rules, version=EDITION + number, places=known)
    return _books[edit_id]


def _row(rule: Rule, number: int) -> Mapping[str, object]:
    return {
        "rule_id": rule.rule_id,
        "version": rule.version,
        "rule_set": number,
        "effective_from": rule.effective_from,
        "effective_to": rule.effective_to,
        "body": _RULE.dump_json(rule).decode(),
    }


def _columns(value: FacilityFacts) -> Mapping[str, object]:
    return {"facility_id": value.facility_id, "rule_set": value.rule_set}


_facts = Documents(facility_facts, FacilityFacts, _columns, noun="facility")
