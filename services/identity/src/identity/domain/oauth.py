"""What is asked at the token endpoint, and the two answers: granted, or denied with a word of RFC 6749, 5.2.

A denial is a value and no exception: what it changed (a family of tokens ended) is to be committed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from identity.domain.access import Access


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRequest:
    """The fields of the form, who the client says it is (by header or form), and the address that it comes from."""

    fields: Mapping[str, str]
    client_id: str | None
    client_secret: str | None
    address: str

    def field(self, name: str) -> str:
        """A field's value; empty when it is not there."""
        return self.fields.get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """What to hand out: an access token, and by OpenID Connect a refresh token and what the ID token says."""

    access: Access
    refresh_token: str | None = None
    id_claims: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """Why not, in one word of the standard and one sentence that repeats no value."""

    error: str
    description: str
    status: int = 400


INVALID_CLIENT = Denied(error="invalid_client", description="The client is not known by this proof.", status=401)
INVALID_GRANT = Denied(error="invalid_grant", description="This was not given out, has ended, or was used before.")
