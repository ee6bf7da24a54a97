"""Asks each owner for its test vectors and compares; README.md beside this file has the contract."""

import json
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SECONDS_PER_OWNER = 120

Case = Mapping[str, Any]
Owners = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One case whose answer is missing or wrong."""

    case: Case
    said: str

    def __str__(self) -> str:
        expected = json.dumps(self.case["expected"])
        return f"{name_of(self.case)}  {self.case.get('title', '')}\n  expected {expected}\n  {self.said}"


def name_of(case: Case) -> str:
    """The case's id, or its title in a file that numbers none."""
    return str(case.get("id") or case["title"])


def group_of(case: Case) -> str:
    """The group or area of a case; `*` in a file that has neither."""
    return str(case.get("group") or case.get("area") or "*")


def equal(expected: Any, actual: Any) -> bool:
    """Whether two JSON values are the same; unlike Python, 1, 1.0 and true are three different values."""
    return json.dumps(expected, sort_keys=True) == json.dumps(actual, sort_keys=True)


def within(tolerance: Decimal, *, expected: Any, actual: Any) -> bool:
    """Whether two JSON values have one shape and each of their numbers differs by the tolerance at most."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        return expected.keys() == actual.keys() and all(
            within(tolerance, expected=expected[key], actual=actual[key]) for key in expected
        )
    if isinstance(expected, list) and isinstance(actual, list):
        return len(expected) == len(actual) and all(
            within(tolerance, expected=one, actual=other) for one, other in zip(expected, actual, strict=True)
        )
    if type(expected) is not type(actual) or isinstance(expected, bool | None):
        return equal(expected, actual)
    try:
        return abs(Decimal(str(expected)) - Decimal(str(actual))) <= tolerance
    except InvalidOperation:
        return equal(expected, actual)


def matches(case: Case, actual: Any) -> bool:
    """Whether the answer is the expected one."""
    if "tolerance" in case:
        return within(Decimal(str(case["tolerance"])), expected=case["expected"], actual=actual)
    return equal(case["expected"], actual)


def ask(owner: str, question: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    """The owner's results by case id, and what went wrong when it gave none."""
    try:
        answer = subprocess.run(
            [sys.executable, "-m", owner, "vectors"],
            input=json.dumps(question),
            stdout=subprocess.PIPE,
            text=True,
            timeout=SECONDS_PER_OWNER,
        )
    except subprocess.TimeoutExpired:
        return {}, f"{owner} gave no answer within {SECONDS_PER_OWNER} s"
    if answer.returncode != 0:
        return {}, f"{owner} ended with exit code {answer.returncode}"
    try:
        results: Mapping[str, Any] = json.loads(answer.stdout)["results"]
    except (ValueError, KeyError, TypeError):
        return {}, f"{owner} did not answer with JSON that has results"
    return results, f"{owner} gave no answer to this case"


def failures_of(cases: Sequence[Case], *, owner: str, question: Mapping[str, Any]) -> list[Failure]:
    """The cases that this owner does not answer as expected."""
    blind = [{key: value for key, value in case.items() if key != "expected"} for case in cases]
    results, silence = ask(owner, {**question, "cases": blind})
    failures = []
    for case in cases:
        if name_of(case) not in results:
            failures.append(Failure(case=case, said=silence))
        elif not matches(case, results[name_of(case)]):
            failures.append(Failure(case=case, said=f"actual   {json.dumps(results[name_of(case)])}"))
    return failures


def check(path: Path, owners: Owners) -> tuple[int, list[Failure]]:
    """How many cases the file has, and those that fail, owner by owner in the order of the file."""
    document = json.loads(path.read_text(encoding="utf-8"))
    question = {"file": path.name, **{key: value for key, value in document.items() if key != "cases"}}
    mapped = owners.get(path.name, {})
    by_owner: dict[str, list[Case]] = defaultdict(list)
    failures = []
    for case in document["cases"]:
        group = group_of(case)
        if owner := mapped.get(group):
            by_owner[owner].append(case)
        else:
            failures.append(Failure(case=case, said=f"no owner of group {group} of {path.name}"))
    for owner, cases in by_owner.items():
        failures += failures_of(cases, owner=owner, question=question)
    return len(document["cases"]), failures


def main(paths: Iterable[Path], *, owners: Owners) -> int:
    """Prints the failing cases and the count; the exit code."""
    total, failures = 0, []
    for path in paths:
        number, failing = check(path, owners)
        total += number
        failures += failing
    for failure in failures:
        print(failure)
    print(f"{total - len(failures)} passed, {len(failures)} failed")
    return 1 if failures or not total else 0


if __name__ == "__main__":
    named = [Path(argument) for argument in sys.argv[1:]] or sorted(HERE.glob("*.json"))
    sys.exit(main(named, owners=tomllib.loads((HERE / "owners.toml").read_text(encoding="utf-8"))))
