"""Codes of RFC 6238, checked by the standard's own vectors."""

import pytest

from identity.clients.one_time_codes import new_recovery_codes, recovery_hash, step_of

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890", RFC 6238, appendix B


@pytest.mark.parametrize(("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924")])
def test_codes_are_those_of_the_standard(seconds, code):
    assert step_of(SECRET, code, now_seconds=seconds) == seconds // 30


@pytest.mark.parametrize(("drift", "is_right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_one_step_off(drift, is_right):
    assert (step_of(SECRET, "081804", now_seconds=1111111109 + drift) is not None) is is_right


@pytest.mark.parametrize("code", ["", "081803", "81804", "٠٨١٨٠٤", "081804 ; drop"])
def test_anything_else_is_no_code(code):
    assert step_of(SECRET, code, now_seconds=1111111109) is None


def test_recovery_codes_differ_and_are_known_however_they_are_typed():
    codes = new_recovery_codes()
    assert (len(set(codes)), {len(code) for code in codes}) == (10, {19})
    assert recovery_hash(f" {codes[0].upper().replace('-', ' ')}") == recovery_hash(codes[0])
