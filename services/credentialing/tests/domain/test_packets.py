"""What a packet holds by its template, what keeps it from being built, and what makes it another."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.domain.documents.document import Document, DocumentStatus, Origin
from credentialing.domain.documents.media import MediaType
from credentialing.domain.file import File, recheck, with_refusals
from credentialing.domain.held import HeldStatus
from credentialing.domain.item import ItemStatus, Waiver
from credentialing.domain.packets.changes import changed_items
from credentialing.domain.packets.judging import template_findings
from credentialing.domain.packets.naming import packet_file_name, pattern_fault
from credentialing.domain.packets.packet import Packet
from credentialing.domain.packets.plan import Gathered, plan
from credentialing.domain.packets.refusal import ClientRefusal
from credentialing.domain.packets.rules import rule_of
from credentialing.domain.packets.shipped import SHIPPED, ST_LUKES, USUAL
from credentialing.domain.packets.template import Decides, Handling, PacketFile, PacketTemplate, in_force
from credentialing.domain.requirement import Confirmer, Partition, Party
from credentialing.domain.rulebook.judging import rule_findings
from credentialing.domain.source_result import Outcome, SourceResult
from services.credentialing.tests.builders import (
    CLINICIAN,
    NOW,
    TODAY,
    held_for,
    some_file,
    some_held,
    some_requirements,
)
from shared.contracts.terms import Weekday

BLS = "CERT-BLS"
PARTS = {one.code: one.partition for one in some_requirements()}


def a_document(document_id: str, part: Partition, **overrides: Any) -> Document:
    """A card, ready."""
    document = Document(
        document_id=document_id,
        clinician_id=CLINICIAN,
        partition=part,
        media_type=MediaType.PDF,
        size=1000,
        sha256=document_id * 4,
        pages=1,
        status=DocumentStatus.READY,
        file="f" * 64,
        key_id="key_1",
        sealed_name="",
        uploaded_by="per_1",
        uploaded_at=datetime(2026, 11, 1, tzinfo=UTC),
        source=Origin.PORTAL,
        look_on=date(2027, 11, 1),
    )
    return replace(document, **overrides)


def everything(template: PacketTemplate = USUAL, *, attest: tuple[str, ...] = (), **but: Any) -> Gathered:
    """A file in which all is met, each credential with a document of its part; `but`: changed claims."""
    held = [
        replace(one, **{"document_id": f"doc_{PARTS[one.code]}", **but.get(one.code.replace("-", "_"), {})})
        for one in held_for(but=["FAC-PACKET"])
    ]
    parts = (Partition.PERSONNEL, Partition.HEALTH, Partition.BACKGROUND, Partition.I9)
    return Gathered(
        file=some_file(held),
        held={one.credential_id: one for one in held},
        results={},
        documents={f"doc_{part}": a_document(f"doc_{part}", part) for part in parts},
        template=template,
        today=TODAY,
        attest=attest,
    )


def a_packet(known: Gathered) -> Packet:
    return Packet(
        packet_id="pkt_1",
        file_id=known.file.file_id,
        assignment_id=known.file.assignment_id,
        clinician_id=CLINICIAN,
        facility_id=known.file.facility_id,
        number=1,
        snapshot=plan(known).snapshot,
        template=known.template,
        asked_by="per_1",
        asked_at=NOW,
    )


def findings(known: Gathered) -> set[tuple[str, str]]:
    return {(one.pointer, one.code) for one in plan(known).findings}


@pytest.mark.parametrize("partition", [Partition.I9, Partition.PAYROLL])
def test_no_template_sends_what_is_no_clients_business(partition):
    greedy = replace(USUAL, files=(PacketFile(name="all.pdf", partitions=tuple(Partition)),), attested=())
    assert greedy.handling("EMP-I9", partition, on=TODAY) is Handling.WITHHELD


def test_a_report_that_may_not_be_passed_on_is_attested_whatever_the_template_says():
    assert ST_LUKES.handling("BG-PA-PSP", Partition.BACKGROUND, on=TODAY) is Handling.ENCLOSED
    assert ST_LUKES.handling("BG-FL-L2", Partition.BACKGROUND, on=TODAY) is Handling.ATTESTED
    silent = replace(USUAL, attested=())
    assert silent.handling("BG-FL-L2", Partition.BACKGROUND, on=TODAY) is Handling.WITHHELD


def test_an_item_goes_to_the_file_that_names_it_before_the_one_that_takes_any():
    assert [
        ST_LUKES.file_for(code, part)
        for code, part in (
            ("LIC-RN", Partition.PERSONNEL),
            ("EXC-LEIE", Partition.PERSONNEL),
            ("BG-PA-FBI", Partition.BACKGROUND),
            ("TB-12", Partition.HEALTH),
            ("FAC-CONF", Partition.PERSONNEL),
            ("DEA-1", Partition.PAYROLL),
        )
    ] == [0, 1, 1, 2, 3, None]


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2026, 11, 30), date(2026, 11, 23)),
        (date(2026, 12, 1), date(2026, 11, 30)),
        (date(2026, 11, 29), date(2026, 11, 23)),
    ],
    ids=["a Monday", "a Tuesday", "a Sunday"],
)
def test_a_packet_is_due_the_monday_before_the_start(start, due):
    assert ST_LUKES.due_on(start) == due
    assert USUAL.due_on(start) is None
    assert replace(ST_LUKES, due_days_before_start=10).due_on(start) == min(due, start - timedelta(days=10))


def test_the_version_in_force_is_the_latest_that_has_begun():
    first = replace(USUAL, number=1, effective_from=date(2026, 1, 1))
    second = replace(USUAL, number=2, effective_from=date(2026, 6, 1))
    chosen = [in_force((first, second), day) for day in (date(2025, 12, 31), date(2026, 5, 31), date(2026, 6, 1))]
    assert chosen == [None, first, second]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_template_is_one_that_could_be_kept(name):
    template = replace(SHIPPED[name], facility_id="fac_1", effective_from=TODAY)
    assert template_findings(template, today=TODAY) == ()
    assert rule_findings(rule_of(template)) == ()


def test_the_rule_of_a_template_lets_the_client_decide_only_where_it_says_so():
    (asked,) = rule_of(replace(ST_LUKES, facility_id="fac_1")).require
    (delegated,) = rule_of(replace(USUAL, facility_id="fac_1")).require
    assert (asked.code, asked.ask.confirmed_by, asked.ask.due_weekday_before_start) == (
        *("FAC-PACKET", Confirmer.CLIENT),
        Weekday.MON,
    )
    assert delegated.ask.confirmed_by is None
    assert USUAL.decides is Decides.AGENCY


@given(st.text(max_size=300))
def test_names_of_files_hold_nothing_that_file_systems_do_not_take(name):
    made = packet_file_name("{name} - {part}.pdf", {"name": name, "part": "1"})
    assert made.endswith(".pdf")
    assert len(made) <= 120
    assert not set(made) & set('<>:"/\\|?*\n\r\x00')


@pytest.mark.parametrize("pattern", ["card", ".pdf", "{salary}.pdf", "a/b.pdf", "{name.pdf", " .pdf"])
def test_a_pattern_that_names_no_file_is_told(pattern):
    assert pattern_fault(pattern) is not None
    assert pattern_fault("{name} - Part {part}.pdf") is None


def test_a_complete_file_makes_a_packet_in_the_order_of_its_template():
    made = plan(everything(replace(USUAL, order=("CERT-*", "LIC-*"))))
    codes = [item.code for item in made.snapshot.items]
    assert made.findings == ()
    assert [code.partition("-")[0] for code in codes[:3]] == ["CERT", "CERT", "LIC"]
    assert not {"FAC-PACKET", "EMP-I9", "EMP-EV"} & set(codes)
    assert {item.handling for item in made.snapshot.items if item.partition is Partition.HEALTH} == {Handling.ATTESTED}
    assert made.snapshot.partitions == {Partition.PERSONNEL}


def test_a_window_before_the_start_is_noted_with_the_last_start_that_it_reaches():
    known = everything(replace(USUAL, attested=(Partition.HEALTH, Partition.BACKGROUND)))
    windows = {item.code: item.requirement.validity.window_days for item in known.file.items}
    noted = {item.code: item.window_through for item in plan(known).snapshot.items if windows[item.code]}
    assert noted
    assert all(last == TODAY - timedelta(days=5) + timedelta(days=windows[code] or 0) for code, last in noted.items())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": DocumentStatus.CHECKING}, "document_checking"),
        ({"status": DocumentStatus.INFECTED}, "document_infected"),
        ({"partition": Partition.HEALTH}, "document_of_other_part"),
        ({"clinician_id": "cln_other"}, "document_gone"),
        ({"size": 200 * 1024 * 1024}, "packet_too_large"),
    ],
)
def test_a_document_that_does_not_do_is_told(change, code):
    known = everything(CERT_BLS={"document_id": "doc_bls"})
    odd = a_document("doc_bls", Partition.PERSONNEL, **change)
    pointer = "" if code == "packet_too_large" else f"/items/{BLS}"
    assert findings(replace(known, documents={**known.documents, "doc_bls": odd})) == {(pointer, code)}


def test_what_was_looked_up_at_the_source_needs_no_paper_and_what_was_claimed_does():
    known = everything(CERT_BLS={"document_id": None, "result_id": "res_1"})
    said = SourceResult(
        result_id="res_1",
        clinician_id=CLINICIAN,
        code=BLS,
        subject="",
        source="register",
        outcome=Outcome.CONFIRMED,
        checked_at=NOW,
        checked_by="system:credentialing",
    )
    assert findings(known) == {(f"/items/{BLS}", "document_missing")}
    assert findings(replace(known, results={"res_1": said})) == set()
    of_claim = replace(said, credential_id=f"crd_0_{BLS}")
    assert findings(replace(known, results={"res_1": of_claim})) == {(f"/items/{BLS}", "document_missing")}
    assert findings(everything(attest=("CERT-*",), CERT_BLS={"document_id": None})) == set()


def test_an_item_that_is_open_keeps_the_packet_from_being_built():
    assert findings(everything(CERT_BLS={"status": HeldStatus.REJECTED})) == {(f"/items/{BLS}", "item_open")}


def test_what_may_come_after_the_start_follows_and_keeps_nothing_up():
    known = everything()
    late = tuple(
        replace(one, status=ItemStatus.DUE_LATER, is_trailing=True, credential_id=None) if one.code == BLS else one
        for one in known.file.items
    )
    made = plan(replace(known, file=replace(known.file, items=late)))
    assert (made.findings, made.snapshot.to_follow) == ((), (BLS,))
    assert BLS not in {item.code for item in made.snapshot.items}


def test_a_packet_is_another_when_what_it_encloses_is():
    known = everything()
    packet = a_packet(known)
    assert changed_items(packet, known.file) == ()
    asked = next(one for one in some_requirements() if one.code == BLS)
    newer = some_held(asked, credential_id="crd_1", received_on=TODAY, expires_on=date(2029, 1, 31))
    assert changed_items(packet, recheck(known.file, [*known.held.values(), newer], today=TODAY)) == (BLS,)
    said_again = [replace(one, result_id="res_9") for one in known.held.values()]
    assert changed_items(packet, recheck(known.file, said_again, today=TODAY)) == ()
    lost = [one for one in known.held.values() if PARTS[one.code] is not Partition.HEALTH]
    health = {code for code, part in PARTS.items() if part is Partition.HEALTH}
    assert set(changed_items(packet, recheck(known.file, lost, today=TODAY))) <= health
    assert changed_items(packet, recheck(known.file, lost, today=TODAY))


def refused(file: File, **overrides: Any) -> File:
    said = ClientRefusal(code=BLS, reason="Another course.", on=TODAY, packet_id="pkt_1", **overrides)
    return with_refusals(file, (said,))


def test_a_clients_refusal_falls_on_the_credential_that_it_saw_and_on_no_other():
    known = everything()
    held = list(known.held.values())
    file = recheck(refused(known.file, credential_id=f"crd_0_{BLS}"), held, today=TODAY)
    item = file.item(BLS)
    assert (item.status, item.client_reason, item.credential_id) == (
        *(ItemStatus.REJECTED, "Another course."),
        f"crd_0_{BLS}",
    )
    other = replace(known.held[f"crd_0_{BLS}"], credential_id="crd_1")
    assert recheck(file, [*held, other], today=TODAY).item(BLS).is_met
    waiting = replace(other, status=HeldStatus.PENDING)
    assert recheck(file, [*held, waiting], today=TODAY).item(BLS).status is ItemStatus.RECEIVED


def test_a_waiver_that_the_client_does_not_take_lifts_nothing_any_more():
    known = everything()
    waiver = Waiver(by="per_lead", party=Party.FACILITY, reason="Booked.", on=TODAY)
    held = [one for one in known.held.values() if one.code != BLS]
    items = tuple(replace(one, waiver=waiver) if one.code == BLS else one for one in known.file.items)
    waived = recheck(replace(known.file, items=items), held, today=TODAY)
    assert waived.item(BLS).status is ItemStatus.WAIVED
    assert recheck(refused(waived, waiver=waiver), held, today=TODAY).item(BLS).status is ItemStatus.REJECTED
    renewed = replace(waiver, reason="Booked again.")
    items = tuple(replace(one, waiver=renewed) if one.code == BLS else one for one in waived.items)
    again = refused(replace(waived, items=items), waiver=waiver)
    assert recheck(again, held, today=TODAY).item(BLS).status is ItemStatus.WAIVED
