"""Documents over HTTP: what is taken, what is refused and leaves nothing, who sees what."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from credentialing import main
from credentialing.domain.documents.media import EICAR
from credentialing.settings import Settings
from services.credentialing.tests.builders import some_facility, some_offer
from services.credentialing.tests.clients import papers
from services.credentialing.tests.clients.papers import (
    CARD,
    a_heic,
    a_pdf,
    an_image,
    locked_pdf,
    many_pages,
    pdf_with_action,
)
from shared.ids import new_uuid
from shared.runtime.definition import Service

DOCUMENTS = "/v1/clinicians/cln_ana/documents"
MOST_BYTES = 2 * 1024 * 1024
SPECIALIST = "credentialing_specialist"


@pytest.fixture
def definition(environment: dict[str, Any]) -> Service:
    """With a small bound, so that what is too large need not be large."""
    return main.service(Settings(**environment, document_most_bytes=MOST_BYTES, document_most_megapixels=1))


@pytest.fixture
def stored(tmp_path: Path):
    """The names of all files in the store."""
    return lambda: sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())


@pytest.fixture(autouse=True)
async def ana(house):
    """The clinician, with a file."""
    await house.say(papers.ana(), some_facility(), some_offer())


@pytest.fixture
def send(api):
    """Sends a file; `kind` is what it is said to be."""

    async def sent(content: Any, kind: str = "application/pdf", *, role: str = SPECIALIST, **query: str):
        headers = {
            "Authorization": f"Bearer {api.issuer.token(role)}",
            "Idempotency-Key": query.pop("key", None) or str(new_uuid()),
            "Content-Type": kind,
            "File-Name": query.pop("name", "BLS%20card.pdf"),
        }
        query.setdefault("partition", "personnel")
        return await api.client.post(query.pop("to", DOCUMENTS), params=query, content=content, headers=headers)

    return sent


async def pieces(content: bytes, size: int) -> AsyncIterator[bytes]:
    for place in range(0, len(content), size):
        yield content[place : place + size]


async def test_a_document_is_kept_sealed_and_given_back_as_it_was(send, api, stored, tmp_path):
    answer = await send(a_pdf())
    made = answer.json()
    assert (answer.status_code, made["status"], made["pages"], made["size"]) == (201, "ready", 1, len(a_pdf()))
    content = await api.get(f"{answer.headers['location']}/content", role=SPECIALIST)
    assert content.content == a_pdf()
    (name,) = stored()
    assert a_pdf()[:64] not in (tmp_path / name).read_bytes()
    assert made["sha256"] not in name


async def test_its_content_comes_with_headers_that_let_it_do_nothing(send, api):
    made = (await send(a_pdf(), name="caf%C3%A9%2F..%2Fcard.exe")).json()
    content = await api.get(f"/v1/documents/{made['document_id']}/content?disposition=inline", role=SPECIALIST)
    headers = content.headers
    assert headers["content-disposition"] == "inline; filename=\"document.pdf\"; filename*=UTF-8''card.pdf"
    assert headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")
    assert (headers["content-type"], headers["content-length"]) == ("application/pdf", str(len(a_pdf())))


async def test_what_its_text_says_is_proposed_to_who_may_read_it(send, api):
    made = (await send(a_pdf())).json()
    assert (made["file_name"], made["proposal"]) == (None, None)
    path = f"/v1/documents/{made['document_id']}"
    seen = (await api.get(path, role=SPECIALIST)).json()
    proposal = {name: one["value"] for name, one in seen["proposal"].items()}
    assert seen["file_name"] == "BLS card.pdf"
    assert proposal == {
        "number": "245012345678",
        "issued_on": "2025-01-05",
        "expires_on": "2027-01-31",
        "name": "Ana Maria Example",
    }
    assert seen["proposal"]["expires_on"]["words"] == CARD[4]
    coordinator = (await api.get(path, role="coordinator")).json()
    assert (coordinator["status"], coordinator["file_name"], coordinator["proposal"]) == ("ready", None, None)


async def test_the_same_content_sent_again_is_the_same_document(send, api, stored):
    first, again = await send(a_pdf()), await send(a_pdf(), name="another%20name.pdf")
    elsewhere = await send(a_pdf(), partition="health")
    assert (first.status_code, again.status_code, elsewhere.status_code) == (201, 200, 201)
    assert first.json() == again.json()
    assert first.json()["document_id"] != elsewhere.json()["document_id"]
    assert len(stored()) == 1


async def test_a_repeated_command_gets_its_first_answer(send):
    first, again = await send(a_pdf(), key="one"), await send(a_pdf(), key="one")
    other = await send(an_image("PNG"), "image/png", key="one")
    assert (again.json(), again.headers["idempotent-replayed"]) == (first.json(), "true")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("image/jpeg", an_image("JPEG")),
        ("image/png", an_image("PNG")),
        ("image/tiff", an_image("TIFF", save_all=True, append_images=[])),
        ("image/heic", a_heic()),
        ("image/heif", a_heic(brand=b"mif1")),
        ("application/octet-stream", a_pdf()),
        ("application/pdf", locked_pdf("")),
    ],
    ids=["JPEG", "PNG", "TIFF", "HEIC", "HEIF", "not declared", "restricted only"],
)
async def test_every_kind_of_document_is_taken(send, kind, content):
    answer = await send(content, kind)
    assert (answer.status_code, answer.json().get("status")) == (201, "ready"), answer.text


@pytest.mark.parametrize(
    ("kind", "content", "status", "code"),
    [
        ("application/pdf", b"", 422, "document_empty"),
        ("application/pdf", b"PK\x03\x04" + bytes(600), 415, "document_type_refused"),
        ("text/html", b"<html><script>alert(1)</script>" + a_pdf(), 415, "document_type_refused"),
        ("image/png", a_pdf(), 415, "declared_type_differs"),
        ("application/pdf", a_pdf()[:-600], 422, "document_damaged"),
        ("application/pdf", b"%PDF-1.7\n" + b"nothing that is one\n" * 40 + b"%%EOF", 422, "document_damaged"),
        ("application/pdf", locked_pdf("secret"), 422, "password_protected"),
        ("application/pdf", many_pages(301), 422, "too_many_pages"),
        ("image/jpeg", an_image("JPEG", (640, 480))[:-400], 422, "document_damaged"),
        ("image/png", an_image("PNG")[:60], 422, "document_damaged"),
        ("image/png", an_image("PNG", (1200, 1200)), 422, "image_too_large"),
        ("image/png", an_image("PNG", (20_001, 4)), 422, "image_too_large"),
        ("image/heic", a_heic((65_000, 65_000)), 422, "image_too_large"),
        ("image/heic", a_heic()[:-10], 422, "document_damaged"),
        ("image/heic", a_heic((48, 32)), 422, "document_damaged"),
        ("image/heic", a_heic().replace(b"hvc1", b"hvc0"), 422, "document_damaged"),
        ("application/pdf", a_pdf() + b"\n" * 70_000 + EICAR, 422, "document_infected"),
        ("text/plain", EICAR, 422, "document_infected"),
    ],
    ids=[
        *("empty", "a ZIP", "a page before a PDF", "not as declared", "cut off", "no PDF inside", "locked"),
        *("too many pages", "cut JPEG", "cut PNG", "image bomb", "long image", "HEIC bomb", "cut HEIC"),
        *("HEIC larger than it says", "HEIC of another codec"),
        *("the test virus", "the test virus alone"),
    ],
)
async def test_what_is_no_good_document_is_refused_and_leaves_nothing(send, api, stored, kind, content, status, code):
    refused = await send(content, kind)
    assert (refused.status_code, refused.json()["code"]) == (status, code), refused.text
    assert stored() == []
    assert (await api.get(DOCUMENTS, role=SPECIALIST)).json()["items"] == []


async def test_both_types_are_named_when_they_differ(send):
    detail = (await send(a_pdf(), "image/png; q=1")).json()["detail"]
    assert detail == "The file is sent as PNG, but its content is PDF."
    assert "sent as something else," in (await send(a_pdf(), "Jane 900-12-3456")).json()["detail"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\3\4" + bytes(600), "a ZIP archive, or an office document"),
        (b"GIF89a" + bytes(600), "a GIF picture"),
        (b"<!DOCTYPE html><html><body>" + b"x" * 600, "a web page"),
        (b"nothing that is known " * 40, "something else"),
    ],
)
async def test_what_a_file_is_is_said_in_words_that_people_know(send, content, words):
    detail = (await send(content, "application/octet-stream")).json()["detail"]
    assert detail == f"The file is {words}; a document is a PDF, JPEG, PNG, TIFF or HEIC file."


async def test_the_test_virus_is_found_across_the_seams_of_what_comes_in(send, stored):
    refused = await send(pieces(a_pdf() + EICAR + a_pdf(), 7))
    assert refused.json()["code"] == "document_infected"
    assert stored() == []


async def test_a_body_over_the_bound_is_refused_before_it_is_read_to_its_end(send, stored):
    """200 MB are offered; what is taken of them is counted."""
    taken = 0

    async def offered() -> AsyncIterator[bytes]:
        nonlocal taken
        yield a_pdf()
        for _ in range(3200):
            taken += 65_536
            yield bytes(65_536)

    refused = await send(offered())
    assert (refused.status_code, refused.json()["code"]) == (413, "body_too_large")
    assert str(MOST_BYTES) in refused.json()["detail"]
    assert MOST_BYTES - 65_536 <= taken <= MOST_BYTES + 65_536
    assert stored() == []


async def test_a_body_that_announces_too_much_is_refused_at_once(api, stored):
    headers = {"Authorization": f"Bearer {api.issuer.token(SPECIALIST)}", "Content-Length": str(MOST_BYTES + 1)}
    refused = await api.client.post(DOCUMENTS, headers={**headers, "Idempotency-Key": "1"}, content=a_pdf())
    assert (refused.status_code, refused.json()["code"]) == (413, "body_too_large")
    assert stored() == []


@pytest.mark.parametrize(("kind", "active"), [("/JavaScript", "javascript"), ("/Launch", "launch")])
async def test_a_pdf_that_could_act_is_kept_as_evidence_and_never_shown_inline(send, api, kind, active):
    made = (await send(pdf_with_action(kind))).json()
    assert (made["status"], made["active"]) == ("ready", [active])
    content = await api.get(f"/v1/documents/{made['document_id']}/content?disposition=inline", role=SPECIALIST)
    assert content.headers["content-disposition"].startswith("attachment;")


async def test_a_new_version_names_the_one_before_it_which_stays(send, api):
    first = (await send(a_pdf())).json()
    second = (await send(an_image("PNG"), "image/png", replaces=first["document_id"])).json()
    listed = (await api.get(DOCUMENTS, role=SPECIALIST)).json()["items"]
    assert [(one["document_id"], one["replaces"], one["replaced_by"]) for one in listed] == [
        (second["document_id"], first["document_id"], None),
        (first["document_id"], None, second["document_id"]),
    ]
    other = await send(an_image("JPEG"), "image/jpeg", partition="health", replaces=first["document_id"])
    assert (other.status_code, other.json()["code"]) == (404, "not_found")


async def test_a_document_goes_to_the_part_that_its_item_belongs_to(send, api):
    (file,) = (await api.get("/v1/files")).json()["items"]
    items = (await api.get(f"/v1/files/{file['file_id']}")).json()["items"]
    health = next(item["code"] for item in items if item["partition"] == "health")
    headers = {"Authorization": f"Bearer {api.issuer.token(SPECIALIST)}", "Content-Type": "application/pdf"}

    async def sent(key: str, **query: str) -> Any:
        every = {**headers, "Idempotency-Key": key}
        return await api.client.post(DOCUMENTS, params=query, content=a_pdf(), headers=every)

    assert (await sent("1", code=health)).json()["partition"] == "health"
    assert (await sent("2", code=health, partition="personnel")).json()["code"] == "partition_differs"
    assert (await sent("3", code="UNKNOWN-1")).json()["code"] == "partition_missing"
    assert (await sent("4", partition="payroll")).status_code == 422


async def test_each_part_is_seen_by_its_own_readers(send, api):
    made = {part: (await send(a_pdf(), partition=part)).json() for part in ("personnel", "health", "background", "i9")}

    async def listed(role: str) -> set[str]:
        return {one["partition"] for one in (await api.get(DOCUMENTS, role=role)).json()["items"]}

    assert await listed(SPECIALIST) == set(made)
    assert await listed("coordinator") == {"personnel"}
    for part, one in made.items():
        status = (await api.get(f"/v1/documents/{one['document_id']}", role="coordinator")).status_code
        assert status == (200 if part == "personnel" else 404)
        content = await api.get(f"/v1/documents/{one['document_id']}/content", role="coordinator")
        assert content.status_code == 403


async def test_who_sends_a_content_to_one_part_learns_nothing_of_the_same_content_in_another(send, api):
    """INVARIANT: the same content in two parts is two documents, each seen by its own readers alone.

    What breaks it: finding a content again whatever part it lies in.
    """
    health = (await send(a_pdf(), partition="health")).json()
    await api.post(f"/v1/documents/{health['document_id']}:refuse", {"because": "illegible"}, role=SPECIALIST)

    sent = await send(a_pdf(), role="coordinator")

    assert (sent.status_code, sent.json()["status"], sent.json()["partition"]) == (201, "ready", "personnel")
    listed = (await api.get(DOCUMENTS, role="coordinator")).json()["items"]
    assert [one["document_id"] for one in listed] == [sent.json()["document_id"]]
    assert (await api.get(f"/v1/documents/{health['document_id']}", role="coordinator")).status_code == 404


async def test_coordinators_send_what_they_do_not_read_and_others_do_neither(send, api):
    assert (await send(a_pdf(), role="coordinator", partition="health")).status_code == 201
    for role in ("recruiter", "payroll_specialist", "auditor", "operator"):
        assert (await send(an_image("PNG"), "image/png", role=role)).status_code == 403
        assert (await api.get(DOCUMENTS, role=role)).status_code == 403


async def test_who_read_a_content_is_in_the_audit(send, api):
    made = (await send(a_pdf())).json()
    await api.get(f"/v1/documents/{made['document_id']}/content", role=SPECIALIST)
    entries = (await api.get("/v1/audit-entries", role="auditor")).json()["items"]
    noted = [(one["action"], one["actor"]) for one in entries if one["object"] == made["document_id"]]
    assert ("documents.read_content", f"per_{SPECIALIST}") in noted


async def test_a_refused_document_says_why_and_is_refused_once(send, api):
    made = (await send(a_pdf())).json()
    path = f"/v1/documents/{made['document_id']}"
    refused = await api.post(f"{path}:refuse", {"because": "illegible"}, role=SPECIALIST)
    again = await api.post(f"{path}:refuse", {"because": "incomplete"}, role=SPECIALIST)
    assert (refused.json()["status"], refused.json()["refused_because"]) == ("refused", "illegible")
    assert (again.status_code, again.json()["code"]) == (409, "already_refused")
    assert (await api.get(f"{path}/content", role=SPECIALIST)).content == a_pdf()


async def test_a_credential_names_the_document_it_was_read_from_which_is_the_clinician_s_and_ready(send, api):
    made, refused = (await send(a_pdf())).json(), (await send(an_image("PNG"), "image/png")).json()
    await api.post(f"/v1/documents/{refused['document_id']}:refuse", {"because": "illegible"}, role=SPECIALIST)
    (file,) = (await api.get("/v1/files")).json()["items"]
    path = f"/v1/files/{file['file_id']}/items/CERT-BLS:receive"
    read = {"issued_on": "2025-01-05", "expires_on": "2027-01-31", "number": "245012345678"}

    async def received(document_id: str) -> tuple[int, str]:
        answer = await api.post(path, {**read, "document_id": document_id}, role=SPECIALIST)
        return answer.status_code, answer.json().get("code", "")

    assert await received("doc_0unknown") == (422, "invalid_request")
    assert await received(refused["document_id"]) == (409, "document_not_usable")
    assert (await api.get(f"/v1/files/{file['file_id']}")).headers["etag"] == '"1"'
    assert await received(made["document_id"]) == (200, "")


async def test_what_was_read_from_a_document_is_refused_with_it_unless_somebody_confirmed_it(send, api):
    (file,) = (await api.get("/v1/files")).json()["items"]
    items = f"/v1/files/{file['file_id']}/items"

    async def read(code: str) -> str:
        document_id = (await send(a_pdf(code), code=code)).json()["document_id"]
        claim = {"issued_on": "2025-12-05", "document_id": document_id}
        answer = await api.post(f"{items}/{code}:receive", claim, role=SPECIALIST)
        assert answer.status_code == 200, answer.text
        return str(document_id)

    async def refused(code: str, document_id: str) -> tuple[str, str | None]:
        answer = await api.post(f"/v1/documents/{document_id}:refuse", {"because": "illegible"}, role=SPECIALIST)
        assert answer.status_code == 200, answer.text
        behind = (await api.get(f"{items}/{code}", role=SPECIALIST)).json()
        return behind["item"]["status"], behind["claims"][0]["rejected_because"]

    assert await refused("CERT-BLS", await read("CERT-BLS")) == ("rejected", "its document cannot be read")
    confirmed = await read("CERT-ACLS")
    verified = await api.post(f"{items}/CERT-ACLS:verify", {"source": "register of the issuer"}, role="lead")
    assert verified.status_code == 200, verified.text
    assert await refused("CERT-ACLS", confirmed) == ("verified", None)


async def test_nobody_sends_about_whom_they_do_not_reach(send, stored):
    for to in ("/v1/clinicians/cln_nobody/documents", "/v1/clinicians/cln_other/documents"):
        assert (await send(a_pdf(), to=to)).status_code == 404
    assert stored() == []


async def test_without_a_place_for_files_nothing_else_fails(environment, send):
    settings = Settings(**{**environment, "files_url": ""})
    assert main.service(settings).resources["documents"]
    with pytest.raises(ValueError, match="files_url"):
        Settings(**{**environment, "files_url": "memory://"})
