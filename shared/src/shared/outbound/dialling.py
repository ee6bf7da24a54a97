"""From the name of a public host to a connection: resolved once, checked, and dialled by the checked address."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from ipaddress import ip_address

import httpcore
import structlog

from shared.outbound.address import literal_address
from shared.outbound.errors import AddressNotPublic
from shared.outbound.networks import IPAddress, is_public

MOST_TRIED = 4  # addresses of one host, which share the time: one that is dead leaves time for the others

Resolve = Callable[[str], Awaitable[Iterable[str]]]
"""Gives all IP addresses of a host name, the best first. Raises OSError when there is none."""

log = structlog.get_logger()


async def system_addresses(host: str) -> list[str]:
    """The addresses that this machine's resolver gives, in its order."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(place[0]) for *_, place in found]


class PublicNetwork(httpcore.AsyncNetworkBackend):
    """Opens connections for httpcore, which keeps the host's name for SNI, the certificate and the Host header."""

    def __init__(self, resolve: Resolve, dialer: httpcore.AsyncNetworkBackend) -> None:
        self._resolve = resolve
        self._dialer = dialer

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to an address of the host, within `timeout` seconds, resolving included.

        Raises AddressNotPublic when any of its addresses is not, httpcore.ConnectError and ConnectTimeout.
        """
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._public_addresses(host)
                tried = addresses[:MOST_TRIED]
                share = timeout / len(tried) if timeout else None
                for address in tried:
                    stream = await self._dial(address, port, share)
                    if stream:
                        return stream
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("the host did not answer in time") from error
        raise httpcore.ConnectError("no address of the host could be reached")

    async def _public_addresses(self, host: str) -> Sequence[IPAddress]:
        literal = literal_address(host)
        try:
            addresses = [literal] if literal else [ip_address(found) for found in await self._resolve(host)]
        except OSError as error:
            raise httpcore.ConnectError("the host could not be resolved") from error
        if not addresses:
            raise httpcore.ConnectError("the host has no address")
        if not all(is_public(address) for address in addresses):
            log.warning("outbound.address_not_public", host=host)
            raise AddressNotPublic
        return list(dict.fromkeys(addresses))

    async def _dial(self, address: IPAddress, port: int, seconds: float | None) -> httpcore.AsyncNetworkStream | None:
        """None when nobody answers there. What was reached is compared with what was meant before a byte is sent."""
        try:
            stream = await self._dialer.connect_tcp(str(address), port, timeout=seconds)
        except (httpcore.ConnectError, httpcore.ConnectTimeout):
            return None
        peer = stream.get_extra_info("server_addr")
        if peer and ip_address(peer[0]) == address:
            return stream
        await stream.aclose()
        log.warning("outbound.reached_another_address", port=port)
        raise AddressNotPublic
