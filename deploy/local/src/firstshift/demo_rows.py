"""Reads the demo data's tables: a line is a row, its cells between bars."""

from collections.abc import Iterator
from typing import Any

SOURCE = "demo"
"""The recruiter system that the demo data comes from."""


def rows(table: str) -> Iterator[list[str]]:
    """The cells of each line, without the space around them."""
    for line in table.strip().splitlines():
        yield [cell.strip() for cell in line.split("|")]


def address(text: str) -> dict[str, Any]:
    """An address written as `street, city, ST 12345`."""
    street, city, place = (part.strip() for part in text.split(","))
    state, zip_code = place.split()
    return {"street": street, "city": city, "state": state, "zip": zip_code}


def names(text: str) -> list[str]:
    """The names of a cell, between commas."""
    return [name.strip() for name in text.split(",")]
