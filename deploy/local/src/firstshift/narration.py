"""The one coloured log: every part's lines behind the part's name; kept as they came in a file per part."""

import asyncio
import json
import sys
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

COLOURS = ("cyan", "green", "magenta", "yellow", "blue", "bright_cyan", "bright_green", "bright_magenta")
LEVEL_STYLES = {"debug": "dim", "info": "", "warning": "yellow", "error": "bold red", "critical": "bold red"}
FILE_LIMIT_BYTES = 10_000_000
LAST_LINES = 12


class Narration:
    """Tells the person at the terminal what happens, in one voice for all parts."""

    def __init__(self, logs: Path, *, console: Console | None = None) -> None:
        self.logs = logs
        self.console = console or Console(file=sys.stdout, highlight=False, soft_wrap=True)
        self._colours: dict[str, str] = {}

    def say(self, text: str, *, style: str = "bold") -> None:
        """A line of the supervisor's own."""
        self._tell("firstshift", Text(text, style=style))

    def part(self, name: str) -> "PartLog":
        """Where one part's output goes."""
        self._colours.setdefault(name, COLOURS[len(self._colours) % len(COLOURS)])
        return PartLog(self, name)

    def show(self, name: str, line: str) -> None:
        """One line of a part: a structured line made readable, any other as it is."""
        self._tell(name, _readable(line))

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


def _readable(line: str) -> Text:
    """A JSON line of structlog as `12:00:01 event key=value`, in its level's colour; others unchanged."""
    if not line.startswith("{"):
        return Text(line)
    try:
        entry = json.loads(line)
    except ValueError:
        return Text(line)
    return _sentence(entry)


def _sentence(entry: Mapping[str, Any]) -> Text:
    told = {"event", "level", "timestamp", "exception", "service"}
    level = str(entry.get("level", "info"))
    clock = str(entry.get("timestamp", ""))[11:19]
    text = Text(f"{clock} " if clock else "", style="dim")
    text.append(str(entry.get("event", "")), style=LEVEL_STYLES.get(level, ""))
    for key, value in entry.items():
        if key not in told and value is not None:
            text.append(f" {key}=", style="dim").append(str(value))
    if exception := entry.get("exception"):
        text.append(f"\n{exception}", style="red")
    return text
