"""docs/problems.md explains every refusal that the code has."""

import importlib.util
from pathlib import Path

SCRIPT = Path(__file__).parent.parent.parent / "docs" / "problems.py"


def test_the_page_of_problems_is_what_the_code_says() -> None:
    spec = importlib.util.spec_from_file_location("problems", SCRIPT)
    assert spec and spec.loader
    problems = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(problems)
    assert problems.PAGE.read_text() == problems.page(), "run `make events`"
