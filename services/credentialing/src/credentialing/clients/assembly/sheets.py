"""Sheets of the agency's own, set as tagged text: the cover of a packet, the report for an auditor."""

import json
from importlib.resources import files
from typing import Any

import typst


def sheet(name: str, data: Any) -> bytes:
    """The sheet of that name with this data, as PDF. What the data says is shown, never read as markup."""
    source = files("credentialing.clients.assembly").joinpath(f"{name}.typ").read_bytes()
    made: Any = typst.compile(
        source, format="pdf", ignore_system_fonts=True, sys_inputs={"data": json.dumps(data)}, timestamp=0
    )
    return bytes(made)
