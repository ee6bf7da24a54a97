"""Which IP addresses are public: all but those of a table of our own.

`ipaddress.is_global` is no such check: it is True for `64:ff9b::7f00:1`, `2002:7f00:1::`, `::127.0.0.1`, `fec0::1`,
`192.0.0.192`, `168.63.129.16` and `224.0.0.1` (Python 3.11.7).

As of 2026-11-22. The rows are those of the IANA registries "IPv4 Special-Purpose Address Space", "IPv6 Special-Purpose
Address Space", "IPv4 Multicast Address Space" and "IPv6 Address Space", and the metadata addresses of AWS, Azure,
Google, Oracle, Alibaba and OpenStack. What IANA calls globally reachable stands here, too: nobody's server is there.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

IPAddress = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A network that no address from data may lead to: what it is, and where that is written."""

    network: IPv4Network | IPv6Network
    what: str
    source: str


CLOSED = tuple(
    Closed(network=ip_network(network), what=what, source=source)
    for network, what, source in (
        ("0.0.0.0/8", "this network", "RFC 791"),
        ("10.0.0.0/8", "private", "RFC 1918"),
        ("100.64.0.0/10", "shared by a provider's customers; Alibaba metadata 100.100.100.200", "RFC 6598"),
        ("127.0.0.0/8", "loopback", "RFC 1122"),
        ("168.63.129.16/32", "Azure's own services, on a public address", "Azure: What is IP address 168.63.129.16"),
        ("169.254.0.0/16", "link-local; metadata of most clouds 169.254.169.254", "RFC 3927"),
        ("172.16.0.0/12", "private", "RFC 1918"),
        ("192.0.0.0/24", "protocol assignments; Oracle metadata 192.0.0.192", "RFC 6890"),
        ("192.0.2.0/24", "documentation", "RFC 5737"),
        ("192.31.196.0/24", "AS112", "RFC 7535"),
        ("192.52.193.0/24", "multicast tunnels", "RFC 7450"),
        ("192.88.99.0/24", "6to4 relays, deprecated", "RFC 7526"),
        ("192.168.0.0/16", "private", "RFC 1918"),
        ("192.175.48.0/24", "AS112", "RFC 7534"),
        ("198.18.0.0/15", "benchmarks", "RFC 2544"),
        ("198.51.100.0/24", "documentation", "RFC 5737"),
        ("203.0.113.0/24", "documentation", "RFC 5737"),
        ("224.0.0.0/4", "multicast", "RFC 5771"),
        ("240.0.0.0/4", "reserved; broadcast 255.255.255.255", "RFC 1112"),
        # Global unicast is 2000::/3 alone (RFC 4291, 2.4). The next three close the rest: loopback, ::127.0.0.1,
        # translation, discard, segment routing, unique local (metadata fd00:ec2::254, fd20:ce::254), link-local
        # (metadata fe80::a9fe:a9fe), site-local, multicast.
        ("::/3", "not global unicast", "IANA IPv6 Address Space"),
        ("4000::/2", "not global unicast", "IANA IPv6 Address Space"),
        ("8000::/1", "not global unicast", "IANA IPv6 Address Space"),
        ("2001::/23", "protocol assignments: Teredo, benchmarks, ORCHID", "RFC 2928"),
        ("2001:db8::/32", "documentation", "RFC 3849"),
        ("2002::/16", "6to4, whatever IPv4 address it holds", "RFC 3056, RFC 7526"),
        ("2620:4f:8000::/48", "AS112", "RFC 7534"),
        ("3fff::/20", "documentation", "RFC 9637"),
    )
)

TRANSLATED = (
    ip_network("::ffff:0:0/96"),  # mapped: RFC 4291, 2.5.5.2
    ip_network("64:ff9b::/96"),  # NAT64: RFC 6052
)
"""IPv6 forms that a resolver lawfully gives for a public IPv4 host. All other ways to wrap one are closed."""


def is_public(address: IPAddress) -> bool:
    """Whether anyone on the internet may be behind the address; of a translated one the IPv4 address inside decides."""
    if any(address in network for network in TRANSLATED):
        address = IPv4Address(int(address) & 0xFFFF_FFFF)
    return not any(address in closed.network for closed in CLOSED)
