"""Mechanism that every Firstshift service uses; it knows no service."""
