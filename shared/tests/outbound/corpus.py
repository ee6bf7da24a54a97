"""Forms of addresses that lead inside: hosts written in every way that some parser or resolver understands."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address

INSIDE_V4 = """
    0.0.0.0 0.1.2.3 0.255.255.255 10.0.0.0 10.0.0.1 10.255.255.255 100.64.0.0 100.100.100.200 100.127.255.255
    127.0.0.0 127.0.0.1 127.0.1.1 127.255.255.255 168.63.129.16 169.254.0.0 169.254.169.254 169.254.170.2
    169.254.255.255 172.16.0.0 172.17.0.1 172.31.255.255 192.0.0.0 192.0.0.8 192.0.0.192 192.0.0.255 192.0.2.1
    192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.0 192.168.1.1 192.168.255.255 192.175.48.1 198.18.0.0
    198.19.255.255 198.51.100.7 203.0.113.255 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.254 255.255.255.255
""".split()

INSIDE_V6 = """
    :: ::1 ::2 0:0:0:0:0:0:0:1 0000:0000:0000:0000:0000:0000:0000:0001 ::ffff:0:127.0.0.1 64:ff9b:1::1
    64:ff9b:1:ffff::10.0.0.1 64:ff9b:2::1 100::1 100:0:0:1::1 200::1 1fff::1 2001::1 2001:0:ffff:ffff::1 2001:1::1
    2001:2::1 2001:3::1 2001:4:112::1 2001:10::1 2001:20::1 2001:30::1 2001:1ff:ffff::1 2001:db8::1 2001:0DB8::A 2002::1
    2620:4f:8000::1 3fff::1 3fff:fff:ffff::1 4000::1 5f00::1 7fff::1 8000::1 a000::1 c000::1 fc00::1 fd00::1
    fd00:ec2::254 fd20:ce::254 fdff:ffff:ffff:ffff::1 fe00::1 fe80::1 fe80::a9fe:a9fe febf::1 fec0::1 feff::1 ff00::1
    ff02::1 ff05::1:3 ff0e::1 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
""".split()

DIGITS = ("⓪①②③④⑤⑥⑦⑧⑨", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")

WELL_KNOWN = ("127.0.0.1", "169.254.169.254", "10.0.0.1", "192.168.1.1", "0.0.0.0", "172.16.0.1")

NAMES = """
    localhost LOCALHOST localhost. ip6-localhost broadcasthost db kafka postgres metadata instance-data kubernetes
    localhost.localdomain sub.localhost foo.localhost.localdomain metadata.google.internal kubernetes.default.svc
    printer.local router.lan nas.home.arpa 127.0.0.1.nip.io 127-0-0-1.traefik.me 10.0.0.1.sslip.io localtest.me
    xn--lcalhost-n3a.example inside.corp.example
""".split()
"""Names that some resolver somewhere leads inside; the tests' resolver leads all of them there."""


def wrapped(address: str) -> Iterator[str]:
    """IPv6 addresses that hold an IPv4 address: mapped, translated, compatible, 6to4, NAT64, Teredo, ISATAP."""
    number = int(IPv4Address(address))
    high, low = number >> 16, number & 0xFFFF
    yield f"::ffff:{address}"
    yield f"::ffff:{high:x}:{low:x}"
    yield IPv6Address(f"::ffff:{high:x}:{low:x}").exploded
    yield f"::ffff:0:{high:x}:{low:x}"
    yield f"::{high:x}:{low:x}"
    yield f"2002:{high:x}:{low:x}::1"
    yield f"64:ff9b::{address}"
    yield f"64:ff9b::{high:X}:{low:X}"
    yield f"2001:0:808:808:0:ffff:{high ^ 0xFFFF:x}:{low ^ 0xFFFF:x}"
    yield f"2001:0:{high:x}:{low:x}:0:ffff:f7f7:f7f7"
    yield f"fe80::5efe:{high:x}:{low:x}"


def numbers(address: str) -> Iterator[str]:
    """IPv4 addresses as `inet_aton` reads them, in all bases and with one to four parts."""
    number = int(IPv4Address(address))
    a, b, c, d = IPv4Address(address).packed
    yield from (str(number), hex(number), hex(number).upper(), f"0{number:o}", f"00000000{number:o}")
    yield from (f"{a}.{number & 0xFFFFFF}", f"{a}.{b}.{number & 0xFFFF}", f"0x{a:x}.{number & 0xFFFFFF}")
    yield from (f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}", f"0{a:o}.0{b:o}.0{c:o}.0{d:o}", f"0x{a:02X}.{b}.0{c:o}.{d}")
    yield from (f"{a:03}.{b:03}.{c:03}.{d:03}", f"{a}.{b}.{c}.0x{d:x}", f"{a}.{b}.0x{number & 0xFFFF:x}")
    yield from (f"{number + (1 << 32)}", f"{a + 256}.{b}.{c}.{d}")


def disguised(address: str) -> Iterator[str]:
    """IPv4 addresses in characters that IDNA mappings, percent-decoding or lenient parsers make digits and dots of."""
    yield from (address.translate(str.maketrans("0123456789", digits)) for digits in DIGITS)
    yield from (address.replace(".", dot) for dot in ("。", "．", "｡", "%2e", "%E3%80%82", ",", ".."))
    yield "".join(f"%{ord(sign):02x}" for sign in address)
    yield from (f"{address}.", f"{address}..", f".{address}", f"{address}%00.example.org", f"{address}%20")
    yield from (
        f"[{address}]",
        f"{address}%eth0",
        f"\u200b{address}",
        f"{address}\u00ad",
        f"{address}\x00",
        f" {address}",
    )


def unusual_v6(port: int) -> Iterator[str]:
    """Authorities around `::1`: zones, brackets, cut-off literals."""
    for host in ("[::1%lo]", "[::1%25lo]", "[fe80::1%25eth0]", "[fe80::1%eth0]", "[::1%251]", "[v1.::1]", "[[::1]]"):
        yield f"https://{host}:{port}/"
    yield from (
        f"https://{host}:{port}/" for host in ("[::1", "::1]", "::1", "[]", "[::1]x", "[::ffff:127.1]", "[0:0::0:0::1]")
    )
    yield from (
        f"https://[::1].example.org:{port}/",
        f"https://[::1]@[::1]:{port}/",
        f"https://[::1]%2eexample.org:{port}/",
    )


TRICKS = r"""
    https://user@{inside}/ https://user:word@{inside}/ https://www.example.org@{inside}/ https://@{inside}/
    https://www.example.org:443@{inside}/ https://a@b@{inside}/ https://:@{inside}/ https://%40@{inside}/
    https://\@{inside}/ https://#@{inside}/ https://{inside}\@www.example.org/ https://{inside}#@www.example.org/
    https://{inside}?@www.example.org/ https:///{inside}/ https:/{inside}/ https:{inside}/ //{inside}/ {inside}/
    {inside} / https:\\{inside}/ https:/\{inside}/ https://\{inside}/ http://{inside}/ HTTP://{inside}/ ftp://{inside}/
    file://{inside}/ gopher://{inside}/ dict://{inside}/ ldap://{inside}/ ws://{inside}/ wss://{inside}/
    jar:https://{inside}/ view-source:https://{inside}/ unix://{inside}/ data://{inside}/ httpss://{inside}/
    https+unix://{inside}/ https://www.example.org:0/ https://www.example.org:21/ https://www.example.org:22/
    https://www.example.org:25/ https://www.example.org:80/ https://www.example.org:5432/ https://www.example.org:6379/
    https://www.example.org:9092/ https://www.example.org:65536/ https://www.example.org:4300000000/
    https://www.example.org:x/ https://www.example.org:-443/ https://www.example.org:443:443/ https:// https://:443/
    https://./ https://../ https://-/ https://a..example/ https://*/ https://a_b.example/ https://-a.example/
""".split()
"""Whole addresses that parsers disagree on: user names, slashes, schemes, ports."""


def tricks(port: int) -> Iterator[str]:
    """The tricks around `port` of loopback, and those that no list of words can hold."""
    inside = f"127.0.0.1:{port}"
    yield from (trick.replace("{inside}", inside) for trick in TRICKS)
    yield from ("", f" https://{inside}/", f"https://\t{inside}/", f"https:\n//{inside}/", "https://\ud800/")
    yield from (f"https://{'a' * 64}.example/", f"https://{'a.' * 127}example/", f"https://{inside}/{'a' * 70_000}")


def inside_addresses() -> list[str]:
    """IP addresses in their usual notation that are not public, as a resolver gives them."""
    held = [form for address in INSIDE_V4 for form in wrapped(address)]
    return list(dict.fromkeys([*INSIDE_V4, *INSIDE_V6, *held]))


def forms(port: int) -> list[str]:
    """Every form once, as an address that would lead to `port` where it can."""
    hosts = [*(f"[{address}]" if ":" in address else address for address in inside_addresses()), *NAMES]
    hosts += [form for address in WELL_KNOWN for form in (*numbers(address), *disguised(address))]
    literal = [f"https://{host}:{port}/" for host in hosts]
    return list(dict.fromkeys([*literal, *unusual_v6(port), *tricks(port)]))


PUBLIC_V4 = "93.184.215.14"
PUBLIC = {
    "https://www.example.org/": "www.example.org",
    "https://example.org": "example.org",
    "HTTPS://EXAMPLE.org/": "example.org",
    "https://Hooks.Example.ORG/a": "hooks.example.org",
    "https://example.org:443/": "example.org",
    "https://example.org:/": "example.org",
    "https://example.org:8443/": "example.org:8443",
    "https://hooks.example.org:8443/a?b=c": "hooks.example.org:8443",
    "https://example.org?a=b": "example.org",
    "https://example.org/#part": "example.org",
    "https://example.org/a b": "example.org",
    "https://example.org/%2e%2e/%00": "example.org",
    "https://example.org/a@b:c": "example.org",
    "https://example.org/?to=http://127.0.0.1/": "example.org",
    "https://example.org/http://127.0.0.1/": "example.org",
    "https://example.org/\\127.0.0.1": "example.org",
    "https://a.b.c.d.e.f.example.org/": "a.b.c.d.e.f.example.org",
    "https://a-b.example.org/": "a-b.example.org",
    "https://1.example.org/": "1.example.org",
    "https://127.example.org/": "127.example.org",
    "https://0x7f.example.org/": "0x7f.example.org",
    "https://127.0.0.1.example.org/": "127.0.0.1.example.org",
    "https://localhost.example.org/": "localhost.example.org",
    "https://3com.example/": "3com.example",
    "https://x.co/": "x.co",
    "https://example.museum/": "example.museum",
    "https://example.xn--p1ai/": "example.xn--p1ai",
    "https://münchen.example/": "xn--mnchen-3ya.example",
    "https://MÜNCHEN.example/": "xn--mnchen-3ya.example",
    "https://xn--mnchen-3ya.example/": "xn--mnchen-3ya.example",
    "https://例え.example/": "xn--r8jz45g.example",
    "https://bücher。example/": "xn--bcher-kva.example",
    f"https://{'a' * 63}.example/": f"{'a' * 63}.example",
    "https://1.1.1.1/": "1.1.1.1",
    "https://8.8.8.8:8443/dns": "8.8.8.8:8443",
    "https://9.255.255.255/": "9.255.255.255",
    "https://11.0.0.0/": "11.0.0.0",
    "https://100.63.255.255/": "100.63.255.255",
    "https://100.128.0.0/": "100.128.0.0",
    "https://126.255.255.255/": "126.255.255.255",
    "https://128.0.0.0/": "128.0.0.0",
    "https://169.253.255.255/": "169.253.255.255",
    "https://172.15.255.255/": "172.15.255.255",
    "https://172.32.0.0/": "172.32.0.0",
    "https://192.169.0.0/": "192.169.0.0",
    "https://198.20.0.0/": "198.20.0.0",
    "https://223.255.255.255/": "223.255.255.255",
    "https://[2606:4700:4700::1111]/": "[2606:4700:4700::1111]",
    "https://[2606:4700:4700:0:0:0:0:1111]:8443/": "[2606:4700:4700:0:0:0:0:1111]:8443",
    "https://[2001:200::1]/": "[2001:200::1]",
    "https://[2a00:1450:4001:81b::200e]/": "[2a00:1450:4001:81b::200e]",
    "https://[::ffff:8.8.8.8]/": "[::ffff:8.8.8.8]",
    "https://[64:ff9b::808:808]/": "[64:ff9b::808:808]",
}
"""Addresses that must be called, some of them just outside a closed network, and the Host header each is to carry."""
