"""Packets on their way: sent, decided on by the client, overtaken by changes, shown to auditors."""

from datetime import timedelta

import pytest

from credentialing.domain.source_result import Outcome
from credentialing.storage import credentials, source_results
from services.credentialing.tests.api.packet_calls import (
    ACCEPT,
    PACKET,
    SEND,
    SPECIALIST,
    TEMPLATE,
    act,
    item,
    personnel_document,
    put_template,
)
from services.credentialing.tests.builders import NOW, some_held, some_requirements
from services.credentialing.tests.consumers.test_consumers import holds, stored
from shared.contracts.credentialing import ClearanceGranted, ClearanceRevoked
from shared.contracts.workstreams import WorkItemCompleted, WorkItemOpened
from shared.principal import Principal


async def test_acceptance_of_the_whole_confirms_the_packet_and_clears(
    api, house, complete_file, build_packet, packet_jobs
):
    path = await complete_file()
    await put_template(api, TEMPLATE)
    await packet_jobs()
    packet = await build_packet(path)
    early = await act(api, path, packet, "decide", ACCEPT)
    assert (early.status_code, early.json()["code"]) == (409, "packet_not_sent")
    sent = (await act(api, path, packet, "send", SEND)).json()
    (logged,) = sent["transmittals"]
    assert sent["state"] == "sent"
    assert (logged["recipient"], logged["channel"], logged["sent_by"]) == (
        *("Staffing office", "portal_upload"),
        f"per_{SPECIALIST}",
    )
    assert logged["hashes"] == [one["sha256"] for one in packet["files"]]
    assert await house.said(ClearanceGranted) == []
    accepted = (await act(api, path, packet, "decide", ACCEPT)).json()
    assert accepted["state"] == "accepted"
    confirmed = await item(api, path, PACKET)
    assert (confirmed["status"], confirmed["is_met"]) == ("verified", True)
    assert len(await house.said(ClearanceGranted)) == 1


async def test_a_rejected_item_counts_no_longer_here_and_stays_good_elsewhere(
    api, house, works, complete_file, build_packet, packet_jobs
):
    path = await complete_file()
    packet = await build_packet(path)
    await act(api, path, packet, "send", SEND)
    said = {"code": "CERT-BLS", "verdict": "rejected", "reason": "Not the course of the AHA."}
    body = {"decided_by": "R. Alvarez", "items": [said]}
    decided = (await act(api, path, packet, "decide", body)).json()
    assert decided["state"] == "rejected"
    bls = await item(api, path, "CERT-BLS")
    assert (bls["status"], bls["client_reason"], bls["waits_for"]) == (
        *("rejected", "Not the course of the AHA."),
        "clinician",
    )
    async with works.begin(Principal(subject="reader")) as work:
        held = {one.code: one for one in await credentials.of_clinician(work.session, "cln_ana")}
    assert held["CERT-BLS"].status == "verified"
    taken = {"decided_by": "R. Alvarez", "items": [{"code": "CERT-BLS", "verdict": "accepted"}]}
    await act(api, path, packet, "decide", taken)
    assert (await item(api, path, "CERT-BLS"))["status"] == "verified"


async def test_a_new_credential_takes_the_place_of_the_one_that_the_client_rejected(
    api, works, complete_file, build_packet
):
    path = await complete_file()
    packet = await build_packet(path)
    await act(api, path, packet, "send", SEND)
    said = {"code": "CERT-BLS", "verdict": "rejected", "reason": "Not the course of the AHA."}
    await act(api, path, packet, "decide", {"decided_by": "R. Alvarez", "items": [said]})
    received = await api.post(
        f"{path}/items/CERT-BLS:receive",
        {"issued_on": "2026-10-01", "expires_on": "2028-10-31"},
        role=SPECIALIST,
    )
    assert received.status_code == 200, received.text
    assert (await item(api, path, "CERT-BLS"))["status"] == "received"


async def test_a_rejection_without_a_reason_or_of_what_was_not_sent_is_refused_whole(api, complete_file, build_packet):
    path = await complete_file()
    packet = await build_packet(path)
    await act(api, path, packet, "send", SEND)
    items = [{"code": "CERT-BLS", "verdict": "rejected"}, {"code": "EMP-EV", "verdict": "accepted"}]
    refused = await act(api, path, packet, "decide", {"decided_by": "R.", "verdict": "accepted", "items": items})
    assert {(one["pointer"], one["code"]) for one in refused.json()["errors"]} == {
        ("/items/0/reason", "reason_missing"),
        ("/items/1/code", "item_not_in_packet"),
        ("/verdict", "verdicts_contradict"),
    }
    assert (await item(api, path, "CERT-BLS"))["status"] == "verified"


async def test_a_later_change_makes_the_packet_stale_and_asks_to_send_again(
    api, house, works, complete_file, build_packet, packet_jobs
):
    path = await complete_file()
    packet = await build_packet(path)
    await act(api, path, packet, "send", SEND)
    await packet_jobs()
    assert "send_packet" not in {one.kind for one in await house.said(WorkItemOpened)}
    renewed = some_held(
        next(one for one in some_requirements() if one.code == "CERT-BLS"),
        credential_id="crd_9",
        expires_on=NOW.date() + timedelta(days=900),
        received_on=NOW.date(),
        document_id=await personnel_document(api),
    )
    await holds(works, [renewed])
    await api.post(f"{path}/items/EMP-I9:reject", {"because": "Section 2 is empty."}, role=SPECIALIST)
    stale = (await api.get(f"{path}/packets/{packet['packet_id']}", role=SPECIALIST)).json()
    assert stale["changed"] == ["CERT-BLS"]
    again = await act(api, path, packet, "send", SEND)
    assert (again.status_code, again.json()["code"]) == (409, "packet_outdated")
    await packet_jobs()
    (task,) = [one for one in await house.said(WorkItemOpened) if one.kind == "send_packet"]
    assert task.actions[0].path == f"{path}/packets/{packet['packet_id']}"
    second = await build_packet(path)
    await act(api, path, second, "send", SEND)
    await packet_jobs()
    assert [one.kind for one in await house.said(WorkItemCompleted)].count("send_packet") == 1
    lines = (await api.get(f"{path}/packets", role=SPECIALIST)).json()["items"]
    assert [(one["number"], one["is_stale"]) for one in lines] == [(2, False), (1, False)]


async def test_an_auditor_sees_every_item_and_of_confidential_ones_result_and_hash_alone(
    api, complete_file, build_packet
):
    path = await complete_file()
    packet = await build_packet(path)
    await act(api, path, packet, "send", SEND)
    whole = (await api.get(f"{path}/audit-packet", role="lead")).json()
    seen = (await api.get(f"{path}/audit-packet", role="auditor")).json()
    assert len(whole["items"]) == len(seen["items"]) > 20
    assert (whole["shows_all"], seen["shows_all"]) == (True, False)
    hidden = [one for one in seen["items"] if one["partition"] != "personnel"]
    assert {(one["code"], one["name"], one["credential_id"]) for one in hidden} == {(None, None, None)}
    assert any(one["documents"] and one["documents"][0]["document_id"] is None for one in hidden)
    bls = next(one for one in seen["items"] if one["code"] == "CERT-BLS")
    assert bls["documents"][0]["sha256"]
    assert bls["rules"]
    assert seen["packets"][0]["transmittals"][0]["recipient"] == "Staffing office"
    confidential = {one["code"] for one in whole["items"] if one["partition"] != "personnel"}
    assert not [code for code in confidential if f'"{code}"' in str(seen).replace("'", '"')]
    assert (await api.get(f"{path}/audit-packet", role=SPECIALIST)).status_code == 403


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF-"), ("zip", b"PK")])
async def test_the_audit_packet_is_given_as_sheet_and_archive(api, complete_file, form, begins):
    path = await complete_file()
    answer = await api.get(f"{path}/audit-packet?format={form}", role="auditor")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert f"audit-packet-{path.rpartition('/')[2]}.{form}" in answer.headers["content-disposition"]


async def test_a_clients_word_is_kept_as_a_source_result(api, works, complete_file, build_packet):
    path = await complete_file()
    packet = await build_packet(path)
    await act(api, path, packet, "send", SEND)
    await act(api, path, packet, "decide", {**ACCEPT, "reference": "case 7"})
    async with works.begin(Principal(subject="reader")) as work:
        results = await source_results.of_clinician(work.session, "cln_ana")
    (result,) = [one for one in results if one.code == PACKET]
    assert (result.source, result.outcome, result.reference) == ("client", Outcome.CONFIRMED, "case 7")
    assert (await stored(works)).item(PACKET).is_met


async def test_a_lost_item_takes_the_clearance_that_the_client_had_agreed_to(api, house, complete_file, build_packet):
    path = await complete_file()
    packet = await build_packet(path)
    await act(api, path, packet, "send", SEND)
    await act(api, path, packet, "decide", ACCEPT)
    said = {"code": "CERT-BLS", "verdict": "rejected", "reason": "Another course is wanted."}
    await act(api, path, packet, "decide", {"decided_by": "R. Alvarez", "items": [said]})
    assert len(await house.said(ClearanceRevoked)) == 1


async def test_where_the_client_decides_its_rejection_of_an_item_takes_its_acceptance_back(
    api, house, works, complete_file, build_packet, packet_jobs
):
    path = await complete_file()
    await put_template(api, TEMPLATE)
    await packet_jobs()
    packet = await build_packet(path)
    await act(api, path, packet, "send", SEND)
    await act(api, path, packet, "decide", ACCEPT)
    said = {"code": "TB-12", "verdict": "rejected", "reason": "The reading is not signed."}
    await act(api, path, packet, "decide", {"decided_by": "R. Alvarez", "items": [said]})
    assert (await item(api, path, PACKET))["status"] == "rejected"
    assert len(await house.said(ClearanceRevoked)) == 1
    async with works.begin(Principal(subject="reader")) as work:
        results = await source_results.of_clinician(work.session, "cln_ana")
    assert [one.outcome for one in results if one.code == PACKET] == [Outcome.CONFIRMED, Outcome.REFUTED]
    assert not [one for one in results if "signed" in (one.status_text or "")]
    coordinator = (await api.get(path, role="coordinator")).json()
    assert "signed" not in str(coordinator)
    assert "signed" in str((await api.get(path, role=SPECIALIST)).json())


async def test_what_shows_the_clients_word_is_a_document_of_the_clinician(api, complete_file, build_packet):
    path = await complete_file()
    packet = await build_packet(path)
    await act(api, path, packet, "send", SEND)
    refused = await act(api, path, packet, "decide", {**ACCEPT, "document_id": "doc_nothing"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "document_unknown")
    shown = await act(api, path, packet, "decide", {**ACCEPT, "document_id": await personnel_document(api)})
    assert shown.json()["state"] == "accepted"
