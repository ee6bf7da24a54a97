"""An address from data as written: whether it may be called, before anything is resolved."""

import re
from collections.abc import Collection
from ipaddress import ip_address

import httpx

from shared.outbound.errors import (
    AddressMalformed,
    AddressNotHttps,
    AddressNotPublic,
    AddressWithCredentials,
    PortNotAllowed,
)
from shared.outbound.networks import IPAddress, is_public

HTTPS_PORT = 443

# At least two labels (RFC 1123, 2.1), the last of which begins with a letter: no top-level domain begins with a digit,
# and resolvers read 127.1, 2130706433, 0x7f.1 and their like as numbers (inet_aton).
_NAME = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")


def public_url(address: httpx.URL | str, *, ports: Collection[int] = (HTTPS_PORT,)) -> httpx.URL:
    """The address in its normal form, its host as IDNA A-labels, once it keeps every rule that needs no resolver.

    Raises a leaf of AddressRefused, the same when it is entered and when it is called.
    """
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError) as error:  # the second: half of a surrogate pair
        raise AddressMalformed from error
    if url.scheme != "https":
        raise AddressNotHttps
    if url.userinfo:
        raise AddressWithCredentials
    if (HTTPS_PORT if url.port is None else url.port) not in ports:
        raise PortNotAllowed(ports=", ".join(map(str, sorted(ports))))
    host = url.raw_host.decode("ascii")
    literal = literal_address(host)
    if literal and not is_public(literal):
        raise AddressNotPublic
    if not literal and not _NAME.fullmatch(host):
        raise AddressMalformed
    return url


def literal_address(host: str) -> IPAddress | None:
    """The IP address that the host is in its usual notation, None for anything else; an IPv6 zone is no part of one."""
    try:
        return None if "%" in host else ip_address(host)
    except ValueError:
        return None
