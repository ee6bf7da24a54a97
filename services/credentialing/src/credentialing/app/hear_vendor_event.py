"""A source says something by itself."""

from collections.abc import Sequence
from dataclasses import replace

from credentialing.app.record_inquiry import record_inquiry
from credentialing.app.take_answer import take_answer
from credentialing.domain.sources.answer import Pending, RequestError, Trouble
from credentialing.domain.sources.background import INVITATION, REPORTS, judge_work
from credentialing.domain.sources.catalogue import BACKGROUND, LICENCES
from credentialing.domain.sources.inquiry import Inquiry, State, after_pending, asked_again
from credentialing.domain.sources.notice import judge_notice, licence_named, meant_by
from credentialing.domain.sources.vendor_event import VendorEvent
from credentialing.storage import files, inquiries, vendor_events
from credentialing.storage.numbers import Numbers
from shared.db.work import Work

APPLIED, IGNORED, OLDER, UNMATCHED = "applied", "ignored", "older", "unmatched"


async def hear_vendor_event(work: Work, event: VendorEvent, *, numbers: Numbers) -> str:
    """What the event did: `applied`, `ignored` (not of a kind that matters), `older` (overtaken), `unmatched`.

    A repetition does nothing and is `ignored`. An action against a licence takes the clearance at once. Raises
    VaultUnavailable where numbers cannot be compared; the source sends it again.
    """
    concerned = await _concerned(work, event, numbers=numbers)
    effect = _effect(event, concerned)
    if not await vendor_events.keep(work.session, event, effect=effect):
        return IGNORED
    if effect == APPLIED:
        for inquiry in concerned:
            await (
                _hear_order(work, inquiry, event) if event.source == BACKGROUND else _hear_notice(work, inquiry, event)
            )
            work.audit("vendor_events.hear", object_id=inquiry.inquiry_id, details={"event": event.event_id})
    return effect


async def _concerned(work: Work, event: VendorEvent, *, numbers: Numbers) -> Sequence[Inquiry]:
    """The questions that the event is about, locked; after the files of their clinicians, as everybody locks them."""
    found = await _named(work, event, numbers=numbers)
    for clinician_id in sorted({one.about.clinician_id for one in found}):
        await files.open_of_clinician(work.session, clinician_id)
    return [await inquiries.to_change(work.session, one.inquiry_id) for one in found]


async def _named(work: Work, event: VendorEvent, numbers: Numbers) -> Sequence[Inquiry]:
    if event.source == BACKGROUND and event.reference:
        await inquiries.hold_reference(work.session, event.source, reference=event.reference)
        return (await inquiries.of_reference(work.session, event.source, reference=event.reference))[-1:]
    licence = licence_named(event) if event.source == LICENCES else None
    if licence is None or licence.number is None:
        return []
    marked = replace(licence, mark=await numbers.mark(licence.number))
    ways = [way for way in (marked.looked_up, licence.looked_up) if way is not None]
    alike = await inquiries.of_looked_up(work.session, event.source, looked_up=ways)
    newest = {(one.about.clinician_id, one.about.credential_id): one for one in alike}
    return [one for one in newest.values() if meant_by(event, await numbers.cleared(work, one.about))]


def _effect(event: VendorEvent, concerned: Sequence[Inquiry]) -> str:
    subject = event.kind.partition(".")[0]
    if event.source == BACKGROUND and subject not in (*REPORTS, INVITATION):
        return IGNORED
    if not concerned:
        return UNMATCHED
    if event.source == BACKGROUND and concerned[0].state is State.DROPPED:
        return IGNORED
    heard = concerned[0].heard_at
    if event.source == BACKGROUND and event.made_at and heard and event.made_at < heard:
        return OLDER
    is_late = subject == INVITATION and concerned[0].state is State.ANSWERED
    return IGNORED if is_late else APPLIED


async def _hear_order(work: Work, inquiry: Inquiry, event: VendorEvent) -> None:
    is_invitation = event.kind.partition(".")[0] == INVITATION
    answer = judge_work(event.thing, reference=inquiry.reference or "", is_invitation=is_invitation)
    heard = replace(inquiry, heard_at=event.made_at or inquiry.heard_at)
    if isinstance(answer, Pending):
        await record_inquiry(work, after_pending(heard, answer))
        await inquiries.release(work.session, inquiry.inquiry_id, again_in_seconds=answer.again_in_seconds)
    elif not isinstance(answer, Trouble | RequestError):
        await take_answer(work, heard, answer=answer)


async def _hear_notice(work: Work, inquiry: Inquiry, event: VendorEvent) -> None:
    """Bad news counts at once. Good news is asked for: what extends a licence is never taken from a message."""
    answer = judge_notice(event, on=work.now.date())
    if answer is not None:
        await take_answer(work, inquiry, answer=answer)
        return
    await record_inquiry(work, asked_again(replace(inquiry, state=State.WAITING, reference=None)))
    await inquiries.release(work.session, inquiry.inquiry_id, again_in_seconds=0)
