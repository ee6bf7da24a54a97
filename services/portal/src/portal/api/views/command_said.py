"""What is said after a command, on the page that the person comes back to."""

from dataclasses import dataclass
from typing import Literal

from portal.domain.command_menu import BY_VERB

Said = Literal["done", "pending"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandSaid:
    """A short piece of news with its tone."""

    tone: str
    text: str


def said_words(said: Said | None, verb: str) -> CommandSaid | None:
    """What came of a command; `verb` only names one that is known, whatever an address says."""
    if said is None:
        return None
    command = BY_VERB.get(verb)
    what = command.text if command else "Done"
    if said == "done":
        return CommandSaid(tone="good", text=f"{what}: done." if command else "Done.")
    return CommandSaid(tone="info", text=f"{what}: accepted. This page follows in a moment.")
