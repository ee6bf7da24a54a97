"""What is generated is up to date, keeps published revisions, and refuses what would break a reader."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shared.contracts.assignments import AssignmentEnded
from shared.contracts.publish import CONTRACTS, ROOT, publish
from shared.contracts.revisions import next_revision, stored
from shared.contracts.schema import schema_of

ENDED = "assignment.ended"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of everything that is generated."""
    for folder in (CONTRACTS / "schemas", CONTRACTS / "examples", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def the_files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def alter(root: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Changes the stored schema of the ending of an assignment, as if the code had been another then."""
    path = root / CONTRACTS / "schemas" / ENDED / "1.json"
    schema = json.loads(path.read_text())
    change(schema)
    path.write_text(json.dumps(schema))


def test_everything_generated_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert publish(ROOT, check=True) == 0
    assert capsys.readouterr().out == ""


def test_all_is_written_from_nothing_the_same(root: Path, tmp_path: Path) -> None:
    published = the_files(root)
    shutil.rmtree(root / CONTRACTS)
    assert publish(root, check=False) == 0
    written = the_files(root)
    assert {path: published[path] for path in written} == written


@pytest.mark.parametrize("path", ["docs/events.md", "docs/asyncapi.json", f"{CONTRACTS}/examples/{ENDED}/1.json"])
def test_a_file_changed_by_hand_is_named_and_written_anew(
    root: Path, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    published = the_files(root)
    (root / path).write_text("by hand")
    assert publish(root, check=True) == 1
    assert capsys.readouterr().out == f"differs: {path}\n"
    assert (root / path).read_text() == "by hand"
    assert publish(root, check=False) == 0
    assert the_files(root) == published


def test_a_compatible_change_of_the_code_becomes_the_next_revision(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alter(root, lambda schema: schema["properties"].pop("reason"))
    earlier = (root / CONTRACTS / "schemas" / ENDED / "1.json").read_bytes()
    assert publish(root, check=True) == 1
    assert f"differs: {CONTRACTS}/schemas/{ENDED}/2.json\n" in capsys.readouterr().out
    assert publish(root, check=False) == 0
    assert publish(root, check=True) == 0
    revisions = stored(root / CONTRACTS / "schemas")[ENDED]
    assert list(revisions) == [1, 2]
    assert revisions[2] == schema_of(AssignmentEnded, 2)
    assert (root / CONTRACTS / "schemas" / ENDED / "1.json").read_bytes() == earlier


def test_a_change_of_words_alone_keeps_the_revision(root: Path) -> None:
    published = the_files(root)
    alter(root, lambda schema: schema.update(description="In other words."))
    assert publish(root, check=True) == 1
    assert publish(root, check=False) == 0
    assert the_files(root) == published


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda schema: schema["required"].append("reason"),
            "assignment.ended differs from revision 1: $.reason: became optional",
        ),
        (
            lambda schema: schema["$defs"]["State"]["enum"].remove("no_show"),
            "assignment.ended differs from revision 1: $.state: enumeration gained no_show",
        ),
        (
            lambda schema: schema["properties"]["ended_on"].update(format="date-time"),
            "assignment.ended differs from revision 1: $.ended_on: format changed from date-time to date",
        ),
    ],
)
def test_a_breaking_change_of_the_code_is_refused_and_nothing_written(
    root: Path,
    change: Callable[[dict[str, Any]], object],
    message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    alter(root, change)
    (root / "docs/events.md").write_text("old")
    before = the_files(root)
    assert publish(root, check=False) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0] == message
    assert said[1].startswith("fix: make a new class")
    assert the_files(root) == before


def test_a_change_must_fit_every_earlier_revision_not_only_the_last() -> None:
    present = schema_of(AssignmentEnded, 1)
    without = {**present, "properties": {k: v for k, v in present["properties"].items() if k != "reason"}}
    as_number = {
        **present,
        "properties": {**present["properties"], "reason": {"type": "integer", "default": 0}},
    }
    assert next_revision(AssignmentEnded, {1: without}) == (2, ())
    number, breaks = next_revision(AssignmentEnded, {1: as_number, 2: without})
    assert number == 3
    assert [each.partition(": $")[0] for each in breaks] == ["assignment.ended differs from revision 1"] * 3


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("offer.forgotten/1.json", "offer.forgotten has stored schemas but is in no topic"),
        (f"{ENDED}/3.json", "assignment.ended has revisions [1, 3]: one is missing"),
    ],
)
def test_a_stored_schema_that_does_not_belong_is_named(
    root: Path, path: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stray = root / CONTRACTS / "schemas" / path
    stray.parent.mkdir(exist_ok=True)
    shutil.copy(root / CONTRACTS / "schemas" / ENDED / "1.json", stray)
    assert publish(root, check=True) == 1
    assert capsys.readouterr().err.startswith(message)
