"""The exclusions API of SAM.gov: one page of its answer. What its records mean: `exclusions.py`.

Source: field facts, 4.3.
"""

import re
from dataclasses import dataclass

from credentialing.domain.sources.answer import RequestError, Trouble
from credentialing.domain.sources.json_values import Json, record_of, records_of, text_of, whole_of

LARGEST_PAGE = 10
BUSY_SECONDS = 24 * 60 * 60
"""The daily bound begins anew with the day."""

_FORBIDDEN = re.compile(r"[&|{}^\\]")
_OPERATORS = re.compile(r"[~!*\"()\[\]]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SamPage:
    """Records as they came, and how many there are in all."""

    total: int
    records: tuple[Json, ...]


def asked_name(name: str) -> str:
    """A name as the API takes it: words that must all occur; what it forbids, or reads as an operator, is a space."""
    return " ".join(_OPERATORS.sub(" ", _FORBIDDEN.sub(" ", name)).split())


def read_page(status: int, body: object) -> SamPage | RequestError | Trouble:
    """The records of one page; an answer without them is trouble, not an empty list."""
    record = record_of(body)
    said = text_of(record, "detail", "message") or text_of(record_of(record.get("error")), "message", "code")
    if status == 429 or (status == 403 and said and "over_rate_limit" in said.lower()):
        return Trouble(why="SAM.gov takes no more questions today.", again_in_seconds=BUSY_SECONDS, is_for_all=True)
    if status in (401, 403):
        return Trouble(why="SAM.gov does not take our key.", again_in_seconds=BUSY_SECONDS, is_for_all=True)
    if status in (400, 405, 414):
        return RequestError(why=said or f"SAM.gov refuses the question with {status}.")
    total = whole_of(record, "totalRecords")
    if status != 200 or total is None or total < 0:
        return Trouble(why=f"SAM.gov answers with {status} and no list.")
    return SamPage(total=total, records=records_of(record.get("excludedEntity")))
