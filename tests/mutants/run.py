"""The command: plants each known defect in a copy of the sources and sees that a test finds it; two at a time."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.known import MUTANTS
from tests.mutants.mutant import SIMULATION, Mutant

ROOT = Path(__file__).parents[2]
SEEDS = 1000
SECONDS = 900
TESTS_FAILED = 1
"""pytest's answer when tests ran and some failed."""


class Unusable(Exception):
    """A catcher could not be run, or fails without any defect: it proves nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Whether a catcher found something, and what it said: a seed, or the test that failed."""

    name: str
    catcher: str
    evidence: str | None


def packages(root: Path) -> list[str]:
    """The folders below a root that our packages are imported from."""
    return [str(path.relative_to(root)) for path in sorted((root / "shared/src", *root.glob("services/*/src")))]


@contextmanager
def copy_of_sources(root: Path = ROOT) -> Iterator[Path]:
    """The sources in a folder of their own."""
    with tempfile.TemporaryDirectory(prefix="firstshift-mutant-") as folder:
        for package in packages(root):
            shutil.copytree(root / package, Path(folder) / package, ignore=shutil.ignore_patterns("__pycache__"))
        yield Path(folder)


def look(copy: Path, catcher: str) -> str | None:
    """What the catcher finds in the copy; None when it finds nothing. Raises Unusable."""
    imported = _run(copy, "-c", "import shared; print(shared.__file__)").stdout.strip()
    if not imported.startswith(str(copy)):
        raise Unusable(f"imports {imported} instead of the copy")
    if catcher == SIMULATION:
        return _look_by_simulation(copy)
    answer = _run(copy, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--tb=no", catcher)
    if answer.returncode not in (0, TESTS_FAILED):
        raise Unusable(answer.stdout + answer.stderr)
    failed = re.search(r"^(?:FAILED|ERROR) \S+::(\S+)", answer.stdout, flags=re.MULTILINE)
    return (failed and failed[1]) or answer.stdout if answer.returncode else None


def examine(mutant: Mutant) -> Result:
    """Plants a defect and has its catcher look."""
    with copy_of_sources() as copy:
        mutant.plant(copy)
        return Result(name=mutant.name, catcher=mutant.catcher, evidence=look(copy, mutant.catcher))


def control(catcher: str) -> Result:
    """Has a catcher look at sources without any defect. Raises Unusable when it finds something."""
    with copy_of_sources() as copy:
        if found := look(copy, catcher):
            raise Unusable(f"{catcher} fails without any defect: {found}")
        return Result(name="(no defect)", catcher=catcher, evidence="passes")


def main(names: Sequence[str]) -> int:
    """0 when every defect was found."""
    mutants = [mutant for mutant in MUTANTS if not names or mutant.name in names]
    for mutant in mutants:
        mutant.applied((ROOT / mutant.file).read_text(encoding="utf-8"))
    with ThreadPoolExecutor(2) as pool:
        survivors = 0
        for result in pool.map(control, sorted({mutant.catcher for mutant in mutants})):
            _tell(result)
        for result in pool.map(examine, mutants):
            survivors += result.evidence is None
            _tell(result)
    sys.stdout.write(f"{len(mutants)} mutants, {survivors} survived\n")
    return bool(survivors or not mutants)


def _look_by_simulation(copy: Path) -> str | None:
    answer = _run(copy, "-m", "tests.simulation.simulate", "--seeds", str(SEEDS), "--until-one-fails")
    seed = re.search(r"^replay: make simulate SEED=(\d+)$", answer.stdout, flags=re.MULTILINE)
    breach = re.search(r"^seed \d+: (.*)$", answer.stdout, flags=re.MULTILINE)
    if seed and breach:
        return f"seed {seed[1]}: {breach[1]}"
    if answer.returncode:
        raise Unusable(answer.stdout + answer.stderr)
    return None


def _run(copy: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    path = [*(str(copy / package) for package in packages(copy)), str(ROOT)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=SECONDS)


def _tell(result: Result) -> None:
    catcher = result.catcher.rpartition("/")[2].partition("::")[0]
    sys.stdout.write(f"{result.name:45} {catcher:20} {(result.evidence or 'SURVIVED').splitlines()[0][:110]}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main([name for name in sys.argv[1:] if name]))
