"""A data folder per test, and a narration that nobody has to read."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from firstshift.home import Home
from firstshift.narration import Narration


@pytest.fixture
def home() -> Iterator[Home]:
    """A prepared data folder; not under pytest's own, which pytest closes to PostgreSQL's user."""
    folder = Path(tempfile.mkdtemp(prefix="firstshift-"))
    os.chmod(folder, 0o711)
    prepared = Home(folder / "data")
    prepared.prepare()
    yield prepared
    shutil.rmtree(folder)


@pytest.fixture
def narration(home: Home) -> Narration:
    """Writes to memory: `narration.console.file` holds what the terminal would show."""
    return Narration(home.logs, console=Console(file=StringIO(), soft_wrap=True))
