"""Names in the letters A to Z."""

import pytest

from shared.plain_letters import in_plain_letters


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Smith-Jones", "SMITH-JONES"),
        ("José Núñez", "JOSE NUNEZ"),
        ("Jose\u0301", "JOSE"),
        ("Ķirsis", "KIRSIS"),
        ("Nguyễn", "NGUYEN"),
        ("Lǚ", "LU"),
        ("Łukasz Đorđević", "LUKASZ DORDEVIC"),
        ("Weiß", "WEISS"),
        ("Øystein Þór", "OYSTEIN THOR"),
        ("Kaʻiulani O´Brien", "KA'IULANI O'BRIEN"),
        ("Ｌｅｅ", "LEE"),
        ("Иванов", "ИВАНОВ"),
        ("", ""),
    ],
)
def test_letters_lose_their_marks_and_other_scripts_stay(text: str, plain: str) -> None:
    assert in_plain_letters(text) == plain
