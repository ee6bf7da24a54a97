"""Where a request comes from."""

import pytest

from identity.clients.addresses import UNKNOWN, address_of, is_within, subscriber

PROXIES = ("10.0.0.0/8",)


@pytest.mark.parametrize(
    ("case", "peer", "forwarded", "address"),
    [
        ("no proxy", "203.0.113.7", "", "203.0.113.7"),
        ("a header that anybody sent", "203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("behind a proxy", "10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("behind two", "10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("a forged beginning", "10.0.0.1", "192.0.2.9, 198.51.100.1", "198.51.100.1"),
        ("nonsense from a proxy", "10.0.0.1", "somewhere", "10.0.0.1"),
        ("mapped", "::ffff:203.0.113.7", "", "203.0.113.7"),
        ("an interface named", "fe80::1%eth0", "", "fe80::1"),
        ("a socket without an address", None, "", UNKNOWN),
    ],
)
def test_only_trusted_proxies_say_for_whom_they_ask(case, peer, forwarded, address):
    assert address_of(peer, forwarded, trusted=PROXIES) == address


def test_an_address_is_within_networks():
    asked = [("203.0.113.7", ("203.0.113.0/24",)), ("203.0.114.7", ("203.0.113.0/24",)), (UNKNOWN, ("0.0.0.0/0",))]
    assert [is_within(address, networks) for address, networks in asked] == [True, False, False]


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (UNKNOWN, UNKNOWN),
    ],
)
def test_the_addresses_of_one_subscriber_are_counted_together(address, counted):
    assert subscriber(address) == counted
