"""Names of people, clinicians, facilities and clients: read from the copies of their state, kept nowhere else.

Whoever is erased by a tombstone has no name here from then on.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import JSON, Text, cast, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.contracts.assignments import ClientChanged, ClinicianChanged, FacilityChanged
from shared.contracts.catalogue import state_topic_of
from shared.contracts.event import decode
from shared.contracts.identity import PersonChanged
from shared.db.driver import Statement
from shared.db.session import memory_of, run
from shared.db.tables import replica
from shared.roles import Field

PEOPLE = state_topic_of(PersonChanged).name
CLINICIANS = state_topic_of(ClinicianChanged).name
FACILITIES, CLIENTS = state_topic_of(FacilityChanged).name, state_topic_of(ClientChanged).name
PLACES = (FACILITIES, CLIENTS)
MOST_PEOPLE = 1000

_NAMES = Statement("""
    SELECT key, CAST(body AS json) ->> 'name' AS name FROM replica
    WHERE topic = ANY(CAST(:topics AS text[])) AND key = ANY(CAST(:keys AS text[]))
""")


async def names_of(session: AsyncSession, ids: Collection[str | None]) -> Mapping[str, str]:
    """The names of these people, clinicians, facilities and clients, by id, with one statement.

    Who is not known, or was erased, is left out; so are clinicians where the principal is not shown contacts.
    """
    keys = sorted({key for key in ids if key})
    if not keys:
        return {}
    topics = [PEOPLE, *PLACES, *([CLINICIANS] if shows_contacts(session) else [])]
    return {row["key"]: row["name"] for row in await run(session, _NAMES, topics=topics, keys=keys)}


async def people(session: AsyncSession) -> Sequence[PersonChanged]:
    """Everybody with an active account, by name; at most 1,000."""
    body = cast(replica.c.body, JSON)
    statement = (
        select(replica.c.body)
        .where(replica.c.topic == PEOPLE, body["is_active"].as_boolean())
        .order_by(body["name"].as_string(), replica.c.key)
        .limit(MOST_PEOPLE)
    )
    return [decode(PersonChanged, text.encode()) for text in await session.scalars(statement)]


async def people_called(session: AsyncSession, typed: str, *, most: int) -> Sequence[PersonChanged]:
    """People with an active account whose names have words that begin so, by name; the first of all for none."""
    body = cast(replica.c.body, JSON)
    name = body["name"].as_string()
    query = select(replica.c.body).where(replica.c.topic == PEOPLE, body["is_active"].as_boolean())
    if typed.strip():
        fits = func.name_words(replica.c.body).bool_op("@@")(func.name_query(cast(literal(typed), Text)))
        query = query.where(fits)
    found = await session.scalars(query.order_by(func.lower(name), replica.c.key).limit(most))
    return [decode(PersonChanged, text.encode()) for text in found]


def shows_contacts(session: AsyncSession) -> bool:
    """Whether the principal is shown clinicians' names."""
    reach = memory_of(session).reach
    return reach is None or Field.CONTACT in reach.fields
