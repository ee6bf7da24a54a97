"""Private values are read by whoever is entitled, and stand in clear nowhere: no table, event, log or answer has one.

1,002 values are recorded through the APIs of a running system, and 200 more put where they do not belong. Besides,
credentialing is told names and texts of documents, numbers, other names, and who outside was asked and said what.
"""

import asyncio
from pathlib import Path

from tests.privacy.canaries import Aviary
from tests.privacy.mistakes import mistakes
from tests.privacy.searching import Found, encodings, search
from tests.privacy.servers import database, dump, say
from tests.privacy.story import CLINICIANS, ERASED, REPEATED, WITH_PAPERS
from tests.privacy.told import Told

EVERY_KIND = ("ssn", "bank_routing", "bank_account", "birth_date", "medical_note", "word", "long_number")
VALUES = CLINICIANS * 6
ERASED_VALUES = ERASED * 6


def test_every_value_is_recorded_once_however_often_it_is_sent(told: Told) -> None:
    assert told.story.recorded == {(200, 1): VALUES}
    assert told.story.repeated == {(200, 1): -(-VALUES // REPEATED)}


def test_whoever_is_entitled_reads_every_value(told: Told) -> None:
    assert told.story.revealed == {one: one.canary.kept for one in told.story.planted}
    assert len(told.story.revealed) == VALUES


def test_whoever_is_entitled_reads_what_credentialing_was_told_besides(told: Told) -> None:
    papers = told.story.papers
    assert len(papers.shown) == len(WITH_PAPERS)
    for said, shown in zip(papers.told, papers.shown, strict=True):
        assert shown == {name: said[name].kept for name in shown}


def test_nobody_else_reads_any(told: Told) -> None:
    assert told.story.refused == {
        "payroll": {403: VALUES / 2},
        "payroll, signed in long ago": {401: 60},
        "credentialing": {403: VALUES / 2},
        "credentialing, signed in long ago": {401: 60},
    }


def test_a_mistake_is_the_callers_and_never_a_failure(told: Told) -> None:
    mistaken = told.story.mistaken
    assert mistaken.total() >= 10 * len(mistakes(""))
    assert not [status for status in mistaken if status >= 500], mistaken


def test_of_the_erased_nothing_is_read_again_and_of_others_everything(told: Told) -> None:
    """INVARIANT: a value whose keys were destroyed opens for nobody, not even out of a copy of its row.

    What breaks it: erasing rows and not keys, or opening with a key that a process still remembers.
    """
    assert told.story.erased == {
        "their values": {404: ERASED_VALUES},
        "their values out of a copy": {409: ERASED_VALUES},
        "a new value of theirs": {409: ERASED_VALUES},
    }
    still = told.story.still_revealed
    assert still == {one: one.canary.kept for one in still}
    assert len(still) > ERASED_VALUES


def test_no_value_stands_in_clear_anywhere(told: Told) -> None:
    """INVARIANT: outside the vault a private value is nowhere, in no encoding: files of PostgreSQL and its log of
    writes, files of Kafka, logs, rows, audit, anchors, metrics, problems.

    What breaks it: keeping or answering what a caller sent, under whatever name and wherever they put it.
    """
    assert told.rows > VALUES
    assert told.answers > 2 * VALUES
    planted = [one.canary for one in told.story.planted]
    assert search(told.folder, [*planted, *told.story.misplaced, *told.story.papers.canaries]) == set()


def test_the_search_finds_what_does_stand_somewhere(told: Told) -> None:
    """The search that finds nothing would find a value in each of these places, and in each encoding."""
    aviary = Aviary(seed=2)
    in_row, in_event, in_log, *each = (aviary.one(kind) for kind in ("ssn", "bank_account", "birth_date", *EVERY_KIND))
    asyncio.run(_spill(told, in_row=in_row.kept, in_event=in_event.kept))
    with (told.system.home.logs / "payroll.log").open("a") as log:
        log.write(f'{{"event": "a_defect", "value": "{in_log.kept}"}}\n')
    found = {(_place(told, one), one.kind) for one in search(told.folder, [in_row, in_event, in_log])}
    assert found >= {
        ("data/postgres/base", "ssn"),
        ("data/postgres/pg_wal", "ssn"),
        ("gathered/payroll.rows", "ssn"),
        ("data/kafka/data", "bank_account"),
        ("data/logs/payroll.log", "birth_date"),
    }
    written = told.folder / "encodings"
    for canary in each:
        for name, pattern in encodings(canary):
            written.write_bytes(b"some \xff bytes" + pattern + b"\0others")
            assert [one.kind for one in search(written, [canary])] == [canary.kind], (canary.kind, name)


async def _spill(told: Told, *, in_row: str, in_event: str) -> None:
    """Writes a value into a table and another into a topic, and dumps the tables again."""
    async with database(told.system, "payroll") as connection:
        await connection.execute(f"CREATE TABLE spilled AS SELECT '{in_row}' AS value")
    await say(told.system, "spilled", text=f'{{"account": "{in_event}"}}'.encode())
    await dump(told.system, told.folder / "gathered")


def _place(told: Told, found: Found) -> str:
    """The first parts of its path that say what it belongs to."""
    parts = Path(found.file).relative_to(told.folder).parts
    return "/".join(parts[: 2 if parts[0] == "gathered" else 3])
