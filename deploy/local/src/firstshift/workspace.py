"""The checkout: where it is, which services it holds, and where its data folder lies."""

import os
import tomllib
from pathlib import Path

from firstshift.errors import CannotRun
from firstshift.home import Home


def find_workspace(start: Path | None = None) -> Path:
    """The nearest folder, from `start` upwards, whose pyproject declares the uv workspace."""
    start = start or Path.cwd()
    for folder in (start, *start.parents):
        if _declares_workspace(folder / "pyproject.toml"):
            return folder
    raise CannotRun(f"{start} is not inside a Firstshift checkout.", "Change into the checkout and try again.")


def find_services(workspace: Path) -> list[str]:
    """The services of the checkout: assignments, the front door, first; the others by the alphabet."""
    found = [project.parent.name for project in (workspace / "services").glob("*/pyproject.toml")]
    return sorted(found, key=lambda name: (name != "assignments", name))


def find_home(workspace: Path) -> Home:
    """The data folder: FIRSTSHIFT_HOME, or `.firstshift` in the checkout."""
    return Home(Path(os.environ.get("FIRSTSHIFT_HOME") or workspace / ".firstshift").absolute())


def _declares_workspace(pyproject: Path) -> bool:
    if not pyproject.is_file():
        return False
    tool = tomllib.loads(pyproject.read_text()).get("tool", {})
    return "workspace" in tool.get("uv", {})
