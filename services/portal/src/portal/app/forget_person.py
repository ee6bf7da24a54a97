"""Somebody is to be forgotten."""

from portal.app.change_item import change_item
from portal.domain.item import unowned
from portal.storage import saved_views, words_to_forget, work_items
from shared.contracts.identity import PersonErased
from shared.db.work import Work

MOST_ITEMS = 5000


async def forget_person(work: Work, erasure: PersonErased) -> None:
    """Notes and tasks about a clinician lose their words; open items of a person are nobody's again, their views gone.

    Names need nothing: they are read from the copies of states, which a tombstone removes.
    """
    await words_to_forget.blank(work.session, clinician_id=erasure.subject)
    await saved_views.forget(work.session, erasure.subject)
    ids = await work_items.open_of_owner(work.session, erasure.subject, limit=MOST_ITEMS)
    await work_items.load_to_change(work.session, ids)
    for work_item_id in ids:
        await change_item(work, work_item_id, decide=lambda item: unowned(item, now=work.now))
