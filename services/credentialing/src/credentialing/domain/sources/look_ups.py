"""Which items of a file are looked up without anybody showing anything, and when once more."""

from datetime import date

from credentialing.domain.file import File
from credentialing.domain.item import Item, ItemStatus
from credentialing.domain.sources.catalogue import Begins, route_of
from credentialing.domain.sources.inquiry import About
from credentialing.domain.validity import Lack, opens_on


def look_ups(file: File) -> tuple[Item, ...]:
    """The items that are missing and whose source answers unasked; of a closed file none."""
    if not file.is_open:
        return ()
    return tuple(one for one in file.items if one.status is ItemStatus.MISSING and _is_looked_up(one))


def aged_look_ups(file: File, today: date) -> tuple[Item, ...]:
    """Those that were looked up too long before the start, once a look of today would count for it."""
    return tuple(one for one in look_ups(file) if one.lack is Lack.TOO_OLD_FOR_START and _would_count(one, file, today))


def opened_on(item: Item, file: File) -> date:
    """The first day on which a look-up of the item counts for the start of this file."""
    return opens_on(item.requirement.validity, file.terms.start_date) or date.min


def about_look_up(file: File, item: Item) -> About:
    """What the source is asked: the requirement of this clinician, by no claim."""
    return About(clinician_id=file.clinician_id, code=item.code, subject=item.requirement.subject)


def _is_looked_up(item: Item) -> bool:
    route = route_of(item.code)
    return route is not None and route.begins is Begins.WITH_FILE


def _would_count(item: Item, file: File, today: date) -> bool:
    """Of a window before the start the last day is the start; what is monitored is looked up later, too."""
    is_over = item.requirement.validity.window_days is not None and today > file.terms.start_date
    return opened_on(item, file) <= today and not is_over
