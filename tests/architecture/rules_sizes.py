"""How large things may grow (rules 5 and 18)."""

import ast
from collections import Counter
from collections.abc import Iterator

from tests.architecture.rule import rule
from tests.architecture.source import GENERATED, SOURCES, TESTS, Function, Module, Tree

FILE_LINES = 400
MAIN_LINES = 150
FUNCTION_LINES = 50
DOOR_LINES = 15
NESTING = 3
POSITIONAL = 2
SHARED_PACKAGE_LINES = 1_700  # of code: neither blank, nor comment, nor docstring (ADR 0016)

DOORS = tuple(
    f"services/*/src/*/{door}"
    for door in (
        "api/routes.py",
        "api/routes/*.py",
        "consumers.py",
        "consumers/*.py",
        "jobs.py",
        "jobs/*.py",
    )
)

CALLED_BY_NAME = {
    "services/*/src/*/api/*": "FastAPI passes parameters by name",
    "*/__main__.py": "typer passes options by name",
    "deploy/local/src/*": "typer passes options by name",
    "shared/src/shared/outbound/dialling.py": "httpcore passes options by name",
    "shared/src/shared/testing/plugin.py": "pytest passes fixtures by name",
}

BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.TryStar, ast.Match)

_APP = "services/payroll/src/payroll/app"


@rule(
    {f"{_APP}/long.py": "x = 1\n" * 401, f"{_APP}/short.py": "x = 1\n" * 400},
    f"{_APP}/long.py has 401 lines, more than 400",
)
def files_end_at_400_lines(tree: Tree) -> Iterator[str]:
    for module in tree.modules(*SOURCES, *TESTS, but=GENERATED):
        lines = module.text.count("\n")
        if lines > FILE_LINES:
            yield f"{module.path} has {lines} lines, more than {FILE_LINES}"


@rule(
    {"services/payroll/src/payroll/main.py": "x = 1\n" * 151},
    "services/payroll/src/payroll/main.py has 151 lines, more than 150",
)
def the_wiring_of_a_service_is_one_page(tree: Tree) -> Iterator[str]:
    for module in tree.modules("services/*/src/*/main.py"):
        lines = module.text.count("\n")
        if lines > MAIN_LINES:
            yield f"{module.path} has {lines} lines, more than {MAIN_LINES}"


@rule(
    {
        **{f"shared/src/shared/http/part_{number}.py": '"""A page."""\n\n' + "x = 1\n" * 340 for number in range(6)},
        **{f"shared/src/shared/db/part_{number}.py": "x = 1\n" * 340 for number in range(5)},
        "shared/src/shared/money.py": "x = 1\n" * 340,
    },
    "shared/src/shared/http has 2040 lines of code, more than 1700",
)
def packages_of_shared_stay_small(tree: Tree) -> Iterator[str]:
    lines: Counter[str] = Counter()
    for module in tree.modules("shared/src/shared/*"):
        lines[module.path.rpartition("/")[0]] += len(_code_lines(module))
    for package, count in sorted(lines.items()):
        if count > SHARED_PACKAGE_LINES:
            yield f"{package} has {count} lines of code, more than {SHARED_PACKAGE_LINES}"


@rule(
    {f"{_APP}/a.py": "def long():\n" + "    x = 1\n" * 50 + "def short():\n" + "    x = 1\n" * 49},
    f"{_APP}/a.py:1 long has 51 lines, more than 50",
)
def functions_end_at_50_lines(tree: Tree) -> Iterator[str]:
    for module in tree.modules(*SOURCES, *TESTS, but=GENERATED):
        for function in module.functions:
            lines = (function.end_lineno or 0) - function.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{module.at(function)} {function.name} has {lines} lines, more than {FUNCTION_LINES}"


@rule(
    {
        "services/payroll/src/payroll/consumers.py": (
            "async def on_long(event):\n    '''Many steps.'''\n"
            + "    x = 1\n" * 16
            + "async def on_short(\n    event,\n    work,\n):\n    '''Few.'''\n"
            + "    x = 1\n" * 15
        )
    },
    "services/payroll/src/payroll/consumers.py:1 on_long does 16 lines, more than 15",
)
def doors_are_thin(tree: Tree) -> Iterator[str]:
    """Counts the body without its docstring: a route's signature is its contract, not its work."""
    for module in tree.modules(*DOORS):
        for function in module.functions:
            lines = _work_lines(function)
            if lines > DOOR_LINES:
                yield f"{module.at(function)} {function.name} does {lines} lines, more than {DOOR_LINES}"


@rule(
    {
        f"{_APP}/a.py": (
            "def deep():\n    for a in b:\n        while c:\n            if d:\n                if e:\n"
            "                    pass\n"
            "def flat():\n    with a:\n        for b in c:\n            if d:\n                pass\n"
            "            elif e:\n                pass\n            elif f:\n                pass\n"
        )
    },
    f"{_APP}/a.py:1 deep nests 4 deep, more than 3",
)
def branches_nest_three_deep(tree: Tree) -> Iterator[str]:
    """Counts branches and loops; `with` opens a scope but no new case, and `elif` stays on its level."""
    for module in tree.modules(*SOURCES, *TESTS, but=GENERATED):
        for function in module.functions:
            depth = max((_depth(statement) for statement in function.body), default=0)
            if depth > NESTING:
                yield f"{module.at(function)} {function.name} nests {depth} deep, more than {NESTING}"


@rule(
    {
        f"{_APP}/a.py": (
            "def loose(a, b, c): ...\n"
            "def strict(a, b, *, c): ...\n"
            "def _private(a, b, c): ...\n"
            "class Scope:\n"
            "    def method(self, a, b): ...\n"
            "    def __exit__(self, kind, error, trace): ...\n"
        ),
        "services/payroll/src/payroll/api/routes.py": "def route(a, b, c): ...\n",
    },
    f"{_APP}/a.py:1 loose takes 3 parameters by position, more than 2",
)
def parameters_are_keywords_after_the_second(tree: Tree) -> Iterator[str]:
    """Of public functions: the callers of a private one stand beside it, and Python calls the dunders."""
    for module in tree.modules(*SOURCES, but=(*GENERATED, *CALLED_BY_NAME)):
        for function in module.functions:
            count = _positional(function)
            if count > POSITIONAL and not function.name.startswith("_"):
                yield (
                    f"{module.at(function)} {function.name} takes {count} parameters by position,"
                    f" more than {POSITIONAL}"
                )


def _code_lines(module: Module) -> set[int]:
    """The numbers of the lines that hold a statement or a part of one, docstrings left out."""
    texts = {id(node) for node in module.nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    return {
        line
        for node in module.nodes
        if isinstance(node, ast.stmt) and id(node) not in texts
        for line in range(node.lineno, _head_end(node) + 1)
    }


def _head_end(node: ast.stmt) -> int:
    """The last line of a simple statement, or of the head of a compound one."""
    body = getattr(node, "body", None)
    return max(node.lineno, body[0].lineno - 1) if body else (node.end_lineno or node.lineno)


def _work_lines(function: Function) -> int:
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def _positional(function: Function) -> int:
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def _depth(node: ast.AST) -> int:
    if isinstance(node, Function | ast.ClassDef):
        return 0  # a nested function is counted by itself
    within = max((_depth(child) for child in _children(node)), default=0)
    return within + isinstance(node, BRANCHES)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and node.orelse == [child]
        yield from _children(child) if is_elif else (child,)
