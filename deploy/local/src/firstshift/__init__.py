"""Runs all of Firstshift on one machine."""
