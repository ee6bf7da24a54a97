"""How a rule's items are written as lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.rule_text import Fault, read, written

CODES = st.from_regex(r"[A-Z][A-Z0-9-]{1,19}", fullmatch=True)
WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1).filter(
    lambda text: text not in ("yes", "no", "true", "false")
)
VALUES = st.one_of(st.integers(0, 9999), st.booleans(), WORDS)
LISTS = st.lists(st.from_regex(r"[A-Za-z'$]([A-Za-z '$]*[A-Za-z'$])?", fullmatch=True), min_size=1)
ASKS = st.fixed_dictionaries({}, optional={"window_before_start": VALUES, "mode": WORDS, "issuers": LISTS})


def test_a_line_is_a_code_and_what_the_rule_sets_for_it() -> None:
    lines = """
    CERT-BLS issuers=AHA,"Red Cross" must_cover=assignment_end

    DRUG-10  window_before_start=30 end_of_month=yes
    IMM-FLU  season=10-01..03-31
    FAC-CONF
    """

    assert read(lines).require == {
        "CERT-BLS": {"issuers": ["AHA", "Red Cross"], "must_cover": "assignment_end"},
        "DRUG-10": {"window_before_start": 30, "end_of_month": True},
        "IMM-FLU": {"season": {"first": "10-01", "last": "03-31"}},
        "FAC-CONF": {},
    }


@given(st.dictionaries(CODES, ASKS))
def test_what_is_written_is_read_the_same(require) -> None:
    assert read(written(require)).require == require


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("bls", "“bls” is no code of an item: begin the line with one, such as CERT-BLS."),
        ("CERT-BLS AHA", "“AHA” is no value: write name=value, such as window_before_start=30."),
        ('CERT-BLS issuers="AHA', "A quote is open: close it."),
        ("TB-12", "TB-12 stands on an earlier line already: write its values there."),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_what_to_do(line: str, message: str) -> None:
    assert read(f"TB-12\n{line}").faults == (Fault(line=2, message=message),)
