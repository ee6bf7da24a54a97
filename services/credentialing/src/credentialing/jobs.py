"""What credentialing does by itself: it looks again at assignments over which time passed, and asks sources."""

import asyncio
from dataclasses import dataclass, replace
from functools import partial

from credentialing.app.adopt_rules import adopt_rules
from credentialing.app.answer_inquiry import answer_inquiry
from credentialing.app.claim_inquiries import Due, claim_inquiries
from credentialing.app.finish_check import finish_check
from credentialing.app.finish_packet import finish_packet
from credentialing.app.give_notices import give_notices
from credentialing.app.keep_expirables import keep_expirables
from credentialing.app.let_documents_go import let_documents_go
from credentialing.app.load import load
from credentialing.app.look_again import look_again
from credentialing.app.move_exclusion_cases import move_exclusion_cases
from credentialing.app.queries import documents, packets
from credentialing.app.queries.screening import whom_to_search
from credentialing.app.remind_outside import remind_outside
from credentialing.app.screen_people import screen_people
from credentialing.app.set_aside_inquiries import set_aside_inquiries
from credentialing.app.sweep_files import sweep_files
from credentialing.app.watch_packets import watch_packets
from credentialing.clients.bindery import Bindery, Bound
from credentialing.clients.desk import Desk
from credentialing.clients.sources import AT_ONCE, Sources
from credentialing.domain.sources.catalogue import SAM
from credentialing.storage.numbers import Numbers
from credentialing.storage.screening_index import Indexes
from credentialing.storage.screening_people import People
from shared.db.work import Work, Works
from shared.principal import system
from shared.runtime.jobs import Errand, Job, Jobs
from shared.workstreams.looking import SWEEP_SECONDS, sweep

jobs = Jobs()
jobs.every(seconds=SWEEP_SECONDS)(sweep(load, look_again))
jobs.every(seconds=SWEEP_SECONDS)(adopt_rules)

KEEP_SECONDS = 15
NOTICE_SECONDS = 60

reminding = Jobs()
"""What runs out is read from changed files, and reminded of step by step."""
reminding.every(seconds=KEEP_SECONDS)(keep_expirables)
reminding.every(seconds=NOTICE_SECONDS)(give_notices)
reminding.every(seconds=NOTICE_SECONDS)(remind_outside)

ASK_SECONDS = 2
SET_ASIDE_SECONDS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class _Private:
    """Opens what a question needs of a person; nothing of it is kept."""

    numbers: Numbers
    people: People

    async def opened(self, work: Work, due: Due) -> Due:
        """The question with the number in clear, or with whom to search for, as its source needs it."""
        inquiry, asked = due.claimed.inquiry, due.question
        if inquiry.asked_of == SAM:
            whom = await whom_to_search(work, self.people, clinician_id=inquiry.about.clinician_id)
            return replace(due, question=replace(asked, number=None, screened=whom))
        if asked.number is None or asked.number != inquiry.about.number:
            return due
        return replace(due, question=replace(asked, number=(await self.numbers.cleared(work, inquiry.about)).number))


def asking(sources: Sources, numbers: Numbers, *, people: People) -> tuple[Job | Errand, ...]:
    """Puts what is due to each source that is set up, and sets aside what waits for another."""

    async def set_aside(work: Work) -> int:
        return await set_aside_inquiries(work, sources.names)

    errands = (_errand(sources, name, private=_Private(numbers=numbers, people=people)) for name in sources.names)
    return Job("set_aside_inquiries", set_aside, SET_ASIDE_SECONDS), *errands


def _errand(sources: Sources, name: str, *, private: _Private) -> Errand:
    async def ask(works: Works) -> int:
        async with works.begin(system(works.service)) as work:
            due = await claim_inquiries(work, name, at_most=AT_ONCE)
            due = [await private.opened(work, one) for one in due]
        outcomes = await asyncio.gather(*(_ask(works, sources, one) for one in due), return_exceptions=True)
        for defect in (one for one in outcomes if one is not None):
            raise defect  # the others were settled; this one is asked again when its lease ends
        return len(due)

    return Errand(f"ask_{name}", ask, ASK_SECONDS)


async def _ask(works: Works, sources: Sources, due: Due) -> None:
    answer = await sources.ask(due.claimed.inquiry.asked_of, due.question)
    async with works.begin(system(works.service)) as work:
        await answer_inquiry(work, due.claimed, answer=answer)


SCREEN_SECONDS = 15


def screening(people: People) -> tuple[Job, ...]:
    """Screens whoever is due against the newest release of each list, and keeps open cases with their people."""
    screen = partial(screen_people, people=people, indexes=Indexes())
    return (
        Job("screen_people", screen, SCREEN_SECONDS),
        Job("move_exclusion_cases", move_exclusion_cases, SCREEN_SECONDS),
    )


SCAN_SECONDS = 30
JUDGE_SECONDS = 3600
SWEEP_FILES_SECONDS = 86_400


def keeping_documents(desk: Desk) -> tuple[Job | Errand, ...]:
    """Has scanned what waits for the scanner, lets go what need not be kept, and removes what no document has."""

    async def judge(work: Work) -> int:
        found = await documents.clinicians_to_judge(work)
        for clinician_id in found:
            await let_documents_go(work, clinician_id, desk=desk)
        return len(found)

    return (
        Errand("scan_documents", partial(_scan, desk=desk), SCAN_SECONDS),
        Job("let_documents_go", judge, JUDGE_SECONDS),
        Job("sweep_files", partial(sweep_files, desk=desk), SWEEP_FILES_SECONDS),
    )


async def _scan(works: Works, *, desk: Desk) -> int:
    async with works.begin(system(works.service)) as work:
        waiting = await documents.waiting_check(work, desk=desk)
    if waiting is None:
        return 0
    document, key = waiting
    verdict = await desk.verdict(document.file, key=key)
    if verdict is None:
        return 0
    async with works.begin(system(works.service)) as work:
        await finish_check(work, document.document_id, verdict=verdict, desk=desk)
    return 1


BUILD_SECONDS = 2
WATCH_SECONDS = 15


def sending_packets(desk: Desk, bindery: Bindery, *, agency: str) -> tuple[Job | Errand, ...]:
    """Makes the PDFs of packets that were asked for, and looks whether those that clients have are stale."""
    return (
        Errand("build_packets", partial(_build_packet, desk=desk, bindery=bindery, agency=agency), BUILD_SECONDS),
        Job("watch_packets", watch_packets, WATCH_SECONDS),
    )


async def _build_packet(works: Works, *, desk: Desk, bindery: Bindery, agency: str) -> int:
    async with works.begin(system(works.service)) as work:
        order = await packets.next_order(work, desk=desk, agency=agency)
    if order is None:
        return 0
    if order.key is None:
        async with works.begin(system(works.service)) as work:
            await finish_packet(work, order.packet_id, bound=Bound(faulty=order.missing), desk=desk)
        return 1
    async with bindery.bound(order.volumes, key=order.key) as bound, works.begin(system(works.service)) as work:
        await finish_packet(work, order.packet_id, bound=bound, key_id=order.key.key_id, desk=desk)
    return 1
