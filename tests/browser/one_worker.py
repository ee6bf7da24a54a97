"""Keeps all browser tests of a run on one worker of pytest-xdist, for they share one running system and one browser.

`--dist loadscope` gives whole modules to workers; here the folder counts as one module.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # it ships no types

FOLDER = "tests/browser/"
NEEDS_NO_BROWSER = ("test_chromium.py", "test_one_worker.py")


class ByFolder(LoadScopeScheduling):  # type: ignore[misc]  # the same
    """As `loadscope`, but for browser tests."""

    def _split_scope(self, nodeid: str) -> str:
        return FOLDER if is_one_of_ours(nodeid) else str(super()._split_scope(nodeid))


def is_one_of_ours(nodeid: str) -> bool:
    """Whether this test goes where the other browser tests go."""
    return nodeid.startswith(FOLDER) and not nodeid.removeprefix(FOLDER).startswith(NEEDS_NO_BROWSER)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFolder | None:
    """Only where modules are the unit: `-n 4` by itself spreads single tests, as asked."""
    return ByFolder(config, log) if config.getvalue("dist") == "loadscope" else None
