"""Packets over HTTP: what is built, what keeps it from being built, who gets it."""

from io import BytesIO

from pypdf import PdfReader

from credentialing.domain.documents.document import WhyRefused
from services.credentialing.tests.api.packet_calls import (
    FACILITY,
    PACKET,
    SEND,
    SPECIALIST,
    TEMPLATE,
    act,
    content,
    item,
    personnel_document,
    put_template,
)
from services.credentialing.tests.clients.papers import pdf_with_action


async def test_the_usual_packet_is_one_pdf_of_the_personnel_part_with_the_rest_attested(
    api, complete_file, build_packet
):
    path = await complete_file()
    packet = await build_packet(path)
    assert (packet["state"], packet["decides"], packet["template_number"]) == ("built", "agency", 0)
    assert [one["name"] for one in packet["files"]] == ["Ana Example - RN - Credentials.pdf"]
    handled = {(one["partition"], one["handling"]) for one in packet["items"]}
    assert handled == {("personnel", "enclosed"), ("health", "attested"), ("background", "attested")}
    answer = await content(api, path, packet)
    pdf = PdfReader(BytesIO(answer.content))
    cover = pdf.pages[0].extract_text()
    assert answer.headers["content-disposition"].endswith("Ana%20Example%20-%20RN%20-%20Credentials.pdf")
    assert "Our agency" in cover
    assert "Ana Example" in cover
    assert "attested" in cover
    enclosed = [one for one in packet["items"] if one["papers"]]
    sheets = len(pdf.pages) - len(enclosed)
    assert pdf.page_labels[:2] == ["i", "ii"][:sheets] + ["1"] * (2 - sheets)
    assert pdf.page_labels[-1] == str(len(enclosed))
    assert [getattr(one, "title", None) for one in pdf.outline] == [
        "Cover and index",
        *(one["name"] for one in enclosed),
    ]
    assert "/StructTreeRoot" in pdf.root_object
    assert packet["files"][0]["pages"] == len(pdf.pages)


async def test_the_same_snapshot_gives_the_same_bytes(complete_file, build_packet):
    path = await complete_file()
    first, second = await build_packet(path), await build_packet(path)
    assert (first["number"], second["number"]) == (1, 2)
    assert first["files"][0]["sha256"] == second["files"][0]["sha256"]
    assert first["packet_id"] != second["packet_id"]


async def test_a_dry_run_says_what_would_be_in_and_makes_nothing(api, complete_file, packet_jobs):
    path = await complete_file()
    rehearsed = await api.post(f"{path}/packets?validate_only=true", {}, role=SPECIALIST)
    assert rehearsed.status_code == 200
    assert {one["code"] for one in rehearsed.json()["items"]} >= {"CERT-BLS", "LIC-RN"}
    await packet_jobs()
    assert (await api.get(f"{path}/packets", role=SPECIALIST)).json()["items"] == []


async def test_everything_missing_is_named_and_nothing_is_built(api, complete_file, packet_jobs):
    path = await complete_file(CERT_BLS={"document_id": None}, CERT_ACLS={"document_id": "doc_gone"})
    refused = await api.post(f"{path}/packets", {}, role=SPECIALIST)
    found = {(one["pointer"], one["code"]) for one in refused.json()["errors"]}
    assert refused.status_code == 422
    assert found == {("/items/CERT-BLS", "document_missing"), ("/items/CERT-ACLS", "document_gone")}
    preview = (await api.get(f"{path}/packet-preview", role=SPECIALIST)).json()
    assert {(one["pointer"], one["code"]) for one in preview["findings"]} == found
    await packet_jobs()
    assert (await api.get(f"{path}/packets", role=SPECIALIST)).json()["items"] == []


async def test_a_person_may_attest_what_has_no_document(complete_file, build_packet):
    path = await complete_file(CERT_BLS={"document_id": None})
    packet = await build_packet(path, attest=["CERT-BLS"])
    (bls,) = [one for one in packet["items"] if one["code"] == "CERT-BLS"]
    assert (packet["state"], bls["handling"], bls["papers"]) == ("built", "attested", [])


async def test_a_refused_document_is_not_enclosed(api, complete_file):
    path = await complete_file()
    document_id = await personnel_document(api)
    await api.post(f"/v1/documents/{document_id}:refuse", {"because": WhyRefused.ILLEGIBLE}, role=SPECIALIST)
    refused = await api.post(f"{path}/packets", {}, role=SPECIALIST)
    assert {one["code"] for one in refused.json()["errors"]} == {"document_refused"}


async def test_a_damaged_document_fails_the_packet_by_name(api, complete_file, packet_jobs, tmp_path):
    path = await complete_file()
    asked = await api.post(f"{path}/packets", {}, role=SPECIALIST)
    for stored_file in tmp_path.rglob("kept/*/*"):
        whole = bytearray(stored_file.read_bytes())
        whole[-1] ^= 1
        stored_file.write_bytes(whole)
    await packet_jobs()
    packet = (await api.get(asked.headers["location"], role=SPECIALIST)).json()
    assert (packet["state"], packet["files"]) == ("failed", [])
    assert {one["code"] for one in packet["faults"]} == {"document_damaged"}
    assert "/items/CERT-BLS" in {one["pointer"] for one in packet["faults"]}
    refused = await act(api, path, packet, "send", SEND)
    assert (refused.status_code, refused.json()["code"]) == (409, "packet_not_built")


async def test_what_acts_in_a_document_stays_behind(api, complete_file, build_packet, upload_paper):
    document_id = await upload_paper(pdf_with_action("/JavaScript"), partition="personnel")
    path = await complete_file(CERT_BLS={"document_id": document_id})
    packet = await build_packet(path)
    whole = (await content(api, path, packet)).content
    assert b"JavaScript" not in whole
    assert b"CreationDate" not in whole


async def test_a_template_divides_and_orders_and_says_who_decides(api, complete_file, build_packet, packet_jobs):
    path = await complete_file()
    put = await put_template(api, TEMPLATE)
    assert (put.status_code, put.json()["number"]) == (200, 1), put.text
    await packet_jobs()
    packet = await build_packet(path)
    assert [one["name"] for one in packet["files"]] == ["Ana Example - Credentials.pdf", "Ana Example - Health.pdf"]
    assert (packet["decides"], packet["due_on"], packet["template_number"]) == ("client", "2026-11-23", 1)
    assert packet["items"][0]["code"].startswith("CERT-")
    (health,) = {one["handling"] for one in packet["items"] if one["partition"] == "health"}
    assert health == "enclosed"
    waiting = await item(api, path, PACKET)
    assert (waiting["confirmed_by"], waiting["is_met"]) == ("client", False)


async def test_a_faulty_template_is_refused_with_everything_wrong_in_it(november, api):
    faulty = {
        **TEMPLATE,
        "files": [
            {"name": "{salary}.pdf", "partitions": ["personnel", "i9"]},
            {"name": "card.doc", "partitions": [], "codes": ["BG-FL-L2", "NOPE-*"]},
        ],
        "attested": ["personnel"],
        "effective_from": "2026-11-08",
    }
    refused = await put_template(api, faulty)
    assert refused.status_code == 422
    assert {(one["pointer"], one["code"]) for one in refused.json()["errors"]} == {
        ("/files/0/name", "name_pattern_faulty"),
        ("/files/0/partitions", "partition_never_sent"),
        ("/files/1/name", "name_pattern_faulty"),
        ("/files/1/partitions", "partitions_missing"),
        ("/files/1/codes/1", "code_unknown"),
        ("/files/1/codes", "not_passed_on"),
        ("/attested", "attested_and_enclosed"),
        ("/effective_from", "begins_in_past"),
    }
    assert (await api.get(FACILITY)).json()["number"] == 0


async def test_a_packet_is_given_only_to_who_may_read_each_of_its_parts(api, complete_file, build_packet, packet_jobs):
    path = await complete_file()
    await put_template(api, TEMPLATE)
    await packet_jobs()
    packet = await build_packet(path)
    for role in ("coordinator", "auditor", "recruiter", "clinician"):
        assert (await content(api, path, packet, 1, role=role)).status_code == 403
    assert (await content(api, path, packet, 1)).status_code == 200
    assert (await content(api, path, packet, 7)).status_code == 404
    entries = (await api.get("/v1/audit-entries", role="auditor")).json()["items"]
    assert ("packets.read_content", f"per_{SPECIALIST}") in {(one["action"], one["actor"]) for one in entries}
