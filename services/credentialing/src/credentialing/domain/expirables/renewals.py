"""What of an open file must be renewed before the assignment ends, once it is time to begin."""

from dataclasses import dataclass
from datetime import date, timedelta

from credentialing.domain.expirables.cadence import LICENCE, notice_days
from credentialing.domain.expirables.expirable import lasts, lead_days
from credentialing.domain.file import File
from credentialing.domain.item import Item, ItemStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalDue:
    """An item that is met now and runs out in the assignment.

    `begin_by` is the last day to begin for the renewal to be confirmed in time, `blocks_from` the first work date that
    is stopped without it. `is_received`: a renewal came in and waits to be confirmed.
    """

    item: Item
    expires_on: date
    begin_by: date
    blocks_from: date
    is_received: bool


def renewals(file: File, today: date) -> tuple[RenewalDue, ...]:
    """The renewals to ask for today, in the order of the file: from the day of the first notice on.

    What only had to be valid at the start blocks nothing later, and is not renewed for the assignment.
    """
    if not file.is_open:
        return ()
    found = (_renewal(item, today) for item in file.items)
    return tuple(one for one in found if one is not None)


def _renewal(item: Item, today: date) -> RenewalDue | None:
    asked, through, blocks_from = item.requirement, item.valid_through, item.blocks_shifts_from
    if item.status is not ItemStatus.VERIFIED or through is None or blocks_from is None or not lasts(asked):
        return None
    lead = lead_days(asked)
    first_notice = notice_days(lead, is_licence=asked.code.startswith(LICENCE))[0]
    if today < through - timedelta(days=first_notice):
        return None
    return RenewalDue(
        item=item,
        expires_on=through,
        begin_by=through - timedelta(days=lead),
        blocks_from=blocks_from,
        is_received=item.renewal_id is not None,
    )
