"""Fixtures for all tests."""

from hypothesis import settings

pytest_plugins = ["shared.testing.plugin", "tests.browser.one_worker"]

settings.register_profile("house", deadline=None)  # how long an example takes depends on what else the machine does
settings.load_profile("house")
