"""The runner against owners that answer well, wrongly, partly, or not at all."""

import json
from pathlib import Path

import pytest

from tests.vectors import run

OWNER = """
import json, sys
question = json.load(sys.stdin)
{body}
"""
ECHO = "print(json.dumps({'results': {case['id']: case['input'] for case in question['cases']}}))"


def an_owner(folder: Path, name: str, body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / f"{name}.py").write_text(OWNER.format(body=body), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))


def a_file(folder: Path, *cases: dict[str, object]) -> Path:
    path = folder / "cases.json"
    path.write_text(json.dumps({"meta": {"version": 1}, "parameters": {"p": 1}, "cases": cases}))
    return path


def a_case(number: int, **fields: object) -> dict[str, object]:
    return {
        "id": f"C-{number}",
        "group": "doubles",
        "title": f"case {number}",
        "input": number,
        "expected": number,
        **fields,
    }


OWNERS = {"cases.json": {"doubles": "echo_owner"}}


def test_right_answers_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    an_owner(tmp_path, "echo_owner", ECHO, monkeypatch)
    assert run.main([a_file(tmp_path, a_case(1), a_case(2))], owners=OWNERS) == 0
    assert capsys.readouterr().out == "2 passed, 0 failed\n"


def test_a_wrong_answer_is_shown_beside_the_expected_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    an_owner(tmp_path, "echo_owner", ECHO, monkeypatch)
    assert run.main([a_file(tmp_path, a_case(1), a_case(2, expected=True))], owners=OWNERS) == 1
    assert capsys.readouterr().out == "C-2  case 2\n  expected true\n  actual   2\n1 passed, 1 failed\n"


def test_an_unmapped_group_fails_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    an_owner(tmp_path, "echo_owner", ECHO, monkeypatch)
    assert run.main([a_file(tmp_path, a_case(1), a_case(2, group="thirds"))], owners=OWNERS) == 1
    out = capsys.readouterr().out
    assert "C-2  case 2\n  expected 2\n  no owner of group thirds of cases.json\n" in out
    assert out.endswith("\n1 passed, 1 failed\n")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("print(json.dumps({'results': {}}))", "echo_owner gave no answer to this case"),
        ("print('hello')", "echo_owner did not answer with JSON that has results"),
        ("sys.exit(3)", "echo_owner ended with exit code 3"),
    ],
    ids=["leaves a case out", "speaks no JSON", "ends with an error"],
)
def test_an_owner_that_does_not_answer_fails_its_cases(
    body: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_owner(tmp_path, "echo_owner", body, monkeypatch)
    count, failures = run.check(a_file(tmp_path, a_case(1)), OWNERS)
    assert (count, [failure.said for failure in failures]) == (1, [said])


def test_an_owner_sees_the_whole_file_but_not_the_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    an_owner(
        tmp_path,
        "echo_owner",
        "print(json.dumps({'results': {'C-1': {**question, 'cases': list(question['cases'][0])}}}))",
        monkeypatch,
    )
    seen = {
        "file": "cases.json",
        "meta": {"version": 1},
        "parameters": {"p": 1},
        "cases": ["id", "group", "title", "input"],
    }
    assert run.check(a_file(tmp_path, a_case(1, expected=seen)), OWNERS) == (1, [])


def test_a_file_without_cases_is_not_a_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main([a_file(tmp_path)], owners=OWNERS) == 1
    assert capsys.readouterr().out == "0 passed, 0 failed\n"


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        ({"miles": 10.0}, {"miles": 10.1}, True),
        ({"miles": "10.00"}, {"miles": "10.10"}, True),
        ({"miles": 10.0}, {"miles": 10.11}, False),
        ({"miles": 10.0, "note": "near"}, {"miles": 10.0, "note": "far"}, False),
        ([1, None, True], [1, None, True], True),
        ([1], [1, 1], False),
        (1, True, False),
    ],
)
def test_a_tolerance_is_absolute_and_reaches_every_number(expected: object, actual: object, same: bool) -> None:
    assert run.matches({"expected": expected, "tolerance": "0.1"}, actual) is same
