"""What is refused because of who asks.

Refused
├── TokenMissing, TokenInvalid, TokenExpired    the access token
├── FreshSignInNeeded                           how long ago they signed in
└── Forbidden                                   what they may do
"""

from shared.errors import Kind, Refused


class TokenMissing(Refused):
    """This needs a signed access token in the header Authorization: Bearer ….

    On a developer's machine `firstshift token --role recruiter` signs one.
    """

    code = "token_missing"
    kind = Kind.UNAUTHENTICATED


class TokenInvalid(Refused):
    """The access token is not valid here."""

    code = "token_invalid"
    kind = Kind.UNAUTHENTICATED


class TokenExpired(Refused):
    """The access token has expired; sign in again, or renew it."""

    code = "token_expired"
    kind = Kind.UNAUTHENTICATED


class FreshSignInNeeded(Refused):
    """This needs a sign-in that is at most {minutes} minutes old; sign in again, then repeat it.

    Ask the issuer for a token with `max_age=900` or `prompt=login`: its claim `auth_time` says when you signed in.
    """

    code = "fresh_sign_in_needed"
    kind = Kind.UNAUTHENTICATED


class Forbidden(Refused):
    """Your roles do not allow this action.

    A lead can give a role that does.
    """

    code = "forbidden"
    kind = Kind.FORBIDDEN
