"""What is said beside the code (rules 15, 22 and 23)."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.rule import rule
from tests.architecture.source import GENERATED, SOURCES, Function, Module, Tree

DOCUMENTED = (
    "services/*/src/*/domain/*",
    "services/*/src/*/app/*",
    "shared/src/shared/*",
    "shared/src/reference/*",
)

CALLED_BY_LIBRARIES = {
    "get_col_spec": "SQLAlchemy, of a column type",
    "process_bind_param": "SQLAlchemy, of a column type",
    "process_result_value": "SQLAlchemy, of a column type",
    "on_partitions_assigned": "aiokafka, of a rebalance listener",
    "on_partitions_revoked": "aiokafka, of a rebalance listener",
}
"""Methods whose meaning their library documents, and who calls them."""

SMALL_WORDS = frozenset("a an and as at by for from in into it its of on or the this that to with".split())

_DOMAIN = "services/housing/src/housing/domain"


@rule(
    {
        f"{_DOMAIN}/stay.py": (
            "def nights(stay): ...\n"
            "def _private(stay): ...\n"
            "class Stay:\n"
            "    def overlaps(self, other): ...\n"
            "    def __len__(self): ...\n"
            "    def _inner(self): ...\n"
            "    @property\n"
            "    def days(self): ...\n"
            "class Calendar(Protocol):\n"
            "    def holiday(self, day):\n        '''Whether the facility keeps it.'''\n"
            "class UsCalendar:\n"
            "    def holiday(self, day): ...\n"
        ),
        "services/housing/src/housing/api/routes.py": "def route(): ...\n",
    },
    f"{_DOMAIN}/stay.py:1 nights says nothing",
    f"{_DOMAIN}/stay.py:4 overlaps says nothing",
)
def public_functions_say_what_they_decide(tree: Tree) -> Iterator[str]:
    """A property is excused, and a method whose name is documented elsewhere (the Protocol it fulfils)."""
    modules = tuple(tree.modules(*DOCUMENTED, but=GENERATED))
    said_elsewhere = CALLED_BY_LIBRARIES.keys() | {
        function.name for module in modules for function in _methods(module) if ast.get_docstring(function, clean=False)
    }
    for module in modules:
        functions = [node for node in module.syntax.body if isinstance(node, Function)]
        methods = [method for method in _methods(module) if method.name not in said_elsewhere]
        for function in (*functions, *methods):
            if not function.name.startswith("_") and not ast.get_docstring(function):
                yield f"{module.at(function)} {function.name} says nothing"


@rule(
    {
        f"{_DOMAIN}/stay.py": (
            "def open_case():\n    '''Open the case.'''\n"
            "def close_case():\n    '''Ends the stay and frees the unit.'''\n"
            "class Stay:\n    '''The stay.'''\n"
        )
    },
    f"{_DOMAIN}/stay.py:1 open_case: the docstring only repeats the name",
    f"{_DOMAIN}/stay.py:5 Stay: the docstring only repeats the name",
)
def docstrings_say_more_than_the_name(tree: Tree) -> Iterator[str]:
    for module in tree.modules(*SOURCES):
        for node in module.nodes:
            if isinstance(node, Function | ast.ClassDef) and _only_repeats(node):
                yield f"{module.at(node)} {node.name}: the docstring only repeats the name"


@rule(
    {
        f"{_DOMAIN}/errors.py": (
            "class UnitTaken(Refused):\n    '''The unit is held from {start}.'''\n    code = 'unit_taken'\n"
            "class StayEnded(Refused):\n    code = 'stay_ended'\n"
            "class NoLease(Refused):\n    '''No lease covers the stay.'''\n"
        )
    },
    f"{_DOMAIN}/errors.py:4 StayEnded has no message (its docstring)",
    f"{_DOMAIN}/errors.py:6 NoLease has no code",
)
def refusals_have_a_code_and_a_message(tree: Tree) -> Iterator[str]:
    for module in tree.modules("services/*/src/*/domain/errors.py"):
        for node in module.syntax.body:
            if not isinstance(node, ast.ClassDef):
                continue
            if not ast.get_docstring(node):
                yield f"{module.at(node)} {node.name} has no message (its docstring)"
            if not any(ast.unparse(line).startswith("code") for line in node.body):
                yield f"{module.at(node)} {node.name} has no code"


def _methods(module: Module) -> Iterator[Function]:
    for node in module.syntax.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            functions = (part for part in node.body if isinstance(part, Function))
            yield from (function for function in functions if not _is_property(function))


def _is_property(function: Function) -> bool:
    marks = {ast.unparse(mark).rsplit(".", 1)[-1] for mark in function.decorator_list}
    return bool(marks & {"property", "cached_property", "setter", "overload", "override"})


def _only_repeats(node: Function | ast.ClassDef) -> bool:
    said = ast.get_docstring(node)
    return said is not None and _stems(said) <= _stems(node.name)


def _stems(text: str) -> set[str]:
    words = re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).lower())
    return {word.rstrip("s") for word in words if word not in SMALL_WORDS}
