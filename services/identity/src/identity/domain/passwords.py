"""Which passwords are taken: NIST SP 800-63B-4, 3.1.1.2: length and a list of the common; no rules of composition."""

import re
from collections.abc import Sequence
from typing import Final

from identity.domain.errors import PasswordUnfit
from identity.domain.rulebook.common_passwords import COMMON
from shared.errors import Finding

SHORTEST: Final = 12  # characters; the standard asks for 8 beside a second factor, 15 without
LONGEST: Final = 128

_OURS: Final = ("firstshift",)
_SHORTEST_WORD: Final = 4  # a part of an address that is shorter is in many words by chance


def require_fit(password: str, *, email: str, pointer: str = "/password") -> None:
    """Raises PasswordUnfit with every reason against a new password."""
    found = tuple(Finding(pointer=pointer, code=code, message=message) for code, message in _faults(password, email))
    if found:
        raise PasswordUnfit(findings=found)


def _faults(password: str, email: str) -> Sequence[tuple[str, str]]:
    plain = password.casefold()
    tests = (
        (len(password) < SHORTEST, "too_short", f"Use {SHORTEST} characters or more."),
        (len(password) > LONGEST, "too_long", f"Use at most {LONGEST} characters."),
        (_is_common(plain), "too_common", "This is one of the passwords that are tried first; use another."),
        (_holds_address(plain, email.casefold()), "holds_email", "Leave your e-mail address out of it."),
    )
    return [(code, message) for is_so, code, message in tests if is_so]


def _is_common(plain: str) -> bool:
    """Also one word or pattern again and again, a common one with digits at its end, and the name of the product."""
    stem = re.sub(r"[\d\W_]+$", "", plain)
    return plain in COMMON or stem in COMMON or stem in _OURS or _is_repeated(plain) or _is_run(plain)


def _is_repeated(plain: str) -> bool:
    return re.fullmatch(r"(.{1,4})\1+.{0,3}", plain, flags=re.DOTALL) is not None


def _is_run(plain: str) -> bool:
    """Characters that follow one another, such as abcdefgh… or 9876…"""
    steps = {ord(after) - ord(before) for before, after in zip(plain, plain[1:], strict=False)}
    return len(plain) > 1 and (steps <= {1} or steps <= {-1})


def _holds_address(plain: str, email: str) -> bool:
    name = email.partition("@")[0]
    return len(name) >= _SHORTEST_WORD and name in plain
