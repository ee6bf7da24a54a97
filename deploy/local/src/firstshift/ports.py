"""Which local port each part listens on; a port once given is kept: a restarted part is found again.

Two systems that start at the same moment would both find a port free that neither listens on yet, and one would then
talk to the other's parts. So a port is claimed by a lock that lasts as long as this process.
"""

import fcntl
import os
import socket
import tempfile
from pathlib import Path

from firstshift.home import Home, read_json, write_private_json

LOOPBACK = "127.0.0.1"
_claimed: dict[int, int] = {}
"""The ports claimed by this process, with the descriptor that holds each lock."""


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
    ports[name] = next(filter(_claim, wanted), None) or _any_free()
    write_private_json(_file(home), ports)
    return ports[name]


def _any_free() -> int:
    while True:
        with socket.socket() as probe:
            probe.bind((LOOPBACK, 0))
            port: int = probe.getsockname()[1]
        if _claim(port):
            return port


def _claim(port: int) -> bool:
    """Takes the port for this process; False when another system on this machine has taken it."""
    if port in _claimed:
        return True
    folder = Path(tempfile.gettempdir()) / f"firstshift-ports-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(folder / str(port), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return False
    _claimed[port] = descriptor
    return True


def _file(home: Home) -> Path:
    return home.root / "ports.json"
