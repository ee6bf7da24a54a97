"""Fixtures for all tests."""

pytest_plugins = ["shared.testing.plugin", "tests.browser.one_worker"]
