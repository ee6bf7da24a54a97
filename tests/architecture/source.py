"""A tree of files as the rules see it: its Python modules parsed once, its text files, its services."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

SOURCES = ("shared/src/*", "services/*/src/*", "deploy/local/src/*")
TESTS = ("shared/tests/*", "services/*/tests/*", "deploy/local/tests/*", "tests/*")
GENERATED = ("*/migrations/versions/*",)

_NOT_OURS = {"__pycache__", "node_modules", "dist", "build"}
_DOT_NAMES_OF_OURS = {".ci", ".editorconfig", ".gitattributes", ".gitignore", ".github"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, kw_only=True)
class Module:
    """One Python file: its path from the root with `/`, its text and its syntax tree."""

    path: str
    text: str
    syntax: ast.Module

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the file, from its first line to its last."""
        return tuple(sorted(ast.walk(self.syntax), key=_place))

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """Every function of the file, methods and nested ones included."""
        return tuple(node for node in self.nodes if isinstance(node, Function))

    @cached_property
    def imported(self) -> tuple[str, ...]:
        """Every imported name in full: `datetime.date` for `from datetime import date`."""
        return tuple(name for node in self.nodes for name in _imported_by(node))

    def at(self, node: ast.AST) -> str:
        """Where a node stands: `path:line`."""
        return f"{self.path}:{_place(node)[0]}"


class Tree:
    """The files below a root, without what is generated, installed or hidden."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The paths of all files from the root, sorted."""
        return tuple(sorted(self._below(self.root)))

    def _below(self, folder: Path) -> Iterator[str]:
        for entry in folder.iterdir():
            hidden = entry.name.startswith(".") and entry.name not in _DOT_NAMES_OF_OURS
            if hidden or entry.name in _NOT_OURS or entry.name.endswith(".egg-info"):
                continue
            if entry.is_dir():
                yield from self._below(entry)
            else:
                yield entry.relative_to(self.root).as_posix()

    @cached_property
    def services(self) -> tuple[str, ...]:
        """The names of the services, sorted."""
        return tuple(sorted({path.split("/")[1] for path in self.files if fnmatchcase(path, "services/*/*")}))

    def text(self, path: str) -> str:
        """The content of one file."""
        return (self.root / path).read_text(encoding="utf-8")

    def modules(self, *patterns: str, but: tuple[str, ...] = ()) -> Iterator[Module]:
        """The Python files that match one of the patterns and none of `but`; `*` matches `/` too."""
        for module in self._modules:
            if _matches(module.path, patterns) and not _matches(module.path, but):
                yield module

    @cached_property
    def _modules(self) -> tuple[Module, ...]:
        texts = {path: self.text(path) for path in self.files if path.endswith(".py")}
        return tuple(Module(path=path, text=text, syntax=ast.parse(text, path)) for path, text in texts.items())


def service_of(path: str) -> str:
    """The name of the service that a path below services/ belongs to."""
    return path.split("/")[1]


def called(node: ast.AST) -> str:
    """The name a call calls, in full as written: `datetime.now`; empty for anything else."""
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def _place(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 1), getattr(node, "col_offset", 0)


def _matches(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def _imported_by(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (f"{node.module or ''}.{alias.name}" for alias in node.names)
