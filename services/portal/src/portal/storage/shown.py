"""Which classes of fields a unit of work may show."""

from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.session import memory_of
from shared.roles import Field


def shows(session: AsyncSession, field: Field) -> bool:
    """Whether fields of this class may be shown to whom the unit of work is for; the service itself sees all."""
    reach = memory_of(session).reach
    return reach is None or field in reach.fields
