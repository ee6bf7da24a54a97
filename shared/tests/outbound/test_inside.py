"""Whatever an address from data looks like, and whatever its name resolves to, nothing inside is reached."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import httpx
import pytest

from shared.outbound.errors import AddressNotPublic, AddressRefused
from shared.outbound.public import public_client
from shared.tests.outbound.conftest import Open
from shared.tests.outbound.corpus import INSIDE_V4, PUBLIC_V4, forms, inside_addresses
from shared.tests.outbound.surroundings import Canary, Host, Roads, Zone

MOST_AT_ONCE = 50

Call = Callable[[httpx.AsyncClient, str], Awaitable[object]]


async def _get(client: httpx.AsyncClient, address: str) -> object:
    return await client.get(address, follow_redirects=True)


async def _post(client: httpx.AsyncClient, address: str) -> object:
    return await client.post(address, content=b"secret", headers={"Host": "www.example.org"})


async def _stream(client: httpx.AsyncClient, address: str) -> object:
    async with client.stream("GET", address) as answer:
        return await answer.aread()


async def _send_prepared(client: httpx.AsyncClient, address: str) -> object:
    """A request that was not made by the client, so that its transport alone stands before the network."""
    try:
        request = httpx.Request("GET", address)
    except (httpx.InvalidURL, ValueError) as error:
        raise AddressRefused from error
    return await client.send(request)


async def passed(addresses: list[str], call: Callable[[str], Awaitable[object]]) -> list[str]:
    """The addresses whose call was not refused by name."""
    slots = asyncio.Semaphore(MOST_AT_ONCE)

    async def refused(address: str) -> bool:
        async with slots:
            try:
                await call(address)
            except AddressRefused:
                return True
            except httpx.HTTPError:
                return False
            return False

    outcomes = await asyncio.gather(*(refused(address) for address in addresses))
    return [address for address, was_refused in zip(addresses, outcomes, strict=True) if not was_refused]


@pytest.mark.parametrize("call", [_get, _post, _stream, _send_prepared])
async def test_no_form_of_an_inside_address_is_called(
    call: Call, client: httpx.AsyncClient, bird: Canary, roads: Roads
) -> None:
    """INVARIANT: an address from data never makes a packet go to a network that is not public.

    What breaks it: a row missing from the table of networks, a form of host that is let through to the resolver.
    """
    addresses = forms(bird.port)
    assert len(addresses) >= 300
    assert await passed(addresses, lambda address: call(client, address)) == []
    assert (bird.connections, roads.dialled) == (0, [])


async def test_the_real_network_refuses_the_same_forms(bird: Canary) -> None:
    literal = [address for address in forms(bird.port) if "example" not in address and "127." in address]
    async with public_client() as client:
        assert await passed(literal, client.get) == []
    assert bird.connections == 0


async def test_the_canaries_hear_who_does_not_check(bird: Canary) -> None:
    """The proof that the tests above can fail: the same forms arrive when a plain client is given them."""
    hosts = "127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 017700000001 0x7f.1 0".split()
    hosts += ["[::1]", "[::ffff:7f00:1]"] if bird.hears_v6 else []
    async with httpx.AsyncClient(verify=False, trust_env=False) as careless:
        for host in hosts:
            with suppress(httpx.HTTPError):  # the canary speaks no TLS
                await careless.get(f"https://{host}:{bird.port}/")
    assert bird.connections == len(hosts)


@pytest.mark.parametrize("beside", [[], [PUBLIC_V4], ["2606:4700:4700::1111", PUBLIC_V4]])
async def test_a_name_is_refused_when_any_of_its_addresses_is_inside(
    beside: list[str], open_client: Open, bird: Canary, roads: Roads
) -> None:
    names = {f"n{number}.example.org": address for number, address in enumerate(inside_addresses())}
    assert len(names) >= 300
    client = open_client(Zone({name: [*beside, address] for name, address in names.items()}), roads)
    assert await passed([f"https://{name}/" for name in names], client.get) == []
    assert (bird.connections, roads.dialled) == (0, [])


async def test_a_cname_is_followed_to_its_addresses(open_client: Open, bird: Canary, roads: Roads) -> None:
    inside = {f"n{number}.corp.example": [address] for number, address in enumerate(inside_addresses())}
    aliases = {f"a-{name}": [f"b-{name}"] for name in inside} | {f"b-{name}": [name] for name in inside}
    client = open_client(Zone(inside | aliases), roads)
    assert await passed([f"https://a-{name}/" for name in inside], client.get) == []
    assert (bird.connections, roads.dialled) == (0, [])


async def test_a_name_is_resolved_once_for_each_attempt_and_checked_at_each(
    open_client: Open, bird: Canary, host: Host, roads: Roads
) -> None:
    """INVARIANT: what was checked is what is dialled, and an earlier check opens nothing.

    What breaks it: dialling by name, a pool that keeps connections, a cache of what was allowed.
    """
    zone = Zone({})
    client = open_client(zone, roads)
    for address in inside_addresses():
        zone.turns["www.example.org"] = [[PUBLIC_V4], [address]]
        assert (await client.get("https://www.example.org/")).text == "ok"
        with pytest.raises(AddressNotPublic):
            await client.get("https://www.example.org/")
    assert len(zone.asked) == 2 * len(inside_addresses())
    assert set(roads.dialled) == {PUBLIC_V4}
    assert (bird.connections, len(host.heads)) == (0, len(inside_addresses()))


async def test_no_redirect_is_followed_even_when_asked_for(
    client: httpx.AsyncClient, bird: Canary, host: Host, roads: Roads
) -> None:
    places = [
        *forms(bird.port),
        f"http://127.0.0.1:{bird.port}/",
        f"//127.0.0.1:{bird.port}/",
        "https://www.example.org/again",
    ]
    sendable = [place for place in places if place.isprintable() and place.isascii()]
    assert len(sendable) >= 300
    for place in sendable:
        host.answer = (f"HTTP/1.1 307 Go\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode(),)
        answer = await client.post("https://www.example.org/", follow_redirects=True)
        assert (answer.status_code, answer.next_request) == (307, None)
    assert bird.connections == 0
    assert len(host.heads) == len(roads.dialled) == len(sendable)


async def test_a_connection_that_ends_elsewhere_is_cut_before_a_byte_is_sent(
    open_client: Open, bird: Canary, zone: Zone
) -> None:
    client = open_client(zone, Roads({}, otherwise=bird.port, honest=True))
    with pytest.raises(AddressNotPublic):
        await client.post("https://www.example.org/", content=b"secret")
    await asyncio.sleep(0)
    assert bird.heard == b""


async def test_no_proxy_of_the_environment_is_used(
    open_client: Open, zone: Zone, roads: Roads, bird: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{bird.port}")
    assert (await open_client(zone, roads).get("https://www.example.org/")).text == "ok"
    assert bird.connections == 0


async def test_a_refusal_does_not_say_where_the_name_leads(open_client: Open, roads: Roads) -> None:
    for address in INSIDE_V4:
        client = open_client(Zone({"www.example.org": [address]}), roads)
        with pytest.raises(AddressNotPublic) as refused:
            await client.get("https://www.example.org/")
        assert (refused.value.facts, refused.value.findings) == ({}, ())
        assert address not in str(refused.value)
