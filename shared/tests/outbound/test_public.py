"""A public host is reached as its name says, within bounds of time and size, and learns nothing of ours."""

import asyncio
import gzip

import httpx
import pytest

from shared.http.context import RequestContext, current_request
from shared.outbound.address import public_url
from shared.outbound.errors import (
    AddressMalformed,
    AddressNotHttps,
    AddressNotPublic,
    AddressRefused,
    AddressWithCredentials,
    AnswerTooLarge,
    PortNotAllowed,
)
from shared.tests.outbound.conftest import Open
from shared.tests.outbound.corpus import PUBLIC, PUBLIC_V4
from shared.tests.outbound.surroundings import Host, Roads, Zone


def _answer(body: bytes, *headers: str) -> list[bytes]:
    lines = ["HTTP/1.1 200 OK", f"Content-Length: {len(body)}", *headers, "", ""]
    return ["\r\n".join(lines).encode(), body]


@pytest.mark.parametrize(("address", "named"), PUBLIC.items())
async def test_a_public_host_is_reached_under_its_own_name(
    address: str, named: str, open_client: Open, host: Host
) -> None:
    zone = Zone({}, otherwise=[PUBLIC_V4, "64:ff9b::5db8:d70e", "2606:4700:4700::1111"])
    client = open_client(zone, Roads({}, otherwise=host.port), ports=[8443])
    assert (await client.get(address)).text == "ok"
    is_literal = not zone.asked
    assert host.header("Host") == named
    assert host.names == [None if is_literal else named.removesuffix(":8443")]


def test_fifty_forms_are_public() -> None:
    assert len(PUBLIC) >= 50


async def test_a_certificate_for_another_name_is_refused(open_client: Open, host: Host, roads: Roads) -> None:
    client = open_client(Zone({"other.example.org": [PUBLIC_V4]}), roads)
    with pytest.raises(httpx.ConnectError):
        await client.get("https://other.example.org/")
    assert host.heads == []


@pytest.mark.parametrize(
    ("address", "refusal"),
    [
        ("http://www.example.org/", AddressNotHttps),
        ("www.example.org", AddressNotHttps),
        ("https://ada:secret@www.example.org/", AddressWithCredentials),
        ("https://www.example.org:8080/", PortNotAllowed),
        ("https://www/", AddressMalformed),
        ("https://127.1/", AddressMalformed),
        ("https://①②⑦.0.0.1/", AddressMalformed),
        ("https://www.example.org./", AddressMalformed),
        ("https://[fe80::1%25eth0]/", AddressMalformed),
        ("https://10.0.0.1/", AddressNotPublic),
        ("https://[::ffff:10.0.0.1]/", AddressNotPublic),
    ],
)
def test_each_rule_refuses_by_its_own_name(address: str, refusal: type[AddressRefused]) -> None:
    with pytest.raises(AddressRefused) as refused:
        public_url(address)
    assert type(refused.value) is refusal


def test_the_ports_that_are_called_are_said() -> None:
    with pytest.raises(PortNotAllowed, match="one of those that are called: 443, 8443") as refused:
        public_url("https://www.example.org:22/", ports=(8443, 443))
    assert refused.value.code == "port_not_allowed"


async def test_nothing_of_our_context_goes_outside(client: httpx.AsyncClient, host: Host) -> None:
    inside = RequestContext(request_id="r1", traceparent="00-1-2-01", authorization="Bearer secret")
    token = current_request.set(inside)
    await client.get("https://www.example.org/")
    current_request.reset(token)
    names = [line.partition(":")[0].lower() for line in host.heads[0][1:] if line]
    assert names == ["host", "accept", "connection", "user-agent", "accept-encoding"]
    assert (host.header("User-Agent"), host.header("Accept-Encoding")) == ("Firstshift", "identity")


async def test_cookies_are_not_kept(client: httpx.AsyncClient, host: Host) -> None:
    host.answer = _answer(b"", "Set-Cookie: a=b; Path=/")
    for _ in range(2):
        assert (await client.get("https://www.example.org/")).headers["Set-Cookie"] == "a=b; Path=/"
    assert host.header("Cookie") is None


@pytest.mark.parametrize("headers", [[], ["Transfer-Encoding: chunked"]])
async def test_a_body_is_read_to_its_bound_and_no_further(
    headers: list[str], open_client: Open, zone: Zone, roads: Roads, host: Host
) -> None:
    client = open_client(zone, roads, most_bytes=1000)
    for length, is_read in ((1000, True), (1001, False), (10_000_000, False)):
        body = b"x" * length
        host.answer = (
            _answer(body)
            if not headers
            else [
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                b"%x\r\n%s\r\n0\r\n\r\n" % (length, body),
            ]
        )
        if is_read:
            assert (await client.get("https://www.example.org/")).content == body
        else:
            with pytest.raises(AnswerTooLarge):
                await client.get("https://www.example.org/")


async def test_the_bound_is_64_kb_unless_told(client: httpx.AsyncClient, host: Host) -> None:
    host.answer = _answer(b"x" * 65_536)
    assert len((await client.get("https://www.example.org/")).content) == 65_536
    host.answer = _answer(b"x" * 65_537)
    with pytest.raises(AnswerTooLarge) as refused:
        await client.get("https://www.example.org/")
    assert refused.value.code == "answer_too_large"


async def test_a_packed_body_is_not_unpacked(client: httpx.AsyncClient, host: Host) -> None:
    packed = gzip.compress(b"0" * 50_000_000)
    host.answer = _answer(packed, "Content-Encoding: gzip")
    assert (await client.get("https://www.example.org/")).content == packed


async def test_an_answer_that_never_ends_is_ended(open_client: Open, zone: Zone, roads: Roads, host: Host) -> None:
    client = open_client(zone, roads, seconds=0.2)
    host.drips = True
    host.answer = [b"HTTP/1.1 200 OK\r\n\r\n", b"x"]
    with pytest.raises(httpx.ReadTimeout):
        await client.get("https://www.example.org/")
    host.answer = [b"HTTP/1.1 200 OK\r\n", b"A: b\r\n"]
    with pytest.raises(httpx.ReadTimeout):
        await client.get("https://www.example.org/")


async def test_a_host_with_a_dead_address_is_reached_at_another(open_client: Open, host: Host) -> None:
    zone = Zone({"www.example.org": ["2606:4700::1", "93.184.215.1", PUBLIC_V4]})
    roads = Roads({PUBLIC_V4: host.port}, otherwise=0)
    assert (await open_client(zone, roads).get("https://www.example.org/")).text == "ok"
    assert roads.dialled == ["2606:4700::1", "93.184.215.1", PUBLIC_V4]


@pytest.mark.parametrize("found", [[], ["93.184.215.1"], [f"93.184.215.{number}" for number in range(50)]])
async def test_a_host_that_nobody_answers_for_is_unreachable(found: list[str], open_client: Open) -> None:
    roads = Roads({}, otherwise=0)
    with pytest.raises(httpx.ConnectError) as unreachable:
        await open_client(Zone({"www.example.org": found}), roads).get("https://www.example.org/")
    assert len(roads.dialled) == min(len(found), 4)
    assert "93.184" not in str(unreachable.value)


async def test_a_resolver_that_hangs_ends_with_the_time_to_connect(open_client: Open, roads: Roads) -> None:
    class Hanging(Zone):
        async def resolve(self, host: str) -> list[str]:
            await asyncio.Event().wait()
            return []

    with pytest.raises(httpx.TimeoutException):
        await open_client(Hanging({}), roads, seconds=0.1).get("https://www.example.org/")
