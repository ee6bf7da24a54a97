"""What must wait for what: everything else runs beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """Items whose code begins with `prefix` begin when `gate` is met, which waits for none; `source` says why."""

    prefix: str
    gate: str
    source: str


AFTER = (
    After(prefix="BG-", gate="BG-AUTH", source="15 USC 1681b(b)(2): no report before disclosure and authorisation"),
    After(prefix="HLTH-FIT", gate="HLTH-RESPQ", source="29 CFR 1910.134(e): questionnaire before the fit test"),
    After(prefix="EMP-EV", gate="EMP-I9", source="E-Verify takes its data from the Form I-9"),
)
LAST = ("FAC-PACKET",)
"""The packet is made of everything else, and the client decides about it whole."""


def gate_of(code: str, asked: Sequence[str]) -> str | None:
    """The item that must be met before this one begins, among those asked; None when it may begin at once."""
    for rule in AFTER:
        if code != rule.gate and rule.gate in asked and code.startswith(rule.prefix):
            return rule.gate
    return None
