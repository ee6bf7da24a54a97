"""When the items of files were asked for, came in and were confirmed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.forecast.course import Course
from credentialing.storage.tables import item_course

MOST_MEASURED = 2000


async def of_file(session: AsyncSession, file_id: str) -> Mapping[str, Course]:
    """The courses of a file's items, by code."""
    rows = await session.execute(select(item_course).where(item_course.c.file_id == file_id))
    return {row["code"]: Course(**row) for row in rows.mappings()}


async def save(session: AsyncSession, courses: Sequence[Course]) -> None:
    """Keeps the courses as they are now."""
    if not courses:
        return
    fresh = insert(item_course).values([asdict(one) for one in courses])
    moved = {"received_on": fresh.excluded.received_on, "confirmed_on": fresh.excluded.confirmed_on}
    await session.execute(fresh.on_conflict_do_update(index_elements=["file_id", "code"], set_=moved))


async def confirmed(session: AsyncSession, codes: Collection[str]) -> Sequence[Course]:
    """The newest courses of these codes that have ended; at most 2000."""
    statement = (
        select(item_course)
        .where(item_course.c.code.in_(codes), item_course.c.confirmed_on.is_not(None))
        .order_by(item_course.c.confirmed_on.desc(), item_course.c.file_id, item_course.c.code)
        .limit(MOST_MEASURED)
    )
    return [Course(**row) for row in (await session.execute(statement)).mappings()]
