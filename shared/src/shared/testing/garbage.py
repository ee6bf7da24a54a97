"""Collects what a library left open, without the warnings that would fail whichever test runs at that moment."""

import gc
import warnings


def collect_quietly() -> None:
    """Collects garbage now; resources that were not closed are closed without a word."""
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):
        gc.collect()
