"""docs/problems.md explains every refusal that the services have."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parent.parent.parent / "docs" / "problems.py"


def test_the_page_of_problems_is_what_the_code_says() -> None:
    checked = subprocess.run([sys.executable, str(SCRIPT), "--check"], check=False)  # alone: tests declare refusals too
    assert checked.returncode == 0, "run `make events`"
