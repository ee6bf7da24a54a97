"""Whatever is asked of timekeeping, it answers as its OpenAPI document says."""

from collections.abc import Callable

from tests.fuzz.conftest import CASES
from tests.fuzz.fuzz import Report


def test_every_answer_is_one_that_the_document_describes(fuzzed: Callable[[str], Report]) -> None:
    report = fuzzed("timekeeping")
    assert not report.findings, "\n".join(report.findings)
    assert report.server_errors == 0
    assert report.cases >= CASES
