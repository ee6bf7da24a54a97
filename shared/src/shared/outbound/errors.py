"""Why an address from data is not called, and what is wrong with an answer.

Refused
└── AddressRefused
    ├── AddressMalformed, AddressNotHttps, AddressWithCredentials, PortNotAllowed    the address as written
    └── AddressNotPublic                                                             what its host stands for

httpx.RequestError
└── AnswerTooLarge                                                                   who answered is to mend it

No message names the address that a host resolved to: whoever may enter an address could map our network by it.
"""

from typing import ClassVar

import httpx

from shared.errors import Kind, Refused


class AddressRefused(Refused):
    """This address is not called."""

    code = "address_refused"
    kind = Kind.INVALID


class AddressMalformed(AddressRefused):
    """The address is not one of a public host, written in the plain form.

    Write it as https://host.example/path. The host is a full domain name, or an IP address in its usual notation:
    without a port in words, a trailing dot, a zone, or numbers in octal or hexadecimal.
    """

    code = "address_malformed"


class AddressNotHttps(AddressRefused):
    """The address does not begin with https://, and only encrypted calls are made."""

    code = "address_not_https"


class AddressWithCredentials(AddressRefused):
    """The address holds a user name or a password, which would end in logs.

    Leave out what stands before the @. Calls are signed or carry a token of their own instead.
    """

    code = "address_with_credentials"


class PortNotAllowed(AddressRefused):
    """The port of the address is not one of those that are called: {ports}."""

    code = "port_not_allowed"


class AddressNotPublic(AddressRefused):
    """The host of the address does not stand for public addresses alone.

    Every address that the name resolves to must be reachable by anyone on the internet: none may be private, local,
    reserved or of a cloud's own services.
    """

    code = "address_not_public"


class AnswerTooLarge(httpx.RequestError):
    """The body of the answer is longer than what is read of it."""

    code: ClassVar[str] = "answer_too_large"
