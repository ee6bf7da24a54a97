"""Secrets that scanners recognise."""

from zlib import crc32

import pytest

from identity.clients.mint import ALPHABET, Mint, is_among, is_well_formed, secret_text
from shared.access.secret_texts import secret_hash

ONES = bytes([255]) * 32


def _number(digits: str) -> int:
    value = 0
    for digit in digits:
        value = value * 62 + ALPHABET.index(digit)
    return value


@pytest.mark.parametrize("random", [bytes(32), ONES, bytes(range(32))], ids=["zeros", "ones", "mixed"])
def test_a_secret_holds_its_256_bits_and_their_checksum(random):
    text = secret_text(random, label="live")
    start, body, checksum = text[:-6], text[len("fs_live_") : -6], text[-6:]
    assert (len(text), text.startswith("fs_live_"), _number(body)) == (57, True, int.from_bytes(random, "big"))
    assert _number(checksum) == crc32(start.encode())


def test_a_secret_of_zeros_is_known_by_hand():
    """CRC32 of `fs_live_` and 43 zeros is 0xC790EBF0 = 3348163568, to base 62 the digits 3, 40, 36, 34, 18, 12."""
    assert secret_text(bytes(32), label="live") == "fs_live_" + "0" * 43 + "3eaYIC"


def test_a_secret_is_made_of_256_bits_exactly():
    with pytest.raises(ValueError, match="32 bytes"):
        secret_text(bytes(31), label="live")


@pytest.mark.parametrize("place", [0, 3, 8, 20, 50, 56])
def test_one_wrong_character_is_seen_anywhere(place):
    text = Mint(is_test=False).client_secret().text
    wrong = "A" if text[place] != "A" else "B"
    assert is_well_formed(text)
    assert not is_well_formed(text[:place] + wrong + text[place + 1 :])


@pytest.mark.parametrize("text", ["", "fs_", "fs_live_", "é" * 57, "fs_live_" + "0" * 49, "\0" * 57])
def test_other_texts_are_no_secrets(text):
    assert not is_well_formed(text)


def test_a_secret_tells_what_it_is_for():
    made = [Mint(is_test=True).client_secret(), Mint(is_test=False).client_secret(), Mint(is_test=True).link_token()]
    assert [minted.text.rpartition("_")[0] for minted in made] == ["fs_test", "fs_live", "fs_link"]


def test_two_secrets_differ_and_each_is_known_by_its_digest_alone():
    one, other = (Mint(is_test=True).client_secret() for _ in range(2))
    assert one.text != other.text
    assert (one.digest, len(one.digest)) == (secret_hash(one.text), 64)
    assert is_among(one.digest, [other.digest, one.digest])
    assert not is_among(one.digest, [other.digest])
    assert not is_among(one.digest, [])
