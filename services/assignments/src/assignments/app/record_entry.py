"""The last step of every entry into the directory."""

from dataclasses import dataclass
from typing import Generic

from assignments.domain.directory import E, Listed, enter
from assignments.storage.directory import Directory
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered(Generic[E]):
    """The entry as it stands now, and whether it is new."""

    listed: Listed[E]
    is_new: bool


async def record_entry(work: Work, directory: Directory[E], *, known: Listed[E] | None, entry: E) -> Entered[E]:
    """Saves and publishes the entry when it says anything new; saying the same again changes nothing."""
    listed = enter(known, entry)
    if listed is not known:
        listed = await directory.save(work.session, listed)
        work.publish(listed.entry, version=listed.version)
    return Entered(listed=listed, is_new=known is None)
