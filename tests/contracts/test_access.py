"""docs/access.md says who may do what, as the code does."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parent.parent.parent / "docs" / "access.py"


def test_the_page_of_access_is_what_the_code_says() -> None:
    checked = subprocess.run([sys.executable, str(SCRIPT), "--check"], check=False)
    assert checked.returncode == 0, "run `make events`"
