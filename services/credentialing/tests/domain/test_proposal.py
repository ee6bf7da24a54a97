"""What is read from texts: only what is labelled, never surer than it is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.domain.documents.days import days_in
from credentialing.domain.documents.proposal import Confidence, propose

HIGH, MEDIUM, LOW = Confidence


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("03/05/2027", [date(2027, 3, 5)]),
        ("3-5-2027 and 03.05.2027", [date(2027, 3, 5)] * 2),
        ("3/5/27", [date(2027, 3, 5)]),
        ("4/17/90", [date(1990, 4, 17)]),
        ("2027-03-05", [date(2027, 3, 5)]),
        ("March 5, 2027", [date(2027, 3, 5)]),
        ("MAR 5th 2027", [date(2027, 3, 5)]),
        ("Sept. 30, 2026", [date(2026, 9, 30)]),
        ("5 March 2027, 05-Mar-2027", [date(2027, 3, 5)] * 2),
        ("February 2028", [date(2028, 2, 29)]),
        ("02/2027", [date(2027, 2, 28)]),
        ("13/05/2027", []),
        ("02/30/2027", []),
        ("303-555-0100", []),
        ("1/2/3/2027", []),
        ("May the 4th", []),
        ("1234567/8901234", []),
        ("12/25", []),
    ],
)
def test_days_are_read_as_they_are_written_here(text, days):
    assert [one.day for one in days_in(text)] == days


def summary(text: str) -> dict[str, tuple[str, Confidence]]:
    proposal = propose(text)
    read = {name: getattr(proposal, name) for name in ("number", "issued_on", "expires_on", "name")}
    return {name: (str(one.value), one.confidence) for name, one in read.items() if one}


@pytest.mark.parametrize(
    ("case", "text", "wanted"),
    [
        (
            "all on their lines",
            "Name: Ana Example\nLicense No: RN-123456\nIssued 01/05/2025\nExpires: 01/31/2027",
            {
                "number": ("RN-123456", HIGH),
                "issued_on": ("2025-01-05", HIGH),
                "expires_on": ("2027-01-31", HIGH),
                "name": ("Ana Example", HIGH),
            },
        ),
        (
            "labels above",
            "Issue Date    Renew By\n01/05/2025    01/31/2027\nCertificate number\nAB12345",
            {
                "number": ("AB12345", MEDIUM),
                "issued_on": ("2025-01-05", MEDIUM),
                "expires_on": ("2027-01-31", MEDIUM),
            },
        ),
        (
            "a range",
            "Effective 02/01/2025 to 01/31/2027",
            {"issued_on": ("2025-02-01", HIGH), "expires_on": ("2027-01-31", HIGH)},
        ),
        ("a month alone", "Valid through February 2027", {"expires_on": ("2027-02-28", MEDIUM)}),
        ("two digits", "Exp. 1/31/27", {"expires_on": ("2027-01-31", MEDIUM)}),
        (
            "two expiries: the earlier, doubted",
            "Expires 01/31/2027\nCPR expires 06/30/2026",
            {"expires_on": ("2026-06-30", LOW)},
        ),
        (
            "days that contradict each other",
            "Issued 02/01/2027\nExpires 01/31/2026",
            {"issued_on": ("2027-02-01", LOW), "expires_on": ("2026-01-31", LOW)},
        ),
        ("a birth date", "Date of birth: 04/17/1990", {}),
        ("a day without a label", "Denver, 04/17/2026", {}),
        ("a social security number", "Registration number 900-12-3456", {}),
        ("a day as a number", "Certificate number 2027-01-31", {}),
        ("a word as a number", "License number PENDING", {}),
        ("another's name", "Course name: Basic Life Support\nInstructor name: Bob Teacher", {}),
        ("two names", "Name: Ana Example\nIssued to: Bea Example", {"name": ("Ana Example", LOW)}),
        ("one name twice", "Name: Ana Example\nISSUED TO: ANA EXAMPLE", {"name": ("Ana Example", HIGH)}),
        ("nothing", "", {}),
    ],
)
def test_what_is_labelled_is_proposed(case, text, wanted):
    assert summary(text) == wanted, case


def test_the_words_are_shown_that_it_came_from():
    read = propose("Basic Life Support\nRenew   by 01/31/2027 at the latest").expires_on
    assert read
    assert read.words == "Renew by 01/31/2027 at the latest"


@given(st.text(max_size=3000))
def test_any_text_is_read_without_harm(text):
    proposal = propose(text)
    for read in (proposal.number, proposal.issued_on, proposal.expires_on, proposal.name):
        assert read is None or len(read.words) <= 120


@pytest.mark.parametrize(
    "part", ["a" * 100_000, "Name: " + "A " * 50_000, "1/" * 50_000, "expires " * 20_000, " " * 90_000]
)
def test_long_and_odd_texts_are_cut(part):
    assert propose(part).expires_on is None
