"""What is refused because of its size, its pace or its number.

Refused
├── NulCharacter, AddressTooLong, TooManyParameters    the address
├── HeadersTooLarge                                    the headers
├── BodyTooLarge, BodyTooSlow                          the body
└── QuotaExceeded                                      how often somebody asks
"""

from shared.errors import Kind, Refused


class NulCharacter(Refused):
    """The address holds a NUL character, which no value here may hold."""

    code = "nul_character"
    kind = Kind.INVALID


class AddressTooLong(Refused):
    """The address is longer than {limit_bytes} bytes, the most that is accepted here.

    Ask for fewer things at once, or send them in the body where the operation takes one.
    """

    code = "address_too_long"
    kind = Kind.TOO_LARGE


class TooManyParameters(Refused):
    """The address has more than {limit} query parameters, the most that is accepted here."""

    code = "too_many_parameters"
    kind = Kind.INVALID


class HeadersTooLarge(Refused):
    """The headers are larger than {limit_bytes} bytes or more than {limit}, the most that is accepted here.

    A token of many grants is the usual cause: ask for one that names fewer. Cookies are read by no API of ours.
    """

    code = "headers_too_large"
    kind = Kind.TOO_LARGE


class BodyTooLarge(Refused):
    """The body is larger than {limit_bytes} bytes, the most that is accepted here.

    Split the content over several requests.
    """

    code = "body_too_large"
    kind = Kind.TOO_LARGE


class BodyTooSlow(Refused):
    """The body had not arrived whole after {limit_seconds} seconds. Nothing was changed.

    Send it again, with the same Idempotency-Key, over a better line or in smaller parts.
    """

    code = "body_too_slow"
    kind = Kind.TOO_LARGE


class QuotaExceeded(Refused):
    """You asked more often than {per_minute} times a minute; ask again after {retry_after_seconds} seconds.

    The headers RateLimit-Policy and RateLimit of every answer say how often you may ask, how often you still may now,
    and in how many seconds all of it is yours again. A request refused by this had no effect.
    """

    code = "quota_exceeded"
    kind = Kind.TOO_MANY
