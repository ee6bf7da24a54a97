"""What the demo remembers of the accounts that it opened: their password and the secrets of their second factors.

Only of invented people on one machine: nobody else's password is ever written down.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from firstshift.home import Home, read_json, write_private_json

WORDS = (
    "amber anchor apple arrow aspen autumn basil beacon birch bridge cabin candle canyon cedar cherry clover copper"
    " coral cotton cricket dawn delta ember falcon fern fiddle forest garden garnet ginger glacier harbor hazel heron"
    " hollow indigo island ivory jasper juniper kettle lantern laurel lemon linen lotus maple marble meadow mint moss"
    " nectar oak olive opal orchard otter pebble pepper pine prairie quartz quill raven reed river robin saddle sage"
    " sparrow spruce summit sunset thistle timber topaz tulip valley velvet violet walnut willow winter wren"
).split()
WORDS_IN_A_PASSWORD = 5


@dataclass(frozen=True)
class Keyring:
    """The demo's accounts by address, each with the secret of its second factor, if it has one."""

    home: Home
    password: str
    second_factors: Mapping[str, str | None] = field(default_factory=dict)

    def with_account(self, email: str, second_factor: str | None) -> "Keyring":
        """The keyring with one more account, written down before anything else happens."""
        more = Keyring(self.home, self.password, {**self.second_factors, email: second_factor})
        write_private_json(_file(self.home), {"password": more.password, "second_factors": more.second_factors})
        return more


def keyring_of(home: Home) -> Keyring:
    """The keyring of a data folder; a new one has a password of its own and no account yet."""
    known: dict[str, Any] = read_json(_file(home))
    if not known:
        return Keyring(home, " ".join(secrets.choice(WORDS) for _ in range(WORDS_IN_A_PASSWORD)))
    return Keyring(home, known["password"], known["second_factors"])


def _file(home: Home) -> Path:
    return home.keys / "demo.json"
