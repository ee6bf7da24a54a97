"""Where a request comes from, and whether that is within given networks."""

from collections.abc import Iterable
from ipaddress import ip_address, ip_network

UNKNOWN = "unknown"


def address_of(peer: str | None, forwarded_for: str, *, trusted: Iterable[str]) -> str:
    """The caller's address: the peer's, or behind trusted proxies the last address that none of them wrote.

    `forwarded_for` is the header X-Forwarded-For, which anybody can send: it is read from its end, only as long as
    what stands behind it is trusted.
    """
    address = _plain(peer or "")
    networks = tuple(trusted)
    for offered in reversed(forwarded_for.split(",") if forwarded_for else []):
        if not is_within(address, networks) or _plain(offered) == UNKNOWN:
            break
        address = _plain(offered)
    return address


def is_within(address: str, networks: Iterable[str]) -> bool:
    """Whether the address is in one of these networks (CIDR)."""
    if address == UNKNOWN:
        return False
    found = ip_address(address)
    return any(found in ip_network(network, strict=False) for network in networks)


def subscriber(address: str) -> str:
    """What one subscriber has, whose tries are counted together: the address, or the /64 of an IPv6 address.

    Whoever has one IPv6 address has 2^64 of them.
    """
    if address == UNKNOWN or ip_address(address).version == 4:
        return address
    return str(ip_network((address, 64), strict=False))


def _plain(address: str) -> str:
    try:
        found = ip_address(address.strip().partition("%")[0])  # a link-local address may name its interface
    except ValueError:
        return UNKNOWN
    mapped = getattr(found, "ipv4_mapped", None)
    return str(mapped or found)
