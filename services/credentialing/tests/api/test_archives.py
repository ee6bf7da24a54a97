"""A profile with its documents: given out by one system, taken in by another, or refused whole with each reason."""

import json
import struct
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from credentialing.domain.documents.media import EICAR
from services.credentialing.tests.api.another_system import AnotherSystem, another_system
from services.credentialing.tests.builders import some_facility, some_offer
from services.credentialing.tests.clients import papers
from shared.ids import new_uuid

SPECIALIST = "credentialing_specialist"
ARCHIVE = "/v1/clinicians/cln_ana/profile/archive"
TAKEN_IN = "/v1/clinicians/cln_there/profile/archive:import?sender=Northwind"
PREVIEW = f"{TAKEN_IN}&validate_only=true"
DOCUMENTS = "/v1/clinicians/cln_there/documents"
BLS = {"issued_on": "2026-01-05", "expires_on": "2027-12-31", "number": "245012345678", "issuer": "AHA"}
CARD, SCAN = papers.a_pdf(), papers.an_image("JPEG")
MEGABYTE = 1024 * 1024

MakeSystem = Callable[..., AbstractAsyncContextManager[AnotherSystem]]


@pytest.fixture
def make_system(postgres, database_template, issuer, clock, tmp_path: Path) -> MakeSystem:
    folder = tmp_path / "another"
    folder.mkdir()
    return partial(another_system, folder, server=postgres, template=database_template, issuer=issuer, clock=clock)


@pytest.fixture
async def there(make_system: MakeSystem) -> AsyncIterator[AnotherSystem]:
    """Another agency's system, where Ana has a file too, and nothing in it."""
    async with make_system() as system:
        await welcome(system)
        yield system


async def welcome(system: AnotherSystem) -> None:
    offer = some_offer(clinician_id="cln_there")
    await system.house.say(replace(papers.ana(), clinician_id="cln_there"), some_facility(), offer)


@pytest.fixture(autouse=True)
def november(clock):
    clock.instant = clock.instant.replace(year=2026, month=11, day=2)


async def item_of(system: Any, code: str) -> dict[str, Any]:
    (file,) = (await system.api.get("/v1/files")).json()["items"]
    items = (await system.api.get(f"/v1/files/{file['file_id']}", role=SPECIALIST)).json()["items"]
    return next(one for one in items if one.get("code") == code)


def zipped(entries: list[tuple[str, bytes]], method: int = ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return target.getvalue()


def reference(number: int, content: bytes, **changes: Any) -> dict[str, Any]:
    """How a profile names a document."""
    attachment = {
        "contentType": changes.pop("kind", "application/pdf"),
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
        "url": f"documents/{number}.bin",
    }
    attachment.update(changes.pop("attachment", {}))
    plain = {"resourceType": "DocumentReference", "id": f"doc_{number}", "date": "2026-10-01T12:00:00Z"}
    return {**plain, "category": "personnel", "attachment": attachment, **changes}


def profile(*documents: dict[str, Any], held: tuple[dict[str, Any], ...] = ()) -> bytes:
    person = {"resourceType": "Practitioner", "id": "x", "name": [{"text": "Ana Example"}], "qualification": list(held)}
    head = {"resourceType": "Bundle", "type": "collection", "formatVersion": 1, "timestamp": "2026-11-01T00:00:00Z"}
    return json.dumps({**head, "entry": [{"resource": one} for one in (person, *documents)]}).encode()


def qualification(code: str, document: int | None = None, **changes: Any) -> dict[str, Any]:
    named = {} if document is None else {"document": {"reference": f"#doc_{document}"}}
    period = {"start": BLS["issued_on"], "end": BLS["expires_on"]}
    return {"id": f"crd_{code}", "code": {"system": "s", "code": code}, "period": period, **named, **changes}


def archive_of(*contents: bytes, held: tuple[dict[str, Any], ...] = ()) -> bytes:
    """A good one of documents in the personnel part."""
    listed = [reference(number, content) for number, content in enumerate(contents)]
    entries = [(f"documents/{number}.bin", content) for number, content in enumerate(contents)]
    return zipped([("profile.json", profile(*listed, held=held)), *entries])


@pytest.fixture
async def given(api, house) -> tuple[bytes, str]:
    """Ana's archive here, and an item of the health part.

    Her card is verified and has its document; the same scan is in two parts, behind a claim in one of them.
    """
    await house.say(papers.ana(), some_facility(), some_offer())
    (file,) = (await api.get("/v1/files")).json()["items"]
    path = f"/v1/files/{file['file_id']}"
    items = (await api.get(path, role=SPECIALIST)).json()["items"]
    health = next(one["code"] for one in items if one.get("partition") == "health" and one.get("code"))
    headers = {"Authorization": f"Bearer {api.issuer.token(SPECIALIST)}"}

    async def upload(content: bytes, **query: str) -> str:
        every = {**headers, "Idempotency-Key": str(new_uuid())}
        sent = await api.client.post("/v1/clinicians/cln_ana/documents", params=query, content=content, headers=every)
        assert sent.status_code == 201, sent.text
        return str(sent.json()["document_id"])

    card, scan = await upload(CARD, code="CERT-BLS"), await upload(SCAN, code=health)
    await upload(SCAN, partition="personnel")
    read = {**BLS, "document_id": card}
    assert (await api.post(f"{path}/items/CERT-BLS:receive", read, role=SPECIALIST)).status_code == 200
    shown = {"issued_on": "2026-10-05", "expires_on": "2028-12-31", "document_id": scan}
    received = await api.post(f"{path}/items/{health}:receive", shown, role=SPECIALIST)
    assert received.status_code == 200, received.text
    verified = await api.post(f"{path}/items/CERT-BLS:verify", {"source": "AHA"}, role=SPECIALIST)
    assert verified.status_code == 200, verified.text
    return (await api.get(ARCHIVE, role=SPECIALIST)).content, health


async def test_what_one_system_gives_out_is_in_another_as_received_with_who_verified_it(given, there):
    content, health = given
    taken = await there.send(TAKEN_IN, content)

    assert taken.status_code == 200, taken.text
    came = taken.json()
    assert (came["taken"], came["refused"], came["doubts"]) == (2, 0, [])
    assert {one["fate"] for one in came["documents"]} == {"taken"}
    kept = (await there.api.get(DOCUMENTS, role=SPECIALIST)).json()["items"]
    assert sorted((one["partition"], one["sha256"], one["source"], one["status"]) for one in kept) == sorted(
        (part, sha256(content).hexdigest(), "import", "ready")
        for part, content in (("personnel", CARD), ("personnel", SCAN), ("health", SCAN))
    )
    assert len(there.stored) == 2
    contents = {(await there.api.get(f"/v1/documents/{one['document_id']}/content")).content for one in kept}
    assert contents == {CARD, SCAN}
    tied = {one["code"]: one["document_id"] for one in came["lines"]}
    parts = {one["document_id"]: one["partition"] for one in kept}
    assert {code: parts[document_id] for code, document_id in tied.items()} == {
        "CERT-BLS": "personnel",
        health: "health",
    }
    assert (await item_of(there, "CERT-BLS"))["status"] == "received"
    (said,) = (await there.api.get("/v1/clinicians/cln_there/assertions", role=SPECIALIST)).json()["items"]
    assert (said["sender"], said["source"], said["verified_by"], said["is_issuer"]) == (
        *("Northwind", "AHA", f"per_{SPECIALIST}"),
        True,
    )

    again = (await there.send(TAKEN_IN, content)).json()
    assert ({one["fate"] for one in again["documents"]}, again["known"]) == ({"known"}, 2)
    assert len((await there.api.get(DOCUMENTS, role=SPECIALIST)).json()["items"]) == 3


async def test_a_preview_says_what_would_come_of_each_and_keeps_nothing(there):
    held = (qualification("CERT-BLS", 0), qualification("NO-SUCH"))
    shown = await there.send(PREVIEW, archive_of(CARD, b"PK\3\4" + bytes(600), held=held))

    assert (shown.status_code, shown.headers["validate-only"]) == (200, "true")
    came = shown.json()
    assert [(one["fate"], one["because"]) for one in came["lines"]] == [("taken", None), ("refused", "item_unknown")]
    assert [(one["fate"], one["because"]) for one in came["documents"]] == [
        ("taken", None),
        ("refused", "document_type_refused"),
    ]
    assert came["documents"][1]["detail"].startswith("The file is a ZIP archive, or an office document;")
    assert there.stored == []
    assert (await there.api.get(DOCUMENTS, role=SPECIALIST)).json()["items"] == []
    assert (await item_of(there, "CERT-BLS"))["status"] == "missing"


async def test_of_several_documents_those_that_are_no_good_are_refused_each_with_its_reason(there):
    """As any document that is sent alone; the credential of one that is refused comes without it."""
    held = (qualification("CERT-BLS", 1), qualification("CERT-ACLS", 3))
    contents = (CARD[:-600], EICAR, papers.locked_pdf("x"), papers.a_heic(), papers.pdf_with_action("/Launch"))
    listed = [reference(number, one) for number, one in enumerate(contents)]
    listed[3]["attachment"]["contentType"] = "image/heic"
    entries = [(f"documents/{number}.bin", one) for number, one in enumerate(contents)]

    came = (await there.send(TAKEN_IN, zipped([("profile.json", profile(*listed, held=held)), *entries]))).json()

    assert [(one["place"], one["because"]) for one in came["documents"]] == [
        *((1, "document_damaged"), (2, "document_infected"), (3, "password_protected")),
        *((4, None), (5, None)),
    ]
    assert [(one["fate"], one["document_id"] is not None) for one in came["lines"]] == [
        ("taken", False),
        ("taken", True),
    ]
    assert len(there.stored) == 2


async def test_a_document_comes_into_the_part_that_its_sender_and_its_item_agree_on(there):
    """INVARIANT: an import shows no document to readers of another part than the one it is kept in and wanted for.

    What breaks it: taking the item's part for a document that its sender keeps elsewhere, or the other way round.
    """
    held = (qualification("CERT-BLS", 0), qualification("CERT-ACLS", 2))
    elsewhere = reference(0, CARD, category="health")
    unnamed = reference(1, SCAN, kind="image/jpeg", category="misc")
    by_item = reference(2, papers.an_image("PNG"), kind="image/png", category="misc")
    entries = [("documents/0.bin", CARD), ("documents/1.bin", SCAN), ("documents/2.bin", papers.an_image("PNG"))]
    content = profile(elsewhere, unnamed, by_item, held=held)

    came = (await there.send(TAKEN_IN, zipped([("profile.json", content), *entries]))).json()

    assert [(one["because"], one["partition"], one["code"]) for one in came["documents"]] == [
        ("partition_differs", None, None),
        ("partition_missing", None, None),
        (None, "personnel", "CERT-ACLS"),
    ]
    assert len(there.stored) == 1


async def test_a_document_that_was_refused_here_backs_nothing_when_it_comes_again(there):
    first = (await there.send(TAKEN_IN, archive_of(CARD))).json()["documents"][0]
    refused = await there.api.post(f"/v1/documents/{first['document_id']}:refuse", {"because": "wrong_person"})
    assert refused.status_code == 200, refused.text

    came = (await there.send(TAKEN_IN, archive_of(CARD, held=(qualification("CERT-BLS", 0),)))).json()

    assert [(one["fate"], one["because"]) for one in came["documents"]] == [("refused", "refused_before")]
    assert [(one["fate"], one["document_id"]) for one in came["lines"]] == [("taken", None)]


def _swollen() -> bytes:
    """A document of 25 MB of which the directory says that it is small; it unpacks to far more than that."""
    packed = bytearray(
        zipped([("profile.json", profile(reference(0, CARD))), ("documents/0.bin", bytes(25 * MEGABYTE))])
    )
    place = packed.rindex(b"PK\1\2")
    packed[place + 24 : place + 28] = struct.pack("<I", len(CARD))
    return bytes(packed)


def _bomb() -> bytes:
    """Three gigabytes in three megabytes, all of it told by the directory."""
    packed = bytearray(archive_of(CARD))
    place = packed.rindex(b"PK\1\2")
    packed[place + 24 : place + 28] = struct.pack("<I", 3 * 1024 * MEGABYTE)
    return bytes(packed)


def _locked() -> bytes:
    packed = bytearray(archive_of(CARD))
    place = packed.rindex(b"PK\1\2")
    packed[place + 8] |= 1
    return bytes(packed)


def _entry_hurt() -> bytes:
    packed = bytearray(zipped([("profile.json", profile(reference(0, CARD))), ("documents/0.bin", CARD)], ZIP_STORED))
    packed[packed.index(CARD) + 100] ^= 1
    return bytes(packed)


GOOD = reference(0, CARD)
AT = "/profile/entry/1/resource/attachment"
WHOLE = (("profile.json", profile(GOOD)), ("documents/0.bin", CARD))


@pytest.mark.parametrize(
    ("case", "content", "code", "findings"),
    [
        ("no zip", b"%PDF-1.7", "archive_unreadable", []),
        ("nothing", b"", "archive_unreadable", []),
        ("cut off", archive_of(CARD)[:-9], "archive_unreadable", []),
        ("something after it", archive_of(CARD) + b"x", "archive_unreadable", []),
        ("something before it", b"x" + archive_of(CARD), "archive_unreadable", []),
        ("no profile", zipped([("documents/0.bin", CARD)]), "archive_unreadable", []),
        ("packed oddly", zipped(list(WHOLE), ZIP_LZMA), "archive_unreadable", []),
        ("with a password", _locked(), "archive_unreadable", []),
        ("a bomb that says so", _bomb(), "archive_unreadable", []),
        ("too many", zipped([(f"documents/{n}", b"") for n in range(600)]), "archive_unreadable", []),
        ("a bomb that lies", _swollen(), "archive_differs", [(f"{AT}/url", "entry_damaged")]),
        ("a damaged entry", _entry_hurt(), "archive_differs", [(f"{AT}/url", "entry_damaged")]),
        ("one missing", zipped([WHOLE[0]]), "archive_differs", [(f"{AT}/url", "entry_missing")]),
        (
            "one too many",
            zipped([*WHOLE, ("../../etc/passwd", b"x"), ("__MACOSX/._0", b"x")]),
            "archive_differs",
            [("/archive/2", "entry_not_listed"), ("/archive/3", "entry_not_listed")],
        ),
        (
            "another hash",
            zipped([WHOLE[0], ("documents/0.bin", CARD[:-1] + b" ")]),
            "archive_differs",
            [(f"{AT}/sha256", "hash_differs")],
        ),
        (
            "another size",
            zipped([WHOLE[0], ("documents/0.bin", CARD + b" ")]),
            "archive_differs",
            [(f"{AT}/size", "size_differs")],
        ),
        (
            "a path that climbs",
            zipped([("profile.json", profile(reference(0, CARD, attachment={"url": "../0.bin"}))), ("../0.bin", CARD)]),
            "archive_differs",
            [(f"{AT}/url", "path_refused")],
        ),
        (
            "named twice",
            zipped([("profile.json", profile(GOOD, dict(GOOD, id="b"))), WHOLE[1]]),
            "archive_differs",
            [("/profile/entry/2/resource/attachment/url", "named_twice")],
        ),
        ("no JSON", zipped([("profile.json", b"{")]), "malformed_json", []),
        (
            "no profile of ours",
            zipped([("profile.json", profile(GOOD).replace(b'"formatVersion": 1', b'"formatVersion": 2'))]),
            "invalid_request",
            [("/profile/formatVersion", "not_one_of")],
        ),
    ],
)
async def test_an_archive_that_is_not_whole_is_refused_and_nothing_of_it_is_kept(there, case, content, code, findings):
    refused = await there.send(TAKEN_IN, content)
    told = refused.json()
    assert (told["code"], [(one["pointer"], one["code"]) for one in told["errors"]]) == (code, findings), case
    assert refused.status_code == 422
    assert there.stored == []
    assert (await there.api.get(DOCUMENTS, role=SPECIALIST)).json()["items"] == []


async def test_a_zip_that_was_unpacked_and_packed_again_is_taken_too(there):
    content = zipped([("documents/", b""), ("documents/0.bin", CARD), ("profile.json", profile(GOOD))])
    came = await there.send(TAKEN_IN, content)
    assert [one["fate"] for one in came.json()["documents"]] == ["taken"]


async def test_more_than_the_bounds_is_refused_as_soon_as_it_is_known(make_system):
    noise = zlib.compress(bytes(range(256)) * 4096) * 400
    async with make_system(archive_most_bytes=MEGABYTE, document_most_bytes=len(CARD) - 1) as there:
        await welcome(there)
        large = await there.send(TAKEN_IN, zipped([("documents/0.bin", noise)], ZIP_STORED))
        one = await there.send(TAKEN_IN, archive_of(CARD))
        assert (large.status_code, large.json()["code"]) == (413, "body_too_large")
        assert [(paper["fate"], paper["because"]) for paper in one.json()["documents"]] == [
            ("refused", "body_too_large")
        ]
        assert there.stored == []


async def test_while_the_scanner_is_away_no_archive_is_taken(make_system):
    """INVARIANT: what comes with others is scanned as what comes alone: nothing of it counts before.

    What breaks it: tying a credential to a document that waits for the scanner.
    """
    async with make_system(clamav_address="127.0.0.1:1") as there:
        await welcome(there)
        refused = await there.send(TAKEN_IN, archive_of(CARD, held=(qualification("CERT-BLS", 0),)))
        assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
        assert there.stored == []
        assert (await item_of(there, "CERT-BLS"))["status"] == "missing"


async def test_coordinators_take_no_profile_in_and_nobody_one_of_an_unknown(there):
    assert (await there.send(TAKEN_IN, archive_of(CARD), role="coordinator")).status_code == 403
    unknown = TAKEN_IN.replace("cln_there", "cln_nobody")
    assert (await there.send(unknown, archive_of(CARD))).status_code == 404
    assert (await there.send(TAKEN_IN.replace("Northwind", "%20"), archive_of(CARD))).status_code == 422
    assert there.stored == []
