"""What may not stand in any file: a secret that would open something (rule of the house beside SECURITY.md)."""

import re
from collections.abc import Iterator

from tests.architecture.rule import rule
from tests.architecture.rules_repository import NOT_TEXT
from tests.architecture.source import Tree

SECRETS = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s*(?:\\n)?[A-Za-z0-9+/]{24}"),
    "a private JSON Web Key": re.compile(r"[\"']d[\"']\s*:\s*[\"'][A-Za-z0-9_-]{40,}[\"']"),
    "a signed token": re.compile(r"eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}"),
    "a key of an API client": re.compile(r"\bfs_live_[0-9A-Za-z]{16,}"),
    "a key of a cloud": re.compile(
        r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b|\bgh[pousr]_[0-9A-Za-z]{36}\b"
        r"|\bgithub_pat_[0-9A-Za-z_]{60,}|\bglpat-[0-9A-Za-z_-]{20}|\bxox[abpors]-[0-9A-Za-z-]{10,}|\bsk_live_[0-9A-Za-z]{16,}"
    ),
    "a password in an address": re.compile(r"\b[a-z][a-z0-9+]*://[\w.-]+:(?!\w{0,12}@|\{|\$|<|\*|…)[^\s/@\"'{}]{13,}@"),
    "a password": re.compile(
        r"(?i)\b\w*(?:password|passwd|secret|api_?key|auth_?token)[\"']?\s*[:=]\s*[\"'](?=[^\"']*\d)(?=[^\"']*[a-z])"
        r"[A-Za-z0-9+/_=~!@#%^&-]{20,}[\"']"
    ),
}
"""What it is → how it looks. Made for keys that somebody pasted, not for the short invented ones of examples."""

INVENTED = ("tests/*", "shared/tests/*", "services/*/tests/*", "deploy/local/tests/*")
"""Passwords and tokens of tests open nothing; keys of clouds and private keys may stand nowhere."""

MAY_BE_INVENTED = frozenset({"a signed token", "a password in an address", "a password", "a key of an API client"})

_PAYROLL = "services/payroll/src/payroll"
_KEY = "MC4CAQAwBQYDK2VwBCIEIOq3" + "f" * 24


@rule(
    {
        f"{_PAYROLL}/settings.py": (
            f"KEY = '-----BEGIN PRIVATE {''}KEY-----\\n{_KEY}'\n"
            "client_secret = 'q8Zr4vKp1mXw7bTs9dLh'\n"
            "client_secret: str = ''\n"
            "password = os.urandom(24).hex()\n"
            "url = 'postgresql://payroll:short@127.0.0.1/payroll'\n"
            "url = 'postgresql://payroll:Jx8rKq2vWm5tZp9n@db/payroll'\n"
        ),
        "docs/keys.md": "Use `fs_live_…`, or AKIA" + "Q" * 16 + "\n",
        "services/payroll/tests/test_keys.py": (
            "password = 'correct-horse-battery-1'\n" + f"JWK = {{'d': '{'a' * 43}'}}\n"
        ),
    },
    "docs/keys.md:1 holds a key of a cloud",
    f"{_PAYROLL}/settings.py:1 holds a private key",
    f"{_PAYROLL}/settings.py:2 holds a password",
    f"{_PAYROLL}/settings.py:6 holds a password in an address",
    "services/payroll/tests/test_keys.py:2 holds a private JSON Web Key",
)
def files_hold_no_secret(tree: Tree) -> Iterator[str]:
    tests = {module.path for module in tree.modules(*INVENTED)}
    for path in tree.files:
        if path.endswith(NOT_TEXT) or path in ("uv.lock", "requirements.lock"):  # hashes
            continue
        sought = [what for what in SECRETS if path not in tests or what not in MAY_BE_INVENTED]
        for number, line in enumerate(tree.text(path).splitlines(), start=1):
            yield from (f"{path}:{number} holds {what}" for what in sought if SECRETS[what].search(line))
