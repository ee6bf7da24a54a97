"""Those whose page went away without a word are there no more after a minute."""

from portal.storage import presence
from shared.db.work import Work


async def forget_presence(work: Work) -> int:
    """Deletes what was not renewed for a minute; how many rows."""
    return await presence.forget(work.session)
