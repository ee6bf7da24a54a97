"""Writes docs/problems.md from the refusals of every service: `make events` calls it, a test calls `--check`."""

import sys
from importlib import import_module
from pathlib import Path

from shared.http.problem_pages import problems_markdown

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "problems.md"


def page() -> str:
    """The page as it should be."""
    for project in sorted(ROOT.glob("services/*/pyproject.toml")):
        import_module(f"{project.parent.name}.main")
    import_module("shared.runtime.process")
    return problems_markdown()


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(PAGE.read_text() != page())
    PAGE.write_text(page())
    sys.stdout.write(f"wrote {PAGE.relative_to(ROOT)}\n")
