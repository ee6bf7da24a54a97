"""A file asks for what is looked up without anybody showing anything."""

from credentialing.app.begin_inquiry import begin_inquiry
from credentialing.domain.file import File
from credentialing.domain.sources.look_ups import about_look_up, look_ups
from shared.db.work import Work


async def begin_look_ups(work: Work, file: File) -> None:
    """Begins the look-ups of every item that is still missing; what was begun before goes on."""
    for item in look_ups(file):
        await begin_inquiry(work, about_look_up(file, item))
