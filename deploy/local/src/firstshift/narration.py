"""The one coloured log: every part's lines behind the part's name; kept as they came in a file per part."""

import asyncio
import json
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

COLOURS = ("cyan", "green", "magenta", "yellow", "blue", "bright_cyan", "bright_green", "bright_magenta")
LEVEL_STYLES = {"debug": "dim", "info": "", "warning": "yellow", "error": "bold red", "critical": "bold red"}
FILE_LIMIT_BYTES = 10_000_000
LAST_LINES = 12
PROBES = frozenset({"/livez", "/readyz", "/metrics", "/v1/backlog", "/.well-known/jwks.json"})
"""Routes that machines ask all the time; their good answers are no news."""
UNINTERESTING = frozenset({"FATAL:  the database system is starting up"})
PLUMBING = frozenset({"request_id", "traceparent"})
"""Told only of what went wrong; the files have them always."""


class Narration:
    """Tells the person at the terminal what happens, in one voice for all parts."""

    def __init__(self, logs: Path, *, console: Console | None = None) -> None:
        self.logs = logs
        self.console = console or Console(file=sys.stdout, highlight=False, soft_wrap=True)
        self._colours: dict[str, str] = {}
        self._is_hushed = False

    @contextmanager
    def hushed(self) -> Iterator[None]:
        """For a while only what goes wrong in the parts is shown; their files get everything."""
        self._is_hushed = True
        try:
            yield
        finally:
            self._is_hushed = False

    def say(self, text: str, *, style: str = "bold") -> None:
        """A line of the supervisor's own."""
        self._tell("firstshift", Text(text, style=style))

    def part(self, name: str) -> "PartLog":
        """Where one part's output goes."""
        self._colours.setdefault(name, COLOURS[len(self._colours) % len(COLOURS)])
        return PartLog(self, name)

    def show(self, name: str, line: str) -> None:
        """One line of a part: a structured line made readable, any other as it is; what is no news is left out."""
        entry = _entry(line)
        is_well = entry.get("level") in ("debug", "info")
        if line in UNINTERESTING or (is_well and (self._is_hushed or entry.get("route") in PROBES)):
            return
        self._tell(name, _sentence(entry) if entry else Text(line))

    def _tell(self, name: str, text: Text) -> None:
        prefix = Text(f"{name:<13} ", style=self._colours.get(name, "bold white"))
        self.console.print(prefix + text)


class PartLog:
    """The output of one part: to its file as it came, to the terminal readably; the last lines are kept."""

    def __init__(self, narration: Narration, name: str) -> None:
        self.name = name
        self.file = narration.logs / f"{name}.log"
        self.last: deque[str] = deque(maxlen=LAST_LINES)
        self._narration = narration
        if self.file.exists() and self.file.stat().st_size > FILE_LIMIT_BYTES:
            self.file.replace(self.file.with_suffix(".log.1"))

    def say(self, text: str, *, style: str = "bold") -> None:
        """A line about this part by the supervisor."""
        self._narration.say(f"{self.name} {text}", style=style)

    async def follow(self, stream: asyncio.StreamReader) -> None:
        """Pass on everything the part writes until it closes its end."""
        rest = b""
        with self.file.open("ab", buffering=0) as file:
            while chunk := await stream.read(65536):
                with suppress(OSError):  # a full disk costs log lines, not the part that writes them
                    file.write(chunk)
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    self._pass_on(line)
        if rest:
            self._pass_on(rest)

    def _pass_on(self, line: bytes) -> None:
        text = line.decode(errors="replace").rstrip()
        self.last.append(text)
        self._narration.show(self.name, text)


def _entry(line: str) -> Mapping[str, Any]:
    """A JSON line of structlog; of any other line, nothing."""
    if not line.startswith("{"):
        return {}
    try:
        entry: dict[str, Any] = json.loads(line)
    except ValueError:
        return {}
    return entry


def _sentence(entry: Mapping[str, Any]) -> Text:
    """The entry as `12:00:01 event key=value`, in its level's colour."""
    level = str(entry.get("level", "info"))
    told = {"event", "level", "timestamp", "exception", "service"} | (PLUMBING if level in ("debug", "info") else set())
    clock = str(entry.get("timestamp", ""))[11:19]
    text = Text(f"{clock} " if clock else "", style="dim")
    text.append(str(entry.get("event", "")), style=LEVEL_STYLES.get(level, ""))
    for key, value in entry.items():
        if key not in told and value is not None:
            text.append(f" {key}=", style="dim").append(str(value))
    if exception := entry.get("exception"):
        text.append(f"\n{exception}", style="red")
    return text
