"""What the modules of this folder have alike: one service each, a share of the cases, one seed."""

from collections.abc import Callable

import pytest

from tests.fuzz.fuzz import Report, fuzz
from tests.fuzz.stage import stage

CASES = 400
SEED = 1


@pytest.fixture
def fuzzed(postgres: str) -> Callable[[str], Report]:
    """What the cases show of a service: the same cases in every run."""

    def run(service: str) -> Report:
        with stage(service, postgres) as ready:
            return fuzz(ready, cases=CASES, first_seed=SEED)

    return run
