"""Many requests to one service, made from its OpenAPI document; every answer is held against that document."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import FlakyStrategyDefinition
from hypothesis.stateful import run_state_machine_as_test
from schemathesis import Case, GenerationMode, Response
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

from tests.fuzz.asking import Asked, Asking
from tests.fuzz.checks import violations
from tests.fuzz.stage import Stage

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE")
STEPS = 6
"""Requests of one chain."""
CHAINS = 5
"""Chains of one run of hypothesis."""
SHOWN = 3
"""Findings that are kept of each kind and operation."""

_QUIET = settings(database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


@dataclass(kw_only=True)
class Report:
    """What came of the requests to one service."""

    service: str
    seed: int
    cases: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
    """Operations that were answered with success at least once."""

    @property
    def server_errors(self) -> int:
        """Answers of 500 and above."""
        return sum(number for status, number in self.statuses.items() if status >= 500)

    def note(self, asked: object, *, operation: str, response: httpx.Response, wrong: Sequence[str]) -> None:
        """Counts one answer, and keeps the first findings of a kind."""
        self.cases += 1
        self.statuses[response.status_code] += 1
        if response.is_success:
            self.done.add(operation)
        for one in wrong:
            kind = (operation, one.partition("\n")[0])
            self.found[kind] += 1
            if self.found[kind] <= SHOWN:
                said = f"{response.status_code} {response.text[:600]}"
                self.findings.append(f"seed {self.seed} {self.service}: {operation}: {one}\n  {asked}\n  {said}")

    def __str__(self) -> str:
        every = ", ".join(f"{number} × {status}" for status, number in sorted(self.statuses.items()))
        return (
            f"{self.service}: {self.cases} cases, {self.server_errors} server errors, "
            f"{sum(self.found.values())} violations; {len(self.done)} operations answered with success; {every}"
        )


def fuzz(stage: Stage, *, cases: int, first_seed: int) -> Report:
    """At least so many cases over all operations: with right data, wrong data, and methods that are not served."""
    report = Report(service=stage.service, seed=first_seed)
    schema = schemathesis.openapi.from_dict(stage.app.openapi())
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    asking = Asking(stage, first_seed)
    chain = _chain(stage, report, asking, schema=schema)
    _ask_by_other_methods(stage, report)
    seeds = count(first_seed)
    while (left := cases - report.cases) > 0:
        round_seed = next(seeds)
        each = max(1, -(-left * 3 // (8 * len(operations))))
        before = report.cases
        for operation, mode in _in_turn(operations):
            _ask(stage, report, asking, operation=operation, mode=mode, most=each, seeded=round_seed)
        _ask_in_chains(chain, most=max(1, left // (4 * STEPS)), seeded=round_seed)
        assert report.cases > before, "nothing more can be asked"
    return report


def _in_turn(operations: Sequence[Any]) -> Iterator[tuple[Any, GenerationMode]]:
    """Right data first: what it makes is known to all that follows."""
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        for operation in operations:
            if mode is GenerationMode.POSITIVE or _takes_data(operation):
                yield operation, mode


def _takes_data(operation: APIOperation[Any, Any, Any, Any]) -> bool:
    return bool(list(operation.iter_parameters()) or operation.body)


def _ask(
    stage: Stage,
    report: Report,
    asking: Asking,
    *,
    operation: APIOperation[Any, Any, Any, Any],
    mode: GenerationMode,
    most: int,
    seeded: int,
) -> None:
    @seed(seeded)
    @settings(_QUIET, max_examples=most)
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Case[Any]) -> None:
        answer(case, stage=stage, report=report, asking=asking)

    ask()


def answer(case: Case[Any], *, stage: Stage, report: Report, asking: Asking) -> httpx.Response:
    """Sends one case, judges what is answered, and learns from it."""
    asked = Asked(case)
    response = stage.send(asking.request(asked))
    report.note(asked, operation=case.operation.label, response=response, wrong=violations(case, response))
    asking.learn(response)
    return response


def _chain(stage: Stage, report: Report, asking: Asking, *, schema: Any) -> Any:
    """Requests about what requests before them made, by the links that the tool infers from the document."""

    class Chain(schema.as_state_machine()):  # type: ignore[misc]
        def call(self, case: Case[Any], **_: Any) -> Response:
            return Response.from_httpx(answer(case, stage=stage, report=report, asking=asking), verify=True)

        def validate_response(self, response: Response, case: Case[Any], **_: Any) -> None:
            """Done by `answer`."""

    return Chain


def _ask_in_chains(chain: Any, *, most: int, seeded: int) -> None:
    """So many chains at most: a run ends where one met what an earlier left behind, which hypothesis takes as flaky."""
    for number in range(-(-most // CHAINS)):
        with suppress(FlakyStrategyDefinition):
            machine = seed(f"{seeded} {number}")(chain)
            run_state_machine_as_test(
                machine, settings=settings(_QUIET, max_examples=CHAINS, stateful_step_count=STEPS)
            )


def _ask_by_other_methods(stage: Stage, report: Report) -> None:
    """RFC 9110, 15.5.6: a method that an address does not serve is answered 405, with Allow naming those it does."""
    paths = stage.app.openapi()["paths"]
    for template, served in paths.items():
        address = template.format_map(stage.world.own.names)
        for method in METHODS:
            if method.lower() not in served and not _is_also(address, method, paths):
                response = stage.send(httpx.Request(method, f"http://service{address}"))
                is_right = response.status_code == 405 and "allow" in response.headers
                wrong = [] if is_right else ["an unserved method is not refused as RFC 9110 says"]
                report.note(method, operation=f"{method} {template}", response=response, wrong=wrong)


def _is_also(address: str, method: str, paths: Mapping[str, Any]) -> bool:
    """Whether it is served as another's: `/v1/cases/cas_1:book` may be read, as the case of the id `cas_1:book`."""
    forms = (re.sub(r"\{\w+\}", "[^/]+", template) for template, served in paths.items() if method.lower() in served)
    return any(re.fullmatch(form, address) for form in forms)
