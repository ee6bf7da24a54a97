"""How an owner answers test vectors."""

import io
import json
from typing import Any

import pytest

from shared.runtime.vectors import answer_vectors


def answered(*cases: dict[str, Any], **more: Any) -> dict[str, Any]:
    target = io.StringIO()
    source = io.StringIO(json.dumps({"cases": cases, **more}))
    answer_vectors({"halves": lambda case: 12 // case["input"]["by"]}, source=source, target=target)
    results: dict[str, Any] = json.loads(target.getvalue())["results"]
    return results


def a_case(name: str, given: Any, group: str = "halves") -> dict[str, Any]:
    return {"id": name, "group": group, "input": given}


@pytest.mark.parametrize("given", [{}, {"by": 0}, {"by": "two"}, None])
def test_a_case_that_cannot_be_answered_is_left_out_and_the_others_are_answered(
    given: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answered(a_case("C-1", {"by": 2}), a_case("C-2", given), a_case("C-3", {"by": 3})) == {"C-1": 6, "C-3": 4}
    assert capsys.readouterr().err.startswith("C-2 cannot be answered: ")


def test_a_case_without_an_id_goes_by_its_title_and_a_group_of_others_is_left_out() -> None:
    assert answered({"title": "by two", "area": "halves", "input": {"by": 2}}, a_case("C-2", {}, "thirds")) == {
        "by two": 6
    }


def test_the_fixtures_of_the_file_come_along() -> None:
    target = io.StringIO()
    source = io.StringIO(json.dumps({"cases": [a_case("C-1", 1)], "fixtures": {"f": 7}}))
    answer_vectors({"halves": lambda case: case["fixtures"]["f"]}, source=source, target=target)
    assert json.loads(target.getvalue()) == {"results": {"C-1": 7}}
