"""Credentialing in depth: rules, papers, sources over HTTP, lists, packet, clearance, and what a lapse does to shifts.

In a system of its own: its clock moves, and its exclusion lists are about everybody in it.
"""

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta

import httpx
import pytest

from tests.journeys import exclusion_lists as lists
from tests.journeys.assignment import command, until
from tests.journeys.credentialing_desk import (
    ORDERED,
    PATIENCE_SECONDS,
    SERVICE,
    Desk,
    Json,
    business_day,
    facility,
    known,
    offered,
    plan_of,
    shifts_blocked,
    written,
)
from tests.journeys.department_work import LISTS
from tests.journeys.directory import fill_directory
from tests.journeys.papers import a_pdf
from tests.system import System, eventually, running_system

BORN = date(1984, 3, 11)
FITTING = ("Alma Ashgrove", "2123400998")
"""Of numbers that are not told to it the simulated registry invents the name: this one's is the same."""
DIFFERING = ("Bruno Birchall", "2123411029")
"""The two digits before the check digit make the registry name somebody else; numbers with a 2 in front are not given.
"""
CARD_DAYS = 730
"""A life support card is good for two years."""


@pytest.fixture(scope="module")
def system() -> Iterator[System]:
    """A system in test mode that no other test uses, with this month's exclusion lists."""
    with running_system("--test-mode") as system:
        asyncio.run(_prepare(system))
        yield system


async def _prepare(system: System) -> None:
    await fill_directory(system)
    day = await business_day(system)
    for name, content in (("leie", lists.leie()), ("sam", lists.sam()), ("state-co", lists.of_state())):
        await lists.load(system, name, content, posted_on=day)


async def test_from_the_offer_to_the_lapse_that_blocks_shifts(system: System) -> None:
    """INVARIANT: nobody works a shift that a credential does not cover, whatever was agreed, pushed or extended.

    What breaks it: a clearance that outlives a change of terms or a last day, a claim that counts before its source
    spoke, a plan of shifts that does not read how far the clearance reaches.
    """
    nurse = await known(system, "C-201", name="Wilhelmina Tarrow", email="wilhelmina@example.org")
    place = await facility(system, "F-9", "Lantern Hill")
    earlier = await offered(system, nurse, in_days=20, facility_reference=place)
    held = await _hold_cards(earlier)
    await command(system, earlier.assignment_id, "cancel", reason="low census")
    await _write_terms_of_client(earlier)

    desk = await offered(system, nurse, facility_reference=place)
    await _see_the_list(desk, held)
    await _bring_papers(desk)
    await _hear_sources(desk)
    await _have_packet_accepted(desk)
    await _be_cleared_provisionally(desk)
    await _push_and_renew(desk)
    await _extend_and_renew(desk)
    await _lapse(desk)


async def _hold_cards(desk: Desk) -> dict[str, str]:
    """Two things are verified for an assignment that falls through; their claims by code."""
    card = (await business_day(desk.system) - timedelta(days=CARD_DAYS - 170)).isoformat()
    await desk.bring("CERT-ACLS", issued_on=card)
    await desk.bring("IMM-MMR")
    return {code: (await desk.item(code))["credential_id"] for code in ("CERT-ACLS", "IMM-MMR")}


async def _write_terms_of_client(desk: Desk) -> None:
    """The client lets a card of basic life support run out on the way, and decides on the packet itself."""
    facility_id, day = (await desk.file())["facility_id"], (await business_day(desk.system)).isoformat()
    rule = {
        "level": "facility",
        "title": "Lantern Hill: basic life support is renewed on the way",
        "source": "contract of Lantern Hill, exhibit B",
        "when": {"facility": [facility_id]},
        "require": {"CERT-BLS": {"mode": "renew_by"}},
        "effective_from": day,
    }
    await written(desk.system, "/v1/rules/lantern-hill-renewals", rule)
    template = {
        "title": "Lantern Hill",
        "source": "contract of Lantern Hill, exhibit C",
        "files": [{"name": "{name} - {discipline} - Credentials.pdf", "partitions": ["personnel"]}],
        "attested": ["background", "health"],
        "attested_codes": ["EXC-*"],
        "order": ["LIC-*", "CERT-*"],
        "decides": "client",
        "effective_from": day,
    }
    await written(desk.system, f"/v1/facilities/{facility_id}/packet-template", template)


async def _see_the_list(desk: Desk, held: dict[str, str]) -> None:
    """Every item says by whose rules it is asked, and what was verified before is not asked again."""
    items = {one["code"]: one for one in (await desk.file())["items"]}
    assert {code: items[code]["credential_id"] for code in held if items[code]["is_met"]} == held
    assert {"LIC-RN", "CERT-BLS", "DRUG-10", "EMP-I9", "FAC-PACKET", *LISTS} <= set(items)
    assert all(item["rules"] for item in items.values())
    assert {"agency-life-support", "lantern-hill-renewals"} <= set(items["CERT-BLS"]["rules"])
    blockers = (await desk.look("why-not"))["blockers"]
    assert {"CERT-BLS", "LIC-RN"} <= {one["code"] for one in blockers} and not set(held) & {
        one["code"] for one in blockers
    }
    assert all(one["waits_for"] and one["earliest_on"] for one in blockers)


async def _bring_papers(desk: Desk) -> None:
    """Claims come in with the documents that they were read from; a claim alone clears nothing."""
    day = await business_day(desk.system)
    card = await desk.upload("CERT-BLS")
    claim = {"issued_on": (day - timedelta(days=CARD_DAYS - 40)).isoformat(), "document_id": card}
    received = await desk.receive("CERT-BLS", **claim)
    assert _item(received, "CERT-BLS")["status"] == "received"
    await desk.verify("CERT-BLS", "eCard of the American Heart Association")
    behind = await desk.behind("CERT-BLS")
    assert card in str(behind)
    await desk.bring_all(but=["LIC-RN", "FAC-PACKET", *ORDERED])


async def _hear_sources(desk: Desk) -> None:
    """The licence register, the background vendor and three exclusion lists answer."""
    day, paper = await business_day(desk.system), await desk.upload("LIC-RN")
    expires = (day + timedelta(days=300)).isoformat()
    await desk.receive("LIC-RN", issued_on="2024-01-05", expires_on=expires, number="RN.1234577", document_id=paper)
    licence = await desk.until_answered("LIC-RN", status="verified")
    assert licence["valid_through"] > expires, "the source's last day prevails over the claim's"
    await desk.order(*ORDERED)
    for code in LISTS:
        await desk.until(code, status="verified")
    await _everybody_screened(desk.system)
    assert await desk.open_codes() == ["FAC-PACKET"]


async def _have_packet_accepted(desk: Desk) -> None:
    """The client gets one PDF and decides on it; only that makes the file clear."""
    asked = await desk.command("credentialing_specialist", "packets", {})
    packet = f"packets/{asked['packet_id']}"
    made = await eventually(
        lambda: desk.look(packet), lambda found: found["state"] != "building", seconds=PATIENCE_SECONDS
    )
    assert (made["state"], made["faults"], [one["name"] for one in made["files"]]) == (
        "built",
        [],
        ["Wilhelmina Tarrow - RN - Credentials.pdf"],
    )
    sent = {"recipient": "Staffing office", "channel": "portal_upload"}
    await desk.command("credentialing_specialist", f"{packet}:send", sent)
    assert (await desk.file())["cleared_through"] is None
    said = {"decided_by": "R. Alvarez, medical staff office", "verdict": "accepted"}
    assert (await desk.command("credentialing_specialist", f"{packet}:decide", said))["state"] == "accepted"


async def _be_cleared_provisionally(desk: Desk) -> None:
    """Form I-9 may follow within three business days: shifts after its deadline are blocked until it is there."""
    file = await desk.until_cleared()
    late, card = _item(file, "EMP-I9"), _item(file, "CERT-BLS")
    assert (late["status"], late["is_trailing"]) == ("due_later", True)
    deadline = date.fromisoformat(late["blocks_shifts_from"])
    blocked = await shifts_blocked(desk.system, desk.assignment_id, through=deadline - timedelta(days=1))
    assert blocked and min(shift["work_date"] for shift in blocked) >= deadline.isoformat()
    for code in ("EMP-I9", "EMP-EV"):
        await desk.bring(code)
    last = _last_covered(card)
    blocked = await shifts_blocked(desk.system, desk.assignment_id, through=last)
    assert blocked and min(shift["work_date"] for shift in blocked) > last.isoformat()
    assert [one["outcome"] for one in (await desk.look("decisions"))["items"]] == ["granted", "granted"]
    await command(desk.system, desk.assignment_id, "confirm")
    await until(desk.system, desk.assignment_id, state="cleared")


async def _push_and_renew(desk: Desk) -> None:
    """The start moves out of the window of the drug screen; another one is taken when its window opens."""
    start = await business_day(desk.system) + timedelta(days=31)
    await command(desk.system, desk.assignment_id, "push-start", new_start=start.isoformat())
    file = await desk.until_terms(2)
    assert file["cleared_through"] is None and await desk.open_codes() == ["DRUG-10"]
    assert _item(file, "DRUG-10")["lack"] == "too_old_for_start"
    assert (await _last_decision(desk))["reason"] == "terms_changed"
    _travel(desk.system, "3d")
    await desk.bring("DRUG-10")
    await until(desk.system, desk.assignment_id, state="cleared")


async def _extend_and_renew(desk: Desk) -> None:
    """A longer assignment asks for longer credentials; a renewal counts once its source confirmed it."""
    start = date.fromisoformat((await desk.file())["start_date"])
    _travel(desk.system, f"{(start - await business_day(desk.system)).days}d")
    await command(desk.system, desk.assignment_id, "start", started_on=start.isoformat())
    end = date.fromisoformat((await desk.file())["end_date"]) + timedelta(days=80)
    await command(desk.system, desk.assignment_id, "extend", new_end=end.isoformat(), clinician_accepted=True)
    await desk.until_terms(3)
    card, until = await desk.item("CERT-ACLS"), (await desk.file())["cleared_through"]
    assert card["blocks_shifts_from"], "it is to be renewed on the way"
    assert until == min(_last_covered(card), _last_covered(await desk.item("CERT-BLS"))).isoformat()
    day = (await business_day(desk.system)).isoformat()
    paper = await desk.upload("CERT-ACLS", a_pdf("Advanced Cardiovascular Life Support", f"Issue date: {day}"))
    await desk.receive("CERT-ACLS", issued_on=day, document_id=paper)
    waiting = await desk.item("CERT-ACLS")
    assert waiting["blocks_shifts_from"] == card["blocks_shifts_from"], "a paper alone extends nothing"
    await desk.verify("CERT-ACLS")
    assert (await desk.item("CERT-ACLS"))["blocks_shifts_from"] is None
    assert (await desk.until_cleared())["cleared_through"] == _last_covered(await desk.item("CERT-BLS")).isoformat()


async def _lapse(desk: Desk) -> None:
    """The card runs out: the clearance goes by itself, and shifts are blocked; a renewal brings both back."""
    last = _last_covered(await desk.item("CERT-BLS"))
    _travel(desk.system, last.isoformat())
    assert (await desk.file())["cleared_through"] == last.isoformat()
    _travel(desk.system, "10d")
    await desk.until_cleared(False)
    assert (await _last_decision(desk))["reason"] == "credential_lapsed"
    blocked = await shifts_blocked(desk.system, desk.assignment_id, through=None)
    assert blocked and [one["work_date"] for one in blocked if one["work_date"] < last.isoformat()] == []
    await _work_all_the_same(desk, next(one for one in blocked if one["work_date"] > last.isoformat()))
    await desk.bring("CERT-BLS")
    file = await desk.until_cleared()
    assert file["cleared_through"] == file["end_date"]
    await shifts_blocked(desk.system, desk.assignment_id, through=date.fromisoformat(file["end_date"]))


async def _work_all_the_same(desk: Desk, shift: Json) -> None:
    """Hours that were worked are recorded and paid; that nobody was cleared for them stays written beside them."""
    plan, expected = await plan_of(desk.system, desk.assignment_id), shift["expected"]
    path = f"/v1/plans/{plan['plan_id']}/shifts/{shift['work_date']}:record-worked"
    worked = {
        "started_at": expected["starts_at"],
        "ended_at": expected["ends_at"],
        "unpaid_meal_minutes": 30,
    }
    answer = await desk.system.caller("lead").post("timekeeping", path, worked)
    assert answer.is_success, answer.text
    found = {one["work_date"]: one for one in answer.json()["shifts"]}
    assert found[shift["work_date"]]["uncleared"] is True


async def test_an_exclusion_takes_the_clearance_until_two_people_find_it_is_somebody_else(system: System) -> None:
    """INVARIANT: an open match stops the person; nobody releases it alone.

    What breaks it: a list that is taken in without a new search, a case that one person decides and approves.
    """
    nurse = await known(system, "C-202", name="Perpetua Hallowax", email="perpetua@example.org")
    desk = await offered(system, nurse)
    values = f"/v1/clinicians/{desk.clinician_id}/private-values/birth_date"
    await written(system, values, {"value": BORN.isoformat()})
    await desk.bring_all()
    await desk.until_cleared()

    day, listed = await business_day(system), lists.row("HALLOWAX", "PERPETUA", born=BORN)
    await lists.load(system, "leie", lists.leie(listed), posted_on=day)
    await desk.until_cleared(False)
    assert (await desk.item("EXC-LEIE"))["status"] == "rejected"
    assert (await _last_decision(desk))["reason"] == "exclusion"
    assert await shifts_blocked(system, desk.assignment_id, through=None)

    specialist, lead = system.caller("credentialing_specialist"), system.caller("lead")
    (case,) = (await lead.get(SERVICE, f"/v1/exclusion-cases?clinician_id={desk.clinician_id}")).json()["items"]
    assert (case["verdict"], case["reasons"]) == ("block", ["name_exact", "dob_exact"])
    found = {
        "found": "not_the_person",
        "reason": "The number does not match at the source; printed.",
        "document_id": await desk.upload("EXC-LEIE"),
    }
    path = f"/v1/exclusion-cases/{case['case_id']}"
    await desk.receive("EXC-LEIE", issued_on=day.isoformat())
    past_it = await lead.post(SERVICE, f"{desk.path}/items/EXC-LEIE:verify", {"source": "the list"})
    assert past_it.json()["code"] == "exclusion_case_stands"
    assert (await specialist.post(SERVICE, f"{path}:decide", found)).is_success
    assert (await specialist.post(SERVICE, f"{path}:approve")).json()["code"] == "approval_needs_another"
    assert (await desk.file())["cleared_through"] is None
    assert (await lead.post(SERVICE, f"{path}:approve")).json()["state"] == "released"
    file = await desk.until_cleared()
    await shifts_blocked(system, desk.assignment_id, through=date.fromisoformat(file["cleared_through"]))


async def test_a_multistate_licence_of_texas_is_authority_in_colorado_until_its_board_acts(system: System) -> None:
    home = {"street": "9 Pecan Street", "city": "Austin", "state": "TX", "zip": "78704"}
    nurse = await known(system, "C-203", name="Texana Brookes", email="texana@example.org", home=home)
    desk = await offered(system, nurse)
    day = await business_day(system)
    claim = {"issued_on": "2020-01-01", "expires_on": (day + timedelta(days=300)).isoformat(), "number": "4411277"}
    await desk.receive("LIC-RN", **claim, licence={"state": "TX", "type": "RN", "scope": "single_state"})
    refused = await desk.until_answered("LIC-RN", lack="not_authorized")
    assert (refused["is_met"], refused["basis"]) == (False, None) and refused["reasons"]

    await desk.receive("LIC-RN", **claim, licence={"state": "TX", "type": "RN", "scope": "multistate"})
    granted = await desk.until_answered("LIC-RN", is_met=True)
    assert granted["basis"] == "multistate_privilege"

    await _tell_news(system, jurisdiction="TX", number="4411277", kind="RN", status="Suspended", disciplines=[{}])
    assert (await desk.until("LIC-RN", is_met=False))["status"] == "rejected"


async def test_a_registry_confirms_a_number_that_nobody_brought_and_doubts_one_under_another_name(
    system: System,
) -> None:
    therapist = {"discipline": "PT", "specialties": ["REHAB"]}
    for reference, name, number in (("C-204", *FITTING), ("C-205", *DIFFERING)):
        await known(system, reference, name=name, email=f"{reference}@example.org", npi=number, **therapist)
    work: Json = {"discipline": "PT", "specialty": "REHAB", "unit": "TELE"}
    fitting, differing = [await offered(system, one, **work) for one in ("C-204", "C-205")]
    confirmed = await fitting.until("ID-NPI", status="verified")
    assert (confirmed["is_met"], confirmed["confirmed_by"]) == (True, "source")
    doubted = await differing.until("ID-NPI", status="received")
    assert (doubted["is_met"], doubted["waits_for"]) == (False, "specialist")


async def _tell_news(system: System, **news: object) -> None:
    """The licence register tells us about a licence by its own, signed message."""
    address = f"http://127.0.0.1:{system.parts['sources']['port']}/licences/news"
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(address, json=news)
    assert answer.json() == {"statuses": [200]}


async def _everybody_screened(system: System) -> None:
    async def left() -> list[int]:
        found = (await system.caller("lead").get(SERVICE, "/v1/exclusion-lists")).json()["items"]
        assert {one["code"] for one in found} == set(LISTS)
        return [one["active"] - one["screened"] for one in found]

    await eventually(left, lambda found: set(found) == {0}, seconds=PATIENCE_SECONDS)


async def _last_decision(desk: Desk) -> Json:
    decision: Json = (await desk.look("decisions"))["items"][0]
    return decision


def _last_covered(item: Json) -> date:
    """The last work date that an item covers which runs out on the way."""
    return date.fromisoformat(item["blocks_shifts_from"]) - timedelta(days=1)


def _item(file: Json, code: str) -> Json:
    found: Json = next(one for one in file["items"] if one["code"] == code)
    return found


def _travel(system: System, how_far: str) -> None:
    moved = system.command("clock", "advance", how_far)
    assert moved.returncode == 0, moved.stderr
