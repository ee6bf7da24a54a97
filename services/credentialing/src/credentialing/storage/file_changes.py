"""What changed in files, the latest last."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.file_change import FileChange
from credentialing.storage.tables import file_change
from shared.db.documents import Documents

NEWEST = 200


def _columns(value: FileChange) -> Mapping[str, object]:
    return {"change_id": value.change_id, "file_id": value.file_id, "at": value.at}


_changes = Documents(file_change, FileChange, _columns)
save = _changes.save


async def of_file(session: AsyncSession, file_id: str) -> tuple[FileChange, ...]:
    """The newest 200 changes of a file, the latest first; ids sort by time."""
    statement = (
        select(file_change)
        .where(file_change.c.file_id == file_id)
        .order_by(file_change.c.change_id.desc())
        .limit(NEWEST)
    )
    return tuple(_changes.value(row.version, row.body) for row in await session.execute(statement))
