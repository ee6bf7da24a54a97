"""What the audit of dependencies says, and by which code it ends."""

from typing import Any

import pytest

from tests.supply.audit import CLEAN, NOT_CHECKED, WEAK, judge

SOUND: dict[str, Any] = {"name": "httpx", "version": "0.28.1", "vulns": []}
FAULTY: dict[str, Any] = {
    "name": "starlette",
    "version": "0.1",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["0.2"]}, {"id": "PYSEC-2", "fix_versions": []}],
}
UNASKED: dict[str, Any] = {"name": "jgo", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "code"),
    [
        ([SOUND], CLEAN),
        ([SOUND, FAULTY], WEAK),
        ([SOUND, UNASKED], NOT_CHECKED),
        ([UNASKED, FAULTY], WEAK),
    ],
)
def test_the_code_says_what_was_found(packages: list[dict[str, Any]], code: int) -> None:
    assert judge(packages) == code


def test_each_weakness_is_named_with_what_mends_it(capsys: pytest.CaptureFixture[str]) -> None:
    judge([FAULTY, UNASKED])
    assert capsys.readouterr().out.splitlines() == [
        "NOT CHECKED: jgo: not found",
        "WEAK: starlette 0.1: PYSEC-1, mended in 0.2",
        "WEAK: starlette 0.1: PYSEC-2, mended in no version yet",
        "1 packages asked about, 1 with known weaknesses",
    ]
