"""A file asks for what is looked up without anybody showing anything."""

from credentialing.app.begin_inquiry import begin_inquiry
from credentialing.domain.file import File
from credentialing.domain.item import ItemStatus
from credentialing.domain.sources.catalogue import Begins, route_of
from credentialing.domain.sources.inquiry import About
from shared.db.work import Work


async def begin_look_ups(work: Work, file: File) -> None:
    """Begins the look-ups of every item that is still missing; what was begun before goes on."""
    for item in file.items if file.is_open else ():
        route = route_of(item.code)
        if route is not None and route.begins is Begins.WITH_FILE and item.status is ItemStatus.MISSING:
            about = About(clinician_id=file.clinician_id, code=item.code, subject=item.requirement.subject)
            await begin_inquiry(work, about)
