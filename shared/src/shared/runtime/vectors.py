"""The owner's side of `make vectors`: answers test vectors with the service's own rules (tests/vectors/README.md)."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import IO, Any

from shared.errors import Refused

Json = Mapping[str, Any]
Answer = Callable[[Json], Any]
UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, Refused)
"""What reading a case raises that is not in the shape of its group."""


def answer_vectors(answers: Mapping[str, Answer], *, source: IO[str], target: IO[str]) -> None:
    """Reads cases as JSON and writes `{"results": {id: answer}}`; a group without an answer is left out.

    So is a case that cannot be read, which is said on standard error: it must not take the others with it. The file's
    own `fixtures`, if it has any, come along with each case.
    """
    document = json.load(source)
    along = {"fixtures": document["fixtures"]} if "fixtures" in document else {}
    results = {}
    for case in document["cases"]:
        group = case.get("group") or case.get("area")
        if group not in answers:
            continue
        name = str(case.get("id") or case["title"])
        try:
            results[name] = answers[group]({**along, **case})
        except UNREADABLE as error:
            sys.stderr.write(f"{name} cannot be answered: {type(error).__name__} {error}\n")
    json.dump({"results": results}, target)
