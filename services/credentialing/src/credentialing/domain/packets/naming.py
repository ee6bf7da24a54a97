"""The names of a packet's files, made from a pattern such as `{name} - {discipline} - Health.pdf`."""

import re
from collections.abc import Mapping

FIELDS = frozenset({"name", "discipline", "facility", "unit", "start", "part", "number"})
"""What a pattern may name in braces."""

LONGEST = 120
_FIELD = re.compile(r"\{([^{}]*)\}")
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*{}\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]')


def pattern_fault(pattern: str) -> str | None:
    """What is wrong with a pattern, in words; None when nothing is."""
    if not pattern.endswith(".pdf"):
        return "End it in .pdf."
    unknown = sorted(set(_FIELD.findall(pattern)) - FIELDS)
    if unknown or _NOT_IN_NAMES.search(_FIELD.sub("", pattern)):
        return "Use letters, figures, blanks and - _ . , and in braces one of: " + ", ".join(sorted(FIELDS)) + "."
    return None if pattern.removesuffix(".pdf").strip(" .") else "Give it a name."


def packet_file_name(pattern: str, fields: Mapping[str, str]) -> str:
    """The name, at most 120 characters and without what file systems do not take."""
    filled = _FIELD.sub(lambda match: fields.get(match[1], ""), pattern)
    stem = _NOT_IN_NAMES.sub("", filled).removesuffix(".pdf").strip(" .")
    return (stem[: LONGEST - 4] or "packet") + ".pdf"
