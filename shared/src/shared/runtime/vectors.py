"""The owner's side of `make vectors`: answers test vectors with the service's own rules (tests/vectors/README.md)."""

import json
from collections.abc import Callable, Mapping
from typing import IO, Any

Answer = Callable[[Mapping[str, Any]], Any]


def answer_vectors(answers: Mapping[str, Answer], *, source: IO[str], target: IO[str]) -> None:
    """Reads cases as JSON and writes `{"results": {id: answer}}`; a group without an answer is left out.

    The file's own `fixtures`, if it has any, come along with each case.
    """
    document = json.load(source)
    along = {"fixtures": document["fixtures"]} if "fixtures" in document else {}
    results = {
        case["id"]: answers[group]({**along, **case})
        for case in document["cases"]
        if (group := case.get("group") or case.get("area")) in answers
    }
    json.dump({"results": results}, target)
