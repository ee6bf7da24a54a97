"""What keeps rules pure: exact, synchronous, without clock, chance or I/O (rules 4, 7, 8 and 10)."""

import ast
from collections.abc import Iterator

from tests.architecture.rule import rule
from tests.architecture.source import Tree, called, service_of

DOMAIN = ("services/*/src/*/domain/*",)

PURE_LIBRARY = frozenset(
    "__future__ abc bisect calendar collections dataclasses datetime decimal enum fractions"
    " functools hashlib heapq itertools operator re string types typing uuid zoneinfo".split()
)
"""What a rule may use of the standard library. `zoneinfo` reads public data; `uuid` gives the type."""

PURE_NAMES = frozenset(("math.ceil", "math.floor"))
"""Exact on decimals; most of `math` gives floats."""

IMPURE_SHARED = (
    *("shared.claims", "shared.clock", "shared.db", "shared.files", "shared.http", "shared.messaging"),
    *("shared.observe", "shared.runtime", "shared.testing", "shared.vault", "shared.workstreams.reporting"),
    "shared.workstreams.tables",
)

NAIVE_CALLS = frozenset(
    "datetime.now datetime.today datetime.utcnow datetime.fromtimestamp"
    " datetime.utcfromtimestamp datetime.strptime date.today".split()
)
AWARE_WHEN_TOLD = frozenset(("datetime", "datetime.combine"))

_DOMAIN = "services/payroll/src/payroll/domain"


@rule(
    {
        f"{_DOMAIN}/tax.py": (
            "RATE = 0.062\n"
            "def share(wages: float) -> int: ...\n"
            "def tax(wages: str) -> int:\n    return round(float(wages))\n"
            "EXACT = Decimal('0.062')\n"
        ),
        "services/payroll/src/payroll/settings.py": "timeout_seconds = 0.8\n",
    },
    f"{_DOMAIN}/tax.py:1 uses the float 0.062",
    f"{_DOMAIN}/tax.py:2 uses float",
    f"{_DOMAIN}/tax.py:4 uses float",
)
def domain_has_no_float(tree: Tree) -> Iterator[str]:
    for module in tree.modules(*DOMAIN):
        for node in module.nodes:
            match node:
                case ast.Constant(value=float(value)):
                    yield f"{module.at(node)} uses the float {value}"
                case ast.Name(id="float"):
                    yield f"{module.at(node)} uses float"


@rule(
    {
        f"{_DOMAIN}/run.py": "async def decide(run):\n    pass\ndef close(run):\n    pass\n",
        "services/payroll/src/payroll/app/run.py": "async def run(work):\n    await work.lock()\n",
    },
    f"{_DOMAIN}/run.py:1 is asynchronous",
)
def domain_is_synchronous(tree: Tree) -> Iterator[str]:
    for module in tree.modules(*DOMAIN):
        for node in module.nodes:
            if isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith):
                yield f"{module.at(node)} is asynchronous"


@rule(
    {
        f"{_DOMAIN}/dates.py": (
            "a = date.today()\n"
            "b = datetime.now(UTC)\n"
            "c = datetime(2026, 1, 1)\n"
            "d = datetime.combine(day, noon)\n"
            "e = datetime(2026, 1, 1, tzinfo=UTC)\n"
            "f = datetime.combine(day, noon, tzinfo=zone)\n"
            "g = datetime.combine(day, noon, zone)\n"
        )
    },
    f"{_DOMAIN}/dates.py:1 date.today: take instant and zone as arguments",
    f"{_DOMAIN}/dates.py:2 datetime.now: take instant and zone as arguments",
    f"{_DOMAIN}/dates.py:3 datetime: take instant and zone as arguments",
    f"{_DOMAIN}/dates.py:4 datetime.combine: take instant and zone as arguments",
)
def domain_has_no_clock_and_no_naive_time(tree: Tree) -> Iterator[str]:
    for module in tree.modules(*DOMAIN):
        for node in module.nodes:
            name = called(node).removeprefix("datetime.datetime").lstrip(".")
            name = name if name.startswith("date") else called(node)
            if name in NAIVE_CALLS or (name in AWARE_WHEN_TOLD and not _has_zone(node)):
                yield f"{module.at(node)} {name}: take instant and zone as arguments"


@rule(
    {
        f"{_DOMAIN}/pay.py": (
            "import logging\n"
            "from datetime import date\n"
            "from math import ceil, sqrt\n"
            "from random import choice\n"
            "from pydantic import BaseModel\n"
            "from shared.money import Money\n"
            "from shared.db.work import Work\n"
            "from shared.contracts.payroll import PayIssued\n"
            "from reference.gsa import rate\n"
            "from payroll.domain.hours import Week\n"
            "from payroll.storage.tables import runs\n"
        )
    },
    f"{_DOMAIN}/pay.py imports logging",
    f"{_DOMAIN}/pay.py imports math.sqrt",
    f"{_DOMAIN}/pay.py imports random.choice",
    f"{_DOMAIN}/pay.py imports pydantic.BaseModel",
    f"{_DOMAIN}/pay.py imports shared.db.work.Work",
    f"{_DOMAIN}/pay.py imports payroll.storage.tables.runs",
)
def domain_imports_only_what_is_pure(tree: Tree) -> Iterator[str]:
    for module in tree.modules(*DOMAIN):
        for name in module.imported:
            if not _is_pure(name, service=service_of(module.path)):
                yield f"{module.path} imports {name}"


@rule(
    {
        f"{_DOMAIN}/values.py": (
            "@dataclass(frozen=True, slots=True, kw_only=True)\nclass Good: ...\n"
            "@dataclass(frozen=True)\nclass Loose: ...\n"
            "@dataclass\nclass Open: ...\n"
        )
    },
    f"{_DOMAIN}/values.py:4 Loose is not @dataclass(frozen=True, slots=True, kw_only=True)",
    f"{_DOMAIN}/values.py:6 Open is not @dataclass(frozen=True, slots=True, kw_only=True)",
)
def domain_values_are_frozen(tree: Tree) -> Iterator[str]:
    lawful = "@dataclass(frozen=True, slots=True, kw_only=True)"
    for module in tree.modules(*DOMAIN):
        for node in module.nodes:
            if isinstance(node, ast.ClassDef) and not all(_is_frozen(mark) for mark in node.decorator_list):
                yield f"{module.at(node)} {node.name} is not {lawful}"


@rule(
    {
        f"{_DOMAIN}/rulebook/wages.py": (
            "ROWS = (\n"
            "    Wage(effective_from=date(2026, 1, 1), source='Labor Code 1182.12', rate='16.90'),\n"
            "    Wage(effective_from=date(2027, 1, 1), source='', rate='17.00'),\n"
            "    Wage(effective_from=date(2028, 1, 1), rate='17.10'),\n"
            ")\n"
        ),
        f"{_DOMAIN}/rulebook/holidays.py": (
            "class Holiday:\n    effective_from: date\n    source: str = '5 U.S.C. 6103(a)'\n"
            "ROWS = (Holiday(effective_from=date(1986, 1, 1)),)\n"
        ),
    },
    f"{_DOMAIN}/rulebook/wages.py:3 has a date but no source",
    f"{_DOMAIN}/rulebook/wages.py:4 has a date but no source",
)
def rulebook_rows_name_their_source(tree: Tree) -> Iterator[str]:
    """A class of rows that all have one source may name it as the default of its field."""
    for module in tree.modules("services/*/src/*/domain/rulebook/*"):
        sourced = {node.name for node in module.nodes if isinstance(node, ast.ClassDef) and _names_source(node)}
        for node in module.nodes:
            if isinstance(node, ast.Call) and called(node) not in sourced and _lacks_source(node):
                yield f"{module.at(node)} has a date but no source"


def _has_zone(node: ast.AST) -> bool:
    assert isinstance(node, ast.Call)
    zone_place = 3 if called(node).endswith("combine") else 8
    return len(node.args) >= zone_place or any(keyword.arg == "tzinfo" for keyword in node.keywords)


def _names_source(node: ast.ClassDef) -> bool:
    return any(
        isinstance(line, ast.AnnAssign) and ast.unparse(line.target) == "source" and _says_something(line.value)
        for line in node.body
    )


def _lacks_source(node: ast.Call) -> bool:
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    return "effective_from" in given and not _says_something(given.get("source"))


def _says_something(value: ast.expr | None) -> bool:
    return value is not None and ast.unparse(value) not in ("''", "None")


def _is_pure(name: str, *, service: str) -> bool:
    first, _, rest = name.partition(".")
    second = rest.partition(".")[0]
    if first == "shared":
        return not f"{name}.".startswith(tuple(f"{impure}." for impure in IMPURE_SHARED))
    if first == service:
        return second == "domain"
    return first in PURE_LIBRARY or first == "reference" or name in PURE_NAMES


def _is_frozen(mark: ast.expr) -> bool:
    if ast.unparse(mark).partition("(")[0] not in ("dataclass", "dataclasses.dataclass"):
        return True
    keywords = mark.keywords if isinstance(mark, ast.Call) else []
    told = {keyword.arg for keyword in keywords if ast.unparse(keyword.value) == "True"}
    return {"frozen", "slots", "kw_only"} <= told
