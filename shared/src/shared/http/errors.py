"""What the HTTP kit itself refuses.

Refused
├── MalformedJson, TooDeep, UnsupportedMediaType                         the body
├── UnknownRoute, MethodNotAllowed, BadRequest                           the route
├── IdempotencyKeyMissing, …Malformed, …InUse, …Reused                   the key of a command
├── IfMatchMissing, IfMatchMalformed (and shared.db.versions)            the version that a change expects
├── CursorDamaged, CursorOfOtherList                                     pages
├── those of shared.access.errors                                     who asks
└── those of shared.guard.errors                                      how much, and how often
"""

from shared.errors import Kind, Refused


class MalformedJson(Refused):
    """The body is not JSON; reading it stopped at line {line}, column {column}.

    Check the body with any JSON tool: a missing quote, a trailing comma and a cut-off body are the usual causes.
    """

    code = "malformed_json"
    kind = Kind.INVALID


class TooDeep(Refused):
    """The body nests objects and lists too deep; reading it stopped at line {line}, column {column}.

    No operation here takes more than a few levels; 200 is where reading ends.
    """

    code = "body_too_deep"
    kind = Kind.INVALID


class UnsupportedMediaType(Refused):
    """The body is to be JSON: send it with the header Content-Type: application/json."""

    code = "unsupported_media_type"
    kind = Kind.UNSUPPORTED


class BadRequest(Refused):
    """The request could not be read."""

    code = "bad_request"
    kind = Kind.INVALID


class UnknownRoute(Refused):
    """Nothing is served at this address.

    The addresses of this service are listed in `/openapi.json`.
    """

    code = "unknown_route"
    kind = Kind.NOT_FOUND


class MethodNotAllowed(Refused):
    """This address does not serve this method; the header Allow names those it serves."""

    code = "method_not_allowed"
    kind = Kind.UNSUPPORTED


class IdempotencyKeyMissing(Refused):
    """This command needs the header Idempotency-Key: any text of up to 255 characters that is new for each command.

    Make a fresh one (a UUID will do) for each thing you want done, and repeat the same one when you try again: a
    repeated command has no second effect and gets the first answer.
    """

    code = "idempotency_key_missing"
    kind = Kind.PRECONDITION_REQUIRED


class IdempotencyKeyMalformed(Refused):
    """The header Idempotency-Key is to be 1 to 255 visible ASCII characters."""

    code = "idempotency_key_malformed"
    kind = Kind.INVALID


class IdempotencyKeyInUse(Refused):
    """The first command with this Idempotency-Key is still running; repeat it in a moment to get its answer."""

    code = "idempotency_key_in_use"
    kind = Kind.CONFLICT


class IdempotencyKeyReused(Refused):
    """This Idempotency-Key was used for another command; a new command needs a new key.

    The key is remembered for seven days together with the address and the body it came with.
    """

    code = "idempotency_key_reused"
    kind = Kind.INVALID


class IfMatchMissing(Refused):
    """This change needs the header If-Match with the version you have seen.

    Read the resource first and send its ETag, such as `If-Match: "7"`. So nobody overwrites a change unseen.
    """

    code = "if_match_missing"
    kind = Kind.PRECONDITION_REQUIRED


class IfMatchMalformed(Refused):
    """The header If-Match is to be one strong version, such as "7"; neither *, nor weak tags, nor lists."""

    code = "if_match_malformed"
    kind = Kind.INVALID


class CursorDamaged(Refused):
    """The cursor is damaged; send next_cursor exactly as it was answered, or none to start again."""

    code = "cursor_damaged"
    kind = Kind.INVALID


class CursorOfOtherList(Refused):
    """The cursor belongs to another list; a cursor only continues the same address with the same filters."""

    code = "cursor_of_other_list"
    kind = Kind.INVALID
