"""Names in the letters A to Z, as American registers and lists write them."""

import unicodedata

_OWN = str.maketrans(
    {"Æ": "AE", "Œ": "OE", "Þ": "TH", "ẞ": "SS", "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D"}
    | {"Ħ": "H", "Ŧ": "T", "Ŋ": "N", "Ə": "A", "ı": "I", "ʼ": "'", "ʻ": "'", "´": "'"}
)
"""Letters that are no other letter with a mark, and the ways to write an apostrophe."""


def in_plain_letters(text: str) -> str:
    """The text in capitals without accents; other scripts, digits and punctuation stay as they are."""
    capitals = text.upper()
    if capitals.isascii():
        return capitals
    taken_apart = unicodedata.normalize("NFKD", capitals.translate(_OWN))
    return "".join(letter for letter in taken_apart if not unicodedata.combining(letter))
