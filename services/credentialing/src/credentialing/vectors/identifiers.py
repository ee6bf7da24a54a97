"""Answers the groups `npi` and `dea`."""

from collections.abc import Mapping
from typing import Any

from credentialing.domain.identifiers import dea, is_npi


def answer_npi(case: Mapping[str, Any]) -> dict[str, Any]:
    """Whether the number can be an NPI; one written as a JSON number is read as its digits."""
    return {"valid": is_npi(_text(case["input"].get("npi")))}


def answer_dea(case: Mapping[str, Any]) -> dict[str, Any]:
    """The checksum of a DEA number, and how its second letter goes with the surname."""
    found = dea(_text(case["input"].get("dea")), _text(case["input"].get("last_name")))
    return {"checksum_valid": found.is_checksum_valid, "name_initial": found.name_initial}


def _text(given: Any) -> str | None:
    return None if given is None else str(given)
