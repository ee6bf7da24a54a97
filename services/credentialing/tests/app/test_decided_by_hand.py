"""What a person decided is asked of no source any more, and no late answer undoes it."""

import pytest

from credentialing.app.reject_credential import RejectCredential, reject_credential
from credentialing.app.verify_credential import VerifyCredential, verify_credential
from credentialing.domain.held import HeldStatus
from credentialing.domain.sources.answer import Pending, Trouble
from credentialing.domain.sources.catalogue import BACKGROUND, LICENCES
from credentialing.domain.sources.inquiry import TRIES_BEFORE_PEOPLE, State, about_claim
from credentialing.domain.sources.vendor_event import read_event
from credentialing.storage import credentials, source_results
from credentialing.storage.numbers import Numbers
from services.credentialing.tests.app.asking import (
    CONFIRMED,
    READER,
    Scripted,
    begun,
    heard,
    known,
    make_due,
    only,
    turn,
    with_all_but_the_licence,
)
from services.credentialing.tests.builders import (
    CLINICIAN,
    held_for,
    some_facility,
    some_held,
    some_offer,
    some_requirements,
)
from services.credentialing.tests.consumers.test_consumers import holds, stored
from shared.contracts.workstreams import WorkItemCompleted, WorkItemOpened, WorkItemWithdrawn
from shared.principal import Principal
from shared.vault.keys import FileKeys
from shared.vault.vault import Vault

PERSON = Principal(subject="per_specialist")


async def verified(works, code: str) -> None:
    async with works.begin(PERSON) as work:
        await verify_credential(
            work, VerifyCredential(file_id=(await stored(works)).file_id, code=code, source="Board")
        )


async def rejected(works, code: str) -> None:
    async with works.begin(PERSON) as work:
        command = RejectCredential(file_id=(await stored(works)).file_id, code=code, because="Of somebody else.")
        await reject_credential(work, command)


async def states(works) -> list[State]:
    return [one.state for one in await known(works)]


async def claim(works, code: str):
    async with works.begin(READER) as work:
        (found,) = [one for one in await credentials.of_clinician(work.session, CLINICIAN) if one.code == code]
    return found


async def test_who_confirmed_a_claim_has_answered_the_question_about_it(house, works):
    await with_all_but_the_licence(house, works, "1234577")
    for _ in range(TRIES_BEFORE_PEOPLE):
        await turn(works, only(Scripted(Trouble(why="away"))))
        await make_due(works)
    await verified(works, "LIC-RN")
    source = Scripted(CONFIRMED)
    await turn(works, only(source))
    (closed,) = await known(works)
    assert (closed.state, closed.last_trouble, source.questions) == (State.ANSWERED, "A person confirmed it.", [])
    (item,) = [one for one in await house.said(WorkItemOpened) if one.kind == "source_unavailable"]
    assert item.work_item_id in [one.work_item_id for one in await house.said(WorkItemCompleted)]


async def test_bad_news_still_finds_what_a_person_confirmed(house, works, vault_key_file):
    numbers = Numbers(Vault("credentialing", FileKeys(str(vault_key_file))))
    await with_all_but_the_licence(house, works, "1234577")
    await verified(works, "LIC-RN")
    licence = {"jurisdiction": "CO", "number": "1234577", "kind": "RN", "status": "Suspended"}
    event = read_event(LICENCES, {"id": "evt_1", "type": "licence.changed", "data": {"licence": licence}})
    assert event is not None
    assert await heard(works, event, numbers) == "applied"
    assert (await claim(works, "LIC-RN")).status is HeldStatus.REJECTED


async def test_who_refused_a_claim_waits_for_no_answer(house, works):
    await with_all_but_the_licence(house, works, "1234577")
    for _ in range(TRIES_BEFORE_PEOPLE):
        await turn(works, only(Scripted(Trouble(why="away"))))
        await make_due(works)
    await rejected(works, "LIC-RN")
    source = Scripted(CONFIRMED)
    await turn(works, only(source))
    assert (await states(works), source.questions) == ([State.DROPPED], [])
    assert (await claim(works, "LIC-RN")).status is HeldStatus.REJECTED
    (item,) = [one for one in await house.said(WorkItemOpened) if one.kind == "source_unavailable"]
    assert item.work_item_id in [one.work_item_id for one in await house.said(WorkItemWithdrawn)]


async def test_an_answer_on_its_way_confirms_nothing_that_was_refused_meanwhile(house, works):
    await with_all_but_the_licence(house, works, "1234577")

    async def refuse() -> None:
        await rejected(works, "LIC-RN")

    await turn(works, only(Scripted(CONFIRMED, before=refuse)))
    assert (await claim(works, "LIC-RN")).status is HeldStatus.REJECTED


@pytest.fixture
async def ordered(house, works):
    """A county search is ordered; everything else is there."""
    asked = next(one for one in some_requirements() if one.code == "BG-COUNTY")
    waiting = some_held(asked, status=HeldStatus.PENDING, verified_on=None, verified_by=None, source=None)
    await holds(works, [*held_for(but=["BG-COUNTY"]), waiting])
    await house.say(some_facility(), some_offer())
    await begun(works, about_claim(waiting), by_person=True)
    await turn(works, only(Scripted(Pending(reference="can_1", again_in_seconds=600)), BACKGROUND))


@pytest.mark.parametrize(
    ("decide", "effect", "status", "results"),
    [(rejected, "ignored", HeldStatus.REJECTED, 0), (verified, "applied", HeldStatus.VERIFIED, 1)],
)
async def test_a_vendors_message_undoes_no_refusal(works, ordered, decide, effect, status, results):
    await decide(works, "BG-COUNTY")
    report = {"id": "rep_1", "candidate_id": "can_1", "status": "complete", "result": "clear"}
    event = read_event(BACKGROUND, {"id": "evt_1", "type": "report.completed", "data": {"object": report}})
    assert event is not None
    assert await heard(works, event) == effect
    assert (await claim(works, "BG-COUNTY")).status is status
    async with works.begin(READER) as work:
        assert len(await source_results.of_clinician(work.session, CLINICIAN)) == results
