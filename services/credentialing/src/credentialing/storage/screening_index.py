"""The index of each list's newest release, kept in memory while there is somebody to screen."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.screening.index import ListIndex
from credentialing.domain.screening.release import Release
from credentialing.storage import screening_rows

IDLE_TURNS = 40
"""Turns without anybody to screen after which the memory is given back: ten minutes."""


class Indexes:
    """One index for each list, of the release that was asked for last; about 100 MB for a full one."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, ListIndex]] = {}
        self._idle = 0

    async def of(self, session: AsyncSession, release: Release) -> ListIndex:
        """The index of the release, made when it is not here. Others have their turn while it is being made."""
        self._idle = 0
        kept = self._kept.get(release.list_name)
        if kept is not None and kept[0] == release.release_id:
            return kept[1]
        self._kept.pop(release.list_name, None)
        index = ListIndex()
        async for entries in screening_rows.read(session, release.release_id):
            index.add(entries)
            await asyncio.sleep(0)
        self._kept[release.list_name] = (release.release_id, index)
        return index

    def rest(self) -> None:
        """Says that there was nobody to screen."""
        self._idle += 1
        if self._idle >= IDLE_TURNS:
            self._kept.clear()
