"""Which local port each part listens on; a port once given is kept: a restarted part is found again."""

import socket
from pathlib import Path

from firstshift.home import Home, read_json, write_private_json

LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
    """Whether nothing listens on this loopback port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def remembered_ports(home: Home) -> dict[str, int]:
    """Every port given so far, by part."""
    return {name: int(port) for name, port in read_json(_file(home)).items()}


def give_port(home: Home, name: str, preferred: int) -> int:
    """The port of a part: the one it had before, else the preferred one, else any free one; remembered."""
    ports = remembered_ports(home)
    taken = {port for part, port in ports.items() if part != name}
    wanted = [port for port in (ports.get(name), preferred) if port and port not in taken and is_free(port)]
    ports[name] = wanted[0] if wanted else _any_free()
    write_private_json(_file(home), ports)
    return ports[name]


def _any_free() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
    return port


def _file(home: Home) -> Path:
    return home.root / "ports.json"
