"""The merged timeline, what waits for an event, and whom the portal forgets."""

import json
from datetime import UTC, date, datetime

from sqlalchemy import insert

from portal.storage.tables import note, timeline_entry, work_item
from services.portal.tests.builders import a_facility, a_statement, a_workstream, an_item, an_offer
from services.portal.tests.consumers.telling import row, rows, tell
from shared.contracts.assignments import AgreementSigned, OfferAccepted
from shared.contracts.event import decode
from shared.contracts.identity import PersonErased
from shared.contracts.payroll import InvoiceIssued
from shared.contracts.portal import WorkItemAssigned
from shared.testing.house import House

SIGNED = AgreementSigned(assignment_id="asg_1", terms_version=1, document_sha256="9f" * 32)
LATER = datetime(2026, 6, 1, tzinfo=UTC)


async def test_every_event_is_a_line_with_its_value_as_it_came(house: House) -> None:
    await house.say(an_offer())
    line = await row(house, timeline_entry)
    assert (line["service"], line["type"], line["key"]) == ("assignments", "offer.accepted", "asg_1")
    assert (line["aggregate_version"], line["actor"], line["correlation_id"]) == (1, "system:assignments", "corr-1")
    assert (line["assignment_id"], line["clinician_id"], line["facility_id"]) == ("asg_1", "cln_1", "fac_1")
    assert decode(OfferAccepted, line["payload"].encode()) == an_offer()


async def test_a_state_is_no_line(house: House) -> None:
    await house.say(a_facility())
    assert await rows(house, timeline_entry) == []


async def test_a_line_told_before_its_offer_belongs_to_the_clinician_afterwards(house: House) -> None:
    await tell(house, [(a_workstream(), "payroll"), (an_item(), "payroll")])
    assert {line["clinician_id"] for line in await rows(house, timeline_entry)} == {None}
    await house.say(an_offer())
    lines = await rows(house, timeline_entry)
    assert [(line["clinician_id"], line["facility_id"]) for line in lines] == [("cln_1", "fac_1")] * 3
    assert [line["work_item_id"] for line in lines] == [None, "wki_1", None]


async def test_what_is_about_no_assignment_is_a_line_of_its_own(house: House) -> None:
    await house.say(InvoiceIssued(invoice_id="inv_1", client_id="cli_1", issued_on=date(2026, 1, 5), total_cents=1))
    line = await row(house, timeline_entry)
    assert (line["key"], line["assignment_id"], line["clinician_id"]) == ("inv_1", None, None)


async def test_an_item_that_waited_for_an_event_is_back_when_it_comes(house: House) -> None:
    await tell(house, [(an_offer(), "assignments"), (an_item(), "payroll"), (an_item(work_item_id="wki_2"), "payroll")])
    async with house.works.engine.begin() as connection:
        await connection.execute(
            work_item.update().values(owner_id="per_1", snoozed_until=LATER, snoozed_for="agreement.signed", told=1)
        )
        await connection.execute(
            work_item.update().where(work_item.c.work_item_id == "wki_2").values(snoozed_for="pay.issued")
        )
    await house.say(SIGNED)
    awake, asleep = await rows(house, work_item)
    assert (awake["snoozed_until"], awake["snoozed_for"], awake["owner_id"]) == (None, None, "per_1")
    assert (asleep["snoozed_until"], asleep["snoozed_for"]) == (LATER, "pay.issued")
    (said,) = await house.said(WorkItemAssigned)
    assert (said.work_item_id, said.owner_id, said.snoozed_until) == ("wki_1", "per_1", None)
    assert await house.versions_said("portal.work_item.v1") == {"wki_1": [2]}


async def test_open_items_of_an_erased_person_are_nobodys(house: House) -> None:
    await tell(house, [(an_item(), "payroll"), (an_item(work_item_id="wki_2"), "payroll")])
    async with house.works.engine.begin() as connection:
        await connection.execute(work_item.update().values(owner_id="per_2", owner_note="call her first"))
        await connection.execute(work_item.update().where(work_item.c.work_item_id == "wki_1").values(owner_id="per_1"))
    await house.say(PersonErased(subject="per_1", requested_on=date(2026, 1, 5)))
    assert [each["owner_id"] for each in await rows(house, work_item)] == [None, "per_2"]
    assert [each["owner_note"] for each in await rows(house, work_item)] == [None, "call her first"]
    assert [said.work_item_id for said in await house.said(WorkItemAssigned)] == ["wki_1"]


def a_note(number: int, **columns: object) -> dict[str, object]:
    empty = {"assignment_id": None, "facility_id": None, "clinician_id": None, "source": None}
    whole = {"about": "assignment", "about_id": "asg_9", "author_id": "per_1", "at": LATER, "version": 1}
    body = json.dumps({"note_id": f"not_{number}", "text": "prefers nights", "version": 1})
    return {"note_id": f"not_{number}", "body": body, **whole, **empty, **columns}


async def test_notes_about_an_erased_clinician_lose_their_words(house: House) -> None:
    await tell(house, [(an_offer(), "assignments"), (an_item(), "payroll")])
    notes = [
        a_note(1, clinician_id="cln_1"),
        a_note(2, assignment_id="asg_1"),
        a_note(3, about="work_item", about_id="wki_1"),
        a_note(4, assignment_id="asg_9", clinician_id="cln_9"),
    ]
    async with house.works.engine.begin() as connection:
        await connection.execute(insert(note), notes)
        await connection.execute(
            work_item.update().values(owner_note="ask Ines", title="Call Ines", department="portal")
        )
    await house.say(PersonErased(subject="cln_1", requested_on=date(2026, 1, 5)))
    item = await row(house, work_item)
    assert (item["owner_note"], item["title"], item["is_open"]) == (None, None, True)
    words = [json.loads(each["body"])["text"] for each in await rows(house, note)]
    assert words == ["", "", "", "prefers nights"]
    await tell(house, [(a_statement(), "payroll")])  # and what comes later is taken all the same
