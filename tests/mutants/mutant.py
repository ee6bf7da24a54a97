"""A planted defect: which text of which file becomes what, and which tests must find it."""

from dataclasses import dataclass
from pathlib import Path

SIMULATION = "simulation"
"""The catcher that runs one simulated world after another until a promise breaks. Any other is a test's address."""


class Stale(Exception):
    """The text that a mutant replaces does not stand in the file exactly once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A text that stands in the file once, and what takes its place."""

    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One defect. `name` says what is wrong; `file` is seen from the root; `catcher` is what must find it."""

    name: str
    file: str
    edits: tuple[Edit, ...]
    catcher: str = SIMULATION

    def applied(self, text: str) -> str:
        """The text of the file with the defect. Raises Stale."""
        for edit in self.edits:
            if text.count(edit.old) != 1:
                raise Stale(f"{self.name}: stands {text.count(edit.old)} times in {self.file}: {edit.old!r}")
            text = text.replace(edit.old, edit.new)
        return text

    def plant(self, root: Path) -> None:
        """Puts the defect into the copy of the sources below this folder. Raises Stale."""
        path = root / self.file
        path.write_text(self.applied(path.read_text(encoding="utf-8")), encoding="utf-8")
