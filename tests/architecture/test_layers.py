"""The directions of imports in pyproject.toml hold, and each contract finds a planted breach.

The planted trees hold every service of the house as a skeleton, so that the contracts are tested as they are.
"""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

from tests.architecture.source import Tree

ROOT = Path(__file__).resolve().parents[2]
SERVICES = Tree(ROOT).services

SHARED = ("shared/__init__", "shared/money", "shared/db/work", "shared/http/problems", "reference/__init__")
SKELETON = (
    *("__init__", "__main__", "main", "settings", "consumers", "jobs", "clients", "vectors"),
    *("api/__init__", "api/routes", "app/__init__", "app/close_run", "app/queries"),
    *(
        "storage/__init__",
        "storage/tables",
        "domain/__init__",
        "domain/run",
        "migrations/__init__",
        "migrations/env",
    ),
)
LAWFUL = {
    "payroll/__main__": "import payroll.main",
    "payroll/main": "import payroll.settings, payroll.api.routes, payroll.consumers",
    "payroll/api/routes": "import payroll.app.close_run, shared.http.problems",
    "payroll/app/close_run": "import payroll.storage.tables, payroll.clients, payroll.domain.run",
    "payroll/storage/tables": "import sqlalchemy, payroll.domain.run",
    "payroll/domain/run": "import decimal, shared.money, reference",
    "shared/http/problems": "import fastapi, shared.db.work",
    "shared/db/work": "import sqlalchemy, shared.money",
}
BREACHES = {
    "No service imports another": {"payroll/app/close_run": "import housing.domain.run"},
    "shared and reference know no service": {"shared/money": "import payroll.domain.run"},
    "reference is pure data and look-ups over shared values": {"reference/__init__": "import httpx"},
    "The local runner starts services as processes and imports none": {"firstshift/__init__": "import payroll.main"},
    "Inside a service, imports point inward": {
        "payroll/storage/tables": "import payroll.app.close_run",
        "payroll/api/routes": "import payroll.settings",
        "payroll/tasks": "",
    },
    "Rules do no I/O": {"housing/domain/run": "import shared.db.work"},
    "Use cases do not call use cases": {"housing/app/close_run": "import housing.app.queries"},
    "Inside shared, imports point inward": {"shared/db/work": "import sqlalchemy, shared.http.problems"},
}


def lint(folder: Path, *, path: str | None) -> tuple[int, str]:
    """Exit code and output of import-linter over the packages on `path`; None: those that are installed."""
    done = subprocess.run(
        [
            Path(sys.executable).with_name("lint-imports"),
            "--no-cache",
            "--no-logo",
            "--config",
            ROOT / "pyproject.toml",
        ],
        cwd=folder,
        env={**os.environ, **({"PYTHONPATH": path} if path else {}), "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )
    return done.returncode, re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)


def plant(folder: Path, changed: Mapping[str, str]) -> str:
    """Writes the skeletons of all packages with these modules changed; what to put on the path."""
    skeletons = [f"{service}/{module}" for service in SERVICES for module in SKELETON]
    modules = {**dict.fromkeys((*SHARED, "firstshift/__init__", *skeletons), ""), **LAWFUL, **changed}
    for name, text in modules.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.py").write_text(f"{text}\n")
    for package in {Path(name).parent for name in modules}:
        (folder / package / "__init__.py").touch()
    return str(folder)


def test_the_house_keeps_its_directions() -> None:
    code, output = lint(ROOT, path=None)
    assert code == 0, output


def test_a_lawful_tree_keeps_every_contract(tmp_path: Path) -> None:
    code, output = lint(tmp_path, path=plant(tmp_path, {}))
    assert code == 0, output
    assert output.count(" KEPT") == len(BREACHES)


def test_every_contract_finds_its_planted_breach(tmp_path: Path) -> None:
    changed = {name: text for breach in BREACHES.values() for name, text in breach.items()}
    code, output = lint(tmp_path, path=plant(tmp_path, changed))
    assert code == 1
    assert set(re.findall(r"^(.+) BROKEN", output, flags=re.MULTILINE)) == set(BREACHES)
    assert "payroll.storage.tables -> payroll.app.close_run" in output
    assert "payroll.api.routes -> payroll.settings" in output
    assert "payroll.tasks" in output


def test_every_contract_has_a_planted_breach() -> None:
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert [contract["name"] for contract in stated] == list(BREACHES)
