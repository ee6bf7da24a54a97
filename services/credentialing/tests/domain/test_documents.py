"""Documents as values: what files are, what they are called, where they belong, what may be seen of them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.domain.documents.document import (
    Document,
    DocumentStatus,
    Origin,
    WhyRefused,
    partition_for,
    refuse,
    require_content,
    require_usable,
    scanned,
)
from credentialing.domain.documents.errors import (
    AlreadyRefused,
    ContentWithheld,
    DeclaredTypeDiffers,
    DocumentNotUsable,
    PartitionDiffers,
    PartitionMissing,
)
from credentialing.domain.documents.inspection import Bounds, Fault, Inspection
from credentialing.domain.documents.media import MediaType, media_type_of, require_as_declared, words_of
from credentialing.domain.documents.names import file_name
from credentialing.domain.documents.retention import keeping, next_look, sort_out
from credentialing.domain.documents.sight import READ, Sight
from credentialing.domain.requirement import Partition
from credentialing.domain.rulebook.document_retention import DOCUMENT_RETENTION
from services.credentialing.tests.clients.papers import a_heic
from shared.reach import EVERYTHING, Reach
from shared.vault.retention import OPEN_END, Engagement, keep_until


def a_document(**overrides) -> Document:
    """A card of 5 January 2026, ready."""
    document = Document(
        document_id="doc_1",
        clinician_id="cln_ana",
        partition=Partition.PERSONNEL,
        media_type=MediaType.PDF,
        size=10,
        sha256="00",
        pages=1,
        status=DocumentStatus.READY,
        file="aa",
        key_id="key_1",
        sealed_name="",
        uploaded_by="per_1",
        uploaded_at=datetime(2026, 1, 5, 15, tzinfo=UTC),
        source=Origin.PORTAL,
        look_on=date(2027, 1, 5),
    )
    return replace(document, **overrides)


@pytest.mark.parametrize(
    ("media_type", "words"),
    [
        ("application/pdf", "PDF"),
        ("image/pjpeg", "JPEG"),
        ("image/heif", "HEIC"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a Word document"),
        ("image/gif", "a GIF picture"),
        ("image/x-adobe-dng", "another kind of picture"),
        ("video/quicktime", "a video"),
        ("text/csv", "plain text"),
        ("application/x-executable", "something else"),
        ("jane 900-12-3456", "something else"),
    ],
)
def test_files_are_called_as_people_call_them(media_type, words):
    assert words_of(media_type) == words


@pytest.mark.parametrize(
    ("case", "head", "kind"),
    [
        ("a PDF", b"%PDF-1.7\n", MediaType.PDF),
        ("a PDF after a mark and a break", b"\xef\xbb\xbf\r\n%PDF-1.4", MediaType.PDF),
        ("a PDF inside of something", b"<html>%PDF-1.4", None),
        ("a JPEG", b"\xff\xd8\xff\xe0", MediaType.JPEG),
        ("a PNG", b"\x89PNG\r\n\x1a\n", MediaType.PNG),
        ("a PNG that went through a text filter", b"\x89PNG\n\x1a\n", None),
        ("a little-endian TIFF", b"II*\0", MediaType.TIFF),
        ("a big-endian TIFF", b"MM\0*", MediaType.TIFF),
        ("a BigTIFF", b"II+\0", None),
        ("a HEIC", a_heic(), MediaType.HEIC),
        ("an AVIF", a_heic(brand=b"avif").replace(b"mif1heic", b"mif1avif"), None),
        ("a film", a_heic(brand=b"qt  "), None),
        ("a HEIF of no known kind", a_heic(brand=b"mif1").replace(b"mif1heic", b"mif1jpeg"), None),
        ("a GIF", b"GIF89a", None),
        ("a script", b"#!/bin/sh", None),
        ("nothing", b"", None),
    ],
)
def test_the_first_bytes_tell_what_a_file_is(case, head, kind):
    assert media_type_of(head[:512]) is kind, case


@given(st.binary(max_size=512))
def test_any_bytes_are_judged_without_harm(head):
    assert media_type_of(head) in (None, *MediaType)


@pytest.mark.parametrize(
    ("declared", "is_taken"),
    [
        (None, True),
        ("", True),
        ("application/octet-stream", True),
        ("image/jpeg", True),
        ("IMAGE/JPG; charset=binary", True),
        ("image/png", False),
        ("jpeg", False),
    ],
)
def test_a_declared_type_is_to_be_the_true_one(declared, is_taken):
    if is_taken:
        require_as_declared(declared, MediaType.JPEG)
    else:
        with pytest.raises(DeclaredTypeDiffers):
            require_as_declared(declared, MediaType.JPEG)


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("BLS card.pdf", "BLS card.pdf"),
        ("scan.final.PDF", "scan.final.pdf"),
        ("C:\\Users\\ana\\card.exe", "card.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("card\u202efdp.exe", "cardfdp.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("Führerausweis Ünal.pdf", "Führerausweis Ünal.pdf"),
        ("", "document.pdf"),
        ("...", "document.pdf"),
        ("x" * 400, "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_given_back_without_what_could_do_harm(given_name, shown):
    assert file_name(given_name, MediaType.PDF) == shown


@pytest.mark.parametrize(
    ("code", "named", "found"),
    [
        ("TB-12", None, Partition.HEALTH),
        ("TB-12", Partition.HEALTH, Partition.HEALTH),
        ("OTHER", Partition.I9, Partition.I9),
        (None, Partition.PERSONNEL, Partition.PERSONNEL),
        ("TB-12", Partition.PERSONNEL, PartitionDiffers),
        ("OTHER", None, PartitionMissing),
        (None, None, PartitionMissing),
        ("W4", None, PartitionMissing),
        (None, Partition.PAYROLL, PartitionMissing),
    ],
)
def test_a_document_belongs_where_its_item_is(code, named, found):
    asked = {"TB-12": Partition.HEALTH, "W4": Partition.PAYROLL}
    if isinstance(found, Partition):
        assert partition_for(code, named, asked=asked) is found
    else:
        with pytest.raises(found):
            partition_for(code, named, asked=asked)


def test_only_a_ready_document_is_used_and_only_a_scanned_one_given_out():
    checking = a_document(status=DocumentStatus.CHECKING)
    ready, infected = scanned(checking, is_clean=True), scanned(checking, is_clean=False)
    refused = refuse(ready, WhyRefused.ILLEGIBLE, by="per_1")
    require_usable(ready)
    for withheld in (checking, infected):
        with pytest.raises(ContentWithheld):
            require_content(withheld)
    require_content(refused)
    for useless in (checking, infected, refused):
        with pytest.raises(DocumentNotUsable):
            require_usable(useless)
    for settled in (infected, refused):
        with pytest.raises(AlreadyRefused):
            refuse(settled, WhyRefused.INCOMPLETE, by="per_1")


def test_every_fault_has_a_refusal_of_its_own():
    codes = {
        refusal.code
        for fault in Fault
        if (refusal := Inspection(fault=fault).refusal(MediaType.PDF, Bounds())) is not None
    }
    assert len(codes) == len(Fault)
    assert Inspection().refusal(MediaType.PDF, Bounds()) is None


@pytest.mark.parametrize("part", list(READ))
def test_each_part_opens_by_its_own_action_alone(part):
    """INVARIANT: who may read one part of the file reads no other by it.

    What breaks it: asking for the personnel part's action wherever a document is read.
    """
    documents = {other: a_document(partition=other) for other in READ}
    sight = Sight(reaches={READ[part]: EVERYTHING}, rows=({"clinician_id": "cln_ana"},))
    assert {other for other, document in documents.items() if sight.opens(document)} == {part}
    assert {other for other, document in documents.items() if sight.shows(document)} == {part}


def test_the_list_shows_the_personnel_part_alone_and_opens_nothing():
    sight = Sight(reaches={"documents.list": EVERYTHING}, rows=({"clinician_id": "cln_ana"},))
    shown = [part for part in READ if sight.shows(a_document(partition=part))]
    assert shown == [Partition.PERSONNEL]
    assert not any(sight.opens(a_document(partition=part)) for part in READ)


def test_a_bounded_reach_covers_the_clinician_by_any_of_their_rows():
    mine = Reach(clinician_id=frozenset({"cln_ana"}))
    granted = Reach(assignment_id=frozenset({"asg_1"}))
    rows = ({"clinician_id": "cln_ana"}, {"assignment_id": "asg_1", "clinician_id": "cln_ana"})
    others = ({"clinician_id": "cln_bea"}, {"assignment_id": "asg_2", "clinician_id": "cln_bea"})
    for reach in (mine, granted):
        assert Sight(reaches={"documents.read": reach}, rows=rows).may("documents.read")
        assert not Sight(reaches={"documents.read": reach}, rows=others).may("documents.read")


def test_how_long_each_part_is_kept_by_hand():
    """Worked 30 November 2026 to 27 February 2027. Sources: in the rows of `DOCUMENT_RETENTION`."""
    worked = Engagement(started_on=date(2026, 11, 30), ended_on=date(2027, 2, 27))
    by_work = keep_until(DOCUMENT_RETENTION, [worked])
    kept = {part: keeping(a_document(partition=part), by_work) for part in READ}
    assert {part.value: (one.rule, one.last_day) for part, one in kept.items()} == {
        "personnel": ("personnel-7-years", date(2034, 2, 27)),
        "health": ("medical-30-years", date(2057, 2, 27)),
        "background": ("background-5-years", date(2032, 2, 27)),
        "i9": ("i9-3-and-1-years", date(2029, 11, 30)),
    }


def test_who_never_worked_is_kept_a_year():
    kept = keeping(a_document(uploaded_at=datetime(2028, 2, 29, tzinfo=UTC)), {})
    assert (kept.rule, kept.last_day) == ("application-1-year", date(2029, 3, 1))
    assert not kept.is_over(date(2029, 3, 1))
    assert kept.is_over(date(2029, 3, 2))


def test_work_that_goes_on_keeps_everything_without_an_end():
    document, today = a_document(), date(2040, 1, 1)
    sorted_out = sort_out([document], {"personnel": OPEN_END}, today=today)
    assert (sorted_out.going, sorted_out.staying, sorted_out.next_last_day) == ((), (document,), OPEN_END)
    assert next_look(document, {"personnel": OPEN_END}, today=today) == date(2040, 1, 31)


def test_what_is_over_goes_and_the_rest_is_looked_at_after_its_last_day():
    old, new = a_document(document_id="doc_old"), a_document(uploaded_at=datetime(2026, 6, 1, tzinfo=UTC))
    sorted_out = sort_out([old, new], {}, today=date(2027, 5, 20))
    assert [(document.document_id, kept.last_day) for document, kept in sorted_out.going] == [
        ("doc_old", date(2027, 1, 5))
    ]
    assert (sorted_out.staying, sorted_out.next_last_day) == ((new,), date(2027, 6, 1))
    assert next_look(new, {}, today=date(2027, 5, 20)) == date(2027, 6, 2)
