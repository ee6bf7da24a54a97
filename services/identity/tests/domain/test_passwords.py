"""Which passwords are taken."""

import pytest

from identity.domain.errors import PasswordUnfit
from identity.domain.passwords import require_fit

EMAIL = "ada.linden@agency.example"


@pytest.mark.parametrize(
    "password",
    [
        "a lamp beside the open window",
        "twelve chars",
        "пароль на двенадцать",
        "    spaces are characters    ",
        "correct lamp battery window",
        "x" + "0123456789" * 12,
    ],
)
def test_a_long_password_without_further_rules_is_taken(password):
    require_fit(password, email=EMAIL)


@pytest.mark.parametrize(
    ("case", "password", "codes"),
    [
        ("eleven characters", "elevenchars", ["too_short"]),
        ("129 characters", "a lamp " * 18 + "ab!", ["too_long"]),
        ("on the list", "qwertyuiopasdf", ["too_common"]),
        ("on the list, otherwise written", "PasswordPassword", ["too_common"]),
        ("on the list, made longer", "password123456!", ["too_common"]),
        ("our own name", "Firstshift-2026", ["too_common"]),
        ("one letter", "aaaaaaaaaaaa", ["too_common"]),
        ("one word again and again", "lamplamplamplamp", ["too_common"]),
        ("the alphabet", "abcdefghijklmnop", ["too_common"]),
        ("the address", "ada.linden sits here", ["holds_email"]),
        ("several faults", "ada.linden", ["too_short", "holds_email"]),
    ],
)
def test_every_reason_against_a_password_is_said(case, password, codes):
    with pytest.raises(PasswordUnfit) as refused:
        require_fit(password, email=EMAIL)
    assert [finding.code for finding in refused.value.findings] == codes


def test_a_short_address_is_in_many_words_by_chance():
    require_fit("a lamp beside the bo window", email="bo@agency.example")
