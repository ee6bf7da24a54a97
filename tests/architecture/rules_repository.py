"""What holds for the repository as a whole: its lists of services, its packages, what may stand in a file."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from tests.architecture.rule import rule
from tests.architecture.source import Tree

NOT_SERVICES = {
    "shared": "mechanism",
    "reference": "dated public data",
    "firstshift": "the local runner",
}
"""Our packages that are not services, by what they are."""

FOREIGN_ADDRESSES = {
    "a package registry": re.compile(
        r"pypi\.org|pythonhosted\.org|registry\.npmjs|repo1?\.maven\.org|--(extra-)?index-url|--find-[l]inks"
    ),
    "a path of one machine": re.compile(r"(?<![\w.~}])/(work/(main|shared|\.)|(root|home|Users|tmp)/[\w.-])"),
}

NOT_TEXT = (".png", ".jpg", ".pdf", ".jar", ".ico", ".woff2", ".zip", ".gz")

_ROOT = """
[tool.mypy]
mypy_path = ["$MYPY_CONFIG_FILE_DIR/shared/src", "$MYPY_CONFIG_FILE_DIR/services/housing/src"]
[tool.importlinter]
root_packages = ["shared", "housing", "payroll"]
[[tool.importlinter.contracts]]
name = "No service imports another"
modules = ["housing"]
[[tool.importlinter.contracts]]
name = "Rules do no I/O"
source_modules = ["housing.domain", "payroll.domain"]
forbidden_modules = ["sqlalchemy"]
[[tool.importlinter.contracts]]
name = "shared knows no service"
source_modules = ["shared"]
forbidden_modules = ["housing", "payroll", "portal"]
"""


@rule(
    {"pyproject.toml": _ROOT, "services/housing/README.md": "", "services/payroll/README.md": ""},
    "pyproject.toml: contract 'No service imports another' lacks payroll",
    "pyproject.toml: contract 'shared knows no service' names portal, which is no service",
    "pyproject.toml: mypy_path lacks payroll",
)
def the_lists_of_services_are_the_services(tree: Tree) -> Iterator[str]:
    """Compares each list that names at least one service; a list without any is about something else."""
    tool = tomllib.loads(tree.text("pyproject.toml"))["tool"]
    linter = tool["importlinter"]
    sources = [re.sub(r"^.*services/(\w+)/src$", r"\1", path) for path in tool["mypy"]["mypy_path"]]
    lists = [("root_packages", linter["root_packages"])]
    for contract in linter["contracts"]:
        kinds = ("modules", "source_modules", "forbidden_modules", "containers")
        lists += [(f"contract {contract['name']!r}", contract.get(kind, [])) for kind in kinds]
    for place, names in [*lists, ("mypy_path", sources)]:
        yield from (f"pyproject.toml: {place} {what}" for what in _differences(names, tree=tree))


@rule(
    {
        "shared/pyproject.toml": "[project]\nname = 'shared'\ndependencies = ['firstshift-payroll']\n",
        "services/payroll/pyproject.toml": (
            "[project]\nname = 'firstshift-payroll'\n"
            "dependencies = ['firstshift-shared', 'firstshift-housing', 'httpx']\n"
        ),
        "services/housing/pyproject.toml": (
            "[project]\nname = 'housing'\n[dependency-groups]\ntest = ['firstshift-shared[testing]']\n"
        ),
    },
    "services/housing/pyproject.toml is named housing, not firstshift-housing",
    "services/payroll/pyproject.toml depends on firstshift-housing",
    "shared/pyproject.toml depends on firstshift-payroll",
)
def packages_depend_on_shared_alone(tree: Tree) -> Iterator[str]:
    for path in (path for path in tree.files if path.endswith("/pyproject.toml")):
        folder = path.removesuffix("/pyproject.toml")
        stated = tomllib.loads(tree.text(path))
        name = stated["project"]["name"]
        if folder.startswith("services/") and name != f"firstshift-{folder.removeprefix('services/')}":
            yield f"{path} is named {name}, not firstshift-{folder.removeprefix('services/')}"
        allowed = set() if folder == "shared" else {"firstshift-shared"}
        ours = {wanted for wanted in _requirements(stated) if wanted.startswith("firstshift")}
        yield from (f"{path} depends on {wanted}" for wanted in sorted(ours - allowed))


@rule(
    {
        "docs/setup.md": "pip install --index" + "-url https://py" + "pi.org/simple firstshift\n",
        "Makefile": "run:\n\t/ho" + "me/ada/bin/python\n",
        "services/payroll/README.md": "GET /v1/work/items, ~/.cache, ${HOME}/tmp/x\n",
    },
    "Makefile:2 names a path of one machine",
    "docs/setup.md:1 names a package registry",
)
def files_name_no_registry_and_no_machine(tree: Tree) -> Iterator[str]:
    for path in tree.files:
        if path.endswith(NOT_TEXT) or path == "uv.lock":  # the second is git-ignored
            continue
        for number, line in enumerate(tree.text(path).splitlines(), start=1):
            yield from (f"{path}:{number} names {what}" for what in FOREIGN_ADDRESSES if _names(what, line=line))


@rule(
    {
        "requirements.lock": (
            "httpx==0.28.1 \\\n    --hash=sha256:aa\nrich==15.0.0\nfirstshift-shared @ ./shared\n"
            "typer>=0.2 \\\n    --hash=sha256:bb\n"
        )
    },
    "requirements.lock: rich==15.0.0 has no hash",
    "requirements.lock: firstshift-shared @ ./shared has no exact version",
    "requirements.lock: firstshift-shared @ ./shared has no hash",
    "requirements.lock: typer>=0.2 has no exact version",
)
def the_lock_pins_and_hashes_everything(tree: Tree) -> Iterator[str]:
    for entry in re.split(r"\n(?=[^\s#])", tree.text("requirements.lock")):
        if entry.startswith("#"):
            continue
        name = entry.splitlines()[0].removesuffix("\\").strip()
        if "==" not in name:
            yield f"requirements.lock: {name} has no exact version"
        if "--hash=sha256:" not in entry:
            yield f"requirements.lock: {name} has no hash"


@rule(
    {
        "requirements.lock": "httpx==0.28.1 \\\n    --hash=sha256:aa\nuv-build==0.13.6\n",
        "shared/pyproject.toml": (
            "[project]\nname = 'firstshift-shared'\ndependencies = ['httpx', 'rich>=15']\n"
            "[build-system]\nrequires = ['uv_build>=0.13,<0.14']\n"
        ),
        "services/payroll/pyproject.toml": (
            "[project]\nname = 'firstshift-payroll'\ndependencies = ['firstshift-shared[testing]']\n"
        ),
    },
    "requirements.lock lacks rich, which shared/pyproject.toml wants",
)
def the_lock_holds_every_dependency(tree: Tree) -> Iterator[str]:
    """A build backend counts too: our packages are installed without isolation."""
    locked = set(re.findall(r"^[\w.-]+", tree.text("requirements.lock"), flags=re.MULTILINE))
    for path in (path for path in tree.files if PurePosixPath(path).name == "pyproject.toml"):
        wanted = {re.sub(r"[-_.]+", "-", name).lower() for name in _requirements(tomllib.loads(tree.text(path)))}
        missing = (name for name in wanted - locked if not name.startswith("firstshift"))
        yield from (f"requirements.lock lacks {name}, which {path} wants" for name in sorted(missing))


@rule(
    {"Makefile": "\n".join(f"target{'abcdefghijklm'[number]}:  ## does it" for number in range(13)) + "\n"},
    "Makefile shows 13 commands, more than 12",
)
def the_commands_fit_in_one_view(tree: Tree) -> Iterator[str]:
    shown = re.findall(r"^[a-z]+:.*## ", tree.text("Makefile"), flags=re.MULTILINE)
    if len(shown) > 12:
        yield f"Makefile shows {len(shown)} commands, more than 12"


def _names(what: str, *, line: str) -> bool:
    return FOREIGN_ADDRESSES[what].search(line) is not None


def _differences(names: list[str], *, tree: Tree) -> Iterator[str]:
    heads = {name.split(".")[0] for name in names}
    services = set(tree.services)
    if not heads & services:
        return
    yield from (f"lacks {name}" for name in sorted(services - heads))
    known = services | NOT_SERVICES.keys()
    strangers = (name for name in heads - known if re.fullmatch(r"\w+", name))
    yield from (f"names {name}, which is no service" for name in sorted(strangers))


def _requirements(stated: Mapping[str, Any]) -> set[str]:
    """The names of all packages that a pyproject file asks for, extras and groups included."""
    project = stated["project"]
    groups = (
        stated.get("build-system", {}).get("requires", []),
        project.get("dependencies", []),
        *project.get("optional-dependencies", {}).values(),
        *stated.get("dependency-groups", {}).values(),
    )
    return {re.split(r"[\s\[<>=;@]", wanted)[0] for group in groups for wanted in group}
