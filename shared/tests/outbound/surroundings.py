"""A small internet on loopback: a host that answers over TLS, canaries that nobody may reach, and a road to each."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import httpcore
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Canary:
    """Sockets on every IPv4 and IPv6 address of this machine, at one port: who connects, and what they send."""

    port: int = 0
    hears_v6: bool = False
    connections: int = 0
    heard: bytes = b""

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Counts one connection and hangs up after the first bytes."""
        self.connections += 1
        self.heard += await reader.read(1024)
        writer.close()


@asynccontextmanager
async def canary() -> AsyncIterator[Canary]:
    """A canary that listens, to IPv6 where the machine has it."""
    bird = Canary()
    servers = [await asyncio.start_server(bird.take, "0.0.0.0", 0)]
    bird.port = servers[0].sockets[0].getsockname()[1]
    with suppress(OSError):
        servers.append(await asyncio.start_server(bird.take, "::", bird.port))
        bird.hears_v6 = True
    yield bird
    for server in servers:
        server.close()
        await server.wait_closed()


@dataclass
class Host:
    """A server that answers every request with `answer`, and keeps request heads and the names asked for by SNI."""

    port: int = 0
    answer: Sequence[bytes] = (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",)
    drips: bool = False
    heads: list[list[str]] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answers one request; when it drips, it sends its last part again until the caller leaves."""
        head = await reader.readuntil(b"\r\n\r\n")
        self.heads.append(head.decode("ascii").split("\r\n"))
        try:
            writer.writelines(self.answer)
            while self.drips and not writer.is_closing():
                writer.write(self.answer[-1])
                await writer.drain()
                await asyncio.sleep(0.005)
            writer.close()
            await writer.wait_closed()
        except (ConnectionError, ssl.SSLError):
            return

    def header(self, name: str) -> str | None:
        """A header of the last request."""
        found = [line.partition(": ")[2] for line in self.heads[-1] if line.lower().startswith(f"{name.lower()}:")]
        return found[0] if found else None


@asynccontextmanager
async def listening(host: Host, tls: ssl.SSLContext | None = None) -> AsyncIterator[Host]:
    """The host at a free port of loopback, with TLS when it has a certificate."""
    if tls:
        tls.sni_callback = lambda _, name, __: host.names.append(name)
    server = await asyncio.start_server(host.take, "127.0.0.1", 0, ssl=tls)
    host.port = server.sockets[0].getsockname()[1]
    yield host
    server.close()
    await server.wait_closed()


@dataclass
class Roads(httpcore.AsyncNetworkBackend):
    """Leads each IP address to a port of loopback, 0: dead. Unless honest, connections look as if they got there."""

    ports: Mapping[str, int]
    otherwise: int
    honest: bool = False
    dialled: list[str] = field(default_factory=list)

    async def connect_tcp(self, host: str, port: int, timeout: float | None = None, *_: Any, **__: Any) -> Any:
        self.dialled.append(host)
        to = self.ports.get(host, self.otherwise)
        if not to:
            raise httpcore.ConnectError
        stream = await httpcore.AnyIOBackend().connect_tcp("127.0.0.1", to, timeout)
        return stream if self.honest else _Arrived(stream, host)


class _Arrived(httpcore.AsyncNetworkStream):
    def __init__(self, stream: httpcore.AsyncNetworkStream, host: str) -> None:
        self._stream = stream
        self._host = host

    async def read(self, *args: Any, **options: Any) -> bytes:
        return await self._stream.read(*args, **options)

    async def write(self, *args: Any, **options: Any) -> None:
        await self._stream.write(*args, **options)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(self, *args: Any, **options: Any) -> httpcore.AsyncNetworkStream:
        return _Arrived(await self._stream.start_tls(*args, **options), self._host)

    def get_extra_info(self, info: str) -> Any:
        return (self._host, 443) if info == "server_addr" else self._stream.get_extra_info(info)


class Zone:
    """A resolver: each name leads to IP addresses or, as a CNAME, to another name; several answers come in turn."""

    def __init__(self, records: Mapping[str, Sequence[str]], otherwise: Sequence[str] = ()) -> None:
        self._records = records
        self._otherwise = otherwise
        self.turns: dict[str, list[Sequence[str]]] = {}
        self.asked: list[str] = []

    async def resolve(self, host: str) -> Sequence[str]:
        """What a system's resolver gives: addresses alone, CNAMEs followed."""
        self.asked.append(host)
        found = self.turns[host].pop(0) if host in self.turns else self._records.get(host, self._otherwise)
        if not found:
            raise OSError("no such name")
        followed = [await self.resolve(record) if _is_name(record) else [record] for record in found]
        return [address for addresses in followed for address in addresses]


def certificates(folder: Path, hosts: Sequence[str], *, now: datetime) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server with a certificate for these hosts uses, and what a client that trusts its authority uses."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tests")])
    alternatives = [x509.DNSName(host) if _is_name(host) else x509.IPAddress(ip_address(host)) for host in hosts]
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain = folder / "chain.pem"
    chain.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(chain)
    return server, ssl.create_default_context(cafile=str(chain))


def _is_name(record: str) -> bool:
    return ":" not in record and record[-1].isalpha()
