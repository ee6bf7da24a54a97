"""Fixtures and real infrastructure for tests."""
