"""The data folder: where everything that survives a restart is kept, and who may read it."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from firstshift.errors import CannotRun


@dataclass(frozen=True, slots=True)
class Home:
    """One data folder. Only one `firstshift up` may hold it at a time."""

    root: Path

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @property
    def kafka(self) -> Path:
        return self.root / "kafka"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def anchors(self) -> Path:
        return self.root / "anchors"

    @property
    def files(self) -> Path:
        return self.root / "files"

    @property
    def state(self) -> Path:
        return self.root / "state.json"

    @property
    def lock(self) -> Path:
        return self.root / "supervisor.lock"

    def prepare(self) -> None:
        """Make the folder, closed to others.

        Run by root it stays passable: PostgreSQL refuses to run as root, and its user must reach its folder.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            self.root.chmod(0o711 if os.geteuid() == 0 else 0o700)
            for folder in (self.keys, self.logs, self.files):
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise CannotRun(
                f"The data folder {self.root} cannot be written: {error.strerror}.",
                "Give yourself the right, or set FIRSTSHIFT_HOME to a folder of yours.",
            ) from error

    def secret(self, name: str) -> str:
        """The password kept under `name`; made on first use, 32 random bytes, URL-safe letters only."""
        path = self.root / "secrets.json"
        known = read_json(path)
        if name not in known:
            known[name] = secrets.token_urlsafe(32)
            write_private_json(path, known)
        return str(known[name])

    def audit_key(self) -> Path:
        """The file of the key that seals the audit; made on first use."""
        return self._key("audit.key")

    def session_key(self) -> Path:
        """The file of the key that seals the sessions of the portal; made on first use."""
        return self._key("sessions.key")

    def _key(self, name: str) -> Path:
        path = self.keys / name
        if not path.exists():
            draft = path.with_suffix(".new")
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_hex(32))
            draft.replace(path)
        return path

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder for one supervisor; the lock goes with the process, however that ends.

        Raises: CannotRun when another supervisor holds it.
        """
        descriptor = os.open(self.lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise self._taken(os.pread(descriptor, 32, 0).decode().strip()) from None
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, str(os.getpid()).encode(), 0)
            yield
        finally:
            os.close(descriptor)

    def holder(self) -> int | None:
        """The process id of the supervisor that holds the folder now, or None."""
        if not self.lock.exists():
            return None
        with self.lock.open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(file.read().strip() or 0)
        return None

    def _taken(self, pid: str) -> CannotRun:
        return CannotRun(
            f"Firstshift is already running on {self.root} (process {pid}).",
            f"Stop it with Ctrl-C in its own terminal, or with `kill {pid}`.",
        )


def read_json(path: Path) -> dict[str, Any]:
    """The object in a file of ours; an absent file is an empty object."""
    try:
        found: dict[str, Any] = json.loads(path.read_text())
    except FileNotFoundError:
        return {}
    except ValueError:
        raise CannotRun(f"{path} is damaged.", "Run `make reset` to start from an empty data folder.") from None
    return found


def write_private_json(path: Path, content: object) -> None:
    """Write for the owner's eyes only, whole or not at all: a reader never sees half a file."""
    draft = path.with_suffix(f".{os.getpid()}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file, indent=2)
    draft.replace(path)
