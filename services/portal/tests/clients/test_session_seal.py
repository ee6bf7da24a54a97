"""What is sealed opens in its place, under its key, and nowhere else."""

from datetime import timedelta

import pytest

from portal.clients.session_seal import SessionSeal
from portal.domain.browser_session import Tokens
from shared.errors import Unavailable

TOKENS = Tokens(access="a", lives=timedelta(minutes=5), refresh="r", id_token="i")


@pytest.fixture
def seal(tmp_path):
    """Makes the seal of a key."""

    def made(key):
        path = tmp_path / f"{key[:2]}.key"
        path.write_text(key + "\n")
        return SessionSeal(str(path))

    return made


def test_tokens_come_back_as_they_were_and_cannot_be_read(seal):
    own = seal("ab" * 32)
    sealed = own.seal_tokens(TOKENS, place="h1")
    assert own.open_tokens(sealed, place="h1") == TOKENS
    assert b"access" not in sealed and sealed != own.seal_tokens(TOKENS, place="h1")


def test_nothing_opens_in_another_place_or_under_another_key(seal):
    own, other = seal("ab" * 32), seal("cd" * 32)
    sealed, text = own.seal_tokens(TOKENS, place="h1"), own.seal_text("note", place="p")
    assert (own.open_tokens(sealed, place="h2"), other.open_tokens(sealed, place="h1")) == (None, None)
    assert (own.open_text(text, place="q"), other.open_text(text, place="p")) == (None, None)
    assert own.open_text(text, place="p") == "note"


@pytest.mark.parametrize("offered", ["", "x", "not base64 é", "AAAA" * 20])
def test_what_a_browser_made_up_is_nothing(seal, offered):
    assert seal("ab" * 32).open_text(offered, place="p") is None


@pytest.mark.parametrize("content", ["", "ab" * 31, "no digits"])
def test_without_a_key_of_32_bytes_nothing_is_sealed(tmp_path, content):
    path = tmp_path / "short.key"
    path.write_text(content)
    for place in (str(path), str(tmp_path / "none.key"), ""):
        with pytest.raises(Unavailable):
            SessionSeal(place).seal_text("note", place="p")
