"""Every service has the same shape, so that who knows one knows all."""

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.architecture.rule import rule
from tests.architecture.source import SOURCES, Tree

REQUIRED = (
    "README.md",
    "pyproject.toml",
    "src/{service}/__init__.py",
    "src/{service}/__main__.py",
    "src/{service}/main.py",
    "src/{service}/settings.py",
    "src/{service}/domain/__init__.py",
    "src/{service}/domain/errors.py",
    "src/{service}/app/__init__.py",
    "src/{service}/storage/__init__.py",
    "src/{service}/storage/tables.py",
    "src/{service}/api/__init__.py",
    "src/{service}/consumers.py",
    "src/{service}/migrations/__init__.py",
    "src/{service}/migrations/env.py",
)

ALLOWED = {
    "": frozenset("README.md pyproject.toml src tests frontend".split()),
    "src/{service}": frozenset(
        "__init__ __main__ main settings domain app storage api consumers jobs clients vectors"
        " migrations py.typed".split()
    ),
    "src/{service}/api": frozenset("__init__ routes schemas auth pages views templates".split()),
    "src/{service}/migrations": frozenset("__init__ env versions script.py.mako".split()),
    "tests": frozenset(
        "domain app storage api consumers jobs clients builders crowd conftest test_main test_settings"
        " test_consumers test_jobs test_clients test_vectors".split()
    ),
}
"""What may stand in each folder: a file `name.py` or, when it grew, a folder `name/`."""

_COMPLETE = {f"services/housing/{path.format(service='housing')}": "" for path in REQUIRED}


def _without(*paths: str) -> dict[str, str]:
    return {path: text for path, text in _COMPLETE.items() if path not in paths}


@rule(
    _without("services/housing/src/housing/settings.py", "services/housing/README.md"),
    "services/housing lacks README.md",
    "services/housing lacks src/housing/settings.py",
)
def services_are_complete(tree: Tree) -> Iterator[str]:
    """`consumers.py` and `storage/tables.py` may be folders."""
    for service in tree.services:
        for path in (path.format(service=service) for path in REQUIRED):
            wanted = PurePosixPath(f"services/{service}/{path}")
            if not {str(wanted), f"{wanted.with_suffix('')}/__init__.py"} & set(tree.files):
                yield f"services/{service} lacks {path}"


@rule(
    {
        **_COMPLETE,
        "services/housing/src/housing/tasks.py": "",
        "services/housing/src/housing/api/helpers.py": "",
        "services/housing/src/housing/api/routes/stays.py": "",
        "services/housing/src/housing/domain/stay/dates.py": "",
        "services/housing/scripts/load.py": "",
        "services/housing/tests/unit/test_stay.py": "",
        "services/housing/tests/domain/test_stay.py": "",
        "services/housing/tests/builders.py": "",
    },
    "services/housing/ has scripts, which is not in the layout",
    "services/housing/src/housing has tasks, which is not in the layout",
    "services/housing/src/housing/api has helpers, which is not in the layout",
    "services/housing/tests has unit, which is not in the layout",
)
def services_have_nothing_beside_the_layout(tree: Tree) -> Iterator[str]:
    places = {
        f"services/{service}/{folder.format(service=service)}": allowed
        for service in tree.services
        for folder, allowed in ALLOWED.items()
    }
    found = {(place, _entry(path, place)) for path in tree.files for place in places}
    for place, name in sorted(found):
        if name and name not in places[place]:
            yield f"{place} has {name}, which is not in the layout"


@rule(
    {
        "shared/src/shared/__init__.py": '"""What it is."""\n',
        "shared/src/shared/db/__init__.py": '"""What it is."""\nfrom shared.db.work import Work\n',
        "shared/src/shared/http/__init__.py": "",
        "services/housing/src/housing/storage/tables.py": "",
        "services/housing/src/housing/storage/__init__.py": '""""""\n',
    },
    "services/housing/src/housing/storage/__init__.py holds more or less than a docstring",
    "shared/src/shared/db/__init__.py holds more or less than a docstring",
    "shared/src/shared/http/__init__.py holds more or less than a docstring",
)
def packages_open_with_a_docstring_only(tree: Tree) -> Iterator[str]:
    for module in tree.modules(*SOURCES):
        if module.path.endswith("/__init__.py"):
            said = ast.get_docstring(module.syntax)
            if not said or len(module.syntax.body) != 1:
                yield f"{module.path} holds more or less than a docstring"


@rule(
    {
        "shared/src/shared/db/__init__.py": "",
        "shared/src/shared/db/work.py": "",
        "shared/src/shared/files/store.py": "",
    },
    "shared/src/shared/files lacks __init__.py",
)
def folders_of_code_are_packages(tree: Tree) -> Iterator[str]:
    folders = {str(PurePosixPath(module.path).parent) for module in tree.modules(*SOURCES)}
    packages = {str(PurePosixPath(path).parent) for path in tree.files if path.endswith("/__init__.py")}
    yield from (f"{folder} lacks __init__.py" for folder in sorted(folders - packages) if not folder.endswith("/src"))


@rule(
    {
        "services/housing/src/housing/app/__init__.py": '"""Use cases."""\n',
        "services/housing/src/housing/app/book_unit.py": (
            "class BookUnit: ...\nasync def book_unit(work, command): ...\ndef _slots(unit): ...\n"
        ),
        "services/housing/src/housing/app/queries.py": "def stays(work): ...\ndef units(work): ...\n",
        "services/housing/src/housing/app/cancel_stay.py": "async def cancel(work, command): ...\n",
        "services/housing/src/housing/app/move.py": (
            "async def move(work, command): ...\nasync def swap(work, command): ...\n"
        ),
        "services/housing/src/housing/app/price.py": "def price(work, command): ...\n",
    },
    "services/housing/src/housing/app/cancel_stay.py has cancel where one async function cancel_stay belongs",
    "services/housing/src/housing/app/move.py has move, swap where one async function move belongs",
    "services/housing/src/housing/app/price.py has price where one async function price belongs",
)
def a_use_case_is_one_function_named_like_its_file(tree: Tree) -> Iterator[str]:
    """`queries.py` holds the reads, several functions."""
    not_use_cases = ("*/__init__.py", "*/app/queries.py", "*/app/queries/*")
    for module in tree.modules("services/*/src/*/app/*", but=not_use_cases):
        name = PurePosixPath(module.path).stem
        public = [
            node
            for node in module.syntax.body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
        ]
        if [node.name for node in public] != [name] or isinstance(public[0], ast.FunctionDef):
            names = ", ".join(node.name for node in public) or "nothing"
            yield f"{module.path} has {names} where one async function {name} belongs"


def _entry(path: str, place: str) -> str:
    """The name, without `.py`, of what stands in `place` on the way to `path`; empty when elsewhere."""
    folder = place.rstrip("/") + "/"
    return path.removeprefix(folder).split("/")[0].removesuffix(".py") if path.startswith(folder) else ""
