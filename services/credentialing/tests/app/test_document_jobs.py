"""What is done to documents without anybody asking: scanned late, let go in time, erased, swept."""

from collections.abc import AsyncIterable, AsyncIterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from credentialing.app.begin_upload import begin_upload
from credentialing.app.keep_document import keep_document
from credentialing.app.let_documents_go import let_documents_go
from credentialing.app.queries.files import keep_private_until
from credentialing.app.sweep_files import sweep_files
from credentialing.clients.clamav import ScannerUnavailable
from credentialing.clients.desk import Desk
from credentialing.clients.inspector import Inspector
from credentialing.domain.documents.document import Document, DocumentStatus
from credentialing.domain.documents.inspection import Bounds
from credentialing.domain.documents.upload import Upload
from credentialing.domain.requirement import Partition
from credentialing.jobs import keeping_documents
from credentialing.storage import documents
from services.credentialing.tests.builders import END, some_facility, some_offer
from services.credentialing.tests.clients import papers
from services.credentialing.tests.clients.papers import a_pdf, an_image
from shared.contracts.assignments import AssignmentEnded, State
from shared.files.store import FileStore
from shared.principal import Principal, system
from shared.runtime.jobs import Jobs
from shared.vault.erasures import Erasures, request_erasure
from shared.vault.errors import PrivateValuesErased
from shared.vault.holds import place_hold
from shared.vault.keys import FileKeys
from shared.vault.vault import Vault

SPECIALIST = Principal(subject="per_specialist")


class ScannerInTests:
    """Away, or of one opinion."""

    def __init__(self) -> None:
        self.says: bool | None = None
        self.asked = 0

    async def is_clean(self, content: AsyncIterable[bytes]) -> bool:
        self.asked += 1
        if self.says is None:
            raise ScannerUnavailable("away")
        async for _ in content:
            pass
        return self.says


@pytest.fixture
def scanner() -> ScannerInTests:
    return ScannerInTests()


@pytest.fixture
def desk(tmp_path: Path, vault_key_file: Path, scanner: ScannerInTests) -> Desk:
    return Desk(
        store=FileStore((tmp_path / "files").as_uri(), service="credentialing"),
        vault=Vault("credentialing", FileKeys(str(vault_key_file))),
        inspector=Inspector(Bounds()),
        scanner=scanner,
    )


@pytest.fixture
def stored(tmp_path: Path):
    return lambda: [path.name for path in tmp_path.rglob("*") if path.is_file()]


@pytest.fixture
def send(house, works, desk, scanner):
    """Sends a card of Ana's; `says` is the scanner's opinion then."""

    async def sent(content: bytes = b"", *, says: bool | None = True, partition: Partition = Partition.PERSONNEL):
        scanner.says = says
        upload = Upload(clinician_id="cln_ana", partition=partition, name="card.pdf")
        async with works.begin(SPECIALIST) as work:
            key = await begin_upload(work, upload, desk=desk)
        taken_in = desk.received(_parts(content or a_pdf()), declared=None, key=key)
        async with taken_in as received, works.begin(SPECIALIST) as work:
            return (await keep_document(work, upload, received=received, desk=desk)).document

    return sent


@pytest.fixture(autouse=True)
async def ana(house):
    await house.say(papers.ana())


@pytest.fixture
def held(works):
    """Ana's documents as they are."""

    async def found() -> list[Document]:
        async with works.begin(SPECIALIST) as work:
            return list(await documents.of_clinician(work.session, "cln_ana"))

    return found


@pytest.fixture
def run(works, desk):
    """Runs each of the jobs once."""

    async def ran() -> None:
        await Jobs(keeping_documents(desk)).run_due(works)

    return ran


async def _parts(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def rows(works, statement: str) -> list[tuple[object, ...]]:
    async with works.begin(SPECIALIST) as work:
        return [tuple(row) for row in await work.session.execute(text(statement))]


async def test_while_the_scanner_is_away_a_document_waits_and_is_never_ready(send, held, run, scanner):
    """INVARIANT: where a scanner is set up, nothing is ready that it has not called clean.

    What breaks it: taking a scanner that does not answer for one that found nothing.
    """
    made = await send(says=None)
    await run()
    assert (made.status, [one.status for one in await held()]) == (DocumentStatus.CHECKING, [DocumentStatus.CHECKING])
    scanner.says = True
    await run()
    assert [one.status for one in await held()] == [DocumentStatus.READY]


async def test_what_the_scanner_finds_later_takes_the_content_away(send, held, run, scanner, stored):
    await send(says=None)
    await send(says=None, partition=Partition.HEALTH)
    scanner.says = False
    await run()
    assert [one.status for one in await held()] == [DocumentStatus.INFECTED] * 2
    assert stored() == []


async def test_a_file_that_was_damaged_while_it_waited_is_refused_and_holds_nothing_up(
    send, held, run, scanner, tmp_path
):
    await send(says=None)
    await send(an_image("PNG"), says=None)
    first = min(await held(), key=lambda one: one.document_id)
    next(path for path in tmp_path.rglob("*") if path.name == first.file).write_bytes(b"FSF1")
    scanner.says = True
    await run()
    await run()
    assert {one.status for one in await held()} == {DocumentStatus.REFUSED, DocumentStatus.READY}


async def test_what_nothing_keeps_goes_after_its_year_and_leaves_a_proof(send, held, run, clock, stored, works):
    made = await send()
    clock.instant = datetime(2027, 1, 5, 18, tzinfo=UTC)
    await run()
    assert len(await held()) == 1
    clock.advance(timedelta(days=1))
    await run()
    assert (await held(), stored()) == ([], [])
    proof = "SELECT document_id, sha256, rule, kept_through, deleted_by FROM document_deletion"
    assert await rows(works, proof) == [
        (made.document_id, made.sha256, "application-1-year", date(2027, 1, 5), "system:credentialing")
    ]
    noted = await rows(works, "SELECT object FROM audit_entry WHERE action = 'documents.delete'")
    assert noted == [(made.document_id,)]


async def test_work_keeps_each_part_for_its_own_time(house, send, held, run, clock):
    await send()
    await send(partition=Partition.I9)
    await house.say(some_facility(), some_offer())
    ended = AssignmentEnded(assignment_id="asg_1", terms_version=1, ended_on=END, state=State.COMPLETED)
    await house.say(ended)
    clock.instant = datetime(2029, 11, 30, 18, tzinfo=UTC)
    await run()
    assert len(await held()) == 2
    clock.advance(timedelta(days=40))
    await run()
    assert [one.partition for one in await held()] == [Partition.PERSONNEL]
    clock.instant = datetime(2034, 6, 1, tzinfo=UTC)
    await run()
    assert await held() == []


async def test_a_legal_hold_keeps_what_is_over(send, held, run, clock, works):
    """INVARIANT: while a hold stands nothing of the person is deleted.

    What breaks it: asking for holds before an erasure alone.
    """
    await send()
    async with works.begin(SPECIALIST) as work:
        await place_hold(work, "cln_ana", reason="Wage claim 26-104.", until=None)
    clock.advance(timedelta(days=3000))
    await run()
    assert len(await held()) == 1


async def test_a_content_in_two_parts_is_two_documents_and_goes_with_the_last_of_them(
    send, run, clock, stored, held, desk, works
):
    """INVARIANT: what one part no longer keeps takes nothing from another part in which the same content lies.

    What breaks it: deleting the stored content with the first of its rows, or one row for both parts.
    """
    first = await send()
    clock.advance(timedelta(days=100))
    second = await send(partition=Partition.HEALTH)
    assert first.document_id != second.document_id
    assert second.look_on == first.look_on + timedelta(days=100)
    clock.advance(timedelta(days=300))
    await run()
    assert ([one.partition for one in await held()], len(stored())) == ([Partition.HEALTH], 1)
    async with works.begin(SPECIALIST) as work:
        key = await desk.vault.known_file_key(work, second.key_id)
    assert b"".join([part async for part in desk.store.open(second.file, key=key)]) == a_pdf()
    clock.advance(timedelta(days=100))
    await run()
    assert stored() == []


async def test_an_erasure_takes_documents_along_as_soon_as_no_law_keeps_them(send, held, works, desk, clock, stored):
    made = await send()
    erasures = Erasures(desk.vault, keep_private_until, let_go=partial(let_documents_go, desk=desk))

    async def settle() -> None:
        async with works.begin(system("credentialing")) as work:
            await erasures.settle_due(work)

    async with works.begin(SPECIALIST) as work:
        await request_erasure(work, "cln_ana", requested_on=clock.now().date())
    await settle()
    assert (len(await held()), await rows(works, "SELECT waits_for, look_on FROM erasure")) == (
        1,
        [("retention", date(2027, 1, 6))],
    )
    clock.instant = datetime(2027, 1, 6, 12, tzinfo=UTC)
    await settle()
    assert (await held(), stored()) == ([], [])
    with pytest.raises(PrivateValuesErased):
        async with works.begin(SPECIALIST) as work:
            await desk.vault.known_file_key(work, made.key_id)
    with pytest.raises(PrivateValuesErased):
        await send()


async def test_a_file_without_a_document_is_swept_and_one_with_it_stays(send, works, desk, stored, held):
    """A process that dies between file and row leaves the file; here the transaction is broken off instead."""
    kept = await send()
    upload = Upload(clinician_id="cln_ana", partition=Partition.PERSONNEL, name="scan.png")
    async with works.begin(SPECIALIST) as work:
        key = await begin_upload(work, upload, desk=desk)
    taken_in = desk.received(_parts(an_image("PNG")), declared=None, key=key)
    with suppress(RuntimeError):
        async with taken_in as received, works.begin(SPECIALIST) as work:
            await keep_document(work, upload, received=received, desk=desk)
            raise RuntimeError("the power went")
    assert (len(await held()), len(stored())) == (1, 2)
    async with works.begin(system("credentialing")) as work:
        assert await sweep_files(work, desk=desk) == 0
        assert await sweep_files(work, desk=desk, untouched=timedelta(0)) == 1
    assert stored() == [kept.file]
