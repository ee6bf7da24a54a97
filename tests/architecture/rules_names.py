"""Names that say nothing are not used (rules 2 and 6)."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.architecture.rule import rule
from tests.architecture.source import SOURCES, TESTS, Tree

EMPTY_FILE_NAMES = frozenset(
    "base common helper helpers lib manager managers misc model models service util utils".split()
)
EMPTY_CLASS_WORDS = frozenset(("Base", "Common", "Helper", "Manager", "Processor", "Util", "Utils"))


@rule(
    {
        "shared/src/shared/utils.py": "",
        "services/housing/src/housing/domain/common/stay.py": "",
        "services/housing/src/housing/domain/stay.py": "",
        "services/housing/tests/helpers.py": "",
    },
    "services/housing/src/housing/domain/common/stay.py: name it after its idea, not common",
    "services/housing/tests/helpers.py: name it after its idea, not helpers",
    "shared/src/shared/utils.py: name it after its idea, not utils",
)
def files_are_named_after_their_idea(tree: Tree) -> Iterator[str]:
    for module in tree.modules(*SOURCES, *TESTS):
        inside = PurePosixPath(module.path.split("/src/")[-1]).with_suffix("").parts[1:]
        for word in EMPTY_FILE_NAMES.intersection(inside):
            yield f"{module.path}: name it after its idea, not {word}"


@rule(
    {
        "services/housing/src/housing/storage/tables.py": (
            "class BaseRow: ...\nclass StayManager: ...\nclass DatabaseRow: ...\nclass Utility: ...\n"
        )
    },
    "services/housing/src/housing/storage/tables.py:1 BaseRow: say what it is, not Base",
    "services/housing/src/housing/storage/tables.py:2 StayManager: say what it is, not Manager",
)
def classes_are_named_after_what_they_are(tree: Tree) -> Iterator[str]:
    for module in tree.modules(*SOURCES, *TESTS):
        for node in (node for node in module.nodes if isinstance(node, ast.ClassDef)):
            words = re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z0-9]*", node.name)
            for word in EMPTY_CLASS_WORDS.intersection(words):
                yield f"{module.at(node)} {node.name}: say what it is, not {word}"
